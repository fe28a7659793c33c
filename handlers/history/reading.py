"""Which day or month of the past a text names."""

import re
from datetime import date, timedelta

from handlers.text import folded
from handlers.understand import day_named

_AHEAD = re.compile(r"\b(besok|bsk|besuk|lusa|tomorrow)\b")
_A_YEAR = re.compile(r"\b\d{4}\b")
_MONTH = re.compile(r"[a-z]+(?: \d{4})?")


def day_in(text: str, *, month: date, today: date) -> date | None:
    """Return the day that a text names: "12" of the month shown, "12 Juni", "kemarin", "Senin" (the last one)."""
    plain = folded(text)
    if re.fullmatch(r"(tanggal |tgl |no )?\d{1,2}", plain):
        return _of_month(month, int(plain.split()[-1]))
    found = day_named(plain, today=today)
    if found is None or found <= today or _AHEAD.search(plain):
        return found
    if not re.search(r"\d", plain):
        return found - timedelta(days=7)
    return found if _A_YEAR.search(plain) else _a_year_before(found)


def month_in(text: str, *, today: date) -> date | None:
    """Return the first day of the month that a text names: "Mei", "riwayat Mei 2020"."""
    for words in _MONTH.findall(folded(text)):
        found = day_named(f"1 {words}", today=today)
        if found is not None and found.day == 1:
            return found if found <= today or _A_YEAR.search(words) else _a_year_before(found)
    return None


def _of_month(month: date, number: int) -> date | None:
    try:
        return month.replace(day=number)
    except ValueError:
        return None


def _a_year_before(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return None
