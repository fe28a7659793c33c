"""What of a limit of the whole perangkat daerah is one unit's, when its units are planned one by one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from policy.model import Arrangement, Counted, Facts
from policy.rota.words import Slot
from policy.weighing.quotas import Group

People = Mapping[str, Facts]


@dataclass(frozen=True, slots=True)
class Part:
    """As in a Limit: cap and floor with the places that others have already taken in them."""

    cap: int | None
    floor: int | None
    taken: int


def part_of(unit: str, group: Group, people: People, slots: Mapping[str, Slot]) -> Part:
    """The unit's part of a group's cap and floor; all of it where nobody else is in the group.

    Units whose rota is published have what they have. Of the others each keeps its share by the number of its people
    (largest remainder; what is left over goes round by SHA-256 over rule, day and unit), so that the unit that is
    planned first does not take every seat.
    """
    units: dict[str, list[str]] = {}
    for who in group.members:
        units.setdefault(people[who].unit_code, []).append(who)
    taken = _taken(
        [who for code, members in units.items() if code != unit for who in members], group, people, slots
    )
    sizes = {code: len(members) for code, members in units.items()}
    waiting = [code for code, members in units.items() if code != unit and not _is_planned(members, people)]
    draw = f"{group.circular.id}\n{group.rule.id}\n{group.on.isoformat()}"

    def left(number: int | None) -> int | None:
        if number is None:
            return None
        shares, free = _shares(number, sizes, draw), max(0, number - taken)
        return taken + min(free, max(shares[unit], free - sum(shares[code] for code in waiting)))

    return Part(left(group.cap), left(group.floor), taken)


def _is_planned(members: list[str], people: People) -> bool:
    return any(people[who].turn is not None for who in members)


def _taken(others: list[str], group: Group, people: People, slots: Mapping[str, Slot]) -> int:
    """Places of a day; under a limit per shift, of the fullest one."""
    inside = [
        who
        for who in others
        if slots[who] is Slot.OFFICE or (slots[who] is Slot.FREE and _is_in(people[who]))
    ]
    if group.counted is not Counted.SHIFT:
        return len(inside)
    turns = Counter(turn.shift if (turn := people[who].turn) is not None else None for who in inside)
    all_day = turns.pop(None, 0)
    return all_day + max(turns.values(), default=0)


def _is_in(facts: Facts) -> bool:
    return facts.turn is not None and facts.turn.arrangement is Arrangement.WFO


def _shares(number: int, sizes: Mapping[str, int], draw: str) -> dict[str, int]:
    """A number over the units by their people; the sum is the number."""
    total = sum(sizes.values())
    shares = {code: number * size // total for code, size in sizes.items()}
    left_over = number - sum(shares.values())
    first = sorted(sizes, key=lambda code: (-(number * sizes[code] % total), _tie(draw, code)))
    return {code: share + (code in first[:left_over]) for code, share in shares.items()}


def _tie(draw: str, code: str) -> bytes:
    return sha256(f"{draw}\n{code}".encode()).digest()
