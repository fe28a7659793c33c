"""Digests by the clock: at their moment, once, to who leads, also when nobody reported; too late, with a reason."""

import asyncio
from datetime import date

import pytest

from db import absences, appointments, calendars, skipped, units
from db.appointments import Post
from policy.model import AbsenceKind
from policy.words import DayKind
from scheduler.digesting import digests
from tests.chat import Player
from tests.digest_office import asks, is_well, leads, looks, opens, reports_
from tests.factories import AGENCY, BY, CITY, UPTD
from tests.stage import BOOK, Stage


@pytest.fixture
def ana(stage: Stage) -> Player:
    return stage.players["ana"]


@pytest.fixture
def boris(stage: Stage) -> Player:
    return stage.players["boris"]


@pytest.fixture
def clara(stage: Stage) -> Player:
    return stage.players["clara"]


@pytest.fixture
def dewi(stage: Stage) -> Player:
    return stage.players["dewi"]


@pytest.fixture
async def office(stage: Stage) -> Stage:
    await asks(stage)
    await opens(stage, "2020-06-15 05:00")
    return stage


async def test_the_morning_digest_comes_a_quarter_of_an_hour_after_the_plan_is_due(
    office: Stage, boris: Player, ana: Player
) -> None:
    await is_well(office, ana, "2020-06-15 07:10")
    await reports_(office, ana, "plan", "2020-06-15 07:12")
    assert await looks(office, "2020-06-15 09:14") == 0
    boris.sees_nothing()
    assert await looks(office, "2020-06-15 09:15") == 1
    boris.sees("Ringkasan pagi: Dinas Kominfo Provinsi Lampung", "per 09.15 WIB", "4 pegawai")
    boris.sees("Rencana: tepat waktu 1, belum 3", "Belum lapor: Anda sendiri (kesehatan, rencana)")
    assert [file.type for file in boris.files] == ["image/png"]
    boris.sees_choices("Hari ini", "Verifikasi", "Rekap XLSX/PDF")
    ana.sees_nothing()
    assert await looks(office, "2020-06-15 09:16") == 0
    boris.sees_nothing()


async def test_it_goes_out_when_nobody_reported_and_says_so(office: Stage, boris: Player) -> None:
    assert await looks(office, "2020-06-15 09:15") == 1
    boris.sees("Belum ada satu pun laporan yang masuk")


async def test_changes_come_first_numbers_next_and_names_last(office: Stage, boris: Player) -> None:
    await looks(office, "2020-06-15 09:15")
    places = [boris.last.index(word) for word in ("Yang berubah", "Angka", "Nama")]
    assert places == sorted(places)
    assert boris.last.index("Ana Lestari") > places[-1]


async def test_the_evening_digest_comes_half_an_hour_after_the_output_is_due(
    office: Stage, boris: Player, ana: Player
) -> None:
    await looks(office, "2020-06-15 09:15")
    await reports_(office, ana, "output", "2020-06-15 16:10")
    assert await looks(office, "2020-06-15 17:29") == 0
    assert await looks(office, "2020-06-15 17:30") == 1
    boris.sees("Ringkasan sore", "Hasil: tepat waktu 1, belum 3", "Menunggu verifikasi Anda: 1 laporan")


async def test_the_week_comes_on_friday_and_the_month_on_the_first_working_day_after_it(
    office: Stage, boris: Player, ana: Player
) -> None:
    for day in ("16", "17", "18", "19"):
        await opens(office, f"2020-06-{day} 05:00")
        await reports_(office, ana, "plan", f"2020-06-{day} 07:30")
        await looks(office, f"2020-06-{day} 09:15")
    assert await looks(office, "2020-06-19 15:59") == 0
    assert await looks(office, "2020-06-19 16:00") == 1
    boris.sees("Ringkasan pekan", "Sen, 15 Jun – Jum, 19 Jun", "per Jum, 19 Jun pukul 16.00 WIB")
    boris.sees("Rencana: tepat waktu 4, belum 16", "Laporan yang tidak ada: ")
    await looks(office, "2020-06-30 17:30")
    assert await looks(office, "2020-07-01 07:59") == 0
    assert await looks(office, "2020-07-01 08:00") == 1
    boris.sees("Ringkasan bulan", "Juni 2020", "per Rab, 1 Jul pukul 08.00 WIB")


