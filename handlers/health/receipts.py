"""What a person gets back for a health report: the receipt with its code and time, and what came of undoing it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from db.health import HealthReport
from handlers.health.follow_up import Followed
from handlers.health.service import Outcome
from handlers.health.undoing import UNDO, Refusal, Undone
from handlers.update import Choice, Look, Say
from policy.card import headline


def receipt(day: date, timezone: str, outcome: Outcome, *, timely: Mapping[str, Any] | None) -> Say:
    """Return the receipt of a report: what was stored, what follows, and that it can be changed or undone.

    `timely`: whether it came in time (handlers.timeliness), if it was owed.
    """
    saved, assessment, followed = outcome.saved, outcome.assessment, outcome.followed
    params: dict[str, Any] = {
        "day": day.isoformat(),
        "code": saved.code,
        "at": outcome.at.isoformat(),
        "timezone": timezone,
    }
    if saved.already:
        return _say("health/already", params, _change(day))
    params |= {
        "replaced": saved.version > 1,
        "risk": assessment.risk and assessment.risk.value,
        "may_enter": assessment.may_enter_office,
        "verdict": headline(outcome.verdict) if outcome.verdict else None,
        "case": case_of(followed),
        "undo_until": (outcome.at + UNDO).isoformat(),
        "timely": timely,
    }
    undo = Choice(value="undo", label="undo", opens="health:undo", args={"report": saved.id})
    return _say("health/saved", params, _change(day), undo)


def undone(outcome: Undone, *, at: datetime, timezone: str) -> Say:
    """Return what the person hears of a report taken back; nothing of its answers."""
    standing = outcome.standing
    return _say(
        "health/undone",
        {
            "day": outcome.report.on.isoformat(),
            "code": outcome.report.code,
            "at": at.isoformat(),
            "timezone": timezone,
            "standing": standing.code if standing else None,
            "case": outcome.case_code,
            "verdict": headline(outcome.verdict) if outcome.verdict else None,
        },
    )


def not_undone(refusal: Refusal, report: HealthReport, *, today: date) -> Say:
    """Return why it stands, and how to change it while its day lasts."""
    params = {
        "why": refusal.value,
        "code": report.code,
        "minutes": int(UNDO.total_seconds()) // 60,
        "is_today": report.on == today,
    }
    can_change = refusal is Refusal.LATE and report.on == today
    return _say("health/not_undone", params, *((_change(report.on),) if can_change else ()))


def case_of(followed: Followed | None) -> dict[str, Any] | None:
    """Return what the person hears of their open case."""
    if followed is None:
        return None
    until = followed.case.until
    return {
        "code": followed.case.code,
        "until": until and until.isoformat(),
        "is_new": followed.is_new,
        "is_told": bool(followed.told),
    }


def _change(day: date) -> Choice:
    return Choice(value="change", label="change", opens="health:change", args={"day": day.isoformat()})


def _say(message: str, params: dict[str, Any], *choices: Choice) -> Say:
    return Say(message=message, params=params, choices=choices, look=Look.BUTTONS)
