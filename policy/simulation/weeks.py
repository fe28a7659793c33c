"""Days of a person's week: where turns put somebody elsewhere oftener than a quota of their week allows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from policy.model import Counted, Facts, Quota
from policy.roster import Slot
from policy.rota.person import slot_of
from policy.weighing.standing import stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrun:
    """A day on which a turn, published or proposed, is beyond the most of its week."""

    person: str
    unit: str
    on: date
    most: int
    days: int  # the day itself included


def overruns(week: Mapping[date, Mapping[str, Facts]]) -> Iterator[Overrun]:
    """The turns of one week that are too many; days that a rule, a letter or the health gate settles do not count."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for on, people in sorted(week.items()):
        for person, facts in people.items():
            over = [each for each in _of_day(person, facts, counts) if each[0] < each[1]]
            if over:
                most, days = min(over)
                yield Overrun(person=person, unit=facts.unit_code, on=on, most=most, days=days)


def _of_day(person: str, facts: Facts, counts: Counter[tuple[str, str, str]]) -> Iterator[tuple[int, int]]:
    """The most and the count of each weekly quota that this day's turn uses up."""
    if facts.turn is None or not facts.day.is_working:
        return
    standing = stand(facts)
    if slot_of(facts, standing) is not Slot.FREE:
        return
    for held in standing.quotas:
        quota = held.rule.then
        if not isinstance(quota, Quota) or quota.counted is not Counted.WEEK:
            continue
        if quota.at_most is not None and facts.turn.arrangement in quota.of:
            key = person, held.circular.id, held.rule.id
            counts[key] += 1
            yield quota.at_most.number or 0, counts[key]
