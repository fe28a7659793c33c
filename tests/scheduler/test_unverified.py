"""Reports that waited beyond 24.00 of the next working day: the superior who owes it hears, then one up."""

from datetime import date

from db.appointments import Post, Power
from db.moments import to_micros
from scheduler.alerting import overdue, unverified
from tests.chat import Player
from tests.dialogues.written import reports
from tests.scheduler.alerting import appoints, is_away, over, the_alerts, works_below
from tests.scheduler.days import asks, opens
from tests.stage import BOOK, Stage

WEDNESDAY = date(2020, 6, 17)


async def looks(stage: Stage, local: str) -> None:
    """Let both jobs look at that moment, and show everybody what is sent."""
    stage.moves_to(local)
    for player in stage.players.values():
        player._since = len(player.seen)
    now = stage.clock.now()
    async with stage.db.transaction() as tx:  # this test is not about what is missing
        await tx.run(
            "UPDATE obligations SET state = 'excused' WHERE state IN ('open', 'reminded', 'overdue')"
        )
        await tx.run("UPDATE alerts SET state = 'closed', look_at = NULL WHERE part <> 'verification'")
    await unverified.look(stage.db, stage.seal, BOOK, now)
    await overdue.look(stage.db, stage.seal, BOOK, now)
    await stage.drains()


async def a_plan_is_sent(stage: Stage, who: Player) -> None:
    await asks(stage, "reporting", "plan")
    await opens(stage, "2020-06-14 18:00")
    stage.moves_to("2020-06-15 08:00")
    await reports(who, "rencana", "Rapat data")


async def test_the_superior_hears_when_the_next_working_day_is_over_and_not_before(stage: Stage) -> None:
    ana, boris = stage.players["ana"], stage.players["boris"]
    await a_plan_is_sent(stage, ana)
    await looks(stage, "2020-06-16 23:45")
    boris.sees_nothing()
    await looks(stage, "2020-06-17 00:15")
    boris.sees_nothing()
    await looks(stage, "2020-06-17 07:30")
    boris.sees("1 laporan menunggu verifikasi Anda", "Ana Lestari: rencana (dikirim Sen, 15 Jun 08.00)")
    boris.sees_choices("Saya tangani", "Verifikasi laporan")
    await looks(stage, "2020-06-17 07:45")
    boris.sees_nothing()


async def test_what_was_judged_ends_it(stage: Stage) -> None:
    ana, boris = stage.players["ana"], stage.players["boris"]
    await a_plan_is_sent(stage, ana)
    await looks(stage, "2020-06-17 07:30")
    await boris.taps("Verifikasi laporan")
    await boris.taps("1 Ana 15/06")
    await boris.taps("Setujui")
    await looks(stage, "2020-06-17 07:45")
    await looks(stage, "2020-06-17 11:00")
    boris.sees_nothing()
    assert await the_alerts(stage) == [("verification", "closed", 0, 1)]


async def test_each_superior_hears_of_their_own_people_alone(stage: Stage) -> None:
    ana, boris, clara, dewi = (stage.players[name] for name in ("ana", "boris", "clara", "dewi"))
    await over(stage, clara, dewi)
    await a_plan_is_sent(stage, ana)
    await reports(clara, "rencana", "Arsip")
    await looks(stage, "2020-06-17 07:30")
    boris.sees("1 laporan", "Ana Lestari")
    boris.sees_no("Clara")
    dewi.sees("1 laporan", "Clara Wijaya")
    dewi.sees_no("Ana Lestari")


async def test_unheard_it_goes_one_up_without_names_and_who_takes_it_hears_no_more(stage: Stage) -> None:
    fajar = await works_below(stage)
    boris, dewi = stage.players["boris"], stage.players["dewi"]
    await a_plan_is_sent(stage, fajar)
    for local in ("2020-06-17 07:30", "2020-06-17 09:30", "2020-06-17 11:30"):
        await looks(stage, local)
        dewi.sees("Fajar Hidayat")
        boris.sees_nothing()
    await looks(stage, "2020-06-17 14:30")
    boris.sees(
        "UPTD Pusat Data: 1 laporan menunggu verifikasi lewat waktunya", "sejak Rab, 17 Jun pukul 07.30"
    )
    boris.sees_no("Fajar", "Dewi")
    await boris.taps("Saya tangani")
    boris.sees("Anda yang menangani")
    await looks(stage, "2020-06-18 10:00")
    for player in (boris, dewi):
        player.sees_nothing()


async def test_a_weekend_gives_time(stage: Stage) -> None:
    ana, boris = stage.players["ana"], stage.players["boris"]
    await a_plan_is_sent(stage, ana)
    async with stage.db.transaction() as tx:  # it was Friday's
        for table in ("obligations", "reports", "workdays"):
            await tx.run(f"UPDATE {table} SET on_date = '2020-06-19'")
        moment = to_micros(stage.clock.now()) + 4 * 86_400_000_000
        await tx.run("UPDATE reports SET reported_at = :moment", moment=moment)
    await looks(stage, "2020-06-22 16:00")
    boris.sees_nothing()
    await looks(stage, "2020-06-23 07:30")
    boris.sees("laporan Jumat, 19 Juni 2020")


async def test_where_the_superior_is_away_the_level_above_hears_at_once_that_nobody_judges(
    stage: Stage,
) -> None:
    fajar = await works_below(stage)
    boris, dewi = stage.players["boris"], stage.players["dewi"]
    await a_plan_is_sent(stage, fajar)
    await is_away(stage, dewi, WEDNESDAY, WEDNESDAY)
    await looks(stage, "2020-06-17 07:30")
    boris.sees("UPTD Pusat Data: 1 laporan", "Atasan langsungnya tidak dapat dihubungi")
    boris.sees_no("Fajar")
    dewi.sees_nothing()


async def test_it_comes_to_who_acts_for_the_superior_with_the_power(stage: Stage) -> None:
    ana, boris, dewi = (stage.players[name] for name in ("ana", "boris", "dewi"))
    await a_plan_is_sent(stage, ana)
    await appoints(stage, dewi, post=Post.PLH, first=WEDNESDAY, last=WEDNESDAY, powers={Power.VERIFY})
    await looks(stage, "2020-06-17 07:30")
    dewi.sees("1 laporan menunggu verifikasi Anda", "Ana Lestari")
    boris.sees_nothing()
    await dewi.taps("Verifikasi laporan")
    dewi.sees("Ana Lestari")


async def test_who_leads_the_agency_and_has_no_superior_here_troubles_nobody(stage: Stage) -> None:
    boris, dewi = stage.players["boris"], stage.players["dewi"]
    await a_plan_is_sent(stage, boris)
    await looks(stage, "2020-06-17 07:30")
    assert await the_alerts(stage) == []
    await over(stage, boris, dewi)  # recorded later, it is somebody's to judge
    await looks(stage, "2020-06-17 07:45")
    dewi.sees("1 laporan menunggu verifikasi Anda", "Boris Siregar")
