"""The closed list of conditions that a rule may use. A new one is one more entry in KEYS.

`read` gives the person's value, several values of which one must fit, or None while nobody has said. `give`
puts a worked example's value into the facts. `words` are the only values a circular may write, if they are
closed; `pattern` is the form of values that are not words. `regional` and `of_unit` name the fact that is looked
at, if it is one. `readers` may read a reason that rests on this condition.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from policy import looking
from policy.looking import AGES, WEEKDAYS, WEEKS
from policy.model import (
    AgencyKind,
    Audience,
    Employment,
    Fact,
    Facts,
    Function,
    Island,
    JobLevel,
    Sector,
    Trait,
    Yes,
    Zone,
)
from policy.words import EVERYONE, SELF_AND_HEALTH

LEVELS = ("1", "2", "3", "4")
AGE = re.compile(
    r"(?:di atas|minimal|di bawah|maksimal|tepat) \d{1,3}"
)  # over 50, at least 50, under 50, at most 50, exactly 50
_SELF = frozenset({Audience.SELF})
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


def _regional(name: str, says: str, *, words: tuple[str, ...] | None, is_declared: bool = False) -> Key:
    """A fact of the region. What is declared does not hold until somebody declares it; else it is unknown."""

    def read(facts: Facts) -> str | None:
        return looking.standing(facts.region_facts.get(name), facts.on) or (
            Yes.TIDAK if is_declared else None
        )

    def give(facts: Facts, value: str) -> Facts:
        since = facts.region_facts[name].since if name in facts.region_facts else None
        return replace(facts, region_facts={**facts.region_facts, name: Fact(value, since=since)})

    return Key(name, says, read, give, words=words, regional=name)


def _of_unit(name: str, says: str, *, words: tuple[str, ...] | None, is_declared: bool = False) -> Key:
    """A fact of the unit, or of the nearest above it that has one."""

    def read(facts: Facts) -> str | None:
        return looking.standing(facts.unit_facts.get(name), facts.on) or (Yes.TIDAK if is_declared else None)

    def give(facts: Facts, value: str) -> Facts:
        since = facts.unit_facts[name].since if name in facts.unit_facts else None
        return replace(facts, unit_facts={**facts.unit_facts, name: Fact(value, since=since)})

    return Key(name, says, read, give, words=words, of_unit=name)


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
        looking.zone_age,
        looking.with_zone_age,
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
        looking.unit_names,
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
        looking.function,
        lambda facts, value: replace(facts, function=value),
        words=tuple(Function),
    ),
    Key(
        "strategic",
        "whether the person, or else their unit, has a strategic function",
        looking.strategic,
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
        "leads",
        "whether the person leads their unit",
        lambda facts: Yes.YA if facts.leads_unit else Yes.TIDAK,
        lambda facts, value: replace(facts, leads_unit=value == Yes.YA),
        words=_YES_NO,
    ),
    Key(
        "age",
        "the person's age in whole years on the day asked about: `di atas 50` is 51 and more",
        looking.age,
        looking.with_age,
        pattern=AGE,
        is_many=True,
    ),
    Key(
        "trait",
        "what is recorded of the person; what nobody recorded does not hold",
        looking.traits,
        lambda facts, value: replace(facts, traits={**facts.traits, value: facts.on}),
        words=tuple(Trait),
        is_many=True,
        readers=_TRAIT_READERS,
    ),
    Key(
        "weekday",
        "the day of the week",
        lambda facts: WEEKDAYS[facts.on.weekday()],
        looking.with_weekday,
        words=WEEKDAYS,
    ),
    Key(
        "week_of_month",
        'which such weekday of its month the day is: the second Friday is `weekday: Jumat` with `week_of_month: "2"`',
        lambda facts: looking.week_of_month(facts.on),
        looking.with_week_of_month,
        words=WEEKS,
        is_many=True,
    ),
    Key(
        "date",
        "the date itself, for lists of dates",
        lambda facts: facts.on.isoformat(),
        looking.with_date,
        pattern=re.compile(r"\d{4}-\d\d-\d\d"),
    ),
)
KEYS: Mapping[str, Key] = {key.name: key for key in _ALL}