async def test_where_friday_is_no_working_day_the_week_ends_before_it(office: Stage, boris: Player) -> None:
    async with office.db.transaction() as tx:
        await calendars.name_day(
            tx, unit_code=AGENCY, kind=DayKind.HOLIDAY, name="Hari jadi", on=date(2020, 6, 19), by=BY,
            now=office.clock.now(),
        )  # fmt: skip
    await opens(office, "2020-06-18 05:00")
    assert await looks(office, "2020-06-18 16:00") == 1
    boris.sees("Ringkasan pekan", "Sen, 15 Jun – Kam, 18 Jun")
    assert await looks(office, "2020-06-19 16:00") == 0


async def test_a_holiday_announced_in_the_morning_brings_none(office: Stage, boris: Player) -> None:
    """Fault T05."""
    office.moves_to("2020-06-15 07:30")
    async with office.db.transaction() as tx:
        await calendars.name_day(
            tx, unit_code=AGENCY, kind=DayKind.HOLIDAY, name="Hari jadi", on=date(2020, 6, 15), by=BY,
            now=office.clock.now(),
        )  # fmt: skip
    assert await looks(office, "2020-06-15 09:15") == 0
    boris.sees_nothing()


async def test_asleep_over_its_moment_it_comes_late_with_its_own_time_or_is_skipped_with_a_reason(
    office: Stage, boris: Player
) -> None:
    """Fault T03."""
    await looks(office, "2020-06-15 06:00")
    assert await looks(office, "2020-06-15 11:40") == 1
    boris.sees("per 11.40 WIB")
    assert await looks(office, "2020-06-15 21:01") == 0
    boris.sees_nothing()
    async with office.db.reading() as tx:
        found = await skipped.list_since(tx, since=office.clock.now())
    assert [(each.what, each.subject, each.because) for each in found] == [
        ("digest/evening", AGENCY, "too_late")
    ]
    assert await looks(office, "2020-06-15 21:02") == 0
    assert len(await office.rows("SELECT id FROM skipped")) == 1


async def test_after_days_asleep_each_digest_that_did_not_come_has_its_reason(
    office: Stage, boris: Player
) -> None:
    """Fault T03."""
    await looks(office, "2020-06-15 09:15")
    assert await looks(office, "2020-06-18 08:00") == 0
    rows = await office.rows("SELECT what, once_key FROM skipped ORDER BY due_at")
    assert [row["what"] for row in rows] == [
        "digest/evening", "digest/morning", "digest/evening", "digest/morning", "digest/evening",
    ]  # fmt: skip
    boris.sees_nothing()


async def test_asleep_on_friday_the_week_comes_on_monday_before_noon(office: Stage, boris: Player) -> None:
    """Fault T03."""
    await looks(office, "2020-06-19 15:00")
    assert await looks(office, "2020-06-22 08:00") == 1
    boris.sees("Ringkasan pekan", "Sen, 15 Jun – Jum, 19 Jun", "per Sen, 22 Jun pukul 08.00 WIB")


async def test_what_is_due_together_comes_one_after_the_other(office: Stage, boris: Player) -> None:
    """Fault T09: the week's digest and the evening's, after a sleep over both moments."""
    await looks(office, "2020-06-19 15:00")
    assert await looks(office, "2020-06-19 18:00") == 2
    assert {text.split(":")[0] for text in boris.texts} == {"Ringkasan pekan", "Ringkasan sore"}


async def test_it_is_local_to_the_zone_of_the_unit(stage: Stage, boris: Player) -> None:
    """Fault T01."""
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE regions SET timezone = 'WIT'")
    await asks(stage)
    await opens(stage, "2020-06-15 03:00")
    assert await looks(stage, "2020-06-15 07:14") == 0
    assert await looks(stage, "2020-06-15 07:15") == 1
    boris.sees("per 09.15 WIT")


