"""The rules at hand: every circular and calendar that this installation ships, and the circulars it was given since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from policy.calendar import AgencyCalendar
from policy.calendar_loader import shipped_calendar
from policy.loader import shipped
from policy.model import Circular

FROM_THE_START = "permenpanrb-4-2025"  # what a new agency goes by until it decides otherwise


@dataclass(frozen=True)
class Book:
    """Circulars by id, and calendars by name; which of them bind whom is the agency's data.

    `added` holds what the agency added and somebody asked for: their texts never change, so once read they stay.
    """

    circulars: Mapping[str, Circular]
    calendars: Mapping[str, AgencyCalendar]
    added: dict[str, Circular] = field(default_factory=dict, compare=False)

    @classmethod
    def shipped(cls) -> "Book":
        """Return what the release ships. Raises LoaderError, with file and line, if a file is wrong."""
        return cls(circulars=shipped(), calendars={"default": shipped_calendar("default")})

    def circular(self, circular_id: str) -> Circular | None:
        """The circular with this id, shipped or added and read; None for any other."""
        return self.circulars.get(circular_id) or self.added.get(circular_id)


def oldest_first(circulars: Iterable[Circular]) -> tuple[Circular, ...]:
    """The order in which circulars are looked at and named, whoever asks; not stated when signed: before all."""
    return tuple(sorted(circulars, key=lambda each: (each.signed or date.min, each.id)))
