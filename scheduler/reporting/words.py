"""What is said of a periodic report by the clock: to who is named, to the head, to the level above, to the PyB."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from db import rights
from db.appointments import Power
from db.leading import Leading
from db.periodic_reports.lines import Line
from db.periodic_reports.reports import Report
from db.periodic_reports.said import (
    ARRIVED,
    SETTLED,
    about,
    days_of,
    last_answer_day,
    once_arrived,
    once_settled,
)
from db.roles import Role
from db.sending.outbox import Class
from db.units import Unit
from scheduler.telling import Word

KEPT = timedelta(days=14)
_FEW = 5  # upward, counts below it are not told apart (V04)


def to_named(report: Report, unit: Unit, line: Line, *, head: str, now: datetime) -> Word:
    """To somebody who is named: which days, by what rule, what it is and is not, whom to ask."""
    return _word(
        "periodic/named",
        {
            **about(report, unit),
            "days": days_of(line),
            "missed": report.rule.missed,
            "within": report.rule.within.value,
            "head": head,
        },
        once=f"periodic_named:{line.id}",
        now=now,
    )


def to_answer(report: Report, line: Line, *, timezone: str, now: datetime) -> Word:
    """To somebody who is named, right after: that they may answer, and until when."""
    return _word(
        "periodic/may_answer",
        {"number": report.number, "until": last_answer_day(report, timezone)},
        once=f"periodic_may_answer:{line.id}",
        opens="periodic_reply:start",
        label="answer",
        args={"line": line.id},
        now=now,
    )


def to_settled(report: Report, unit: Unit, line: Line, *, now: datetime) -> Word:
    """To somebody whose days were done late or excused since: they are not named any more."""
    return _word(SETTLED, about(report, unit), once=once_settled(line), now=now)


def to_head(report: Report, unit: Unit, *, named: int, answered: int, to: Leading, now: datetime) -> Word:
    """To who is to send it. `named` and `answered` count people."""
    return _word(
        "periodic/asked",
        {
            **about(report, unit),
            "named": named,
            "answered": answered,
            "times": report.count_of("asked"),
            "stands_in": not to.is_of_unit,
        },
        once=f"periodic_asked:{report.id}:{len(report.log)}",
        opens="periodic:open",
        label="board_report",
        args={"report": report.id},
        role_needed=rights.to_lead(to.unit_code, power=Power.REPORT),
        now=now,
    )


def to_above(report: Report, unit: Unit, *, named: int, since: date, role_needed: str, now: datetime) -> Word:
    """To the level above: that it was not sent, and a count; no name."""
    count = str(named) if named == 0 or named >= _FEW else f"<{_FEW}"
    return _word(
        "periodic/not_sent",
        {**about(report, unit), "named": count, "since": since.isoformat()},
        once=f"periodic_not_sent:{report.id}",
        role_needed=role_needed,
        now=now,
    )


def to_admins(report: Report, unit: Unit, *, missing: str, now: datetime) -> Word:
    """To the admins: that nobody can be asked or told. `missing`: head or pyb."""
    return _word(
        "periodic/nobody",
        {**about(report, unit), "missing": missing},
        once=f"periodic_nobody:{report.id}:{missing}",
        role_needed=rights.to_administer(unit.code),
        now=now,
    )


def to_receiver(report: Report, unit: Unit, *, named: int, now: datetime) -> Word:
    """To the authorised official: a report is there."""
    return _word(
        ARRIVED,
        {**about(report, unit), "named": named},
        once=once_arrived(report),
        opens="periodic_received:open",
        label="board_report",
        args={"report": report.id},
        role_needed=Role.PYB.value,
        now=now,
    )


def _word(
    message: str,
    params: Mapping[str, Any],
    *,
    once: str,
    now: datetime,
    opens: str = "",
    label: str = "",
    args: Mapping[str, Any] | None = None,
    role_needed: str | None = None,
) -> Word:
    return Word(
        message=message,
        params=params,
        once=once,
        urgency=Class.ALERT,
        expires_at=now + KEPT,
        opens=opens,
        label=label,
        args=args,
        role_needed=role_needed,
    )
