"""Which days a change is looked at for, and everybody's verdict on them as known before it and as known now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.engine import Tx
from db.facts import facts_for_some, units_for_all
from db.sealed import Seal
from policy.book import Book
from policy.calendar import local_date, zone_named
from policy.engine import decide
from policy.model import Audience, Facts, Verdict, visible_to

_LONGEST_REST = 30  # days; no calendar of an office rests longer
WESTERNMOST = zone_named("WIB")
Shared = dict[tuple[str, date], Facts]  # what the people of a unit share on a day


@dataclass(frozen=True, kw_only=True)
class Days:
    """By unit the days that matter to its people: this one until it is over, and the next one that is worked.

    Where the two moments know different next days (one was made a holiday), both matter.
    """

    before: datetime
    now: datetime
    units_before: Shared
    units_now: Shared
    of_unit: Mapping[str, frozenset[date]]

    @property
    def all(self) -> list[date]:
        return sorted({day for days in self.of_unit.values() for day in days})


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One person's day: the facts now, and the verdicts then and now as they may read them themself."""

    person_id: str
    facts: Facts
    before: Verdict | None  # None: they worked nowhere, as far as was known
    now: Verdict


async def days_to_look_at(tx: Tx, book: Book, *, before: datetime, now: datetime) -> Days:
    """Read what units share on the days from today on, until each has a working day ahead at both moments."""
    units: dict[datetime, Shared] = {before: {}, now: {}}
    ahead: dict[datetime, dict[str, date]] = {before: {}, now: {}}
    first, codes = local_date(now, WESTERNMOST), set[str]()
    for step in range(_LONGEST_REST):
        day = first + timedelta(days=step)
        for moment in units:
            shared = await units_for_all(tx, on=day, now=moment, book=book)
            units[moment] |= shared
            codes |= {code for code, _ in shared}
            _find_ahead(shared, ahead[moment], now=now)
        if all(len(found) == len(codes) for found in ahead.values()):
            break
    of_unit = {
        code: frozenset(
            {found[code] for found in ahead.values() if code in found}
            | _today(code, units[before], units[now], first=first, now=now)
        )
        for code in codes
    }
    return Days(before=before, now=now, units_before=units[before], units_now=units[now], of_unit=of_unit)


async def looked_at(tx: Tx, seal: Seal, days: Days, people: Sequence[str]) -> list[Seen]:
    """Return the days of these people that matter, judged at both moments. A hundred people at a time or so."""
    found = []
    for day in days.all:
        then = await facts_for_some(tx, seal, people=people, on=day, now=days.before, units=days.units_before)
        known = await facts_for_some(tx, seal, people=people, on=day, now=days.now, units=days.units_now)
        for person, facts in known.items():
            if day in days.of_unit[facts.unit_code]:
                found.append(_seen(person, then.get(person), facts))
    return found


def _seen(person_id: str, then: Facts | None, facts: Facts) -> Seen:
    return Seen(person_id=person_id, facts=facts, before=_own(then) if then else None, now=_own(facts))


def _own(facts: Facts) -> Verdict:
    return visible_to(decide(facts), Audience.SELF)


def _find_ahead(shared: Shared, ahead: dict[str, date], *, now: datetime) -> None:
    for (code, day), facts in shared.items():
        if code not in ahead and facts.day.is_working and day > local_date(now, ZoneInfo(facts.timezone)):
            ahead[code] = day


def _today(code: str, before: Shared, known: Shared, *, first: date, now: datetime) -> set[date]:
    """Today, if it is or was a working day that has not ended yet."""
    zone = ZoneInfo(known[code, first].timezone)
    today = local_date(now, zone)
    hours = [shared[code, today].day.hours for shared in (known, before) if (code, today) in shared]
    ends = max((each.end for each in hours if each is not None), default=None)
    return {today} if ends is not None and now.astimezone(zone).time() < ends else set()
