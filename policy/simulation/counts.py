"""How many of each unit are in the office on a simulated day, beside what quotas allow and ask."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from policy.model import Arrangement, Counted, Facts, Per, Quota, Verdict
from policy.rota.division import division_of
from policy.rota.shifts import at_once
from policy.rota.words import Division
from policy.weighing.quotas import Group, groups
from policy.weighing.standing import stand

Together = dict[tuple[str, Counted, tuple[str, ...]], list[Group]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One unit (or perangkat daerah) and day: whom quotas count there, and how many of them are in the office.

    `held` are the quotas that count exactly these people; the lowest cap and the highest floor of them hold.
    """

    unit: str
    on: date
    base: int
    cap: int | None
    floor: int | None
    wfo: int  # of those counted; under a quota per shift or moment: in the fullest
    least: int  # the same in the emptiest, which is what a floor is measured against
    people: int  # everybody of the unit that day, counted or not
    counted: Counted = Counted.DAY
    held: tuple[Group, ...] = ()


def quotas_of(facts: Mapping[str, Facts]) -> tuple[Group, ...]:
    """The quotas of a day with the people they count; turns do not matter. On a day that is not worked: none."""
    return groups({person: known for person, known in facts.items() if known.day.is_working})


def counts_of(
    on: date, facts: Mapping[str, Facts], verdicts: Mapping[str, Verdict], quotas: Iterable[Group]
) -> Iterator[Count]:
    """A count for each set of people whom quotas count together, and one for every other unit with people."""
    units: dict[str, list[str]] = {}
    offices: Counter[str] = Counter()
    for person, known in facts.items():
        units.setdefault(known.unit_code, []).append(person)
        offices[known.office_code] += 1
    together = _together(quotas)
    for (unit, counted, members), held in together.items():
        inside = _in_office(members, verdicts)
        least, wfo = at_once(
            counted, _division(inside, facts, counted), [verdicts[who].shift for who in inside]
        )
        people = offices[unit] if _is_of_office(held) else len(units[unit])
        yield _limited(unit, held, on=on, least=least, wfo=wfo, people=people, counted=counted)
    alone = units.keys() - {scope for scope, _, _ in together}
    for unit in sorted(alone):
        people = len(units[unit])
        wfo = len(_in_office(units[unit], verdicts))
        yield Count(unit=unit, on=on, base=people, cap=None, floor=None, wfo=wfo, least=wfo, people=people)


def _limited(
    unit: str, held: list[Group], *, on: date, least: int, wfo: int, people: int, counted: Counted
) -> Count:
    return Count(
        unit=unit,
        on=on,
        base=held[0].base,
        cap=min((each.cap for each in held if each.cap is not None), default=None),
        floor=max((each.floor for each in held if each.floor is not None), default=None),
        wfo=wfo,
        least=least,
        people=people,
        counted=counted,
        held=tuple(held),
    )


def _is_of_office(held: Iterable[Group]) -> bool:
    return any(isinstance(each.rule.then, Quota) and each.rule.then.per is Per.OFFICE for each in held)


def _together(quotas: Iterable[Group]) -> Together:
    """Quotas that count the same people over the same time belong together; a time not stated is read as a day."""
    found: Together = {}
    for group in quotas:
        counted = Counted.DAY if group.counted is Counted.NOT_STATED else group.counted
        found.setdefault((group.scope, counted, group.members), []).append(group)
    return found


def _in_office(members: Iterable[str], verdicts: Mapping[str, Verdict]) -> list[str]:
    return [who for who in members if verdicts[who].arrangement is Arrangement.WFO]


def _division(people: Iterable[str], facts: Mapping[str, Facts], counted: Counted) -> Division | None:
    """The shifts of the people in the office, where they are counted by them."""
    if counted not in (Counted.SHIFT, Counted.MOMENT):
        return None
    stands = {who: stand(facts[who]) for who in people}
    return division_of(stands, len(stands))