async def test_two_processes_that_look_at_once_tell_everybody_once(office: Stage, boris: Player) -> None:
    office.moves_to("2020-06-15 09:15")
    now = office.clock.now()
    found = await asyncio.gather(*(digests.look(office.db, office.seal, BOOK, now) for _ in range(3)))
    assert sum(found) == 1
    await office.works()
    assert sum("Ringkasan pagi" in seen.text for seen in boris.seen) == 1


async def test_a_kill_between_the_figures_and_the_messages_is_made_good(
    office: Stage, boris: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault P01."""

    async def dies(*_: object, **__: object) -> int:
        raise SystemExit

    office.moves_to("2020-06-15 09:15")
    with monkeypatch.context() as patched:
        patched.setattr(digests, "owe", dies)
        with pytest.raises(SystemExit):
            await digests.look(office.db, office.seal, BOOK, office.clock.now())
    assert await looks(office, "2020-06-15 09:17") == 1
    boris.sees("per 09.15 WIB")
    assert await looks(office, "2020-06-15 09:18") == 0


async def test_it_follows_who_acts_for_the_head_by_dates(office: Stage, boris: Player, clara: Player) -> None:
    await leads(office, clara, AGENCY, post=Post.PLH, since="2020-06-15")
    assert await looks(office, "2020-06-15 09:15") == 1
    clara.sees("Ringkasan pagi")
    boris.sees_nothing()


async def test_who_leads_several_units_gets_one_message(office: Stage, boris: Player) -> None:
    await leads(office, boris, UPTD, post=Post.PLT)
    assert await looks(office, "2020-06-15 09:15") == 1
    boris.sees("Dinas Kominfo Provinsi Lampung dan 1 unit lain", "4 pegawai")
    assert len(boris.fresh) == 1


async def test_a_unit_without_a_reachable_head_is_in_the_counts_of_the_level_above(
    office: Stage, boris: Player, dewi: Player
) -> None:
    await leads(office, dewi)
    await office.unlinks(dewi)
    assert await looks(office, "2020-06-15 09:15") == 1
    boris.sees(
        "3 pegawai", "Unit di bawahnya (1 unit, <5 pegawai)", "Pimpinannya belum dapat dihubungi: 1 unit"
    )
    boris.sees_no("Dewi")
    rows = await office.rows("SELECT what, subject, because FROM skipped")
    assert [tuple(row.values()) for row in map(dict, rows)] == [("digest/morning", UPTD, "no_reachable_head")]


async def test_a_unit_without_people_has_no_digest(office: Stage, clara: Player) -> None:
    async with office.db.transaction() as tx:
        await units.add(
            tx, code="NEW", name="Bidang Baru", kind="bidang", region_code=CITY, parent_code=AGENCY,
            now=office.clock.now(),
        )  # fmt: skip
    await leads(office, clara, "NEW")
    assert await looks(office, "2020-06-15 09:15") == 1  # Boris, of his own
    clara.sees_nothing()


async def test_when_everybody_is_away_it_is_one_line(office: Stage, boris: Player, dewi: Player) -> None:
    await leads(office, dewi)
    await leads(office, boris, UPTD, post=Post.PLH, since="2020-06-16")
    async with office.db.transaction() as tx:
        await appointments.dismiss(
            tx, unit_code=AGENCY, post=Post.HEAD, first=date(2020, 6, 16), by=BY, now=office.clock.now()
        )
        await absences.excuse(
            tx, person_id=dewi.person_id, kind=AbsenceKind.TRAINING, valid_from=date(2020, 6, 16),
            valid_until=date(2020, 6, 16), by=BY, now=office.clock.now(),
        )  # fmt: skip
    await opens(office, "2020-06-16 05:00")
    assert await looks(office, "2020-06-16 09:15") == 1
    boris.sees("Ringkasan pagi: UPTD Pusat Data", "semua sedang tidak bertugas (1 pegawai)")
    assert boris.files == []
    assert len(boris.last.splitlines()) == 2
