"""Swaps: with whom a day may be exchanged so that every cap, floor, health rule, shift and week stays true."""

from collections.abc import Mapping
from datetime import date

from policy.calendar import monday_of
from policy.rota.shifts import fullest
from policy.rota.words import Assignment, Limit, Member, Order, Rota, Slot

Days = Mapping[date, Mapping[str, Assignment]]


def partners(order: Order, rota: Rota, who: str, day: date) -> list[tuple[str, date]]:
    """Everybody who could take over `who`'s place on `day`, with the day of theirs that `who` would take over.

    Both ways: an office day given away for another one, or one taken over for another given away. Both people
    must be free on both days (nothing settled, fixed or away), since only then a health rule or letter stays
    true. Sorted by their day, then by id. Empty if nothing can be exchanged on that day.
    """
    check = _Check(order, rota)
    if not check.is_free(who, day):
        return []
    mine = rota.days[day][who].is_office
    found: list[tuple[str, date]] = []
    for other_day in sorted(rota.days):
        if other_day == day or not check.is_free(who, other_day):
            continue
        if rota.days[other_day][who].is_office == mine:
            continue
        for partner in sorted(rota.days[other_day]):
            if partner != who and check.may_swap(who, day, partner, other_day):
                found.append((partner, other_day))
    return found


def exchanged(rota: Rota, who: str, day: date, partner: str, other_day: date) -> Days:
    """The rota's days after the two have exchanged their places, shifts included, on both days."""
    days = {on: dict(places) for on, places in rota.days.items()}
    for on in (day, other_day):
        days[on][who], days[on][partner] = days[on][partner], days[on][who]
    return days


class _Check:
    def __init__(self, order: Order, rota: Rota) -> None:
        self.order, self.rota = order, rota
        self.members: dict[str, Member] = {member.id: member for member in order.members}
        self.limits: dict[date, list[Limit]] = {}
        for limit in order.limits:
            self.limits.setdefault(limit.on, []).append(limit)

    def is_free(self, who: str, day: date) -> bool:
        """In the rota on that day, not past, and nothing settles it for them."""
        is_past = self.order.locked_before is not None and day < self.order.locked_before
        member = self.members.get(who)
        if is_past or member is None or who not in self.rota.days.get(day, {}):
            return False
        return member.slots.get(day, Slot.FREE) is Slot.FREE

    def may_swap(self, who: str, day: date, partner: str, other_day: date) -> bool:
        if not (self.is_free(partner, day) and self.is_free(partner, other_day)):
            return False
        places, others = self.rota.days[day], self.rota.days[other_day]
        if (
            places[who].is_office == places[partner].is_office
            or others[who].is_office == others[partner].is_office
        ):
            return False
        after = exchanged(self.rota, who, day, partner, other_day)
        if not all(self._shift_fits(each, on, after) for each in (who, partner) for on in (day, other_day)):
            return False
        return (
            all(self._holds(limit, after) for on in (day, other_day) for limit in self.limits.get(on, ()))
            and self._week_holds(who, after)
            and self._week_holds(partner, after)
        )

    def _shift_fits(self, who: str, on: date, after: Days) -> bool:
        """Who works in shifts takes over a shift, who does not takes over none."""
        division, place = self.order.divisions.get(on), after[on][who]
        if division is None or not division.shifts or not place.is_office:
            return True
        in_shifts = not division.members or who in division.members
        return in_shifts == (place.shift is not None)

    def _holds(self, limit: Limit, after: Days) -> bool:
        """The limit is kept, or is at least no further from being kept than before."""
        then, now = self._seated(limit, after), self._seated(limit, self.rota.days)
        wanted = max(limit.floor or 0, limit.need or 0)
        if then < min(now, wanted - limit.taken):
            return False
        if limit.cap is None:
            return True
        fullest = self._fullest(limit, after)
        return fullest <= max(limit.cap - limit.taken, self._fullest(limit, self.rota.days))

    def _seated(self, limit: Limit, days: Days) -> int:
        return sum(each.is_office and self._counts(limit, who) for who, each in days[limit.on].items())

    def _fullest(self, limit: Limit, days: Days) -> int:
        """The most people at once under the limit: on the day, or in one shift or at one moment of it."""
        inside = [each for who, each in days[limit.on].items() if each.is_office and self._counts(limit, who)]
        return fullest(limit, self.order.divisions.get(limit.on), [each.shift for each in inside])

    def _counts(self, limit: Limit, who: str) -> bool:
        return who in self.members and limit.group in self.members[who].groups

    def _week_holds(self, who: str, after: Days) -> bool:
        most = self.members[who].elsewhere_most
        if most is None:
            return True
        return all(
            self._elsewhere(who, monday, after) <= max(most, self._elsewhere(who, monday, self.rota.days))
            for monday in {monday_of(on) for on in after}
        )

    def _elsewhere(self, who: str, monday: date, days: Days) -> int:
        slots = self.members[who].slots
        week = (on for on in days if monday_of(on) == monday and slots.get(on, Slot.FREE) is not Slot.HOME)
        return sum(who in days[on] and not days[on][who].is_office for on in week)
