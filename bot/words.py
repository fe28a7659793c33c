"""Dates, times, numbers and lists in the words of a language. Dates and times come as ISO strings."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list

from policy.nip import grouped

DATE_SHAPES = {
    "full": "EEEE, d MMMM y",
    "long": "d MMMM y",
    "short": "EEE, d MMM",
    "day": "EEEE",
    "month": "LLLL y",
    "cell": "EEE d",
    "weekday": "EEE",
}
_CLOCK_SIGN = {"id": "."}  # Indonesian writes 06.45
_OFFICIAL_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
_JOINT = "\u2060"  # shows nothing, but no platform makes a link across it
_LETTERED = re.compile(r"(\d+) (\([a-z]\))")
_LINK_JOINTS = re.compile(r"(?<=\w)\.(?=\w)|@(?=\w)|:(?=//)|(?<!\w)/(?=\w)")


def worded_date(value: str, timezone: str = "", shape: str = "full", *, locale: str) -> str:
    """Return "Senin, 15 Juni 2020" for a date, or for a moment as it is in `timezone`."""
    day = _moment(value, timezone).date() if "T" in value or " " in value else date.fromisoformat(value)
    return _dated(day, shape, locale)


@lru_cache(maxsize=512)  # a morning's messages all name the same few days
def _dated(day: date, shape: str, locale: str) -> str:
    return format_date(day, DATE_SHAPES[shape], locale=locale)


def worded_time(value: str, timezone: str = "", *, locale: str) -> str:
    """Return "06.45" for a time of day, or for a moment as it is in `timezone`."""
    is_moment = "T" in value or " " in value
    clock = _moment(value, timezone).time() if is_moment else time.fromisoformat(value)
    return f"{clock:%H}{_CLOCK_SIGN.get(locale, ':')}{clock:%M}"


def zone_name(timezone: str, on: str = "2020-01-01") -> str:
    """Return WIB, WITA or WIT, or for a zone elsewhere its distance from UTC."""
    offset = datetime.fromisoformat(on).replace(tzinfo=ZoneInfo(timezone)).utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else 0.0
    return _OFFICIAL_ZONES.get(int(hours), f"UTC{hours:+g}") if hours == int(hours) else f"UTC{hours:+g}"


def worded_nip(value: str) -> str:
    """Return a NIP in its usual groups."""
    return grouped(value) if len(value) == 18 else value


def worded_paragraph(value: str, *, locale: str) -> str:
    """Return "angka 1 huruf (a)" for "1 (a)", as Indonesian offices cite; elsewhere "paragraph 1 (a)"."""
    if locale != "id":
        return f"{'paragraph' if value[:1].isdigit() else 'part'} {value}"
    if lettered := _LETTERED.fullmatch(value):
        return f"angka {lettered[1]} huruf {lettered[2]}"
    return f"{'angka' if value[:1].isdigit() else 'bagian'} {value}"


def listed(values: Iterable[object], *, locale: str) -> str:
    """Return "a, b, dan c"."""
    return format_list([str(value) for value in values], locale=locale)


def link_free(value: object) -> str:
    """Return what a person wrote so that no platform makes an address, a mention or a command of it."""
    return _LINK_JOINTS.sub(lambda match: match[0] + _JOINT, str(value))


def _moment(value: str, timezone: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment.astimezone(ZoneInfo(timezone)) if timezone else moment
