"""What a plan or output form holds between two answers: the lines so far, and those that can be ticked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.items import item_in, item_out
from db.reports import Item, Kind
from handlers.flow import Context


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form as it stands. Numbers begin with 1, as people see them."""

    kind: Kind
    day: date
    items: tuple[Item, ...] = ()  # what saving would store
    offered: tuple[Item, ...] = ()  # what can be ticked to be among them
    ticked: tuple[int, ...] | None = None  # None: as it was offered
    moved: tuple[tuple[Item, date], ...] = ()  # lines of a plan that go to another day
    source: str | None = None  # the message that the typed lines stand in
    at: int = 0  # the line that is being changed
    is_changed: bool = False  # an untouched form leaves nothing behind (I17)

    @property
    def ticks(self) -> tuple[int, ...]:
        """The numbers that are ticked: of a plan at first what is still to do, of an output nothing."""
        if self.ticked is not None:
            return self.ticked
        usual = (number for number, item in enumerate(self.offered, 1) if item.key or item.task_id)
        return tuple(usual) if self.kind == "plan" else ()

    @property
    def line(self) -> Item:
        """The line that is being changed."""
        return self.items[self.at - 1]

    def begun_with(self, words: Sequence[Item], *, source: str | None) -> "Form":
        """Return the form with words that came before it at the top of what can be ticked, ticked already."""
        if not words:
            return self
        ticked = (*range(1, len(words) + 1), *(len(words) + number for number in self.ticks))
        return replace(self, offered=(*words, *self.offered), ticked=ticked, source=source)

    def with_ticked(self, typed: Sequence[Item] = ()) -> "Form":
        """Return the form with what is ticked among its lines, and what was typed; to type an offered line ticks it."""
        named = {item.activity: number for number, item in enumerate(self.offered, 1)}
        ticks = {*self.ticks, *(named[item.activity] for item in typed if item.activity in named)}
        new = (item for item in typed if item.activity not in named)
        lines = (*(self.offered[number - 1] for number in sorted(ticks)), *new)
        return replace(self.with_items(lines), offered=(), ticked=None)

    def with_items(self, more: Iterable[Item]) -> "Form":
        """Return the form with more lines; those that it has already are not doubled."""
        had = {item.activity for item in self.items}
        added = (item for item in more if item.activity not in had)
        return replace(self, items=(*self.items, *added), is_changed=True)

    def with_line(self, item: Item | None) -> "Form":
        """Return the form with the current line changed, or without it."""
        changed = () if item is None else (item,)
        items = (*self.items[: self.at - 1], *changed, *self.items[self.at :])
        return replace(self, items=items, at=self.at if item else 0, is_changed=True)

    def retyped(self, given: Sequence[Item], *, source: str) -> "Form":
        """Return the form after the message was edited: its lines say the new words, those from elsewhere stay (I03).

        What else a line holds (its amount, its evidence) stays with it.
        """
        had = [item for item in self.items if item.typed_in == source]
        said = [replace(old, activity=item.activity) for old, item in zip(had, given, strict=False)]
        first = self.items.index(had[0]) if had else len(self.items)
        rest = (item for item in self.items[first:] if item.typed_in != source)
        lines = (*self.items[:first], *said, *given[len(had) :], *rest)
        return replace(self, items=lines, is_changed=True)

    def draft(self) -> dict[str, Any]:
        """Return the form as it is kept; names that begin with _ are what it was opened with."""
        return {
            "day": self.day.isoformat(),
            "items" if self.is_changed else "_items": [item_out(item) for item in self.items],
            "_offered": [item_out(item) for item in self.offered],
            "ticked": None if self.ticked is None else list(self.ticked),
            "moved": [[item_out(item), day.isoformat()] for item, day in self.moved],
            "_source": self.source,
            "_at": self.at,
        }


def form_of(ctx: Context, kind: Kind) -> Form:
    """Return the form that the conversation keeps."""
    kept: Mapping[str, Any] = ctx.draft
    ticked = kept.get("ticked")
    return Form(
        kind=kind,
        day=ctx.day,
        items=tuple(item_in(item) for item in kept.get("items", kept.get("_items", ()))),
        offered=tuple(item_in(item) for item in kept.get("_offered", ())),
        ticked=None if ticked is None else tuple(ticked),
        moved=tuple((item_in(item), date.fromisoformat(day)) for item, day in kept.get("moved", ())),
        source=kept.get("_source"),
        at=kept.get("_at", 0),
        is_changed="items" in kept,
    )
