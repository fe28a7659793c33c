"""The closed list of conditions that a rule may use. A new one is one more entry in KEYS.

`read` gives the person's value, several values of which one must fit, or None while nobody has said. `give`
puts a worked example's value into the facts. `words` are the only values a circular may write, if they are
closed. `regional` names the fact of the region that is looked at, if it is one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from policy.model import (
    AgencyKind,
    CalendarDay,
    Condition,
    Employment,
    Fact,
    Facts,
    FactUsed,
    JobLevel,
    Zone,
)

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
AGES = ("hari ini", "pekan ini", "sebelumnya")


@dataclass(frozen=True, slots=True)
class Key:
    """One condition: its name in YAML and what it looks at."""

    name: str
    says: str
    read: Callable[[Facts], str | tuple[str, ...] | None]
    give: Callable[[Facts, str], Facts]
    words: tuple[str, ...] | None = None
    regional: str | None = None


def _zone(facts: Facts) -> str | None:
    fact = facts.region_facts.get("zone")
    if fact is None or (fact.since is not None and fact.since > facts.on):
        return None
    return fact.value


def _zone_age(facts: Facts) -> str | None:
    """How fresh the zone is on the day asked about: its week begins on Monday."""
    fact = facts.region_facts.get("zone")
    if fact is None or fact.since is None or fact.since > facts.on:
        return None
    if fact.since == facts.on:
        return AGES[0]
    monday = facts.on - timedelta(days=facts.on.weekday())
    return AGES[1] if fact.since >= monday else AGES[2]


def _with_zone(facts: Facts, value: str) -> Facts:
    since = facts.region_facts["zone"].since if "zone" in facts.region_facts else None
    return replace(facts, region_facts={**facts.region_facts, "zone": Fact(value, since=since)})


def _with_zone_age(facts: Facts, value: str) -> Facts:
    """Give `zone` first: this dates the zone that is there."""
    zone = facts.region_facts.get("zone", Fact(Zone.HIJAU))
    monday = facts.on - timedelta(days=facts.on.weekday())
    since = {AGES[0]: facts.on, AGES[1]: monday}.get(value, monday - timedelta(days=7))
    return replace(facts, region_facts={**facts.region_facts, "zone": replace(zone, since=since)})


def _with_weekday(facts: Facts, value: str) -> Facts:
    if WEEKDAYS[facts.on.weekday()] != value:
        raise ValueError(f"{facts.on} is not a {value} but a {WEEKDAYS[facts.on.weekday()]}.")
    return facts


_ALL = (
    Key(
        "zone",
        "the colour of the regency or city of the unit",
        _zone,
        _with_zone,
        words=tuple(Zone),
        regional="zone",
    ),
    Key(
        "zone_since",
        "since when that colour holds, seen from the day asked about",
        _zone_age,
        _with_zone_age,
        words=AGES,
        regional="zone",
    ),
    Key(
        "region",
        "code or name of the region of the unit, or of one above it",
        lambda facts: facts.region_chain or None,
        lambda facts, value: replace(facts, region_chain=(value, *facts.region_chain)),
    ),
    Key(
        "agency",
        "code of the agency",
        lambda facts: facts.unit_chain[-1] if facts.unit_chain else None,
        lambda facts, value: replace(facts, unit_chain=(*facts.unit_chain, value)),
    ),
    Key(
        "agency_kind",
        "what sort of body the agency is",
        lambda facts: facts.agency_kind,
        lambda facts, value: replace(facts, agency_kind=AgencyKind(value)),
        words=tuple(AgencyKind),
    ),
    Key(
        "unit",
        "code of the unit, or of one above it",
        lambda facts: facts.unit_chain or facts.unit_code,
        lambda facts, value: replace(facts, unit_code=value, unit_chain=(value, *facts.unit_chain)),
    ),
    Key(
        "unit_kind",
        "what sort of unit it is, in the agency's own words (such as UPTD, layanan)",
        lambda facts: facts.unit_kind,
        lambda facts, value: replace(facts, unit_kind=value),
    ),
    Key(
        "employment",
        "the person's kind of employment",
        lambda facts: facts.employment,
        lambda facts, value: replace(facts, employment=Employment(value)),
        words=tuple(Employment),
    ),
    Key(
        "job_level",
        "the person's level of post",
        lambda facts: facts.job_level,
        lambda facts, value: replace(facts, job_level=JobLevel(value)),
        words=tuple(JobLevel),
    ),
    Key(
        "weekday",
        "the day of the week",
        lambda facts: WEEKDAYS[facts.on.weekday()],
        _with_weekday,
        words=WEEKDAYS,
    ),
)
KEYS: Mapping[str, Key] = {key.name: key for key in _ALL}
_READERS = {key.name: key.read for key in _ALL}  # one look-up less on the way of every verdict


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether the condition is met; None while the fact it looks at is not known."""
    return all_hold((condition,), facts)


def all_hold(conditions: Iterable[Condition], facts: Facts) -> bool | None:
    """False if one is not met, else None if one is not known, else True."""
    answer: bool | None = True
    for condition in conditions:
        value = _READERS[condition.key](facts)
        if value is None:
            answer = None
        elif isinstance(value, tuple):
            if condition.values.isdisjoint(value):
                return False
        elif value not in condition.values:
            return False
    return answer


def facts_used(conditions: Iterable[Condition], facts: Facts) -> tuple[FactUsed, ...]:
    """What the conditions looked at, for the citation."""
    return tuple(_used(condition, facts) for condition in conditions)


def _used(condition: Condition, facts: Facts) -> FactUsed:
    key = KEYS[condition.key]
    value = key.read(facts)
    if isinstance(value, tuple):
        value = next((one for one in value if one in condition.values), value[0])
    if key.regional is None:
        return FactUsed(condition.key, value or "")
    fact = facts.region_facts.get(key.regional)
    where = facts.region_name or facts.region_code
    return FactUsed(condition.key, value or "", where=where, since=fact.since if fact else None)


def overlap(first: Iterable[Condition], second: Iterable[Condition]) -> bool:
    """True unless some key that both name has no value in common: then nobody can meet both."""
    others = {condition.key: condition.values for condition in second}
    return not any(
        condition.key in others and condition.values.isdisjoint(others[condition.key]) for condition in first
    )


def example(
    conditions: Iterable[Condition], given: Mapping[str, str], day: CalendarDay, base: Facts
) -> Facts:
    """Facts for a worked example: as given, and where it says nothing, someone who meets `conditions`."""
    values = {condition.key: min(condition.values) for condition in conditions} | dict(given)
    facts = replace(base, on=day.on, day=day)
    for name in KEYS:  # in the order of KEYS, since zone_since dates the zone
        if name in values:
            facts = KEYS[name].give(facts, values[name])
    return facts
