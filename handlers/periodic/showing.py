"""A periodic report as the parameters of its message: to the head with everybody in it, to the PyB as it was sent."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from db.periodic_reports.lines import Line
from db.periodic_reports.reports import Report
from db.periodic_reports.said import about, days_of, last_answer_day
from handlers.periodic.service import Opened
from handlers.update import Look, Say

ROWS = 5  # people a page: with their answers it stays one message on most platforms


def pages_of(opened: Opened) -> int:
    """Return on how many pages the report is shown, at least one."""
    return max(1, -(-len(_shown(opened)) // ROWS))


def report_say(opened: Opened, *, page: int, timezone: str) -> Say:
    """Return a page of the report, to be followed by what can be done; after the last page comes the first.

    It carries no choices itself: a message with choices must be short on the narrower platform.
    """
    params = _params(opened, page=page, timezone=timezone)
    return Say(message="periodic/report", params=params, look=Look.BUTTONS)


def _params(opened: Opened, *, page: int, timezone: str) -> dict[str, Any]:
    report, lines, pages = opened.report, _shown(opened), pages_of(opened)
    first = page % pages * ROWS
    return {
        **about(report, opened.unit),
        "state": report.state.value,
        "until": last_answer_day(report, timezone),
        "timezone": timezone,
        "recap": _recap(report),
        "rule": report.rule.as_data(),
        "rows": [_row(place, line) for place, line in enumerate(lines[first : first + ROWS], first + 1)],
        "count": len(lines),
        "page": page % pages + 1,
        "pages": pages,
        "reasons": [] if opened.is_heads else opened.reasons,
        "note": report.content.note,
        "remarks": [{"by": each.by, "text": each.text} for each in report.content.remarks],
        "sent": _sent(report),
        "received": report.received_at and report.received_at.isoformat(),
    }


def _shown(opened: Opened) -> list[Line]:
    return opened.standing if opened.is_heads else opened.named


def _recap(report: Report) -> Mapping[str, Any]:
    figures = report.content.figures
    return {
        "people": figures.people,
        "places": [{"place": place, "days": days} for place, days in sorted(figures.places.items())],
        "tallies": [{"kind": kind, **asdict(tally)} for kind, tally in figures.tallies.items()],
        "as_of": figures.as_of.isoformat(),
    }


def _row(number: int, line: Line) -> dict[str, Any]:
    return {
        "number": number,
        "name": line.name,
        "days": days_of(line),
        "answer": line.answer,
        "no_chance": line.no_chance,
        "left_out": line.left_out,
    }


def _sent(report: Report) -> dict[str, Any] | None:
    signature = report.content.signature
    if signature is None or report.sent_at is None:
        return None
    return {"by": signature.name, "capacity": signature.capacity, "at": report.sent_at.isoformat()}
