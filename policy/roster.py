"""The unit's rota: plan(order) -> who is in the office on which day, and why.

In this order: law (never above a cap, never below a floor without a Problem that says so), published days (kept
where lawful), fairness (of people with the same constraints nobody is in the office more than one day oftener in a
four-week cycle, nor has more than one Friday more; bridge days are counted apart, and where they or a week's most
come between, a Friday more is possible), stability (an event moves as few people as possible). The same order
gives the same rota, in whatever sequence its parts are listed: ties are broken by SHA-256 over seed, id and week
alone.
"""

from collections.abc import Iterator
from datetime import date

from policy.rota.day import Sitting
from policy.rota.ledger import FRIDAY, Books, by_week, open_books
from policy.rota.problems import problems
from policy.rota.words import (
    CYCLE_DAYS,
    DAY,
    PROBLEMS,
    Assignment,
    Because,
    Division,
    Hours,
    Ledger,
    Limit,
    Member,
    Order,
    Problem,
    Rota,
    Slot,
    Tally,
)

__all__ = [
    "CYCLE_DAYS", "DAY", "PROBLEMS", "Assignment", "Because", "Division", "Hours", "Ledger", "Limit", "Member",
    "Order", "Problem", "Rota", "Slot", "Tally", "plan",
]  # fmt: skip


def plan(order: Order) -> Rota:
    """The rota of all days of the order. What was published is kept; to plan it anew, leave it out of the order.

    Raises ValueError where a member stands twice in the list.
    """
    books = open_books(order)
    limits = _limits_by_day(order)
    days: dict[date, dict[str, Assignment]] = {}
    found: list[Problem] = []
    for monday, week in by_week(order.days).items():
        books.begin_week(monday)
        for day in sorted(week, key=lambda each: _turn_of(each, order)):
            if order.locked_before is not None and day < order.locked_before:
                days[day] = _as_it_was(order, books, day)
            else:
                sitting = Sitting(order, books, day, limits.get(day, ()))
                sitting.fill()
                days[day] = sitting.assignments()
                found += problems(sitting)
            _record(books, day, days[day])
            if order.locked_before is not None and day < order.locked_before:
                found += _spent_weeks(books, day, days[day])
    found.sort(key=lambda each: (each.on, each.group, each.key))
    return Rota(
        unit=order.unit,
        days={day: days[day] for day in sorted(days)},
        problems=tuple(found),
        ledger=books.ledger(),
    )


def _turn_of(day: date, order: Order) -> tuple[int, date]:
    """Within a week bridge days are given out first, then Fridays, so that the other days can make up for them."""
    if day in order.bridge_days:
        return 0, day
    return (1 if day.weekday() == FRIDAY else 2), day


def _limits_by_day(order: Order) -> dict[date, list[Limit]]:
    found: dict[date, list[Limit]] = {}
    for limit in sorted(order.limits, key=_limit_key):
        found.setdefault(limit.on, []).append(limit)
    return found


def _limit_key(limit: Limit) -> tuple[object, ...]:
    numbers = (limit.cap, limit.floor, limit.need, limit.target)
    return (
        limit.on,
        limit.group,
        limit.counted,
        *(-1 if each is None else each for each in numbers),
        limit.taken,
    )


def _as_it_was(order: Order, books: Books, day: date) -> dict[str, Assignment]:
    told = order.published.get(day, {})
    return {who: told[who] for who in books.accounts if who in told}


def _spent_weeks(books: Books, day: date, places: dict[str, Assignment]) -> Iterator[Problem]:
    """Who was elsewhere on a day that has happened, though none was left in their week."""
    for who, place in places.items():
        account = books.accounts[who]
        most, slot = account.member.elsewhere_most, account.member.slots.get(day, Slot.FREE)
        if most is not None and account.elsewhere > most and not place.is_office and slot is not Slot.HOME:
            yield Problem("week_exceeded", day, who, {"most": most, "elsewhere": account.elsewhere})


def _record(books: Books, day: date, places: dict[str, Assignment]) -> None:
    office = {who: each.shift for who, each in places.items() if each.is_office}
    books.record(day, office, [who for who in places if who not in office])
