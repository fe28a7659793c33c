"""What the morning holds: what is owed and not sent yet, what may be sent as yesterday, and sending it all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db import health, reports
from db.items import Item, item_in, item_out
from handlers import menu
from handlers.flow import Context
from handlers.health import service as health_service
from handlers.health.undoing import UNDO
from handlers.workday import service as workday_service


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What of the morning is stored already. A code is None where nothing is; health may be off."""

    health_mode: str
    health_code: str | None
    plan: reports.Report | None
    health_undo: str = ""  # key of the health report while it can still be taken back

    @property
    def owes_health(self) -> bool:
        return self.health_mode != "off" and self.health_code is None

    @property
    def owes_plan(self) -> bool:
        return self.plan is None

    @property
    def is_complete(self) -> bool:
        return not (self.owes_health or self.owes_plan)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What became of it: None for what was there already."""

    health: health_service.Outcome | None
    plan: workday_service.Outcome | None
    count: int  # of the plan's lines


async def standing(ctx: Context, *, day: date) -> Standing:
    """Return what is stored for that day by now."""
    mode = await menu.health_mode(ctx)
    report = None
    if mode != "off":
        report = await health.latest(ctx.db, ctx.seal, person_id=ctx.me.id, on=day)
    plan = await reports.latest(ctx.db, person_id=ctx.me.id, on=day, kind="plan")
    return Standing(
        health_mode=mode,
        health_code=report.code if report else None,
        plan=plan,
        health_undo=report.id if report and ctx.sent_at - report.reported_at <= UNDO else "",
    )


async def as_before(ctx: Context, *, day: date) -> dict[str, Any]:
    """Return the draft of a morning like the last one; None stands for what must be asked."""
    before = await health_service.as_before(ctx, day=day)
    suggested = await workday_service.suggested_plan(ctx, day=day)
    return {
        "day": day.isoformat(),
        "yes": list(before.yes) if before else None,
        "fit": before.fit if before else None,
        "health_from": before.on.isoformat() if before else None,
        "items": [item_out(item) for item in suggested.items] or None,
        "plan_from": suggested.from_day.isoformat() if suggested.from_day else None,
    }


async def send(ctx: Context, *, day: date, draft: Mapping[str, Any], owed: Standing) -> Sent:
    """Store what is still owed, in the caller's transaction: all of it or nothing."""
    items = items_of(draft)
    return Sent(
        health=await _send_health(ctx, day=day, draft=draft) if owed.owes_health else None,
        plan=await _send_plan(ctx, day=day, items=items) if owed.owes_plan else None,
        count=len(items),
    )


def items_of(draft: Mapping[str, Any]) -> list[Item]:
    """Return the plan's lines in a draft."""
    return [item_in(each) for each in draft["items"] or ()]


async def _send_health(ctx: Context, *, day: date, draft: Mapping[str, Any]) -> health_service.Outcome:
    if draft["fit"] is not None:
        return await health_service.submit_fitness(ctx, day=day, is_fit=draft["fit"])
    return await health_service.submit_answers(ctx, day=day, yes=draft["yes"])


async def _send_plan(ctx: Context, *, day: date, items: Sequence[Item]) -> workday_service.Outcome:
    return await workday_service.submit(ctx, kind="plan", day=day, items=items, source_message=None)
