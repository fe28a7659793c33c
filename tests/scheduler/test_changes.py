"""What is decided in the middle of a day reaches whoever it touches, once, and what they were told stays on record."""

from datetime import date, datetime

from db import absences, calendars, changes, memberships, regions, units, verdicts
from db.changes import ChangeKind
from policy.model import AbsenceKind, Arrangement, DayKind
from policy.words import JobLevel, Zone
from scheduler import changes as job
from scheduler.changes import Looked
from tests import rota_office
from tests.chat import Player
from tests.factories import AGENCY
from tests.scheduler.deciding import looks, zone
from tests.stage import BOOK, LOCAL, Stage

MONDAY, TUESDAY = date(2020, 6, 15), date(2020, 6, 16)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=LOCAL)


async def told(stage: Stage, who: Player, day: date, local: str) -> Arrangement | None:
    async with stage.db.reading() as tx:
        found = await verdicts.told(tx, stage.seal, person_id=who.person_id, on=day, as_known_at=at(local))
    return found.arrangement if found else None


async def test_a_zone_red_at_noon_brings_tomorrows_card_once_and_this_mornings_stays_on_record(
    stage: Stage,
) -> None:
    ana = stage.players["ana"]
    await ana.says("WFO besok?")
    ana.sees("WFO: bekerja dari kantor")
    await zone(stage, "2020-06-15 12:00", Zone.MERAH, since=TUESDAY)
    looked = await looks(stage, "2020-06-15 12:01")
    assert looked == Looked(changes=1, touched=4, told=4, without_chat=0)
    ana.sees(
        "Ada perubahan", "Sebelumnya: WFO", "WFH: bekerja dari rumah", "Besok", "angka 1 huruf (b)", "merah"
    )
    assert await looks(stage, "2020-06-15 12:10") is None
    assert all(player.texts == [] for player in stage.players.values())
    assert await told(stage, ana, TUESDAY, "2020-06-15 11:59") is Arrangement.WFO
    assert await told(stage, ana, TUESDAY, "2020-06-15 12:02") is Arrangement.WFH
    (row,) = await stage.rows("SELECT superseded_because FROM verdicts WHERE superseded_at IS NOT NULL")
    assert row["superseded_because"] == "another arrangement: zone"
    (row,) = await stage.rows("SELECT told FROM changes")
    assert row["told"] == 4


async def test_of_a_zone_corrected_within_a_minute_only_what_stands_is_told(stage: Stage) -> None:
    await zone(stage, "2020-06-15 12:00", Zone.MERAH, since=TUESDAY)
    assert await looks(stage, "2020-06-15 12:00") is None
    await zone(stage, "2020-06-15 12:00:40", Zone.HIJAU, since=TUESDAY)
    assert await looks(stage, "2020-06-15 12:01") is None
    looked = await looks(stage, "2020-06-15 12:02")
    assert looked == Looked(changes=2, touched=4, told=0, without_chat=0)


async def test_who_asked_in_between_hears_of_the_correction_and_nobody_else(stage: Stage) -> None:
    ana = stage.players["ana"]
    await zone(stage, "2020-06-15 12:00", Zone.MERAH, since=TUESDAY)
    await ana.says("WFO besok?")
    ana.sees("WFH")
    await zone(stage, "2020-06-15 12:00:40", Zone.HIJAU, since=TUESDAY)
    looked = await looks(stage, "2020-06-15 12:02")
    assert looked is not None
    assert looked.told == 1
    ana.sees("Sebelumnya: WFH", "WFO: bekerja dari kantor")


async def test_red_green_and_red_again_over_hours_is_told_each_time(stage: Stage) -> None:
    ana = stage.players["ana"]
    for hour, colour, answer in ((9, Zone.MERAH, "WFH"), (11, Zone.HIJAU, "WFO"), (13, Zone.MERAH, "WFH")):
        await zone(stage, f"2020-06-15 {hour:02}:00", colour, since=TUESDAY)
        await looks(stage, f"2020-06-15 {hour:02}:01")
        ana.sees(f"{answer}: bekerja dari")
        assert len(ana.texts) == 1


async def test_the_same_rule_under_another_colour_is_no_news(stage: Stage) -> None:
    await zone(stage, "2020-06-15 09:00", Zone.MERAH, since=TUESDAY)
    await looks(stage, "2020-06-15 09:01")
    await zone(stage, "2020-06-15 10:00", Zone.KUNING, since=TUESDAY)
    looked = await looks(stage, "2020-06-15 10:01")
    assert looked is not None
    assert looked.told == 0


async def test_a_day_that_is_over_and_one_further_ahead_are_nobodys_news(stage: Stage) -> None:
    await zone(stage, "2020-06-15 16:30", Zone.MERAH, since=MONDAY)
    await looks(stage, "2020-06-15 16:31")
    assert all("Besok" in text for player in stage.players.values() for text in player.texts)
    await zone(stage, "2020-06-15 16:40", Zone.HIJAU, since=date(2020, 6, 18))
    looked = await looks(stage, "2020-06-15 16:41")
    assert looked == Looked(changes=1, touched=0, told=0, without_chat=0)


async def holiday(stage: Stage, day: date) -> None:
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await calendars.name_day(
            tx, unit_code=AGENCY, kind=DayKind.HOLIDAY, name="Hari jadi", on=day, by="clara", now=now
        )
        await changes.note(tx, kind=ChangeKind.CALENDAR, subject=AGENCY, first_day=day, by="clara", now=now)


