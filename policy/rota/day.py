"""One day of a rota, seat by seat: what is settled, what was published, what limits demand, then whose turn it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from policy.rota.ledger import Books, Key
from policy.rota.shifts import Seated, Shifting, seats, wanted
from policy.rota.words import Assignment, Because, Division, Limit, Member, Order, Slot
from policy.words import Arrangement

_CALLABLE = frozenset({Slot.FREE, Slot.FIXED})
_BY_LAW = _CALLABLE | {Slot.FIXED_HOME}


@dataclass(slots=True)
class Room:
    """One limit while its seats are taken; `seats` is None where nothing caps it."""

    limit: Limit
    seats: int | None
    division: Division | None = None
    seated: int = 0
    all_day: int = 0  # of those seated, who do not work in shifts
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
        most = max(limit.target, limit.need or 0) - limit.taken
        return self.is_full or self.seated >= max(most, self.wants(Because.FLOOR) or 0)

    def wants(self, demand: Because) -> int | None:
        """How many of this order's people a floor, need or target asks for, its cap left aside; None: it is not set."""
        limit = self.limit
        if demand is Because.FLOOR:
            return wanted(limit, self.division, self.all_day)
        if demand is Because.NEED:
            return limit.need
        return None if limit.target is None else limit.target - limit.taken

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
        self.all_rooms = [Room(limit, seats(limit, self.division), self.division) for limit in limits]
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
        for member in self.by_law:
            if self.has_used_week(member):
                self._take_all((member,), self._called(member, Because.WEEK))
        told = [member for member in self.queue if self._was_in(member)]
        self._meet(Because.NEED, told)  # first those of the published whom a service needs
        self._take_all(told, Because.PUBLISHED)
        self._meet(Because.NEED, self.queue)
        self._meet(Because.TARGET, self.queue)
        self._take_turns()
        self._divide()

    def _take_all(self, people: Iterable[Member], because: Because) -> None:
        full: set[tuple[str, ...]] = set()  # what is full stays so: of the same groups nobody else is asked
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
        if not rooms:
            return
        asked = {member.id for member in queue}
        able = {id(room): self._able(room, asked) for room in rooms}
        choice = {id(room): len(able[id(room)]) - room.lacks(demand) for room in rooms}
        for room in sorted(rooms, key=lambda each: (choice[id(each)], each.limit.group)):
            self._call(room, demand, able[id(room)])

    def _call(self, room: Room, demand: Because, able: list[Member]) -> None:
        """First those whom a service lacks besides: a floor that is the cap as well leaves no seat after it."""
        for is_lacking in (True, False):
            for member in able:
                if room.lacks(demand) <= 0:
                    return
                if not is_lacking or any(each.lacks(Because.NEED) > 0 for each in self._rooms(member)):
                    self._take_all((member,), self._called(member, demand))

    def _able(self, room: Room, asked: set[str]) -> list[Member]:
        able = [each for each in room.members if each.id in asked and each.id not in self.seated]
        return sorted(able, key=self._readiness)

    def _readiness(self, member: Member) -> tuple[bool, bool, bool, Key]:
        was_out = not self._was_in(member)
        return self._is_fixed_home(member), was_out, self._wishes(member), self.keys[member.id]

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
        """Fill up to target or cap with people who have been told nothing of this day and wish nothing else.

        Nor is anybody called in to whom home is due first: a cap is no target for them.
        """
        reached: set[tuple[str, ...]] = set()
        for member in self.queue:
            if member.groups in reached or member.id in self.seated or member.id in self.published:
                continue
            if member.home_first and not member.office_first:
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
        in_shifts = None if self.division is None else self.division.members
        for room in self._rooms(member):
            room.seated += 1
            room.all_day += bool(in_shifts) and member.id not in (in_shifts or ())

    def _rooms(self, member: Member) -> list[Room]:
        found = self._by_groups.get(member.groups)
        if found is None:
            found = [room for group in member.groups for room in self.rooms.get(group, ())]
            self._by_groups[member.groups] = found
        return found

    def _was_in(self, member: Member) -> bool:
        was = self.published.get(member.id)
        return was is not None and was.is_office

    def has_used_week(self, member: Member) -> bool:
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
        was = self.published.get(who)
        if was is not None and was.is_office:  # a fixed day elsewhere comes back once law no longer calls
            return Because.FIXED if self.slots[who] is Slot.FIXED_HOME else Because.CAP
        if was is not None:
            return Because.PUBLISHED
        return Because.WISH if self.day in self.books.accounts[who].member.wishes else Because.TURN
