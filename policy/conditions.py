"""The closed list of conditions that a rule may use. A new one is one more entry in KEYS.

`read` gives the person's value, several values of which one must fit, or None while nobody has said. `give`
puts a worked example's value into the facts. `words` are the only values a circular may write, if they are
closed; `pattern` is the form of values that are not words. `regional` and `of_unit` name the fact that is looked
at, if it is one. `readers` may read a reason that rests on this condition.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from policy.model import (
    AgencyKind,
    Audience,
    CalendarDay,
    Condition,
    Employment,
    Fact,
    Facts,
    FactUsed,
    Function,
    Island,
    JobLevel,
    Sector,
    Trait,
    Yes,
    Zone,
)
from policy.words import EVERYONE, SELF_AND_HEALTH

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
AGES = ("hari ini", "pekan ini", "sebelumnya")
LEVELS = ("1", "2", "3", "4")
AGE = re.compile(
    r"(di atas|minimal|di bawah|maksimal) (\d{1,3})"
)  # over 50, at least 50, under 50, at most 50
_SELF = frozenset({Audience.SELF})
_OLDEST = 120
Value = str | tuple[str, ...] | frozenset[str]


@dataclass(frozen=True, slots=True)
class Key:
    """One condition: its name in YAML and what it looks at."""

    name: str
    says: str
    read: Callable[[Facts], Value | None]
    give: Callable[[Facts, str], Facts]
    words: tuple[str, ...] | None = None
    pattern: re.Pattern[str] | None = None
    regional: str | None = None
    of_unit: str | None = None
    is_many: bool = False  # somebody can have several of the values at once
    readers: Mapping[str, frozenset[Audience]] | frozenset[Audience] = EVERYONE  # by value, where they differ

    def readers_of(self, values: Iterable[str]) -> frozenset[Audience]:
        """Who may read a reason that rests on one of these values."""
        if isinstance(self.readers, frozenset):
            return self.readers
        allowed = EVERYONE
        for value in values:
            allowed &= self.readers.get(value, EVERYONE)
        return allowed


def _standing(fact: Fact | None, on: date) -> str | None:
    if fact is None or (fact.since is not None and fact.since > on):
        return None
    return fact.value


def _regional(name: str, says: str, *, words: tuple[str, ...] | None, is_declared: bool = False) -> Key:
    """A fact of the region. What is declared does not hold until somebody declares it; else it is unknown."""

    def read(facts: Facts) -> str | None:
        return _standing(facts.region_facts.get(name), facts.on) or (Yes.TIDAK if is_declared else None)

    def give(facts: Facts, value: str) -> Facts:
        since = facts.region_facts[name].since if name in facts.region_facts else None
        return replace(facts, region_facts={**facts.region_facts, name: Fact(value, since=since)})

    return Key(name, says, read, give, words=words, regional=name)


def _of_unit(name: str, says: str, *, words: tuple[str, ...] | None, is_declared: bool = False) -> Key:
    """A fact of the unit, or of the nearest above it that has one."""

    def read(facts: Facts) -> str | None:
        return _standing(facts.unit_facts.get(name), facts.on) or (Yes.TIDAK if is_declared else None)

    def give(facts: Facts, value: str) -> Facts:
        since = facts.unit_facts[name].since if name in facts.unit_facts else None
        return replace(facts, unit_facts={**facts.unit_facts, name: Fact(value, since=since)})

    return Key(name, says, read, give, words=words, of_unit=name)


def _zone_age(facts: Facts) -> str | None:
    """How fresh the zone is on the day asked about: its week begins on Monday."""
    fact = facts.region_facts.get("zone")
    if fact is None or fact.since is None or fact.since > facts.on:
        return None
    if fact.since == facts.on:
        return AGES[0]
    monday = facts.on - timedelta(days=facts.on.weekday())
    return AGES[1] if fact.since >= monday else AGES[2]


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


def _with_date(facts: Facts, value: str) -> Facts:
    if facts.on.isoformat() != value:
        raise ValueError(f"The case is about {facts.on}, so its date is not {value}.")
    return facts


def _function(facts: Facts) -> str | None:
    return facts.function or _standing(facts.unit_facts.get("function"), facts.on)


def _strategic(facts: Facts) -> str:
    if facts.is_strategic is not None:
        return Yes.YA if facts.is_strategic else Yes.TIDAK
    return _standing(facts.unit_facts.get("strategic"), facts.on) or Yes.TIDAK


def age_on(born: date, day: date) -> int:
    """Whole years on that day; who was born on 29 February is a year older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@lru_cache(maxsize=_OLDEST + 1)
def _age_words(age: int) -> frozenset[str]:
    """Every comparison that is true of somebody of that age."""
    under = {f"di bawah {years}" for years in range(age + 1, _OLDEST + 1)}
    at_most = {f"maksimal {years}" for years in range(age, _OLDEST + 1)}
    return frozenset(
        {f"di atas {years}" for years in range(age)} | {f"minimal {years}" for years in range(age + 1)}
    ) | frozenset(under | at_most)


def _age(facts: Facts) -> frozenset[str] | None:
    if facts.born is None:
        return None
    return _age_words(min(_OLDEST, max(0, age_on(facts.born, facts.on))))


def _with_age(facts: Facts, value: str) -> Facts:
    """`52`, or a date of birth: 1970-06-15."""
    if value.isdigit():
        return replace(facts, born=facts.on.replace(year=facts.on.year - int(value), day=1))
    return replace(facts, born=date.fromisoformat(value))