async def test_a_holiday_announced_for_today_reaches_everybody_before_they_leave(stage: Stage) -> None:
    """T05"""
    stage.moves_to("2020-06-15 05:30")
    await holiday(stage, MONDAY)
    assert await looks(stage, "2020-06-15 05:31") == Looked(changes=1, touched=4, told=4, without_chat=0)
    for name in ("ana", "boris", "clara", "dewi"):
        stage.players[name].sees("Sebelumnya: WFO", "Libur: Hari jadi", "Hari ini")
        assert len(stage.players[name].texts) == 1


async def test_a_holiday_announced_for_tomorrow_is_told_though_it_is_no_working_day_now(stage: Stage) -> None:
    stage.moves_to("2020-06-15 10:00")
    await holiday(stage, TUESDAY)
    await looks(stage, "2020-06-15 10:01")
    stage.players["ana"].sees("Libur: Hari jadi", "Besok")


async def test_who_is_on_leave_that_day_is_let_alone(stage: Stage) -> None:
    ana, boris = stage.players["ana"], stage.players["boris"]
    async with stage.db.transaction() as tx:
        await absences.excuse(
            tx, person_id=ana.person_id, kind=AbsenceKind.ANNUAL_LEAVE, valid_from=MONDAY,
            valid_until=date(2020, 6, 19), by="clara", now=stage.clock.now(),
        )  # fmt: skip
    await zone(stage, "2020-06-15 12:00", Zone.MERAH, since=TUESDAY)
    await looks(stage, "2020-06-15 12:01")
    assert ana.texts == []
    boris.sees("WFH")


async def test_whoever_has_no_chat_is_counted(stage: Stage) -> None:
    await stage.unlinks(stage.players["ana"])
    await zone(stage, "2020-06-15 12:00", Zone.MERAH, since=TUESDAY)
    assert await looks(stage, "2020-06-15 12:01") == Looked(changes=1, touched=4, told=3, without_chat=1)


async def test_what_is_decided_at_night_is_read_in_the_morning(stage: Stage) -> None:
    ana = stage.players["ana"]
    await zone(stage, "2020-06-15 23:00", Zone.MERAH, since=TUESDAY)
    assert await looks(stage, "2020-06-15 23:01") == Looked(changes=1, touched=4, told=4, without_chat=0)
    assert ana.texts == []
    stage.moves_to("2020-06-16 05:00")
    await stage.drains()
    ana.sees("WFH", "16 Juni")


async def test_a_card_whose_day_is_over_is_not_sent(stage: Stage) -> None:
    await zone(stage, "2020-06-15 12:00", Zone.MERAH, since=MONDAY)
    stage.moves_to("2020-06-15 12:01")
    await job.look(stage.db, stage.seal, BOOK, stage.clock.now())
    stage.moves_to("2020-06-15 16:30")
    await stage.drains()
    ana = stage.players["ana"]
    assert len(ana.texts) == 1
    ana.sees("Besok")


async def test_of_one_persons_own_matters_the_record_says_what_changed_and_never_why(stage: Stage) -> None:
    ana, now = stage.players["ana"], stage.clock.now()
    await ana.says("WFO besok?")
    async with stage.db.transaction() as tx:
        await regions.add(tx, code="18.72", name="Metro", kind="kota", timezone="WIB", parent_code="18")
        await regions.record_fact(
            tx, region_code="18.72", value="merah", valid_from=MONDAY, by="clara", now=now
        )
        await units.add(
            tx, code="METRO", name="Pos Metro", kind="uptd", region_code="18.72", parent_code=AGENCY, now=now
        )
        await memberships.assign(
            tx, person_id=ana.person_id, unit_code="METRO", position="Pranata Komputer",
            job_level=JobLevel.FUNGSIONAL, valid_from=TUESDAY, by="clara", now=stage.clock.now(),
        )  # fmt: skip
        await changes.note(
            tx, kind=ChangeKind.PERSON, subject=ana.person_id, first_day=TUESDAY, by="clara",
            now=stage.clock.now(),
        )  # fmt: skip
    assert await looks(stage, "2020-06-15 12:01") == Looked(changes=1, touched=1, told=1, without_chat=0)
    ana.sees("Sebelumnya: WFO", "WFH", "Metro")
    (row,) = await stage.rows("SELECT superseded_because FROM verdicts WHERE superseded_at IS NOT NULL")
    assert row["superseded_because"] == "another arrangement"


async def test_a_published_rota_that_no_longer_stands_is_mended_once_and_only_who_moves_hears(
    stage: Stage,
) -> None:
    ana, boris = stage.players["ana"], stage.players["boris"]
    two = rota_office.HALF.replace('at_most: "50 %"', 'exactly: "2 orang"')
    await rota_office.under_quota(stage, body=two)
    await rota_office.draws(boris)
    await boris.taps("Terbitkan")
    before = await rota_office.places(stage)
    on = min(day for (person, day), place in before.items() if person == ana.person_id and place == "WFO")
    stage.moves_to("2020-06-21 10:00")
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        away = date.fromisoformat(on)
        await absences.excuse(
            tx, person_id=ana.person_id, kind=AbsenceKind.ANNUAL_LEAVE, valid_from=away, valid_until=away,
            by="boris", now=now,
        )  # fmt: skip
        await changes.note(
            tx, kind=ChangeKind.PERSON, subject=ana.person_id, first_day=away, by="boris", now=now
        )
    looked = await looks(stage, "2020-06-21 10:01")
    after = await rota_office.places(stage)
    moved = {person for person, day in before if before[person, day] != after[person, day]}
    assert len(moved) == 1  # somebody comes in Ana's place; her leave she knows of
    assert looked is not None
    assert looked.told == 1
    assert {player.person_id for player in stage.players.values() if player.texts} == moved | {
        boris.person_id
    }
    boris.sees("disesuaikan karena ada perubahan")
    assert await looks(stage, "2020-06-21 10:05") is None
    assert boris.texts == []
