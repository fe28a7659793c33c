"""What the health role reads: the list of open cases, one case with its history; as parameters of messages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from db import cases, health
from db.cases import Event, Kind
from db.cases_waiting import Waiting
from handlers.cases.service import Found
from handlers.flow import Context
from handlers.judging import today

PAGE = 7  # rows of people; with Next and Menu a list stays within WhatsApp's ten
_MOST_EVENTS = 8


def lines(waiting: Sequence[Waiting], *, on: date) -> list[dict[str, Any]]:
    """Return a line for each open case of a page."""
    return [
        {
            "name": each.name,
            "since": each.since.isoformat(),
            "until": each.until and each.until.isoformat(),
            "is_over": each.until is not None and each.until < on,
            "contacted_at": each.contacted_at and each.contacted_at.isoformat(),
        }
        for each in waiting
    ]


async def card(ctx: Context, found: Found) -> dict[str, Any]:
    """Return the parameters of `cases/case`: who, since when, what was answered in short, and what happened."""
    case, person = found.case, found.person
    report = await health.by_id(ctx.db, ctx.seal, person_id=person.id, report_id=case.report_id)
    happened = await cases.events(ctx.db, ctx.seal, case_id=case.id)
    risk = report.assessment.risk if report else None
    return {
        "name": person.name,
        "unit": person.unit_name,
        "phone": person.phone,
        "code": case.code,
        "since": case.since.isoformat(),
        "until": case.until and case.until.isoformat(),
        "is_over": case.until is not None and case.until < today(ctx),
        "risk": risk and risk.value,
        "yes": [number for number in (5, 6) if report and number in report.answers["yes"]],
        "events": [_event(each) for each in happened[-_MOST_EVENTS:]],
        "earlier": max(0, len(happened) - _MOST_EVENTS),
        "timezone": ctx.me.timezone,
    }


def _event(event: Event) -> dict[str, Any]:
    is_report = event.kind is Kind.REPORTED
    return {
        "at": event.at.isoformat(),
        "kind": event.kind.value,
        "by": event.by_name or "",
        "until": event.until and event.until.isoformat(),
        "said": event.note.partition(":")[2] or event.note if is_report else "",
        "note": "" if is_report else event.note,
    }
