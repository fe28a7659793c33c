"""An alert goes to who leads at that moment, by letter, dates and powers; who cannot be reached is stood in for."""

import pytest

from db import people
from db.appointments import Post, Power
from handlers.admin import leaders
from policy.words import AbsenceKind
from scheduler.alerting import overdue as job
from tests.factories import AGENCY, BY, CLARA
from tests.scheduler.alerting import appoints, is_away, looks, morning, the_alerts, works_below
from tests.scheduler.days import MONDAY
from tests.stage import BOOK, Stage


async def test_it_follows_who_stands_in_by_their_dates(stage: Stage) -> None:
    boris, clara, ana = (stage.players[name] for name in ("boris", "clara", "ana"))
    await appoints(stage, clara, post=Post.PLH, first=MONDAY, last=MONDAY)
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    await looks(stage, "2020-06-15 09:30")
    clara.sees("Ana Lestari")
    boris.sees_nothing()
    await looks(stage, "2020-06-15 11:30")
    await looks(stage, "2020-06-15 14:30")
    clara.sees("Ana Lestari")
    boris.sees_nothing()


async def test_without_the_power_in_the_letter_it_stays_with_the_head(stage: Stage) -> None:
    boris, clara, ana = (stage.players[name] for name in ("boris", "clara", "ana"))
    await appoints(stage, clara, post=Post.PLH, first=MONDAY, last=MONDAY, powers={Power.VERIFY})
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    await looks(stage, "2020-06-15 09:30")
    boris.sees("Ana Lestari")
    clara.sees_nothing()


@pytest.mark.parametrize("why", ["away", "no chat", "left"])
async def test_where_the_head_cannot_be_reached_the_level_above_is_told_at_once(
    stage: Stage, why: str
) -> None:
    fajar = await works_below(stage)
    boris, dewi = stage.players["boris"], stage.players["dewi"]
    await morning(stage, *(player for player in stage.players.values() if player is not fajar))
    if why == "away":
        await is_away(stage, dewi, MONDAY, MONDAY)
    elif why == "no chat":
        await stage.unlinks(dewi)
    else:
        async with stage.db.transaction() as tx:
            await people.leave(tx, person_id=dewi.person_id, now=stage.clock.now())
    await looks(stage, "2020-06-15 09:30")
    boris.sees("Fajar Hidayat", "Pimpinan unit itu tidak dapat dihubungi hari ini")
    dewi.sees_nothing()


async def test_who_travels_on_duty_is_told(stage: Stage) -> None:
    fajar = await works_below(stage)
    dewi = stage.players["dewi"]
    await morning(stage, *(player for player in stage.players.values() if player is not fajar))
    await is_away(stage, dewi, MONDAY, MONDAY, AbsenceKind.TRAVEL)
    await looks(stage, "2020-06-15 09:30")
    dewi.sees("Fajar Hidayat")


async def test_where_no_head_can_be_reached_the_personnel_office_is_told(stage: Stage) -> None:
    boris, clara, ana = (stage.players[name] for name in ("boris", "clara", "ana"))
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    await stage.unlinks(boris)
    await looks(stage, "2020-06-15 09:30")
    clara.sees("1 dari 3 pegawai", "tidak dapat dihubungi")
    clara.sees_no("Ana")
    assert await the_alerts(stage) == [("morning", "open", 2, 1)]


async def test_who_leads_no_more_when_it_is_sent_does_not_get_it(stage: Stage) -> None:
    """Fault V05: the alert waits in the outbox while the platform is down; meanwhile another head is appointed."""
    boris, clara, ana = (stage.players[name] for name in ("boris", "clara", "ana"))
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    stage.moves_to("2020-06-15 09:30")
    assert await job.look(stage.db, stage.seal, BOOK, stage.clock.now()) == 1
    async with stage.db.transaction() as tx:
        wanted = leaders.Appointing(
            unit_code=AGENCY, nip=CLARA.nip, post=Post.HEAD, first=MONDAY, last=None, letter=None, powers=None
        )
        await leaders.appoint(tx, wanted, by=BY, now=stage.clock.now())
    await stage.drains()
    assert boris.seen == []
    await looks(stage, "2020-06-15 09:31")
    clara.sees("Ana Lestari")
    boris.sees_nothing()
    (row,) = await stage.rows("SELECT ended_because FROM outbox WHERE state = 'dropped'")
    assert row["ended_because"] == "the recipient no longer has the role for it"


async def test_where_nobody_at_all_can_be_told_it_is_written_down_and_tried_again(stage: Stage) -> None:
    boris, clara, ana = (stage.players[name] for name in ("boris", "clara", "ana"))
    await morning(stage, *(player for player in stage.players.values() if player is not ana))
    await is_away(stage, boris, MONDAY, MONDAY)
    async with stage.db.transaction() as tx:
        await tx.run("DELETE FROM roles WHERE role = 'admin'")
    assert await looks(stage, "2020-06-15 09:30") == 0
    (skipped,) = await stage.rows("SELECT what, because FROM skipped")
    assert (skipped["what"], skipped["because"]) == ("alert/morning", "nobody_to_tell")
    assert await looks(stage, "2020-06-16 07:30") == 1
    boris.sees("Ana Lestari")
    clara.sees_nothing()
