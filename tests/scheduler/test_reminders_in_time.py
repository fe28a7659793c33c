"""What changes at the last moment, what sleeps, breaks or comes twice: nothing is said that is not so any more."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from db import calendars, looks, outages, people
from db.engine import Tx
from db.sending import outbox
from db.sending.outbox import Class
from db.workdays import Workday
from policy.model import DayKind
from policy.reminder_stages import share_of
from scheduler.reminding import reminders
from tests.chat import Player
from tests.factories import AGENCY, BY
from tests.scheduler.reminding import TUESDAY, at, day_of, fates, looked, opened, owed, texts, until
from tests.stage import BOOK, Stage

NAMES = ("ana", "boris", "clara", "dewi")


class Killed(BaseException):
    """What was not committed at that moment is lost, as when the process dies."""


@pytest.fixture
def ana(stage: Stage) -> Player:
    return stage.players["ana"]


async def _queued(stage: Stage) -> list[Any]:
    return list(
        await stage.rows("SELECT message, state, ended_because FROM outbox WHERE class = 3 ORDER BY id")
    )


async def _holiday(stage: Stage) -> None:
    async with stage.db.transaction() as tx:
        await calendars.name_day(
            tx,
            unit_code=AGENCY,
            kind=DayKind.HOLIDAY,
            name="Hari jadi",
            on=TUESDAY,
            by=BY,
            now=stage.clock.now(),
        )


async def test_t05_a_holiday_announced_a_second_ago_is_heard(stage: Stage, ana: Player) -> None:
    await opened(stage)
    await until(stage, "2020-06-16 08:29")
    before = len(ana.seen)
    stage.moves_to("2020-06-16 08:29:59")
    await _holiday(stage)
    await until(stage, "2020-06-17 00:00")
    (told,) = texts(ana, since=before)
    assert told.startswith("Tidak ada yang perlu dilaporkan untuk hari ini")
    assert {state for state, _ in (await owed(stage, ana)).values()} == {"excused"}


async def test_t05_what_waits_to_be_sent_is_not_sent(stage: Stage, ana: Player) -> None:
    await opened(stage)
    await until(stage, "2020-06-16 07:01", sends=False)
    await until(stage, "2020-06-16 08:11", sends=False)
    await _holiday(stage)
    stage.moves_to("2020-06-16 08:12:01")
    await looked(stage)
    await stage.drains()
    assert texts(ana) == []
    assert {row["state"] for row in await _queued(stage)} == {"dropped"}


async def test_who_left_meanwhile_hears_nothing_more_and_is_looked_at_no_more(
    stage: Stage, ana: Player
) -> None:
    await opened(stage)
    await until(stage, "2020-06-15 20:00")
    before = len(ana.seen)
    async with stage.db.transaction() as tx:
        await people.leave(tx, person_id=ana.person_id, now=stage.clock.now())
    await until(stage, "2020-06-17 00:00")
    assert not [text for text in texts(ana, since=before) if "belum kami terima" in text.casefold()]
    assert {state for state, _ in (await owed(stage, ana)).values()} == {"excused"}
    assert (await day_of(stage, ana)).is_closed


async def test_p01_killed_in_the_middle_it_is_done_again_whole(
    stage: Stage, ana: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(stage)
    stage.moves_to("2020-06-16 07:01")

    async def killed(*_: Any, **__: Any) -> None:
        raise Killed

    monkeypatch.setattr(outbox, "add_many", killed)
    with pytest.raises(Killed):
        await reminders.look(stage.db, stage.seal, BOOK, stage.clock.now())
    assert (await day_of(stage, ana)).log == ()
    monkeypatch.undo()
    await looked(stage)
    await stage.drains()
    assert len(texts(ana)) == 1


async def test_p04_a_day_that_always_fails_stops_nobodys_reminders(
    stage: Stage, ana: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(stage)
    stage.moves_to("2020-06-15 19:01")
    words_of = reminders.words_of

    def poisoned(day: Workday, *given: Any) -> Any:
        if day.person_id == ana.person_id:
            raise KeyError(ana.name)
        return words_of(day, *given)

    monkeypatch.setattr(reminders, "words_of", poisoned)
    for _ in range(4):
        await reminders.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    assert [len(texts(stage.players[name])) for name in NAMES] == [0, 1, 1, 1]
    assert (await fates(stage, ana))["day"] == "failed"
    (aside,) = await stage.rows("SELECT channel, error FROM quarantine")
    assert aside["channel"] == "job:reminders"
    assert ana.name not in aside["error"]


async def test_several_processes_at_once_say_everything_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(stage)
    monkeypatch.setattr(reminders, "BATCH", 1)
    for local in ("2020-06-15 19:01", "2020-06-16 07:01", "2020-06-16 08:13", "2020-06-16 08:31"):
        stage.moves_to(local)
        now = stage.clock.now()
        for _ in range(2):
            await asyncio.gather(*(reminders.look(stage.db, stage.seal, BOOK, now) for _ in range(3)))
        await stage.drains()
    for name in NAMES:
        assert len(texts(stage.players[name])) == 4
        assert (await day_of(stage, stage.players[name])).pings == 4


async def test_who_reports_between_reading_and_writing_is_let_alone(
    stage: Stage, ana: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(stage)
    await until(stage, "2020-06-16 08:00")
    hold = looks.hold

    async def after_all_reports(tx: Tx, found: Sequence[Workday]) -> list[Workday]:
        await tx.run("UPDATE obligations SET state = 'closed'")
        return await hold(tx, found)

    monkeypatch.setattr(looks, "hold", after_all_reports)
    stage.moves_to("2020-06-16 08:13")
    before = len(ana.seen)
    await looked(stage)
    await stage.drains()
    assert texts(ana, since=before) == []
    assert (await fates(stage, ana))["health_80"] == "done"


async def test_t03_after_two_hours_asleep_the_right_ones_come_once_and_the_rest_has_its_reason(
    stage: Stage, ana: Player
) -> None:
    await opened(stage)
    await until(stage, "2020-06-15 20:00")
    stage.moves_to("2020-06-16 09:05")
    before = len(ana.seen)
    await looked(stage)
    await stage.drains()
    (text,) = texts(ana, since=before)
    assert "batas 08.30 sudah lewat" in text
    assert "batas 09.00 baru saja lewat" in text
    assert await fates(stage, ana) == {
        "shift_eve": "sent", "start": "late", "health_80": "late", "health_due": "sent", "plan_80": "late",
        "plan_due": "sent",
    }  # fmt: skip
    assert await owed(stage, ana) == {
        "health": ("overdue", at("2020-06-16 08:30")),  # since its deadline, not since we woke
        "plan": ("overdue", at("2020-06-16 09:00")),
        "output": ("open", None),
    }
    late = await stage.rows("SELECT what, subject, because FROM skipped ORDER BY what")
    assert [(row["what"], row["subject"], row["because"]) for row in late] == [
        (f"reminder/{name}", AGENCY, "too_late") for name in ("health_80", "plan_80", "start")
    ]


async def test_what_an_outage_took_of_the_window_is_given_back(stage: Stage, ana: Player) -> None:
    await opened(stage)
    await until(stage, "2020-06-16 08:05")
    async with stage.db.transaction() as tx:
        span = {"began_at": at("2020-06-16 07:40"), "ended_at": at("2020-06-16 08:00")}
        await outages.record(tx, cause="ours", now=stage.clock.now(), **span)
    await until(stage, "2020-06-16 08:49")
    assert (await owed(stage, ana))["health"] == ("reminded", None)
    await until(stage, "2020-06-16 08:51")
    assert "kondisi kesehatan: batas 08.50 (diperpanjang karena gangguan sistem) baru saja lewat" in ana.last
    assert "rencana kerja: sampai pukul 09.20 WIB (diperpanjang karena gangguan sistem)" in ana.last
    assert (await owed(stage, ana))["health"] == ("overdue", at("2020-06-16 08:50"))


async def test_c20_when_the_platform_was_down_stale_reminders_are_dropped_and_alerts_kept(
    stage: Stage, ana: Player
) -> None:
    await opened(stage)
    await until(stage, "2020-06-15 20:00")
    await until(stage, "2020-06-16 07:50", sends=False)  # the platform takes nothing from 07.00 on
    async with stage.db.transaction() as tx:
        await outbox.add(
            tx, stage.seal, channel="telegram", address=ana.address, person_id=ana.person_id, urgency=Class.ALERT,
            message="common/thanks", locale="id", body={"params": {}}, now=stage.clock.now(),
            expires_at=stage.clock.now() + timedelta(days=1),
        )  # fmt: skip
    await until(stage, "2020-06-16 08:35", sends=False)
    before = len(ana.seen)
    await stage.drains()  # it is back
    kept = texts(ana, since=before)
    assert len(kept) == 2
    assert kept[1].startswith("Belum kami terima dari Anda:")
    gone = [row for row in await _queued(stage) if row["state"] != "sent"]
    assert {(row["message"], row["state"]) for row in gone} == {
        ("reminders/start", "dropped"), ("reminders/soon", "dropped"),
    }  # fmt: skip
    assert {row["ended_because"] for row in gone} == {outbox.TOO_LATE}


async def test_t01_each_is_reminded_by_the_clock_where_they_work(stage: Stage, ana: Player) -> None:
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE regions SET timezone = 'WIT'")
    await opened(stage, "2020-06-15 16:00", timezone="Asia/Jayapura")
    await until(stage, "2020-06-15 17:01")  # 19.01 there
    assert ana.last.endswith(
        "pukul 07.30–16.00 WIT (SE Gubernur Lampung nomor 045.2/1656/06/2020, angka 1 huruf (a))."
    )
    await until(stage, "2020-06-16 05:01")
    assert "kondisi kesehatan: sampai pukul 08.30 WIT" in ana.last


async def test_many_are_spread_and_the_stored_moments_show_it(stage: Stage) -> None:
    await opened(stage)
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE days_opened SET people = 20000 WHERE people > 0")
    await until(stage, "2020-06-15 20:00")
    for name in NAMES:
        who = stage.players[name]
        later = timedelta(seconds=20_000 / 25) * share_of(who.person_id)
        assert (await day_of(stage, who)).look_at == at("2020-06-16 07:00") + later
