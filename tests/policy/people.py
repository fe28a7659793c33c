"""The facts of a day in the example province, to be varied by a test."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from policy.loader import parse, shipped
from policy.model import (
    AgencyKind,
    CalendarDay,
    Circular,
    DayKind,
    Employment,
    Fact,
    Facts,
    Hours,
    JobLevel,
    Reason,
    Verdict,
)

MONDAY = date(2020, 6, 15)
MORNING = datetime(2020, 6, 14, 23, 58, tzinfo=UTC)  # 06.58 on Monday, WIB
HOURS = Hours(time(7, 30), time(16, 0), time(12, 0), time(13, 0))


def lampung() -> Circular:
    return shipped()["lampung-2020-06-04"]


def ana(zone: str | None = "hijau", **changes: Any) -> Facts:
    """Ana, on Monday 15 June 2020 at 06.58, in a unit in Bandar Lampung."""
    facts = Facts(
        on=MONDAY,
        as_of=MORNING,
        day=CalendarDay(MONDAY, DayKind.WORKING, hours=HOURS),
        circulars=(lampung(),),
        unit_code="1.02.01",
        unit_name="Bidang Data",
        unit_chain=("1.02.01", "1.02"),
        agency_kind=AgencyKind.PEMPROV,
        region_code="18.71",
        region_name="Bandar Lampung",
        region_chain=("18.71", "Bandar Lampung", "18", "Lampung"),
        region_facts={"zone": Fact(zone, since=date(2020, 6, 2))} if zone else {},
        employment=Employment.PNS,
        job_level=JobLevel.PELAKSANA,
    )
    return replace(facts, **changes)


def on(day: date, facts: Facts) -> Facts:
    return replace(facts, on=day, day=CalendarDay(day, DayKind.WORKING, hours=HOURS))


def keys(verdict: Verdict) -> list[str]:
    return [reason.key for reason in verdict.reasons]


def reason(verdict: Verdict, key: str) -> Reason:
    return next(each for each in verdict.reasons if each.key == key)


PLAIN = """\
number: "1/2020"
issuer: Gubernur Contoh
title: Contoh
signed: 2020-06-01
in_force: {from: 2020-06-01, until: not stated}
sources: [{title: Contoh, url: "https://example.org/1", checked_on: 2026-11-22}]
rules:
  - id: office
    paragraph: "1"
    says: Semua bekerja dari kantor.
    then: {arrangement: WFO, modality: wajib}
cases:
  - {name: biasa, on: 2020-06-15, given: {}, expect: WFO, because: "1"}
form: SE
rank: Gubernur
"""


def written(folder: Path, text: str, name: str = "contoh") -> Circular:
    """A circular made up for a test; its cases are not run."""
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return parse(file)
