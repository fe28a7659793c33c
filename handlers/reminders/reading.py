"""Typed quiet hours: "20.30-06.00", "21 sampai 5", "tanpa"."""

import re
from datetime import time, timedelta

from handlers.text import folded
from policy.reminder_stages import Quiet

LONGEST = timedelta(hours=14)
NEVER = Quiet(time(0), time(0))
_CLOCK = r"(\d{1,2})(?: ?[.:] ?(\d{2}))?"
_HOURS = re.compile(
    rf"(?:jam |pukul )?{_CLOCK} ?(?:-|sampai|hingga|s ?/? ?d|to|until) ?(?:jam |pukul )?{_CLOCK}"
)
_NONE = frozenset({"tanpa", "tanpa jam tenang", "tidak ada", "tidak perlu", "none", "no quiet hours"})


def quiet_named(text: str) -> Quiet | None:
    """Return the quiet hours that a text names, or None if it names none."""
    plain = folded(text.replace("–", "-"))
    if plain in _NONE:
        return NEVER
    found = _HOURS.fullmatch(plain)
    if found is None:
        return None
    since, until = _clock(found[1], found[2]), _clock(found[3], found[4])
    return Quiet(since, until) if since is not None and until is not None else None


def lasts(quiet: Quiet) -> timedelta:
    """Return how long quiet hours last."""
    minutes = (quiet.until.hour - quiet.since.hour) * 60 + quiet.until.minute - quiet.since.minute
    return timedelta(minutes=minutes % (24 * 60))


def _clock(hours: str, minutes: str | None) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
