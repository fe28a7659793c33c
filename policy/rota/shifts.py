"""Those in the office over the day's shifts: evenly, or in the first that the limits allow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from policy.rota.words import Division, Hours, Limit
from policy.words import Counted

_BY_SHIFT = frozenset({Counted.SHIFT, Counted.MOMENT})


def seats(limit: Limit, division: Division | None) -> int | None:
    """How many may come on that day under this limit, places already taken left out; None: as many as like."""
    if limit.cap is None:
        return None
    room = max(0, limit.cap - limit.taken)
    if division is None or not division.shifts or limit.counted not in _BY_SHIFT:
        return room
    together = cliques(division.shifts, limit.counted)
    if division.is_even:
        widest = max(len(clique) for clique in together)
        return len(division.shifts) * (room // widest) + room % widest
    return room * _apart(division.shifts, together)


def fullest(limit: Limit, division: Division | None, shifts: Sequence[str | None]) -> int:
    """The most people at once under a limit; `shifts` as for `at_once`."""
    return at_once(limit.counted, division, shifts)[1]


def at_once(counted: Counted, division: Division | None, shifts: Sequence[str | None]) -> tuple[int, int]:
    """The fewest and the most people: both of the day, or in one shift or at one moment of it.

    `shifts` is the shift of each person in the office; None for those who are there all day.
    """
    if division is None or not division.shifts or counted not in _BY_SHIFT:
        return len(shifts), len(shifts)
    names = [shift.name for shift in division.shifts]
    numbers = [names.index(each) if each in names else None for each in shifts]
    found = [
        sum(each is None or each in clique for each in numbers)
        for clique in cliques(division.shifts, counted)
    ]
    return min(found), max(found)


def wanted(limit: Limit, division: Division | None, all_day: int) -> int | None:
    """How many people of a day its floor asks for, places already taken left out; None: it has none.

    A floor of each shift or moment holds for the emptiest one: whoever is there all day counts in all of them, and
    the others are spread evenly.
    """
    if limit.floor is None:
        return None
    least = limit.floor - limit.taken
    if division is None or not division.shifts or limit.counted not in _BY_SHIFT:
        return least
    narrowest = min(len(clique) for clique in cliques(division.shifts, limit.counted))
    return all_day + len(division.shifts) * -(-max(0, least - all_day) // narrowest)


def cliques(shifts: Sequence[Hours], counted: Counted) -> tuple[frozenset[int], ...]:
    """Shifts that are counted together: each by itself, or those that are in the office at one moment."""
    if counted is not Counted.MOMENT:
        return tuple(frozenset({number}) for number in range(len(shifts)))
    spans = [_span(shift) for shift in shifts]
    moments = {moment for span in spans for moment in span}
    found = {
        frozenset(i for i, (start, end) in enumerate(spans) if start <= moment < end) for moment in moments
    }
    return tuple(sorted(filter(None, found), key=sorted))


def _span(shift: Hours) -> tuple[int, int]:
    start, end = _minute(shift.start), _minute(shift.end)
    return start, end if end > start else end + 24 * 60


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _apart(shifts: Sequence[Hours], together: Iterable[frozenset[int]]) -> int:
    """How many shifts never meet: the first, then each that meets none of those taken."""
    taken: set[int] = set()
    groups = list(together)
    for number in range(len(shifts)):
        if not any(number in clique and taken & clique for clique in groups):
            taken.add(number)
    return len(taken)


@dataclass(slots=True)
class _Count:
    """How many of one group are in each shift, against a cap and a floor of shifts or moments."""

    room: int | None
    least: int
    together: tuple[frozenset[int], ...]
    in_shift: list[int]
    all_day: int = 0  # in the office, but not in shifts

    def fits(self, number: int) -> bool:
        return self.room is None or all(count < self.room for count in self._beside(number))

    def lacks(self, number: int) -> bool:
        """Whether somebody is still wanted in this shift."""
        return any(count < self.least for count in self._beside(number))

    def _beside(self, number: int) -> Iterator[int]:
        return (
            self.all_day + sum(self.in_shift[each] for each in clique)
            for clique in self.together
            if number in clique
        )


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody in the office: in the order in which they were called, and how often they had each shift."""

    id: str
    groups: tuple[str, ...]
    is_settled: bool  # cannot be sent home
    had: Mapping[str, int]
    key: tuple[object, ...]
    published: str | None  # the shift that they were told


