"""The worked cases of a circular: YAML entries -> Case and UnitCase."""

import re
from collections.abc import Mapping
from datetime import date

from policy.conditions import KEYS
from policy.format.conditions import condition, is_fact, names
from policy.format.strict_yaml import Entry
from policy.model import Arrangement, Case, UnitCase

NOT_COVERED = "not covered"
NO_LIMIT = "none"
_AGE = re.compile(r"\d{1,3}")
_OLDEST = 120
_MOST_PEOPLE = 10_000


def case(entry: Entry) -> Case:
    """A worked example of one person and day."""
    keys = entry.mapping(
        needs=("name", "on", "given", "expect"),
        may=("because", "not_stated", "rota", "shift", "beside", "since", "taken_on"),
    )
    if "shift" in keys and "rota" not in keys:
        raise keys["shift"].wrong("A rota gives the `shift`, so the case also says `rota`: WFO.")
    is_covered = keys["expect"].text() != NOT_COVERED
    return Case(
        name=keys["name"].text(),
        on=keys["on"].date(),
        given=_given(keys["given"].mapping()),
        rota=keys["rota"].word(Arrangement) if "rota" in keys else None,
        beside=names(keys.get("beside")),
        expect=keys["expect"].word(Arrangement) if is_covered else None,
        because=names(keys.get("because")),
        not_stated=names(keys.get("not_stated")),
        line=entry.line,
        since=_since(keys["since"]) if "since" in keys else {},
        is_taken_on=keys["taken_on"].flag() if "taken_on" in keys else False,
        shift=keys["shift"].text() if "shift" in keys else None,
    )


def _since(entry: Entry) -> dict[str, date]:
    """First days by the names of facts: since when the cluster, the zone, the status holds."""
    found = entry.mapping()
    for name, day in found.items():
        if not is_fact(name) or name == "zone_since":
            raise day.wrong(f"`{name}` is not a fact of a region or unit that has a first day.")
    return {name: day.date() for name, day in found.items()}


def unit_case(entry: Entry) -> UnitCase:
    """A worked example of a quota: people of several kinds, and the numbers that must come out."""
    keys = entry.mapping(needs=("name", "on", "rule", "people", "expect"), may=())
    expect = keys["expect"].mapping(needs=("base", "cap", "floor"), may=())
    return UnitCase(
        name=keys["name"].text(),
        on=keys["on"].date(),
        rule=keys["rule"].text(),
        people=tuple(_people(each) for each in keys["people"].entries()),
        base=expect["base"].whole(),
        cap=_limit(expect["cap"]),
        floor=_limit(expect["floor"]),
        line=entry.line,
    )


def _people(entry: Entry) -> tuple[int, Mapping[str, tuple[str, ...]]]:
    given = entry.mapping(needs=("count",))
    count = given.pop("count")
    if not 0 < count.whole() <= _MOST_PEOPLE:
        raise count.wrong(f"`count` is from 1 to {_MOST_PEOPLE}: {count.raw()}.")
    return count.whole(), _given(given)


def _limit(entry: Entry) -> int | None:
    return None if entry.raw() == NO_LIMIT else entry.whole()


def _given(given: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    return {name: _given_values(name, entry) for name, entry in given.items()}


def _given_values(name: str, entry: Entry) -> tuple[str, ...]:
    if name == "age":
        return (_age(entry),)
    condition(name, entry)
    values = entry.values()
    if len(values) != 1 and not KEYS[name].is_many:
        raise entry.wrong(f"`{name}` of a case is one value: a case is about one person.")
    return values


def _age(entry: Entry) -> str:
    """Somebody's age in years, or their date of birth."""
    text = entry.raw()
    if _AGE.fullmatch(text) and int(text) <= _OLDEST:
        return text
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise entry.wrong(
            f"`age` of a case is the age itself, such as 52, or a date of birth, such as 1968-06-15: {text}."
        ) from None
