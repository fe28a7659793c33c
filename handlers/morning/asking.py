"""The morning's questions and the lines of its card, as the parameters of their messages."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.items import Item
from handlers.health.asking import FIT, rows
from handlers.morning import service
from handlers.morning.service import Standing
from handlers.update import Turn, ask
from handlers.workday import service as workday_service
from handlers.workday.service import TooMuch


def health_line(draft: Mapping[str, Any], owed: Standing) -> dict[str, Any] | None:
    """Return what the card says of health; None where the agency does not ask."""
    if owed.health_mode == "off":
        return None
    if not owed.owes_health:
        return {"code": owed.health_code, "yes": [], "fit": None, "like": None}
    return {"code": None, "yes": draft["yes"], "fit": draft["fit"], "like": draft["health_from"]}


def plan_line(draft: Mapping[str, Any], owed: Standing) -> dict[str, Any]:
    """Return what the card says of the plan: what is stored, or else what the draft holds."""
    if owed.plan is not None:
        return {"code": owed.plan.code, "lines": _worded(owed.plan.items), "like": None}
    return {"code": None, "lines": _worded(service.items_of(draft)), "like": draft["plan_from"]}


def _worded(items: Sequence[Item]) -> list[dict[str, Any]]:
    return [{"activity": item.activity, "is_task": bool(item.task_id)} for item in items]


def ask_health(draft: Mapping[str, Any], owed: Standing) -> Turn:
    """Ask for health in the agency's own form."""
    if owed.health_mode == "kmk328":
        return ask_questions(draft)
    return ask("health/fit", step="fitness", choices=FIT, draft=draft, day=draft["day"], code=None)


def ask_questions(draft: Mapping[str, Any]) -> Turn:
    """Ask the six questions, with what is ticked so far."""
    yes = draft["yes"] or []
    return ask(
        "health/questions",
        step="questions",
        choices=rows(ticked=yes),
        draft=draft,
        day=draft["day"],
        yes=list(yes),
        code=None,
        same_as=None,
    )


def ask_plan(draft: Mapping[str, Any]) -> Turn:
    """Ask for the plan's lines, with those that stand there now."""
    items = _worded(service.items_of(draft))
    most = workday_service.MOST_ITEMS
    return ask("morning/plan", step="plan", draft=draft, day=draft["day"], items=items, most=most)


def beyond_limits(beyond: TooMuch) -> dict[str, Any]:
    """Return what is too much, beside what is allowed."""
    long = [{"number": number, "chars": chars} for number, chars in beyond.long]
    limits = {"most_items": workday_service.MOST_ITEMS, "most_chars": workday_service.MOST_CHARS}
    return {"count": beyond.count, "long": long, **limits}
