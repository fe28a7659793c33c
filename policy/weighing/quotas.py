"""How many may be in the office: from the quotas of the circulars and a day's people to caps and floors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from policy.model import Amount, Arrangement, Circular, Counted, Facts, Per, Quota, Rounding, Rule
from policy.weighing import meeting
from policy.weighing.precedence import Held
from policy.weighing.standing import stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The people whom one quota counts together on one day.

    `cap` and `floor` are numbers of people in the office (WFO), also where the text speaks of those at home:
    there everybody of the base who is not at home is taken to be in the office. None: no limit.
    """

    circular: Circular
    rule: Rule
    scope: str  # the code of the unit, or of its perangkat daerah
    on: date
    of: frozenset[Arrangement]
    counted: Counted
    members: tuple[str, ...]
    base: int
    cap: int | None
    floor: int | None


def groups(people: Mapping[str, Facts]) -> tuple[Group, ...]:
    """The groups of one day, from the facts of everybody by any id. Quotas of a person's days form none."""
    found: dict[tuple[str, str, str], tuple[Held, date, list[str]]] = {}
    own: set[tuple[str, str, str]] = set()
    stands: dict[int, tuple[Held, ...]] = {}  # colleagues who share their facts stand alike
    for person, facts in people.items():
        if id(facts) not in stands:
            stands[id(facts)] = stand(facts).quotas
        for held in stands[id(facts)]:
            quota = held.rule.then
            if isinstance(quota, Quota) and quota.counted is not Counted.WEEK and quota.per is not Per.PERSON:
                key = (held.circular.number, held.rule.id, scope_of(quota, facts))
                found.setdefault(key, (held, facts.on, []))[2].append(person)
                if key not in own and (not quota.counts_also or meeting.meets(held.rule, facts)):
                    own.add(key)
    return tuple(  # where the quota meets nobody itself, those who are only counted in it form no group
        _group(held, key[2], on, tuple(members)) for key, (held, on, members) in found.items() if key in own
    )


def counts_whole_office(people: Iterable[Facts]) -> bool:
    """Whether a quota counts any of these people together with the other units of their perangkat daerah."""
    different = {id(facts): facts for facts in people}
    quotas = (held.rule.then for facts in different.values() for held in stand(facts).quotas)
    return any(isinstance(quota, Quota) and quota.per is Per.OFFICE for quota in quotas)


def scope_of(quota: Quota, facts: Facts) -> str:
    """The code of what the quota is counted in; where the text does not say, the unit."""
    return (facts.office_code or facts.unit_code) if quota.per is Per.OFFICE else facts.unit_code


def _group(held: Held, scope: str, on: date, members: tuple[str, ...]) -> Group:
    quota = held.rule.then
    assert isinstance(quota, Quota)
    cap, least = office_limits(quota, len(members))
    return Group(
        circular=held.circular,
        rule=held.rule,
        scope=scope,
        on=on,
        of=quota.of,
        counted=quota.counted,
        members=members,
        base=len(members),
        cap=cap,
        floor=least,
    )


def office_limits(quota: Quota, base: int) -> tuple[int | None, int | None]:
    """The most and the fewest people of the base who may be in the office under this quota.

    "Exactly half" of seven with no rounding stated is three or four.
    """
    is_exact = quota.at_most == quota.at_least  # between two whole numbers, each of them will do
    most = None if quota.at_most is None else limit(quota.at_most, base, quota.rounding, is_cap=not is_exact)
    least = None if quota.at_least is None else limit(quota.at_least, base, quota.rounding, is_cap=is_exact)
    if Arrangement.WFO in quota.of:
        return most, least
    return _rest(base, least), _rest(base, most)


def _rest(base: int, elsewhere: int | None) -> int | None:
    return None if elsewhere is None else max(0, base - elsewhere)


def limit(amount: Amount, base: int, rounding: Rounding, *, is_cap: bool) -> int:
    """A share of the base, or a number, as people. Unstated rounding exceeds no cap and misses no floor."""
    if amount.share is None:
        return amount.number or 0
    exact = amount.share * base
    match rounding:
        case Rounding.DOWN:
            return floor(exact)
        case Rounding.UP:
            return ceil(exact)
        case Rounding.NEAREST:
            return floor(exact + Fraction(1, 2))
        case Rounding.NOT_STATED:
            return floor(exact) if is_cap else ceil(exact)
