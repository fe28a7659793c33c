"""An agency's calendar: which days are worked, at what hours, and in which of Indonesia's zones."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from policy.words import CalendarDay, DayKind, Hours

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
WEEK = timedelta(days=7)
Week = Mapping[int, Hours]  # Monday is 0; a day without hours is not worked


class UnknownZoneError(ValueError):
    """A time zone that Piket does not know, named in a sentence."""


def zone_named(name: str) -> ZoneInfo:
    """The zone of WIB, WITA or WIT, or of a name such as Asia/Jakarta. Raises UnknownZoneError."""
    wanted = ZONES.get(name.strip().upper(), name.strip())
    try:
        return ZoneInfo(wanted)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        known = ", ".join(f"{short} ({long})" for short, long in ZONES.items())
        raise UnknownZoneError(
            f"`{name}` is not a time zone that Piket knows. Use one of {known}."
        ) from problem


def monday_of(day: date) -> date:
    """The Monday of the week in which that day lies."""
    return day - timedelta(days=day.weekday())


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The date on the wall in that zone. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no local date.")
    return moment.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that the agency's calendar names itself; WORKING makes a holiday or a weekend a working day."""

    on: date
    kind: DayKind
    name: str
    checked_on: date | None = None  # None: from memory, not compared with any source


@dataclass(frozen=True, slots=True)
class Season:
    """Days with hours of their own, such as Ramadan; both ends included."""

    name: str
    start: date
    end: date
    week: Week


@dataclass(frozen=True, slots=True)
class AgencyCalendar:
    """Working days and hours of an agency; its own days win over the public holidays."""

    id: str
    week: Week
    seasons: tuple[Season, ...] = ()
    season_weeks: Mapping[str, Week] = field(
        default_factory=dict
    )  # what a season's hours are, once it has dates
    days: Mapping[date, SpecialDay] = field(default_factory=dict)
    has_public_holidays: bool = True

    def day(self, on: date) -> CalendarDay:
        """What that day is, with its hours if it is worked."""
        season = self._season(on)
        week = season.week if season else self.week
        hours = week.get(on.weekday())
        name = season.name if season else None
        special = self.days.get(on)
        if special is not None:
            worked = special.kind is DayKind.WORKING
            worked_hours = (hours or next(iter(week.values()), None)) if worked else None
            return CalendarDay(on, special.kind, special.name, worked_hours, special.checked_on, name)
        if hours is None:
            return CalendarDay(on, DayKind.WEEKEND)
        if self.has_public_holidays and on in public_holidays(on.year):
            return CalendarDay(on, DayKind.HOLIDAY, public_holidays(on.year)[on])
        return CalendarDay(on, DayKind.WORKING, hours=hours, season=name)

    def with_days(self, *days: SpecialDay) -> "AgencyCalendar":
        """The same calendar with these days laid over it; the last one of a date wins."""
        return replace(self, days={**self.days, **{day.on: day for day in days}})

    def in_season(self, name: str, start: date, end: date) -> "AgencyCalendar":
        """The same calendar with a season on these days, the last included; one whose hours it does not know changes
        nothing."""
        week = self.season_weeks.get(name)
        if week is None:
            return self
        return replace(self, seasons=(Season(name, start, end, week), *self.seasons))

    def next_working_day(self, after: date) -> CalendarDay:
        """The first working day after that date. Raises ValueError if a whole year has none."""
        for step in range(1, 367):
            found = self.day(after + timedelta(days=step))
            if found.is_working:
                return found
        raise ValueError(f"The calendar `{self.id}` has no working day in the year after {after}.")

    def _season(self, on: date) -> Season | None:
        return next((each for each in self.seasons if each.start <= on <= each.end), None)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> Mapping[date, str]:
    """Indonesia's public holidays by the `holidays` library: a start, which the agency's own days correct.

    Joint leave (cuti bersama) is not in it: that is a yearly decree, and the agency's data.
    """
    return dict(holidays.country_holidays("ID", years=year, language="id"))
