"""Conditions, days, periods and names of a circular: YAML entries -> the words of policy.rules."""

from collections.abc import Iterable
from datetime import date

from policy.conditions import KEYS
from policy.format.strict_yaml import Entry
from policy.model import Condition, Period

NOT_STATED = "not stated"


def conditions(entry: Entry | None) -> tuple[Condition, ...]:
    """The conditions under an entry: each with its values. One that nobody could meet is noted."""
    if entry is None:
        return ()
    found = _mapping(entry)
    if not found:
        entry.note(entry.wrong(f"`{entry.name}` names no condition: leave it out, or say whom it means."))
    read: list[Condition] = []
    for value in found.values():
        value.attempt(lambda each: read.append(condition(each.name, each)), None)
    return tuple(read)


def _mapping(entry: Entry) -> dict[str, Entry]:
    nothing: dict[str, Entry] = {}
    return entry.attempt(Entry.mapping, nothing)


def lasting(entry: Entry | None) -> tuple[Condition, ...]:
    """Conditions that are facts of a region or a unit: something that begins and ends for everybody there."""
    for name, value in (_mapping(entry) if entry else {}).items():
        if name in KEYS and not is_fact(name):
            value.note(value.wrong(f"`{name}` is not a fact of a region or unit that begins and ends."))
    return conditions(entry)


def is_fact(name: str) -> bool:
    """Whether the condition looks at a fact of a region or unit, which has a first day."""
    key = KEYS.get(name)
    return key is not None and bool(key.regional or key.of_unit)


def condition(name: str, entry: Entry) -> Condition:
    """One condition. Raises LoaderError for a key or a value that nobody could meet."""
    key = KEYS.get(name)
    if key is None:
        raise entry.wrong(f"`{name}` is not a condition; the conditions are {', '.join(KEYS)}.")
    values = entry.values()
    if not values:
        raise entry.wrong(f"`{name}` has no value: nobody could meet it.")
    for value in values:
        if key.words is not None and value not in key.words:
            raise entry.wrong(f"`{name}` cannot be {value}; it is one of {', '.join(key.words)}.")
        if key.pattern is not None and not key.pattern.fullmatch(value):
            if name == "date":
                raise entry.wrong(f"`date` cannot be {value}; a day is written year, month, day: 2026-06-12.")
            raise entry.wrong(f"`{name}` cannot be {value}; {key.says}.")
    if twice := _first_twice(values):
        raise entry.wrong(f"`{name}` names {twice} twice.")
    if name == "date":
        for value in values:
            _exists(value, entry)
    return Condition(name, frozenset(values))


def _first_twice(values: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


def _exists(value: str, entry: Entry) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise entry.wrong(f"`{entry.name}` names {value}, a date that does not exist.") from None


def names(entry: Entry | None) -> tuple[str, ...]:
    """One name or a list of them; none where the key is left out. Raises LoaderError for one named twice."""
    found = () if entry is None else entry.texts()
    if entry is not None and (twice := _first_twice(found)):
        raise entry.wrong(f"`{entry.name}` names {twice} twice.")
    return found


def day(entry: Entry) -> date | None:
    """A date, or None where it is "not stated"."""
    return None if entry.raw() == NOT_STATED else entry.date()


def period(entry: Entry | None) -> Period | None:
    """The days from `from` to `until`, each a date or "not stated"; None where the key is left out."""
    return None if entry is None else period_of(entry.mapping(needs=("from", "until"), may=()))


def period_of(keys: dict[str, Entry]) -> Period:
    """The days that `from` and `until` among `keys` name."""
    found = Period(day(keys["from"]), day(keys["until"]))
    if found.start is not None and found.until is not None and found.until < found.start:
        raise keys["until"].wrong(f"`until` ({found.until}) is before `from` ({found.start}).")
    return found
