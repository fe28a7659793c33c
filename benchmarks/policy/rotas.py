"""A month's rota: units of fifty under SE MenPANRB 67/2020, by the zone's share, as the bot draws it week by week."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from time import process_time

from benchmarks.policy.questions import ordinary
from benchmarks.policy.verdicts import UNIT, resident
from policy.loader import shipped
from policy.model import Fact, Facts, JobLevel, Zone
from policy.roster import Ledger, plan
from policy.rota.order import Settings, order_from

MONDAY, WEEKS = date(2020, 10, 5), 4
SIZES = (1_000, 20_000, 200_000)
CIRCULAR = "menpanrb-67-2020"
AIM = 10.0  # seconds
_ZONES = (Zone.KUNING, Zone.ORANYE, Zone.MERAH)
Month = dict[date, dict[str, Facts]]


def growth() -> str:
    """Return a row for each size, each in a process of its own."""
    title = (
        f"\na rota of {WEEKS} weeks in units of {UNIT} (aim: 20,000 people in {AIM:.0f} s), processor seconds"
    )
    head = f"  {'':36}{'people':>9}{'to orders':>11}{'planned':>9}{'together':>10}{'MB':>7}"
    return "\n".join([title, head, *map(_row, SIZES)])


def _row(people: int) -> str:
    command = [sys.executable, "-m", "benchmarks.policy.rotas", str(people)]
    done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    name = f"{people // UNIT} units, {done['days']} days in the office"
    together = done["orders"] + done["planned"]
    figures = f"{done['orders']:11.2f}{done['planned']:9.2f}{together:10.2f}{done['MB']:7.0f}"
    return f"  {name:36}{people:9}{figures}"


def _measured(people: int) -> dict[str, float]:
    """Draw every unit, week after week with the ledger carried on; only what a unit leaves is held."""
    ordered = planned = 0.0
    days = 0
    for number in range(people // UNIT):
        ledger = Ledger()
        for week in _weeks(number):
            began = process_time()
            settings = Settings(seed=f"unit {number}", ledger=ledger)
            order = order_from(_code(number), week, settings)
            ordered += process_time() - began
            began = process_time()
            rota = plan(order)
            planned += process_time() - began
            ledger = rota.ledger
            days += sum(each.is_office for day in rota.days.values() for each in day.values())
    return {"orders": ordered, "planned": planned, "days": days, "MB": resident()}


def _weeks(number: int) -> Iterator[Month]:
    for week in range(WEEKS):
        monday = MONDAY + timedelta(days=7 * week)
        yield {day: _people(number, day) for day in (monday + timedelta(days=each) for each in range(5))}


def _people(number: int, day: date) -> dict[str, Facts]:
    """Colleagues share their facts, as db.facts hands them over."""
    zone = Fact(_ZONES[number % len(_ZONES)], since=date(2020, 9, 1))
    unit = replace(
        ordinary((shipped()[CIRCULAR],), on=day),
        unit_code=_code(number),
        unit_chain=(_code(number), "1.02"),
        office_code="1.02",
        region_facts={"zone": zone},
    )
    staff, officer = replace(unit, job_level=JobLevel.PELAKSANA), replace(unit, job_level=JobLevel.PENGAWAS)
    return {f"{_code(number)}.{place:02}": officer if place < 3 else staff for place in range(UNIT)}


def _code(number: int) -> str:
    return f"1.02.{number:04}"


if __name__ == "__main__":
    print(json.dumps(_measured(int(sys.argv[1]))))
