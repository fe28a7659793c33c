"""Which days somebody means: "besok", "22-24 Juni", "dinas luar 3 hari", "Jumat s.d. Senin". Reads; decides nothing."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from handlers.text import folded
from handlers.understand import DAY_WORDS, MONTHS, WEEKDAYS
from policy.model import Part


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days as they were meant: to `last`, or for a `count` of `unit` (days: those that are worked)."""

    first: date
    last: date | None = None
    count: int = 0
    unit: str = ""  # day, week, month


@dataclass(frozen=True)
class NoSuchDay:
    """What was written as a date is in no calendar, such as 31 June."""

    written: str


@dataclass(frozen=True)
class _Day:
    """A day as it was written: any part of the date may be left to the words around it."""

    day: int = 0
    month: int = 0
    year: int = 0
    weekday: int = -1
    weeks: int = 0  # "Senin depan": 1
    is_fixed: date | None = None
    is_week: bool = False  # "minggu depan": from its Monday on
    at: str = ""


_UNITS = {"hari": "day", "day": "day", "minggu": "week", "pekan": "week", "week": "week"} | {
    "bulan": "month",
    "month": "month",
}
_TO = r"(?:-|s/d|s\.? ?d\.?|sd|sampai(?: dengan)?|hingga|until|till|to)"
_TOKEN = re.compile(
    r"(?P<iso>\b\d{4}-\d{2}-\d{2}\b)"
    r"|\b(?P<dd>\d{1,2})-(?P<dm>\d{1,2})-(?P<dy>\d{4})\b"
    rf"|\b(?P<day>\d{{1,2}}) ?(?P<month>{'|'.join(MONTHS)})\b(?: (?P<year>\d{{4}})\b)?"
    r"|\b(?P<sd>\d{1,2})[/.](?P<sm>\d{1,2})(?:[/.](?P<sy>\d{4}))?\b"
    r"|\b(?P<count>\d{1,3}) ?(?P<unit>hari|minggu|pekan|bulan|days?|weeks?|months?)\b"
    rf"|\b(?P<word>{'|'.join(DAY_WORDS)})\b"
    r"|(?<!hari )\b(?P<week>(?:minggu|pekan) depan|next week)\b"
    rf"|\b(?P<weekday>{'|'.join(WEEKDAYS)})\b(?: (?:minggu |pekan )?(?P<which>depan|lalu|ini)\b)?"
    rf"|(?P<to>(?<!\w){_TO}(?!\w)|(?<=\d)-(?=\d))"
    r"|\b(?:tgl|tanggal) ?(?P<named>\d{1,2})\b"
    r"|\b(?P<listed>\d{1,2})(?= ?(?:,|dan|and) ?\d)"
    r"|\b(?P<bare>\d{1,2})\b"
)
_THIS = re.compile(r"\b(?:pagi|siang|sore|malam) ini\b|\bthis (?:morning|afternoon)\b")
_CLOCK = re.compile(r"\b(?:jam|pukul) ?\d{1,2}(?:[.:]\d{2})?")
_GREETING = re.compile(
    r"^(?:selamat )?(?:pagi|siang|sore|malam)\b(?! saja| ini)|\bselamat (?:pagi|siang|sore)\b"
)
_MORNING = re.compile(r"\b(?:pagi|morning)\b")
_AFTERNOON = re.compile(r"\b(?:siang|sore|afternoon)\b")
_HALF = re.compile(r"\b(?:setengah|half a?|separuh) ?(?:hari|day)\b")


def span_named(text: str, *, today: date) -> Span | NoSuchDay | None:
    """Return the days that a text names; None when it names none, or several that do not follow each other."""
    found = list(_TOKEN.finditer(_THIS.sub("hari ini", _readable(text))))
    kinds = [_kind(match) for match in found]
    days = [_day(match, today) for match in found]
    for number, kind in enumerate(kinds):
        if kind == "to" and _is_day(kinds, number + 1):
            first = days[number - 1] if number and _is_day(kinds, number - 1) else None
            return _range(first, days[number + 1], today)
    meant = [day for day, kind in zip(days, kinds, strict=True) if kind == "day" and day is not None]
    counts = [match for match, kind in zip(found, kinds, strict=True) if kind == "count"]
    return _plain(meant, counts, today)


def part_named(text: str) -> tuple[Part | None, bool]:
    """Return the half of the day that a text names, and whether it speaks of half a day at all."""
    plain = _GREETING.sub("", _readable(text))
    is_morning, is_afternoon = bool(_MORNING.search(plain)), bool(_AFTERNOON.search(plain))
    if is_morning != is_afternoon:
        return (Part.MORNING if is_morning else Part.AFTERNOON), True
    return None, bool(_HALF.search(plain))


def _readable(text: str) -> str:
    plain = re.sub("[\u2013\u2014]", "-", text.casefold()).replace("\u00bd", "setengah")
    plain = re.sub(r"\b1/2(?= ?hari)", "setengah", plain)
    return _CLOCK.sub(" ", folded(plain))


