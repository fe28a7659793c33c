"""One day of a rota, seat by seat: what is settled, what was published, what limits demand, then whose turn it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from policy.roster_ledger import Books, Key
from policy.roster_shifts import Seated, Shifting, seats
from policy.roster_words import Assignment, Because, Division, Limit, Member, Order, Problem, Slot
from policy.words import Arrangement

_CALLABLE = frozenset({Slot.FREE, Slot.FIXED})
_DEMANDS = ((Because.FLOOR, "floor"), (Because.NEED, "need"), (Because.TARGET, "target"))


@dataclass(slots=True)
class Room:
    """One limit while its seats are taken; `seats` is None where nothing caps it."""

    limit: Limit
    seats: int | None
    seated: int = 0
    members: list[Member] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return self.seats is not None and self.seated >= self.seats

    @property
    def is_at_target(self) -> bool:
        """At the head's stated number; where none is stated, everybody comes for whom there is a seat."""
        limit = self.limit
        if limit.target is None:
            return self.is_full
        wanted = max(limit.target, limit.floor or 0, limit.need or 0) - limit.taken
        return self.is_full or self.seated >= wanted

    def lacks(self, demand: str) -> int:
        """How many seats below its floor, need or target it is; never more than its cap leaves."""
        wanted: int | None = getattr(self.limit, demand)
        if wanted is None:
            return 0
        taken = 0 if demand == "need" else self.limit.taken
        lacking = wanted - taken - self.seated
        return lacking if self.seats is None else min(lacking, self.seats - self.seated)


