"""What is known of a unit's people becomes the Order of its rota: who is free, who comes first, which limits hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from policy.model import Arrangement, DayKind, Facts
from policy.rota.division import division_of
from policy.rota.person import Steer, is_vulnerable, slot_of, steer
from policy.rota.share import part_of
from policy.rota.words import Assignment, Division, Ledger, Limit, Member, Order, Slot
from policy.weighing.quotas import Group, groups
from policy.weighing.standing import Stand, stand

People = Mapping[str, Facts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A service of the unit: of these people at least `count` must be in the office every day."""

    name: str
    people: frozenset[str]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the head has set for the unit, and what was published before.

    `target`: how many the head wants in the office a day (None: as many as the limits allow); `least`: how many there
    must be at least. `needed`: people whom a service needs, first in the office. `fixed` and `fixed_home`:
    weekdays (Monday is 0) on which somebody is always in the office, or never. `wishes`: days on which somebody
    asked to work elsewhere.
    """

    seed: str
    target: int | None = None
    least: int | None = None
    needs: tuple[Need, ...] = ()
    needed: frozenset[str] = frozenset()
    fixed: Mapping[str, frozenset[int]] = field(default_factory=dict)
    fixed_home: Mapping[str, frozenset[int]] = field(default_factory=dict)
    wishes: Mapping[str, frozenset[date]] = field(default_factory=dict)
    elsewhere: Arrangement = Arrangement.WFH
    ledger: Ledger = field(default_factory=Ledger)
    published: Mapping[date, Mapping[str, Assignment]] = field(default_factory=dict)
    locked_before: date | None = None


def order_from(unit: str, facts: Mapping[date, People], settings: Settings) -> Order:
    """The order of a unit for the days in `facts`; those on which nobody works are left out.

    Only people whose `unit_code` is `unit` are planned. People of other units may stand in `facts` too: they belong
    to the base of a limit per perangkat daerah; whoever of them is in the office already (by their turn or by what
    settles their day) has taken one of its places, and units without a rota keep their share (policy.rota.share).
    """
    days = tuple(sorted(on for on, people in facts.items() if any(f.day.is_working for f in people.values())))
    ground = _Ground(unit, {on: facts[on] for on in days}, settings)
    limits = ground.limits()
    return Order(
        unit=unit,
        days=days,
        seed=settings.seed,
        members=ground.members(),
        limits=limits,
        divisions=ground.divisions(),
        bridge_days=bridge_days({on: _kind(people) for on, people in facts.items() if people}),
        ledger=settings.ledger,
        published=settings.published,
        locked_before=settings.locked_before,
        elsewhere=settings.elsewhere,
    )


def bridge_days(kinds: Mapping[date, DayKind]) -> frozenset[date]:
    """Working days with days off on both sides, at least one of them a holiday or joint leave (harpitnas).

    Of a day that is not in `kinds` only the weekend is known to be off.
    """
    found = set()
    for on, kind in kinds.items():
        beside = [_known(kinds, on - timedelta(days=1)), _known(kinds, on + timedelta(days=1))]
        is_between = DayKind.WORKING not in beside and set(beside) != {DayKind.WEEKEND}
        if kind is DayKind.WORKING and is_between:
            found.add(on)
    return frozenset(found)


def _known(kinds: Mapping[date, DayKind], on: date) -> DayKind:
    return kinds.get(on, DayKind.WEEKEND if on.weekday() >= 5 else DayKind.WORKING)


def _kind(people: People) -> DayKind:
    """A day is worked if somebody works on it."""
    kinds = {known.day.kind for known in people.values()}
    return DayKind.WORKING if DayKind.WORKING in kinds else min(kinds)


class _Ground:
    """The facts of the unit, with what circulars make of everybody before any rota."""

    def __init__(self, unit: str, facts: Mapping[date, People], settings: Settings) -> None:
        self.unit, self.facts, self.settings = unit, facts, settings
        self.stands: dict[date, dict[str, Stand]] = {}
        self.steers: dict[
            int, Steer
        ] = {}  # by the identity of the stand: people of the same circumstances share it
        for on, people in facts.items():
            self.stands[on] = {who: stand(known) for who, known in people.items()}
            for standing in self.stands[on].values():
                if id(standing) not in self.steers:
                    self.steers[id(standing)] = steer(standing)
        self.mine = sorted(
            {who for people in facts.values() for who, f in people.items() if f.unit_code == unit}
        )
        self.groups: dict[str, set[str]] = {who: {unit} for who in self.mine}

    def members(self) -> tuple[Member, ...]:
        """Everybody of the unit; call after limits(), which says in which of them each is counted."""
        return tuple(self._member(who) for who in self.mine)

    def _member(self, who: str) -> Member:
        """Who may have no day elsewhere at all comes first in the office: the list does not say why, nor that."""
        known = [on for on, people in self.facts.items() if who in people]
        steers = {on: self.steers[id(self.stands[on][who])] for on in known}
        limited = (each.elsewhere_most for each in steers.values() if each.elsewhere_most is not None)
        most = min(limited, default=None)
        asked = self.settings.wishes.get(who, frozenset()) if most != 0 else frozenset()
        is_home_first = any(each.home_first for each in steers.values())
        slots = {on: self._slot(who, on) for on in self.facts}
        is_needed = who in self.settings.needed or most == 0
        return Member(
            id=who,
            groups=tuple(sorted(self.groups[who])),
            home_first=is_home_first or any(is_vulnerable(self.facts[on][who]) for on in known),
            office_first=is_needed or any(each.office_first for each in steers.values()),
            slots={on: slot for on, slot in slots.items() if slot is not Slot.FREE},
            wishes=frozenset(on for on in asked if on in steers and steers[on].may_wish),
            elsewhere_most=most or None,
        )

    def _slot(self, who: str, on: date) -> Slot:
        known = self.facts[on].get(who)
        if known is None or known.unit_code != self.unit:
            return Slot.AWAY
        slot = slot_of(known, self.stands[on][who])
        if slot is Slot.FREE and on.weekday() in self.settings.fixed.get(who, ()):
            return Slot.FIXED
        if slot is Slot.FREE and on.weekday() in self.settings.fixed_home.get(who, ()):
            return Slot.FIXED_HOME
        return slot

    def limits(self) -> tuple[Limit, ...]:
        found: list[Limit] = []
        seen: dict[str, list[frozenset[str]]] = {}
        for on, people in self.facts.items():
            for group in groups(people):
                members = frozenset(who for who in group.members if people[who].unit_code == self.unit)
                if members and (group.cap is not None or group.floor is not None):
                    found.append(self._limit(group, members, seen))
            found += self._of_head(on)
        return tuple(found)

    def _limit(self, group: Group, members: frozenset[str], seen: dict[str, list[frozenset[str]]]) -> Limit:
        """People may be counted under a rule on some days only: each set of people has a key of its own."""
        name = f"{group.circular.id}/{group.rule.id}@{group.scope}"
        sets = seen.setdefault(name, [])
        if members not in sets:
            sets.append(members)
        number = sets.index(members) + 1
        key = name if number == 1 else f"{name}#{number}"
        for who in members:
            self.groups[who].add(key)
        people, stands = self.facts[group.on], self.stands[group.on]
        slots = {who: slot_of(people[who], stands[who]) for who in group.members if who not in members}
        part = part_of(self.unit, group, people, slots)
        return Limit(
            group=key, on=group.on, cap=part.cap, floor=part.floor, taken=part.taken, counted=group.counted
        )

    def _of_head(self, on: date) -> Iterable[Limit]:
        settings = self.settings
        if settings.target is not None or settings.least is not None:
            yield Limit(group=self.unit, on=on, target=settings.target, need=settings.least)
        for need in settings.needs:
            key = f"need:{need.name}"
            for who in need.people.intersection(self.groups):
                self.groups[who].add(key)
            yield Limit(group=key, on=on, need=need.count)

    def divisions(self) -> Mapping[date, Division]:
        """The shifts of each day on which somebody works in shifts; one circular's, which most people are under."""
        found = {
            on: division_of({who: stands[who] for who in self.mine if who in stands}, len(self.mine))
            for on, stands in self.stands.items()
        }
        return {on: division for on, division in found.items() if division is not None}