class Shifting:
    """One day's people on their way into its shifts."""

    def __init__(self, division: Division, limits: Iterable[Limit]) -> None:
        self.division = division
        self.names = [shift.name for shift in division.shifts]
        self.totals = [0] * len(self.names)
        self.counts: dict[str, list[_Count]] = {}
        for limit in limits:
            if (limit.cap is not None or limit.floor is not None) and limit.counted in _BY_SHIFT:
                together = cliques(division.shifts, limit.counted)
                room = None if limit.cap is None else max(0, limit.cap - limit.taken)
                least = max(0, (limit.floor or 0) - limit.taken)
                count = _Count(room, least, together, [0] * len(self.names))
                self.counts.setdefault(limit.group, []).append(count)

    def divide(self, people: Sequence[Seated]) -> tuple[dict[str, str | None], list[str]]:
        """The shift of each, None for those who do not work in shifts; and who finds no room in any."""
        placed: dict[str, str | None] = {}
        dropped: list[str] = []
        waiting: dict[tuple[bool, tuple[str, ...]], list[Seated]] = {}
        in_shifts = self.division.members
        all_day = [person for person in people if in_shifts and person.id not in in_shifts]
        for person in sorted(all_day, key=lambda each: not each.is_settled):
            if self._stay_all_day(person):
                placed[person.id] = None
            else:
                dropped.append(person.id)
        for person in people:
            if person.id not in placed and person not in all_day and not self._keep(person, placed):
                waiting.setdefault((not person.is_settled, tuple(sorted(person.groups))), []).append(person)
        for key in sorted(waiting):
            dropped += self._place(sorted(waiting[key], key=lambda each: each.key), placed)
        return placed, dropped

    def _stay_all_day(self, person: Seated) -> bool:
        """Somebody who does not work in shifts takes a place in every one of them."""
        counts = self._counts(person)
        if not person.is_settled and any(
            count.room is not None and count.all_day >= count.room for count in counts
        ):
            return False
        for count in counts:
            count.all_day += 1
        return True

    def _keep(self, person: Seated, placed: dict[str, str | None]) -> bool:
        """What was published stays, where it is lawful."""
        if person.published not in self.names:
            return False
        number = self.names.index(person.published)
        if not self._fits(person, number):
            return False
        self._put(person, number)
        placed[person.id] = self.names[number]
        return True

    def _place(self, alike: list[Seated], placed: dict[str, str | None]) -> list[str]:
        """People counted in the same limits: first which places there are, then whose turn each of them is."""
        places: list[int] = []
        for person in alike:
            number = self._next(person)
            if number is None:
                break
            self._put(person, number)
            places.append(number)
        staying = alike[: len(places)]
        for number in sorted(set(places)):
            name = self.names[number]
            staying.sort(
                key=lambda each: (len(self.names) * each.had.get(name, 0) - sum(each.had.values()), each.key)
            )
            wanted = places.count(number)
            placed.update((each.id, name) for each in staying[:wanted])
            staying = staying[wanted:]
        return [each.id for each in alike[len(places) :]]

    def _next(self, person: Seated) -> int | None:
        numbers = [number for number in range(len(self.names)) if self._fits(person, number)]
        if not numbers:
            return self.totals.index(min(self.totals)) if person.is_settled else None
        counts = self._counts(person)
        lacking = [number for number in numbers if any(count.lacks(number) for count in counts)]
        if lacking or self.division.is_even or any(count.least for count in counts):
            return min(lacking or numbers, key=lambda each: (self.totals[each], each))
        return numbers[0]

    def _fits(self, person: Seated, number: int) -> bool:
        return all(count.fits(number) for count in self._counts(person))

    def _put(self, person: Seated, number: int) -> None:
        self.totals[number] += 1
        for count in self._counts(person):
            count.in_shift[number] += 1

    def _counts(self, person: Seated) -> list[_Count]:
        return [count for group in person.groups for count in self.counts.get(group, ())]
