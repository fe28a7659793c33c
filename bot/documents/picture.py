"""A month as the data of the calendar picture."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot.documents.plain import plain
from bot.documents.wording import Wording
from handlers.history.days import Day

FILLS = {
    "WFO": "office", "WFH": "home", "WFA": "home", "stay_out": "home", "field": "out", "travel": "out",
    "leave": "away", "permission": "away", "training": "away", "study": "away", "away": "away",
    "rest": "rest", "off": "rest", "undecided": "open", "unknown": "unknown",
}  # fmt: skip
_SIGNS = {"given": "✓", "approved": "✓✓", "returned": " ↺", "missing": " ×"}
_MONDAY = date(2020, 6, 15)


def calendar(
    days: Sequence[Day], *, name: str, today: date, now: datetime, wording: Wording
) -> dict[str, Any]:
    """Return the data of calendar.typ for the days of one month."""
    words, places = wording.list("words"), wording.list("places")
    cells: list[dict[str, Any] | None] = [None] * days[0].on.weekday()
    cells += [_cell(day, places[day.place] + (" ½" if day.half else ""), today) for day in days]
    cells += [None] * (-len(cells) % 7)
    return {
        "locale": wording.locale,
        "words": dict(words),
        "title": wording.date(days[0].on, "month"),
        "name": plain(name),
        "weekdays": [wording.date(_MONDAY + timedelta(days=number), "weekday") for number in range(7)],
        "weeks": [cells[start : start + 7] for start in range(0, len(cells), 7)],
        "letters": {"plan": words["calendar_plan"], "output": words["calendar_output"]},
        "signs": _SIGNS,
        "places": list(wording.list("fills").items()),
        "legend": list(wording.list("marks").items()),
        "as_of": wording.say("as_of", at=wording.moment(now, "full")),
    }


def _cell(day: Day, word: str, today: date) -> dict[str, Any]:
    return {
        "number": str(day.on.day),
        "fill": FILLS[day.place],
        "word": word,
        "plan": day.mark(day.plan).value,
        "output": day.mark(day.output).value,
        "is_today": day.on == today,
    }
