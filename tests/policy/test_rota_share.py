"""A limit of a whole perangkat daerah, when its units are planned one after the other."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policy.loader import shipped
from policy.model import Arrangement, Counted, Facts, Turn
from policy.rota.share import Part, part_of
from policy.rota.words import Slot
from policy.weighing.quotas import Group
from tests.policy.people import MORNING, ana

MONDAY = date(2020, 6, 15)
CIRCULAR = shipped()["lampung-2020-06-04"]


def group(members: tuple[str, ...], **limits: int | None) -> Group:
    return Group(
        circular=CIRCULAR,
        rule=CIRCULAR.rules[0],
        scope="1.02",
        on=MONDAY,
        of=frozenset({Arrangement.WFO}),
        counted=Counted.DAY,
        members=members,
        base=len(members),
        cap=limits.get("cap"),
        floor=limits.get("floor"),
    )


def staff(*sizes: int) -> dict[str, Facts]:
    """Units u0, u1, … of so many people."""
    return {
        f"u{unit}.{number}": ana(unit_code=f"u{unit}")
        for unit, size in enumerate(sizes)
        for number in range(size)
    }


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5), st.data())
def test_units_planned_in_any_order_keep_the_offices_cap_and_reach_its_floor(
    sizes: list[int], data: st.DataObject
) -> None:
    people = staff(*sizes)
    everybody = sum(sizes)
    cap = data.draw(st.integers(0, everybody))
    whole = group(tuple(people), cap=cap, floor=data.draw(st.integers(0, cap)))
    seated = 0
    for number in data.draw(st.permutations(range(len(sizes)))):
        part = part_of(f"u{number}", whole, people, dict.fromkeys(people, Slot.FREE))
        assert part.taken == seated
        mine = [who for who in people if who.startswith(f"u{number}.")]
        assert part.cap is not None
        assert part.floor is not None
        lowest, most = part.floor - part.taken, min(len(mine), part.cap - part.taken)
        assert lowest <= most
        seats = data.draw(st.integers(lowest, most))
        seated += seats
        for place, who in enumerate(mine):
            arrangement = Arrangement.WFO if place < seats else Arrangement.WFH
            turn = Turn(arrangement=arrangement, rota="R", published_at=MORNING)
            people[who] = replace(people[who], turn=turn)
    assert (whole.floor or 0) <= seated <= cap


def test_a_unit_by_itself_has_the_whole_limit() -> None:
    people = staff(4)
    assert part_of("u0", group(tuple(people), cap=2), people, {}) == Part(2, None, 0)


def test_places_of_a_shift_are_those_of_the_fullest_one() -> None:
    people = staff(1, 3)
    for who, shift in (("u1.0", "1"), ("u1.1", "1"), ("u1.2", "2")):
        turn = Turn(arrangement=Arrangement.WFO, rota="R", published_at=MORNING, shift=shift)
        people[who] = replace(people[who], turn=turn)
    per_shift = replace(group(tuple(people), cap=3), counted=Counted.SHIFT)
    assert part_of("u0", per_shift, people, dict.fromkeys(people, Slot.FREE)) == Part(3, None, 2)
