"""Microseconds a verdict, and everybody's verdict for a day, from a thousand people to two hundred thousand."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time
from timeit import repeat

from benchmarks.policy.questions import ordinary
from policy.engine import decide
from policy.loader import shipped
from policy.model import AgencyKind, Circular, Fact, Facts, Island, JobLevel, Sector, Zone

DAY = date(2020, 6, 15)
SIZES = (1_000, 20_000, 200_000)
UNIT = 50  # people
ADOPTED = ("menpanrb-58-2020", "menpan-2020-06-03", "lampung-2020-06-04")
_ZONES, _LEVELS, _SECTORS = tuple(Zone), tuple(JobLevel), tuple(Sector)
AIM = 50.0  # microseconds


def one() -> str:
    """Return how long a verdict takes, with one circular switched on and with all that ship."""
    circulars = tuple(shipped().values())
    rows = [f"  {each.id:44}{_microseconds((each,)):9.1f} us" for each in circulars]
    several = [("the three of June 2020 together", adopted()), (f"all {len(circulars)} together", circulars)]
    rows += [f"  {name:44}{_microseconds(each):9.1f} us" for name, each in several]
    return "\n".join([f"\na verdict (aim: {AIM:.0f} us), the circular in force, an ordinary day", *rows])


def adopted() -> tuple[Circular, ...]:
    """Return the circulars that an agency of Lampung had switched on in the middle of June 2020."""
    return tuple(shipped()[name] for name in ADOPTED)


def growth() -> str:
    """Return a row for each size, each in a process of its own so that its memory is its own."""
    title = (
        f"\neverybody's verdict for a day, {len(ADOPTED)} circulars (aim: 20,000 people in 2 s of processor)"
    )
    head = f"  {'':34}{'people':>10}{'seconds':>10}{'us each':>10}{'MB':>8}"
    return "\n".join([title, head, *map(_row, SIZES)])


def _microseconds(circulars: tuple[Circular, ...]) -> float:
    starts = [each.in_force.start for each in circulars if each.in_force.start]
    people = list(_people(200, circulars, on=max(starts, default=DAY)))
    rounds = repeat(lambda: [decide(each) for each in people], number=1, repeat=15, timer=process_time)
    return 1_000_000 * statistics.median(rounds) / len(people)


def _people(count: int, circulars: tuple[Circular, ...], *, on: date) -> Iterator[Facts]:
    """People of many kinds in units of UNIT, as db.facts hands them over: colleagues have most in common."""
    for number in range(0, count, UNIT):
        zone = Fact(_ZONES[number // UNIT % len(_ZONES)], since=date(2020, 6, 2))
        sector = Fact(_SECTORS[number // UNIT % len(_SECTORS)])
        unit = replace(
            ordinary(circulars, on=on),
            unit_code=f"1.02.{number:06}",
            agency_kind=AgencyKind.PEMPROV,
            unit_facts={"sector": sector},
            region_code="18.71",
            region_name="Bandar Lampung",
            region_chain=("18.71", "Bandar Lampung", "18", "Lampung"),
            region_facts={
                "zone": zone,
                "ppkm_level": Fact(str(1 + number // UNIT % 4)),
                "island": Fact(Island.LUAR_JAWA_BALI),
            },
        )
        for place in range(min(UNIT, count - number)):
            born = date(1965 + place % 35, 1 + place % 12, 1)
            yield replace(unit, job_level=_LEVELS[place % len(_LEVELS)], born=born)


def _row(people: int) -> str:
    command = [sys.executable, "-m", "benchmarks.policy.verdicts", str(people)]
    done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    each = 1_000_000 * done["seconds"] / people
    return f"  {'facts to verdicts':34}{people:10}{done['seconds']:10.2f}{each:10.1f}{done['MB']:8.0f}"


def _measured(count: int) -> dict[str, float]:
    """Facts and verdicts of all are held at the end, as a digest would hold them."""
    people = list(_people(count, adopted(), on=DAY))
    began = process_time()
    verdicts = [decide(each) for each in people]
    seconds = process_time() - began
    return {"seconds": seconds, "MB": resident(), "verdicts": len(verdicts)}


def resident() -> float:
    """This process's memory, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(_measured(int(sys.argv[1]))))
