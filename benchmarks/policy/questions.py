"""Whom the engines are asked about: every combination of the values that a circular's conditions can have."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, product
from typing import Any

from benchmarks.policy.lines import Line
from policy.conditions import KEYS
from policy.model import CalendarDay, Circular, DayKind, Employment, Facts, Hours, JobLevel

_HOURS = Hours(time(7, 30), time(16, 0), time(12, 0), time(13, 0))
_ELSEWHERE = "lain"  # a value that no rule names


@dataclass(frozen=True)
class Question:
    """One person and day: as our facts, and as the plain values that the others are given."""

    facts: Facts
    plain: Mapping[str, object]


def questions(circular: Circular, lines: Sequence[Line], *, every: int = 1) -> list[Question]:
    """Return one for each combination, on a day before, one within, and one after the circular's dates.

    With `every`, only one in so many of them.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for condition in (*line.when, *line.unless):
            named[condition.key] |= condition.values
    choices = [_values(name, values) for name, values in named.items()]
    return [
        _question(circular, on, dict(zip(named, combination, strict=True)), ages)
        for on in _days(circular)
        for ages in _ages(lines)
        for combination in islice(product(*choices), 0, None, every)
    ]


def ordinary(circulars: Sequence[Circular], *, on: date, **changes: Any) -> Facts:
    """Return the facts of somebody of a bidang in Bandar Lampung, at work that day."""
    return Facts(
        on=on,
        as_of=datetime.combine(on, time(0), tzinfo=UTC),
        day=CalendarDay(on, DayKind.WORKING, hours=_HOURS),
        circulars=tuple(circulars),
        unit_code="1.02.01",
        unit_name="Bidang Data",
        unit_chain=("1.02.01", "1.02"),
        employment=Employment.PNS,
        job_level=JobLevel.PELAKSANA,
        **changes,
    )


def _values(name: str, values: set[str]) -> list[str]:
    """All words, where there is one value at a time; else those that rules name, and one that none names."""
    key = KEYS[name]
    if key.words is None:
        return [*sorted(values), _ELSEWHERE]
    unnamed = [word for word in key.words if word not in values]
    return [*sorted(values), *(unnamed[:1] if key.is_many else unnamed)]


def _ages(lines: Sequence[Line]) -> list[dict[str, int]]:
    """How many days ago a fact began on which a line lasts: on its last day, and on the day after."""
    spans = {line.lasts.after: line.lasts.days for line in lines if line.lasts}
    ages = product(*((days - 1, days) for days in spans.values()))
    return [dict(zip(spans, each, strict=True)) for each in ages]


def _days(circular: Circular) -> list[date]:
    """A day before, one within and one after; in a period without end only the first two."""
    start, until = circular.in_force.start or date(2020, 6, 1), circular.in_force.until
    beyond = [until + timedelta(days=1)] if until else []
    before = [start - timedelta(days=1)] if circular.in_force.start else []
    return [*before, start + timedelta(days=11), *beyond]


def _question(circular: Circular, on: date, values: Mapping[str, str], ages: Mapping[str, int]) -> Question:
    facts = ordinary((circular,), on=on)
    for name in KEYS:  # in their order, as for a worked example
        if name in values:
            facts = KEYS[name].give(facts, values[name])
    began = {
        name: replace(facts.unit_facts[name], since=on - timedelta(days=age)) for name, age in ages.items()
    }
    facts = replace(facts, unit_facts={**facts.unit_facts, **began})
    plain = {name: _plain(name, facts) for name in values}
    days = {f"days_of_{name}": age for name, age in ages.items()}
    return Question(facts, {**plain, **days, "on": on.toordinal()})


def _plain(name: str, facts: Facts) -> object:
    value = KEYS[name].read(facts)
    return value if value is None or isinstance(value, str) else sorted(value)
