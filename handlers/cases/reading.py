"""A typed last day out of the office: "25 Juni", "Jumat", "25/6"; the next one of its name, also over the new year."""

import re
from datetime import date, timedelta

from handlers.understand import day_named

LONGEST = timedelta(days=92)  # further ahead it is a slip of the pen, or a matter of leave
_YEAR = re.compile(r"\d{4}")


def last_day(text: str, *, today: date) -> date | None:
    """Return the day from today on that a text names, or None if it names none within three months (T04)."""
    found = day_named(text, today=today)
    if found is not None and found < today and not _YEAR.search(text):
        found = _next_year(found)
    return found if found is not None and today <= found <= today + LONGEST else None


def _next_year(day: date) -> date | None:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return None
