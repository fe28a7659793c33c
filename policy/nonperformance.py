"""Who is named in a unit's periodic report: the agency's rule, in data, over the working days that were missed.

SE MenPANRB 58/2020 B.9 lets the unit head supervise and report to the PPK and the authorised official (PyB); as it
was reported, its sentence can mean the performance of duties or those who do not perform, so a report holds both.
A day counts as missed when something that the rule counts was owed on it and was neither done nor excused. Late is
not missing, and where the service could not hear people, nobody is blamed.

Health never counts, whatever an agency writes: that somebody did not report their health is information about
health, which is specific personal data (UU 27/2022 Pasal 4), asked for in order to protect people. A report about the
performance of duties is another purpose (Pasal 16), so no rule can name it.

Nothing follows from being named: it is no sanction, and none is reckoned from it anywhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from policy.calendar import monday_of
from policy.deadlines import MISSING, Owed, Span, State, extended

ANSWER_DAYS = SEND_DAYS = 3  # working days to answer in; and to send, before the level above is told
CATCH_UP = timedelta(days=10)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_MOST_MISSED = 31


class Within(StrEnum):
    """Over how long days are counted: the period of the report."""

    WEEK = "week"
    MONTH = "month"


class UnreadableRuleError(ValueError):
    """What somebody wrote for a rule, in a sentence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Named is who missed at least `missed` working days of a period, by the kinds `of`."""

    missed: int = 3
    within: Within = Within.MONTH
    of: frozenset[Owed] = frozenset({Owed.PLAN, Owed.OUTPUT})

    def __post_init__(self) -> None:
        if not 1 <= self.missed <= _MOST_MISSED:
            raise UnreadableRuleError(
                f"A rule counts from 1 to {_MOST_MISSED} missed days, not {self.missed}."
            )
        if not self.of or Owed.HEALTH in self.of:
            raise UnreadableRuleError(
                "A rule counts plan, output or both. Health is specific personal data and is never counted."
            )

    def as_data(self) -> dict[str, Any]:
        """Return the rule as it is kept."""
        return {"missed": self.missed, "within": self.within.value, "of": [k.value for k in self.kinds]}

    @property
    def kinds(self) -> tuple[Owed, ...]:
        """What counts, in the day's order."""
        return tuple(kind for kind in Owed if kind in self.of)


DEFAULT_RULE = Rule()


def rule_from(data: Mapping[str, Any]) -> Rule:
    """Read a rule as it is kept; what is not said is as by default. Raises UnreadableRuleError."""
    kinds = data.get("of", DEFAULT_RULE.of)
    unknown = sorted(set(kinds) - set(Owed))
    if unknown:
        raise UnreadableRuleError(
            f"`{unknown[0]}` is nothing that a rule counts: it counts plan, output or both."
        )
    try:
        return Rule(
            missed=int(data.get("missed", DEFAULT_RULE.missed)),
            within=Within(data.get("within", DEFAULT_RULE.within)),
            of=frozenset(Owed(kind) for kind in kinds),
        )
    except (TypeError, ValueError) as problem:
        raise UnreadableRuleError(str(problem)) from problem


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a report is about, both ends included."""

    first: date
    last: date


def period_before(day: date, within: Within) -> Period:
    """Return the last whole week (Monday to Sunday) or month that was over before that day."""
    if within is Within.WEEK:
        return Period(monday_of(day) - timedelta(days=7), monday_of(day) - timedelta(days=1))
    last = day.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that was owed and is not done (any more)."""

    on: date
    kind: Owed
    span: Span
    state: State


def is_missed(each: Missing, *, outages: Iterable[tuple[datetime, datetime]], now: datetime) -> bool:
    """Whether it was missed by the person: its time is over, and no outage fell into it.

    An outage inside the window excuses all of it: nobody can say that they did not try just then.
    """
    return each.state in MISSING and now >= each.span.due == extended(each.span, outages)


@dataclass(frozen=True, slots=True)
class MissedDay:
    """A working day that counts, and what was missed on it, in the day's order."""

    on: date
    kinds: tuple[Owed, ...]


def missed_days(missed: Iterable[Missing], rule: Rule) -> tuple[MissedDay, ...]:
    """Return the days that count by the rule, the oldest first; a day counts once, whatever was missed on it."""
    days: dict[date, set[Owed]] = {}
    for each in missed:
        if each.kind in rule.of:
            days.setdefault(each.on, set()).add(each.kind)
    return tuple(MissedDay(on, tuple(kind for kind in Owed if kind in days[on])) for on in sorted(days))


def named(missed: Mapping[str, Sequence[Missing]], rule: Rule) -> dict[str, tuple[MissedDay, ...]]:
    """Return who is named by the rule, with the days; `missed` is by person."""
    found = {person: missed_days(each, rule) for person, each in missed.items()}
    return {person: days for person, days in found.items() if len(days) >= rule.missed}


def report_number(*, serial: int, unit_code: str, on: date) -> str:
    """Return a report's number, such as LAP-001/DISKOMINFO/VII/2020, by the day on which it is made."""
    return f"LAP-{serial:03d}/{unit_code}/{_ROMAN[on.month - 1]}/{on.year}"