def _traits(facts: Facts) -> frozenset[str]:
    return frozenset(trait for trait, since in facts.traits.items() if since <= facts.on)


def _unit_names(facts: Facts) -> tuple[str, ...]:
    return (*(facts.unit_chain or (facts.unit_code,)), *facts.unit_names)


_YES_NO = tuple(Yes)
_HEALTH = (
    Trait.HAMIL,
    Trait.MENYUSUI,
    Trait.KOMORBID,
    Trait.RENTAN,
    Trait.DIVAKSIN,
    Trait.PERJALANAN,
    Trait.KONTAK,
)
_TRAIT_READERS = {trait.value: SELF_AND_HEALTH for trait in _HEALTH} | {Trait.HUKUMAN_DISIPLIN.value: _SELF}

_ALL = (
    _regional("zone", "the colour of the regency or city of the unit", words=tuple(Zone)),
    Key(
        "zone_since",
        "since when that colour holds, seen from the day asked about",
        _zone_age,
        _with_zone_age,
        words=AGES,
        regional="zone",
    ),
    _regional("ppkm_level", "the PPKM level of the regency or city of the unit", words=LEVELS),
    _regional("psbb", "whether PSBB holds there on that day", words=_YES_NO, is_declared=True),
    _regional("island", "Java and Bali, or outside", words=tuple(Island)),
    _regional("jabodetabek", "whether it lies in Jabodetabek", words=_YES_NO, is_declared=True),
    _regional("status", "a status in the text's own words, such as PPKM Darurat", words=None),
    Key(
        "region",
        "code or name of the region of the unit, or of one above it",
        lambda facts: facts.region_chain or None,
        lambda facts, value: replace(facts, region_chain=(value, *facts.region_chain)),
        is_many=True,
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
        "code or name of the unit, or of one above it",
        _unit_names,
        lambda facts, value: replace(facts, unit_code=value, unit_chain=(value, *facts.unit_chain)),
        is_many=True,
    ),
    Key(
        "unit_kind",
        "what sort of unit it is, in the agency's own words (such as UPTD, layanan)",
        lambda facts: facts.unit_kind,
        lambda facts, value: replace(facts, unit_kind=value),
    ),
    _of_unit("sector", "the sector in which the agency has put the unit", words=tuple(Sector)),
    Key(
        "function",
        "what the person, or else their unit, is there for inside the agency",
        _function,
        lambda facts, value: replace(facts, function=value),
        words=tuple(Function),
    ),
    Key(
        "strategic",
        "whether the person, or else their unit, has a strategic function",
        _strategic,
        lambda facts, value: replace(facts, is_strategic=value == Yes.YA),
        words=_YES_NO,
    ),
    _of_unit("urgent", "whether urgent need is declared for the unit", words=_YES_NO, is_declared=True),
    _of_unit("cluster", "whether a cluster was found in the unit", words=_YES_NO, is_declared=True),
    _of_unit("stage", "the stage that the agency says it has entered", words=None),
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
        "age",
        "the person's age in whole years on the day asked about: `di atas 50` is 51 and more",
        _age,
        _with_age,
        pattern=AGE,
        is_many=True,
    ),
    Key(
        "trait",
        "what is recorded of the person; what nobody recorded does not hold",
        _traits,
        lambda facts, value: replace(facts, traits={**facts.traits, value: facts.on}),
        words=tuple(Trait),
        is_many=True,
        readers=_TRAIT_READERS,
    ),
    Key(
        "weekday",
        "the day of the week",
        lambda facts: WEEKDAYS[facts.on.weekday()],
        _with_weekday,
        words=WEEKDAYS,
    ),
    Key(
        "date",
        "the date itself, for lists of dates",
        lambda facts: facts.on.isoformat(),
        _with_date,
        pattern=re.compile(r"\d{4}-\d\d-\d\d"),
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
        elif isinstance(value, str):
            if value not in condition.values:
                return False
        elif condition.values.isdisjoint(value):
            return False
    return answer


def facts_used(conditions: Iterable[Condition], facts: Facts) -> tuple[FactUsed, ...]:
    """What the conditions looked at, for the citation."""
    return tuple(_used(condition, facts) for condition in conditions)


def _used(condition: Condition, facts: Facts) -> FactUsed:
    key = KEYS[condition.key]
    value = key.read(facts)
    if value is not None and not isinstance(value, str):
        fitting = sorted(condition.values.intersection(value)) or sorted(condition.values)
        value = fitting[0]
    if key.regional is None:
        return FactUsed(condition.key, value or "")
    fact = facts.region_facts.get(key.regional)
    where = facts.region_name or facts.region_code
    return FactUsed(condition.key, value or "", where=where, since=fact.since if fact else None)


def readers(conditions: Iterable[Condition]) -> frozenset[Audience]:
    """Who may read a reason that rests on these conditions."""
    allowed = EVERYONE
    for condition in conditions:
        allowed &= KEYS[condition.key].readers_of(condition.values)
    return allowed


def example(
    conditions: Iterable[Condition], given: Mapping[str, tuple[str, ...]], day: CalendarDay, base: Facts
) -> Facts:
    """Facts for a worked example: as given, and where it says nothing, someone who meets `conditions`."""
    values = {condition.key: (min(condition.values),) for condition in conditions} | dict(given)
    facts = replace(base, on=day.on, day=day)
    for name in KEYS:  # in the order of KEYS, since zone_since dates the zone
        for value in values.get(name, ()):
            facts = KEYS[name].give(facts, value)
    return facts
