"""The rules at hand: every circular and calendar that this installation ships, ready to be switched on."""

from collections.abc import Mapping
from dataclasses import dataclass

from policy.calendar import AgencyCalendar
from policy.calendar_loader import shipped_calendar
from policy.loader import shipped
from policy.model import Circular


@dataclass(frozen=True)
class Book:
    """Circulars by id, and calendars by name; which of them bind whom is the agency's data."""

    circulars: Mapping[str, Circular]
    calendars: Mapping[str, AgencyCalendar]

    @classmethod
    def shipped(cls) -> "Book":
        """Return what the release ships. Raises LoaderError, with file and line, if a file is wrong."""
        return cls(circulars=shipped(), calendars={"default": shipped_calendar("default")})