def _kind(match: re.Match[str]) -> str:
    if match["to"]:
        return "to"
    if match["count"]:
        return "count"
    return "bare" if match["bare"] else "day"


def _is_day(kinds: list[str], number: int) -> bool:
    return number < len(kinds) and kinds[number] in ("day", "bare")


def _day(match: re.Match[str], today: date) -> _Day | None:
    at = match[0]
    if match["iso"]:
        year, month, day = (int(each) for each in at.split("-"))
        return _Day(day=day, month=month, year=year, at=at)
    for day_, month_, year_ in (("dd", "dm", "dy"), ("day", "month", "year"), ("sd", "sm", "sy")):
        if match[day_]:
            month = MONTHS.get(match[month_]) or int(match[month_])
            return _Day(day=int(match[day_]), month=month, year=int(match[year_] or 0), at=at)
    if match["word"]:
        return _Day(is_fixed=today + timedelta(days=DAY_WORDS[match["word"]]), at=at)
    if match["week"]:
        return _Day(is_fixed=today + timedelta(days=7 - today.weekday()), is_week=True, at=at)
    if match["weekday"]:
        weeks = {"depan": 1, "lalu": -1}.get(match["which"] or "", 0)
        return _Day(weekday=WEEKDAYS[match["weekday"]], weeks=weeks, at=at)
    if number := match["named"] or match["listed"] or match["bare"]:
        return _Day(day=int(number), at=at)
    return None


def _range(first: _Day | None, last: _Day | None, today: date) -> Span | NoSuchDay | None:
    """Return the days from one to the other; each may take its month and year from the other."""
    if last is None:
        return None
    if first is None:
        end = _resolved(last, since=today)
        return Span(first=today, last=end) if isinstance(end, date) else end
    if first.day and not first.month and last.month:  # "22-24 Juni"
        first = _before(first, last)
    if last.year and not first.year and first.month:  # "30 Des - 2 Jan 2021"
        first = replace(first, year=last.year - (first.month > last.month))
    start = _resolved(first, since=today, is_past_possible=True)
    if not isinstance(start, date):
        return start
    if last.day and not last.month:
        last = replace(last, month=start.month, year=start.year)
    end = _resolved(last, since=start)
    return Span(first=start, last=end) if isinstance(end, date) else end


def _before(day: _Day, other: _Day) -> _Day:
    """Return a bare day with the month of the date after it, or the month before: "30 - 2 Juli"."""
    if day.day <= other.day:
        return replace(day, month=other.month, year=other.year)
    return replace(day, month=other.month - 1 or 12, year=other.year and other.year - (other.month == 1))


def _plain(days: list[_Day], counts: list[re.Match[str]], today: date) -> Span | NoSuchDay | None:
    """Return the days of a text without "to": one, several that follow each other, or a number of days."""
    dated = next((day for day in days if day.month), None)
    whole = [_before(day, dated) if dated and day.day and not day.month else day for day in days]
    resolved = [_resolved(day, since=today, is_past_possible=True) for day in whole]
    for each in resolved:
        if not isinstance(each, date):
            return each
    known = sorted({each for each in resolved if isinstance(each, date)})
    if counts:
        unit = _UNITS[counts[0]["unit"].rstrip("s")]
        count = int(counts[0]["count"])
        is_clear = len(counts) == 1 and len(known) <= 1 and count > 0
        return Span(first=known[0] if known else today, count=count, unit=unit) if is_clear else None
    if len(known) == 1 and any(day.is_week for day in days):
        return Span(first=known[0], count=1, unit="week")
    if not known or any((later - one).days != 1 for one, later in pairwise(known)):
        return None
    return Span(first=known[0], last=known[-1])


def _resolved(day: _Day, *, since: date, is_past_possible: bool = False) -> date | NoSuchDay:
    """Return the date that is meant: without a year the nearest one, or for an end the next one."""
    if day.is_fixed is not None:
        return day.is_fixed
    if day.weekday >= 0:
        if day.weeks:
            return since + timedelta(days=day.weekday - since.weekday() + 7 * day.weeks)
        return since + timedelta(days=(day.weekday - since.weekday()) % 7)
    possible = [each for each in _dates(day, since) if is_past_possible or day.year or each >= since]
    if not possible:
        return NoSuchDay(day.at)
    return min(possible, key=lambda each: abs((each - since).days))


def _dates(day: _Day, since: date) -> list[date]:
    if not day.month:  # "tanggal 22": this month's, or the next that has one
        months = [
            (since.year + (since.month + ahead - 1) // 12, (since.month + ahead - 1) % 12 + 1)
            for ahead in range(3)
        ]
        found = [each for year, month in months if (each := _real(year, month, day.day))]
        return [each for each in found if each >= since]
    years = (day.year,) if day.year else (since.year - 1, since.year, since.year + 1)
    return [each for year in years if (each := _real(year, day.month, day.day))]


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
