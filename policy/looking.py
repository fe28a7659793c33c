"""How the conditions read somebody's facts, and how a worked example puts a value into them."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from policy.calendar import monday_of
from policy.model import Fact, Facts, Yes, Zone

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
WEEKS = ("1", "2", "3", "4", "5", "terakhir")
AGES = ("hari ini", "pekan ini", "sebelumnya")
_OLDEST = 120


def standing(fact: Fact | None, on: date) -> str | None:
    if fact is None or (fact.since is not None and fact.since > on):
        return None
    return fact.value


def zone_age(facts: Facts) -> str | None:
    """How fresh the zone is on the day asked about: its week begins on Monday."""
    fact = facts.region_facts.get("zone")
    if fact is None or fact.since is None or fact.since > facts.on:
        return None
    if fact.since == facts.on:
        return AGES[0]
    monday = monday_of(facts.on)
    return AGES[1] if fact.since >= monday else AGES[2]


def with_zone_age(facts: Facts, value: str) -> Facts:
    """Give `zone` first: this dates the zone that is there."""
    zone = facts.region_facts.get("zone", Fact(Zone.HIJAU))
    monday = monday_of(facts.on)
    since = {AGES[0]: facts.on, AGES[1]: monday}.get(value, monday - timedelta(days=7))
    return replace(facts, region_facts={**facts.region_facts, "zone": replace(zone, since=since)})


def with_weekday(facts: Facts, value: str) -> Facts:
    if WEEKDAYS[facts.on.weekday()] != value:
        raise ValueError(f"{facts.on} is not a {value} but a {WEEKDAYS[facts.on.weekday()]}.")
    return facts


def week_of_month(day: date) -> frozenset[str]:
    """Which of its weekday it is in the month: a fourth one may be the last as well, and a fifth one is."""
    number = str((day.day - 1) // 7 + 1)
    is_last = (day + timedelta(days=7)).month != day.month
    return frozenset({number, WEEKS[-1]}) if is_last else frozenset({number})


def with_week_of_month(facts: Facts, value: str) -> Facts:
    found = week_of_month(facts.on)
    if value not in found:
        raise ValueError(f"{facts.on} is not of `week_of_month: {value}` but of {min(found)}.")
    return facts


def with_date(facts: Facts, value: str) -> Facts:
    if facts.on.isoformat() != value:
        raise ValueError(f"The case is about {facts.on}, so its date is not {value}.")
    return facts


def function(facts: Facts) -> str | None:
    return facts.function or standing(facts.unit_facts.get("function"), facts.on)


def strategic(facts: Facts) -> str:
    if facts.is_strategic is not None:
        return Yes.YA if facts.is_strategic else Yes.TIDAK
    return standing(facts.unit_facts.get("strategic"), facts.on) or Yes.TIDAK


def age_on(born: date, day: date) -> int:
    """Whole years on that day; who was born on 29 February is a year older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@lru_cache(maxsize=_OLDEST + 1)
def age_words(age: int) -> frozenset[str]:
    """Every comparison that is true of somebody of that age."""
    under = {f"di bawah {years}" for years in range(age + 1, _OLDEST + 1)}
    at_most = {f"maksimal {years}" for years in range(age, _OLDEST + 1)}
    over = {f"di atas {years}" for years in range(age)}
    at_least = {f"minimal {years}" for years in range(age + 1)}
    return frozenset(under | at_most | over | at_least | {f"tepat {age}"})


def age(facts: Facts) -> frozenset[str] | None:
    if facts.born is None:
        return None
    return age_words(min(_OLDEST, max(0, age_on(facts.born, facts.on))))


def with_age(facts: Facts, value: str) -> Facts:
    """`52`, or a date of birth: 1970-06-15."""
    if value.isdigit():
        return replace(facts, born=facts.on.replace(year=facts.on.year - int(value), day=1))
    return replace(facts, born=date.fromisoformat(value))


def traits(facts: Facts) -> frozenset[str]:
    return frozenset(trait for trait, since in facts.traits.items() if since <= facts.on)


def unit_names(facts: Facts) -> tuple[str, ...]:
    return (*(facts.unit_chain or (facts.unit_code,)), *facts.unit_names)
