"""One day of a rota, seat by seat: what is settled, what was published, what limits demand, then whose turn it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from policy.roster_ledger import Books, Key
from policy.roster_shifts import Seated, Shifting, fullest, seats
from policy.roster_words import Assignment, Because, Division, Limit, Member, Order, Problem, Slot
from policy.words import Arrangement

_CALLABLE = frozenset({Slot.FREE, Slot.FIXED})
_BY_LAW = _CALLABLE | {Slot.FIXED_HOME}
_ABLE = _BY_LAW | {Slot.OFFICE}
_DEMANDS = (Because.FLOOR, Because.NEED, Because.TARGET)


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

    def wants(self, demand: Because) -> int | None:
        """How many of this order's people a floor, need or target asks for, its cap left aside; None: it is not set."""
        limit = self.limit
        wanted = {Because.FLOOR: limit.floor, Because.NEED: limit.need, Because.TARGET: limit.target}[demand]
        if wanted is None:
            return None
        return wanted if demand is Because.NEED else wanted - limit.taken

    def lacks(self, demand: Because) -> int:
        """How many seats below that it is; never more than its cap leaves."""
        lacking = (self.wants(demand) or 0) - self.seated
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
        order_of_call = [books.accounts[who].member for who in sorted(self.keys, key=self.keys.__getitem__)]
        self.queue = [member for member in order_of_call if self.slots[member.id] in _CALLABLE]
        self.by_law = [member for member in order_of_call if self.slots[member.id] in _BY_LAW]
        self.seated: dict[str, Because] = {}
        self.shifts: dict[str, str | None] = {}

    def fill(self) -> None:
        """Take every seat, in the order law, published days, what the head has asked for, fairness."""
        for account in self.books.accounts.values():
            if self.slots[account.member.id] is Slot.OFFICE:
                self._take(account.member, Because.SETTLED)
        self._take_all((m for m in self.queue if self.slots[m.id] is Slot.FIXED), Because.FIXED)
        self._meet(Because.FLOOR, self.by_law)
        self._take_all((m for m in self.by_law if self._has_used_week(m)), Because.WEEK)
        told = [member for member in self.queue if self._was_in(member)]
        self._meet(Because.NEED, told)  # first those of the published whom a service needs
        self._take_all(told, Because.PUBLISHED)
        self._meet(Because.NEED, self.queue)
        self._meet(Because.TARGET, self.queue)
        self._take_turns()
        self._divide()

    def _take_all(self, people: Iterable[Member], because: Because) -> None:
        full: set[tuple[str, ...]] = (
            set()
        )  # a room that is full stays so: of the same groups nobody else is asked
        for member in people:
            if member.id in self.seated or member.groups in full:
                continue
            if any(room.is_full for room in self._rooms(member)):
                full.add(member.groups)
            else:
                self._take(member, because)

    def _meet(self, demand: Because, queue: list[Member]) -> None:
        """Call in as many as a floor, need or target lacks, where there is least choice first.

        Those who have been told to come are asked first, those who would rather be elsewhere last.
        """
        rooms = [room for room in self.all_rooms if room.lacks(demand) > 0]
        able = {id(room): self._able(room, queue) for room in rooms}
        for room in sorted(
            rooms, key=lambda each: (len(able[id(each)]) - each.lacks(demand), each.limit.group)
        ):
            for member in able[id(room)]:
                if room.lacks(demand) <= 0:
                    break
                self._take_all((member,), self._called(member, demand))

    def _able(self, room: Room, queue: list[Member]) -> list[Member]:
        mine = {member.id for member in room.members}
        able = [member for member in queue if member.id in mine and member.id not in self.seated]
        return sorted(
            able, key=lambda each: (self._is_fixed_home(each), not self._was_in(each), self._wishes(each))
        )

    def _called(self, member: Member, demand: Because) -> Because:
        """Who was told so stays; on a day that is planned afresh it is simply their turn."""
        if self._was_in(member):
            return Because.PUBLISHED
        is_moved = member.id in self.published or self._wishes(member) or self._is_fixed_home(member)
        return demand if is_moved else Because.TURN

    def _is_fixed_home(self, member: Member) -> bool:
        return self.slots[member.id] is Slot.FIXED_HOME

    def _wishes(self, member: Member) -> bool:
        return self.day in member.wishes

    def _take_turns(self) -> None:
        """Fill up to target or cap with people who have been told nothing of this day and wish nothing else."""
        reached: set[tuple[str, ...]] = set()
        for member in self.queue:
            if member.groups in reached or member.id in self.seated or member.id in self.published:
                continue
            if any(room.is_at_target for room in self._rooms(member)):
                reached.add(member.groups)
            elif not self._wishes(member):
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

    def _was_in(self, member: Member) -> bool:
        was = self.published.get(member.id)
        return was is not None and was.is_office

    def _has_used_week(self, member: Member) -> bool:
        most = member.elsewhere_most
        return most is not None and self.books.accounts[member.id].elsewhere >= most

    def assignments(self) -> dict[str, Assignment]:
        """Everybody's place, but for those who are away; people with the same place share one value."""
        shared: dict[tuple[bool, Because, str | None], Assignment] = {}
        found: dict[str, Assignment] = {}
        for who, slot in self.slots.items():
            if slot is Slot.AWAY:
                continue
            is_in = who in self.seated
            place = (is_in, self.seated[who] if is_in else self._why_elsewhere(who), self.shifts.get(who))
            if place not in shared:
                arrangement = Arrangement.WFO if is_in else self.order.elsewhere
                shared[place] = Assignment(arrangement=arrangement, because=place[1], shift=place[2])
            found[who] = shared[place]
        return found

    def _why_elsewhere(self, who: str) -> Because:
        if self.slots[who] is Slot.HOME:
            return Because.SETTLED
        if who in self.published:
            return Because.CAP if self.published[who].is_office else Because.PUBLISHED
        return Because.WISH if self.day in self.books.accounts[who].member.wishes else Because.TURN

    def problems(self) -> list[Problem]:
        """What this day's limits ask and cannot have."""
        found = [problem for room in self.all_rooms for problem in self._of_room(room)]
        for member in self.by_law:
            if member.id not in self.seated and self._has_used_week(member):
                elsewhere = self.books.accounts[member.id].elsewhere + 1
                numbers = {"most": member.elsewhere_most or 0, "elsewhere": elsewhere}
                found.append(Problem("week_exceeded", self.day, member.id, numbers))
        return found

    def _of_room(self, room: Room) -> Iterable[Problem]:
        limit = room.limit
        able = [member for member in room.members if self.slots[member.id] in _ABLE]
        fixed = [member for member in able if self.slots[member.id] is Slot.FIXED]
        if limit.cap is not None and room.seats is not None:
            if room.seats == 0 and able:
                yield self._problem(limit, "no_seat", cap=limit.cap, people=len(able))
            if (settled := self._above_cap(room)) is not None:
                yield self._problem(limit, "settled_above_cap", settled=settled, cap=limit.cap)
            if (kept := sum(member.id in self.seated for member in fixed)) < len(fixed):
                yield self._problem(limit, "fixed_above_cap", fixed=len(fixed), seated=kept)
        for demand in _DEMANDS:
            yield from self._unmet(room, demand, people=len(able))

    def _above_cap(self, room: Room) -> int | None:
        """How many who cannot be sent home are in at once where that is above the cap; None where it is not."""
        seated = {who: self.shifts.get(who) for who in self.seated}
        members = [seated[member.id] for member in room.members if member.id in seated]
        most = fullest(room.limit, self.division, members)
        return (
            most if room.limit.cap is not None and most > max(0, room.limit.cap - room.limit.taken) else None
        )

    def _unmet(self, room: Room, demand: Because, *, people: int) -> Iterable[Problem]:
        limit, name, wanted = room.limit, demand.value, room.wants(demand)
        if wanted is None or wanted <= room.seated:
            return
        taken = 0 if demand is Because.NEED else limit.taken
        if room.seats is not None and wanted > room.seats:
            yield self._problem(limit, f"{name}_above_cap", **{name: wanted + taken, "cap": limit.cap or 0})
        elif wanted > people and demand is not Because.TARGET:
            yield self._problem(
                limit, f"{name}_above_people", **{name: wanted + taken, "people": people + taken}
            )
        else:
            yield self._problem(
                limit, f"{name}_missed", **{name: wanted + taken, "seated": room.seated + taken}
            )

    def _problem(self, limit: Limit, key: str, **numbers: int) -> Problem:
        return Problem(key, self.day, limit.group, numbers)
