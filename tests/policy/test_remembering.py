"""What is remembered of one person is told of another only where all of it is the same."""

from dataclasses import replace
from datetime import date

import pytest

from policy.engine import decide
from policy.model import Arrangement, Fact, Facts, Turn
from policy.weighing.standing import stand
from tests.policy.made import circular, rule, settles, silence, when
from tests.policy.people import MORNING, ana

OFFICE = rule("office", settles(Arrangement.WFO))
HOME = rule("home", settles(Arrangement.WFH), conflicts_with=("office",))
RED = rule("red", settles(Arrangement.WFH), when=when(job_level="Administrator", zone="merah"))
CONTRADICTING = ana(
    circulars=(circular("satu", OFFICE, HOME, not_stated=(silence("mana", "office", "home"),)),)
)
WANTING = ana("merah", circulars=(circular("dua", RED),), job_level=None)
NOWHERE = ana(None, circulars=(circular("tiga", RED),), job_level=None)
TURN = Turn(arrangement=Arrangement.WFH, rota="J-1", published_at=MORNING)
ALIKE = {
    "the name of the region": (ana(), replace(ana(), region_name="Metro")),
    "the code of the region": (ana(region_name=""), ana(region_name="", region_code="18.72")),
    "the first day of the zone": (ana(), ana(region_facts={"zone": Fact("hijau", since=date(2020, 6, 8))})),
    "the unit whose fact is missing": (WANTING, replace(WANTING, unit_name="Bidang Lain")),
    "the region whose fact is missing": (NOWHERE, replace(NOWHERE, region_name="Metro")),
    "what the rota says": (CONTRADICTING, replace(CONTRADICTING, turn=TURN)),
}


@pytest.mark.parametrize("what", ALIKE)
def test_who_stands_as_another_does_still_reads_what_is_their_own(what: str) -> None:
    one, other = ALIKE[what]
    assert stand(one) is stand(other)
    first = decide(one)
    assert decide(other).reasons != first.reasons
    assert decide(other) == decide(_of_nobody_yet(other))
    assert decide(one) == first == decide(_of_nobody_yet(one))


def test_colleagues_of_the_same_circumstances_share_the_words() -> None:
    first, second = decide(ana()), decide(ana(unit_code="1.02.02", unit_name="Bidang Lain"))
    assert all(one is other for one, other in zip(first.reasons, second.reasons, strict=True))
    assert first.duties is second.duties


def _of_nobody_yet(facts: Facts) -> Facts:
    """The same under circulars that nobody was asked about: they are remembered by identity."""
    return replace(facts, circulars=tuple(replace(each) for each in facts.circulars))
