"""The cast: who plays, read from JSON. Names are data; nothing here is ever HTML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from simulator.errors import SimulatorError


@dataclass(frozen=True, slots=True)
class BotEntry:
    id: int = 7000000001
    username: str = "piket_demo_bot"
    name: str = "Piket"


@dataclass(frozen=True, slots=True)
class PersonEntry:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "id"
    phone: str = ""
    role: str = ""
    note: str = ""
    tries: tuple[str, ...] = ()  # what one may say first, offered in the empty chat
    open: bool = False
    started: bool = False
    hidden: bool = False  # has a chat, but stands not on the page


@dataclass(frozen=True, slots=True)
class GroupEntry:
    id: int
    title: str
    members: tuple[int, ...] = ()
    has_bot: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    label: str
    at: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that the office can decide while one plays, such as a zone's colour; the bot carries it out."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class TourStep:
    """One step of the page's tour: somebody says something, a moment is moved to, or a panel is looked at."""

    words: str
    who: int = 0
    says: str = ""
    moment: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The bot, the people and groups around it, and the moments of the day one can jump to."""

    bot: BotEntry = field(default_factory=BotEntry)
    title: str = ""
    people: tuple[PersonEntry, ...] = ()
    groups: tuple[GroupEntry, ...] = ()
    moments: tuple[Moment, ...] = ()
    tour: tuple[TourStep, ...] = ()
    happenings: tuple[Happening, ...] = ()


DEFAULT_CAST: dict[str, Any] = {
    "title": "Pemerintah Provinsi Contoh",
    "people": [
        {
            "id": 1001,
            "first_name": "Ana",
            "last_name": "Lestari",
            "username": "ana",
            "phone": "+6281200001001",
        },
        {"id": 1002, "first_name": "Boris", "last_name": "Saragih", "phone": "+6281200001002"},
        {"id": 1003, "first_name": "Clara", "phone": "+6281200001003"},
    ],
    "moments": [{"label": "Pagi", "at": "06:45"}],
}


def read_cast(source: Cast | Mapping[str, Any] | Path | None) -> Cast:
    """The cast from a file, a mapping or the small built-in one; SimulatorError says what is wrong."""
    if isinstance(source, Cast):
        return source
    if isinstance(source, Path):
        source = _load(source)
    data = DEFAULT_CAST if source is None else source
    groups = tuple(_group(row) for row in data.get("groups", ()))
    cast = Cast(
        bot=_entry(BotEntry, data.get("bot", {}), where="bot"),
        title=str(data.get("title", "")),
        people=tuple(_person(row) for row in data.get("people", ())),
        groups=groups,
        moments=tuple(_entry(Moment, row, where="moments") for row in data.get("moments", ())),
        happenings=tuple(_entry(Happening, row, where="happenings") for row in data.get("happenings", ())),
        tour=tuple(_entry(TourStep, row, where="tour") for row in data.get("tour", ())),
    )
    _require_unique([person.id for person in cast.people] + [group.id for group in groups])
    return cast


Entry = TypeVar("Entry", BotEntry, PersonEntry, GroupEntry, Moment, Happening, TourStep)


def _load(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SimulatorError(f"The cast file {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise SimulatorError(f"The cast file {path} is not JSON: {error}.") from error
    if not isinstance(data, dict):
        raise SimulatorError(f"The cast file {path} must hold one JSON object.")
    return data


def _entry(kind: type[Entry], row: Mapping[str, Any], *, where: str) -> Entry:
    known = {item.name for item in fields(kind)}
    try:
        return kind(**{name: value for name, value in row.items() if name in known and value is not None})
    except TypeError as error:
        raise SimulatorError(f'An entry in "{where}" of the cast is incomplete: {error}.') from error


def _person(row: Mapping[str, Any]) -> PersonEntry:
    return _entry(PersonEntry, {**row, "tries": tuple(row.get("tries", ()))}, where="people")


def _group(row: Mapping[str, Any]) -> GroupEntry:
    return _entry(GroupEntry, {**row, "members": tuple(row.get("members", ()))}, where="groups")


def _require_unique(ids: Iterable[int]) -> None:
    seen: set[int] = set()
    for number in ids:
        if number in seen:
            raise SimulatorError(f"The cast uses the id {number} twice.")
        seen.add(number)