class Sitting:
    """The seats of one day on their way from nobody to everybody whose turn it is."""

    def __init__(self, order: Order, books: Books, day: date, limits: Iterable[Limit]) -> None:
        self.order, self.books, self.day = order, books, day
        self.division: Division | None = order.divisions.get(day)
        self.published: Mapping[str, Assignment] = order.published.get(day, {})
        self.keys: dict[str, Key] = books.keys(day)
        self.slots = {who: each.member.slots.get(day, Slot.FREE) for who, each in books.accounts.items()}
        self.rooms: dict[str, list[Room]] = {}
        self._by_groups: dict[tuple[str, ...], list[Room]] = {}
        self.all_rooms = [Room(limit, seats(limit, self.division)) for limit in limits]
        for room in self.all_rooms:
            self.rooms.setdefault(room.limit.group, []).append(room)
        for account in books.accounts.values():
            for room in self._rooms(account.member):
                room.members.append(account.member)
        self.queue = [
            books.accounts[who].member
            for who in sorted(self.keys, key=self.keys.__getitem__)
            if self._free(who)
        ]
        self.seated: dict[str, Because] = {}
        self.shifts: dict[str, str | None] = {}
        self.sent_home: set[str] = set()

    def fill(self) -> None:
        """Take every seat, in the order law, published days, demands, fairness."""
        for account in self.books.accounts.values():
            if self.slots[account.member.id] is Slot.OFFICE:
                self._take(account.member, Because.SETTLED)
        self._take_all((m for m in self.queue if self.slots[m.id] is Slot.FIXED), Because.FIXED)
        self._take_all((m for m in self.queue if self._was_in(m)), Because.PUBLISHED)
        self._take_all((m for m in self.queue if self._has_used_week(m)), Because.WEEK)
        for because, demand in _DEMANDS:
            self._meet(because, demand)
        self._take_turns()
        self._divide()

    def _take_all(self, people: Iterable[Member], because: Because) -> None:
        for member in people:
            if member.id not in self.seated and not any(room.is_full for room in self._rooms(member)):
                self._take(member, because)

    def _meet(self, because: Because, demand: str) -> None:
        """Call in as many as a floor, need or target lacks; those with the least choice first."""
        rooms = [room for room in self.all_rooms if room.lacks(demand) > 0]
        rooms.sort(key=lambda room: (len(room.members) - room.lacks(demand), room.limit.group))
        for room in rooms:
            mine = {member.id for member in room.members}
            able = [member for member in self.queue if member.id in mine]
            able.sort(key=lambda member: self.day in member.wishes)  # those who asked to be elsewhere last
            for member in able:
                if room.lacks(demand) <= 0:
                    break
                self._take_all((member,), self._called(member, because))

    def _called(self, member: Member, because: Because) -> Because:
        """On a day that is planned afresh it is simply their turn."""
        return because if member.id in self.published or self.day in member.wishes else Because.TURN

    def _take_turns(self) -> None:
        """Fill up to target or cap with people who have been told nothing of this day and wish nothing else."""
        for member in self.queue:
            if member.id in self.seated or member.id in self.published or self.day in member.wishes:
                continue
            if not any(room.is_at_target for room in self._rooms(member)):
                self._take(member, Because.TURN)

    def _divide(self) -> None:
        if self.division is None or not self.division.shifts:
            return
        people = [self._seat_of(who) for who in self.seated]
        people.sort(key=lambda each: each.key)
        shifting = Shifting(self.division, [room.limit for room in self.all_rooms])
        self.shifts, dropped = shifting.divide(people)
        for who in dropped:
            del self.seated[who]
            for room in self._rooms(self.books.accounts[who].member):
                room.seated -= 1

    def _seat_of(self, who: str) -> Seated:
        account = self.books.accounts[who]
        was = self.published.get(who)
        return Seated(
            id=who,
            groups=account.member.groups,
            is_settled=self.slots[who] is Slot.OFFICE,
            had=account.shifts,
            key=self.keys[who],
            published=was.shift if was is not None and was.is_office else None,
        )

    def _take(self, member: Member, because: Because) -> None:
        self.seated[member.id] = because
        for room in self._rooms(member):
            room.seated += 1

    def _rooms(self, member: Member) -> list[Room]:
        found = self._by_groups.get(member.groups)
        if found is None:
            found = [room for group in member.groups for room in self.rooms.get(group, ())]
            self._by_groups[member.groups] = found
        return found

    def _free(self, who: str) -> bool:
        return self.slots[who] in _CALLABLE

    def _was_in(self, member: Member) -> bool:
        was = self.published.get(member.id)
        return was is not None and was.is_office

    def _has_used_week(self, member: Member) -> bool:
        most = member.elsewhere_most
        return most is not None and self.books.accounts[member.id].elsewhere >= most

    def assignments(self) -> dict[str, Assignment]:
        """Everybody's place, but for those who are away."""
        return {who: self._assigned(who) for who, slot in self.slots.items() if slot is not Slot.AWAY}

    def _assigned(self, who: str) -> Assignment:
        if who in self.seated:
            return Assignment(
                arrangement=Arrangement.WFO, because=self.seated[who], shift=self.shifts.get(who)
            )
        return Assignment(arrangement=self.order.elsewhere, because=self._why_elsewhere(who))

    def _why_elsewhere(self, who: str) -> Because:
        if self.slots[who] is Slot.HOME:
            return Because.SETTLED
        if who in self.published:
            return Because.CAP if self.published[who].is_office else Because.PUBLISHED
        return Because.WISH if self.day in self.books.accounts[who].member.wishes else Because.TURN

    def problems(self) -> list[Problem]:
        """What this day's limits ask and cannot have."""
        found = [problem for room in self.all_rooms for problem in self._of_room(room)]
        for member in self.queue:
            if member.id not in self.seated and self._has_used_week(member):
                elsewhere = self.books.accounts[member.id].elsewhere + 1
                numbers = {"most": member.elsewhere_most or 0, "elsewhere": elsewhere}
                found.append(Problem("week_exceeded", self.day, member.id, numbers))
        return found

    def _of_room(self, room: Room) -> Iterable[Problem]:
        limit = room.limit
        able = [m for m in room.members if self._free(m.id) or self.slots[m.id] is Slot.OFFICE]
        settled = sum(self.slots[member.id] is Slot.OFFICE for member in able)
        fixed = [member for member in able if self.slots[member.id] is Slot.FIXED]
        if limit.cap is not None and room.seats is not None:
            if room.seats == 0 and able:
                yield self._problem(limit, "no_seat", cap=limit.cap, people=len(able))
            if settled > room.seats:
                yield self._problem(limit, "settled_above_cap", settled=settled, cap=limit.cap)
            if (kept := sum(member.id in self.seated for member in fixed)) < len(fixed):
                yield self._problem(limit, "fixed_above_cap", fixed=len(fixed), seated=kept)
        for _, demand in _DEMANDS:
            yield from self._unmet(room, demand, people=len(able))

    def _unmet(self, room: Room, demand: str, *, people: int) -> Iterable[Problem]:
        limit, wanted = room.limit, getattr(room.limit, demand)
        if wanted is None:
            return
        taken = 0 if demand == "need" else limit.taken
        if room.seats is not None and wanted - taken > room.seats:
            yield self._problem(limit, f"{demand}_above_cap", **{demand: wanted, "cap": limit.cap or 0})
        elif wanted - taken > people and demand != "target":
            yield self._problem(limit, f"{demand}_above_people", **{demand: wanted, "people": people + taken})
        elif room.seated < wanted - taken:
            yield self._problem(limit, f"{demand}_missed", **{demand: wanted, "seated": room.seated + taken})

    def _problem(self, limit: Limit, key: str, **numbers: int) -> Problem:
        return Problem(key, self.day, limit.group, numbers)
