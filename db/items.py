"""One line of a plan or an output report, and how it is kept: as JSON, without what is empty."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from db.ids import new_id

COMPLETE = 100  # per cent


@dataclass(frozen=True, kw_only=True)
class Item:
    """One activity. `key` names the line across plan, output and days; saving gives one to a line without."""

    activity: str
    key: str = ""
    output: str = ""  # what came, or is to come, of it
    volume: str = ""
    unit: str = ""  # of the volume: dokumen, orang, …
    achievement: int | None = None  # per cent
    evidence: tuple[str, ...] = ()  # "file:<id>" (db/files.py), or an http(s) link
    task_id: str = ""  # of a task of the head (db/tasks.py)
    typed_in: str = field(
        default="", compare=False
    )  # the message that it was typed in: editing that changes it

    @property
    def is_complete(self) -> bool:
        """True unless it was reported as done in part only."""
        return self.achievement is None or self.achievement >= COMPLETE


def item_out(item: Item) -> dict[str, Any]:
    """Return an item as JSON-able data."""
    return {name: value for name, value in asdict(item).items() if value not in ("", None, ())}


def item_in(kept: str | Mapping[str, Any]) -> Item:
    """Return the item that `item_out` gave; a plain string is how the release before kept one."""
    if isinstance(kept, str):
        return Item(activity=kept)
    return Item(**{**kept, "evidence": tuple(kept.get("evidence", ()))})


def to_text(items: Iterable[Item]) -> str:
    """Return items as they are stored."""
    return json.dumps([item_out(item) for item in items], ensure_ascii=False)


def from_text(stored: str) -> tuple[Item, ...]:
    """Return the items that were stored, by this release or the one before."""
    return tuple(item_in(kept) for kept in json.loads(stored))


def keyed(items: Iterable[Item], *, like: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items, each with a key: its own, that of the same activity among `like`, or a new one."""
    items = tuple(items)
    free: dict[str, list[str]] = {}
    for item in like:
        if item.key not in {given.key for given in items}:
            free.setdefault(item.activity, []).append(item.key)
    return tuple(
        item if item.key else replace(item, key=_first(free.get(item.activity)) or new_id()) for item in items
    )


def _first(keys: list[str] | None) -> str:
    return keys.pop(0) if keys else ""


def is_same(items: Sequence[Item], before: Sequence[Item]) -> bool:
    """Whether the lines say the very same. Lines of the release before have no keys."""
    return len(items) == len(before) and all(
        item == (old if old.key else replace(old, key=item.key))
        for item, old in zip(items, before, strict=True)
    )
