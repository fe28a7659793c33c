"""What messages about a periodic report say of it, as their parameters, whoever is told and by whatever."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db.periodic_reports.lines import Line
from db.periodic_reports.reports import Report
from db.units import Unit

ARRIVED, SETTLED = "periodic/arrived", "periodic/settled"


def about(report: Report, unit: Unit) -> dict[str, Any]:
    """Return what every message about a report says."""
    return {
        "number": report.number,
        "unit": unit.name,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
    }


def days_of(line: Line) -> list[dict[str, Any]]:
    """Return the days of somebody in a report, with what was missed on each."""
    return [{"day": day.on.isoformat(), "kinds": [kind.value for kind in day.kinds]} for day in line.days]


def last_answer_day(report: Report, timezone: str) -> str:
    """Return the last day on which those who are named are promised to be heard, as a date of that zone."""
    last = report.answers_until - timedelta(microseconds=1)
    return last.astimezone(ZoneInfo(timezone)).date().isoformat()


def once_arrived(report: Report) -> str:
    """The key under which each authorised official hears once that a report is there."""
    return f"periodic_arrived:{report.id}"


def once_settled(line: Line) -> str:
    """The key under which somebody hears once that they are not named any more."""
    return f"periodic_settled:{line.id}"
