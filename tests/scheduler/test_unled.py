"""A unit of which no head can be reached is found before anything is overdue, and told once a day to who stands in."""

from datetime import timedelta

from db import identities
from db.appointments import Post
from scheduler.alerting import unled as job
from tests.scheduler.alerting import appoints, dismisses, is_away, works_below
from tests.scheduler.days import MONDAY
from tests.stage import BOOK, Stage


async def looks(stage: Stage, local: str) -> int:
    stage.moves_to(local)
    for player in stage.players.values():
        player._since = len(player.seen)
    told = await job.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    return told


async def test_of_a_head_on_leave_without_a_plh_the_level_above_hears_once_a_day_in_working_hours(
    stage: Stage,
) -> None:
    boris, dewi = stage.players["boris"], stage.players["dewi"]
    await works_below(stage)
    await is_away(stage, dewi, MONDAY, MONDAY + timedelta(days=1))
    assert await looks(stage, "2020-06-15 07:29") == 0
    assert await looks(stage, "2020-06-15 07:30") == 1
    boris.sees("UPTD Pusat Data: pimpinannya tidak bertugas hari ini, tanpa Plh", "datang kepada Anda")
    boris.sees_no("Dewi", "cuti")
    assert await looks(stage, "2020-06-15 13:00") == 0
    assert await looks(stage, "2020-06-16 07:30") == 1
    assert await looks(stage, "2020-06-17 07:30") == 0


async def test_whom_a_plh_stands_in_for_is_not_missed(stage: Stage) -> None:
    ana, dewi = stage.players["ana"], stage.players["dewi"]
    await works_below(stage)
    await is_away(stage, dewi, MONDAY, MONDAY)
    await appoints(stage, ana, unit="UPTD-DATA", post=Post.PLH, first=MONDAY, last=MONDAY)
    assert await looks(stage, "2020-06-15 08:00") == 0


async def test_a_head_whose_chat_answers_no_more_is_found(stage: Stage) -> None:
    boris, dewi = stage.players["boris"], stage.players["dewi"]
    await works_below(stage)
    async with stage.db.transaction() as tx:
        await identities.mark_unreachable(
            tx, channel=stage.channel.name, address=dewi.address, because="blocked", now=stage.clock.now()
        )
    assert await looks(stage, "2020-06-15 08:00") == 1
    boris.sees("chat pimpinannya belum tertaut atau tidak dapat dihubungi")


async def test_a_post_that_became_vacant_is_found_and_one_that_never_was_is_not(stage: Stage) -> None:
    boris = stage.players["boris"]
    assert await looks(stage, "2020-06-15 08:00") == 0  # the unit below was never led by anybody
    await works_below(stage)
    assert await looks(stage, "2020-06-15 08:05") == 0
    await dismisses(stage, unit="UPTD-DATA")
    assert await looks(stage, "2020-06-15 08:10") == 1
    boris.sees("jabatan pimpinannya kosong")


async def test_where_nobody_above_can_be_reached_the_admins_hear(stage: Stage) -> None:
    boris, clara = stage.players["boris"], stage.players["clara"]
    await works_below(stage)
    await stage.unlinks(boris)
    await stage.unlinks(stage.players["dewi"])
    assert await looks(stage, "2020-06-15 08:00") == 2
    clara.sees("Dinas Kominfo", "UPTD Pusat Data", "Di atasnya pun tidak ada pimpinan")
    assert len(clara.texts) == 1
