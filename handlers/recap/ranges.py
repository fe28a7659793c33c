"""Which days a recap is to be of: "pekan ini", "bulan lalu", "Juni", "1-15 Juni". Never a day that is still to come."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.spans import NoSuchDay, span_named
from handlers.text import folded
from handlers.understand import MONTHS
from policy.calendar import WEEK, monday_of

MOST_DAYS = 366
_WEEK = re.compile(r"\b(?:minggu|pekan) (ini|lalu)\b|\b(this|last) week\b")
_MONTH = re.compile(r"\bbulan (ini|lalu)\b|\b(this|last) month\b")
_NAMED = re.compile(rf"(?<!\d )\b({'|'.join(MONTHS)})\b(?: (\d{{4}}))?")
_PAST = ("lalu", "last")


@dataclass(frozen=True, kw_only=True)
class Range:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def week(today: date, *, back: int = 0) -> Range:
    """Return this week until today, or a whole one before it."""
    monday = monday_of(today) - back * WEEK
    return Range(first=monday, last=min(today, monday + WEEK - timedelta(days=1)))


def month(year: int, number: int) -> Range:
    """Return a whole month."""
    first = date(year, number, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Range(first=first, last=after - timedelta(days=1))


def month_back(today: date, back: int) -> Range:
    """Return this month (0) or one before it."""
    year, number = divmod(today.year * 12 + today.month - 1 - back, 12)
    return month(year, number + 1)


def range_named(text: str, *, today: date) -> Range | None:
    """Return the days that a text names, until today at most; None when it names none, or only days to come."""
    found = _named(folded(text), today)
    if found is None or found.first > today:
        return None
    return Range(first=found.first, last=min(found.last, today))


def _named(plain: str, today: date) -> Range | None:
    if match := _WEEK.search(plain):
        return week(today, back=int((match[1] or match[2]) in _PAST))
    if match := _MONTH.search(plain):
        return month_back(today, int((match[1] or match[2]) in _PAST))
    if match := _NAMED.search(plain):
        return _whole_month(MONTHS[match[1]], match[2], today)
    span = span_named(plain, today=today)
    if span is None or isinstance(span, NoSuchDay) or span.unit:
        return None
    last = span.last or span.first
    return Range(first=span.first, last=last) if last >= span.first else None


def _whole_month(number: int, year: str | None, today: date) -> Range:
    """Return a month by its name: without a year the last one that has begun."""
    if year:
        return month(int(year), number)
    return month(today.year - (number > today.month), number)
