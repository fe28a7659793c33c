"""Days begin where people work: three zones, a move between them, and the edges of days, months and years."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from db import memberships, regions, units
from policy.words import JobLevel
from tests.chat import Player
from tests.dialogues.written import only, stored
from tests.factories import AGENCY, BY, SINCE
from tests.stage import Stage

PLACES = {"WITA": ("64", "Samarinda", "Asia/Makassar"), "WIT": ("94", "Jayapura", "Asia/Jayapura")}


async def _works_in(stage: Stage, who: Player, zone: str, *, since: date = SINCE) -> None:
    """Let somebody belong to a unit in another zone from a day on."""
    code, name, _ = PLACES[zone]
    when = {"by": BY, "now": stage.clock.now()}
    async with stage.db.transaction() as tx:
        await regions.add(tx, code=code, name=name, kind="kota", timezone=zone)
        await regions.record_fact(tx, region_code=code, value="hijau", valid_from=SINCE, **when)
        await units.add(
            tx,
            code=f"KANTOR-{zone}",
            name=f"Kantor {name}",
            kind="uptd",
            region_code=code,
            parent_code=AGENCY,
            now=stage.clock.now(),
        )
        await memberships.assign(
            tx,
            person_id=who.person_id,
            unit_code=f"KANTOR-{zone}",
            position="Pranata Komputer",
            job_level=JobLevel.FUNGSIONAL,
            valid_from=since,
            **when,
        )


def _at(stage: Stage, local: str, zone: str) -> None:
    stage.clock.move_to(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)))


@pytest.mark.parametrize("zone", ["WITA", "WIT"])
async def test_a_report_after_midnight_there_counts_for_the_new_day_there(
    stage: Stage, ana: Player, zone: str
) -> None:
    """T01: it is still the day before in Lampung."""
    await _works_in(stage, ana, zone)
    _at(stage, "2020-06-16 00:10", PLACES[zone][2])
    await ana.says("rencana")
    ana.sees("hari ini, Selasa, 16 Juni 2020")
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    ana.sees(f"00.10 {zone}")
    assert (await only(stage))["on_date"] == "2020-06-16"


async def test_whoever_moves_east_keeps_the_old_zone_until_the_new_day(stage: Stage, ana: Player) -> None:
    """T01: that day by the zone at receipt, the next day by the new one, and no day twice."""
    await _works_in(stage, ana, "WIT", since=date(2020, 6, 16))
    _at(stage, "2020-06-15 21:30", "Asia/Jakarta")  # 23.30 in Jayapura: not yet the day of the move there
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    ana.sees("21.30 WIB", "Senin, 15 Juni 2020")
    _at(stage, "2020-06-16 08:00", "Asia/Jayapura")
    await ana.says("rencana")
    await ana.says("Surat keluar")
    await ana.taps("Simpan")
    ana.sees("08.00 WIT", "Selasa, 16 Juni 2020")
    assert [row["on_date"] for row in await stored(stage)] == ["2020-06-15", "2020-06-16"]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2020-06-15 00:00:10", "2020-06-15"),
        ("2020-06-15 23:59:50", "2020-06-15"),
        ("2020-06-30 23:59:50", "2020-06-30"),
        ("2020-12-31 23:59:50", "2020-12-31"),
        ("2021-01-01 00:00:10", "2021-01-01"),
        ("2024-02-29 12:00:00", "2024-02-29"),
    ],
)
async def test_the_edges_of_days_months_and_years(stage: Stage, ana: Player, at: str, day: str) -> None:
    """T04"""
    stage.moves_to(at)
    await ana.says("hasil", after=0)
    await ana.says("Rapat data", after=1)
    await ana.taps("Simpan", after=1)
    assert (await only(stage))["on_date"] == day


async def test_yesterday_over_a_month_and_a_leap_day(stage: Stage, ana: Player) -> None:
    """T04, I14"""
    for at, told in (
        ("2020-07-01 08:00", "Selasa, 30 Juni 2020"),
        ("2024-03-01 08:00", "Kamis, 29 Februari 2024"),
    ):
        stage.moves_to(at)
        await ana.says("hasil kemarin")
        ana.sees(told)
        await ana.says("batal")
