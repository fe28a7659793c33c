"""What an agency states of alerts: how long after a deadline the head is told, how often again, and who then."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from db import audit
from db.alerting import escalations
from db.engine import Tx
from db.units import Unit
from handlers.admin.finding import agency_named
from handlers.admin.refusal import AdminRefused
from policy.escalating import Escalation, EscalationError, levels_named


async def state(
    tx: Tx,
    *,
    agency_code: str,
    after: int | None,
    repeat: int | None,
    repeats: int | None,
    up: str | None,
    basis: str,
    valid_from: date,
    by: str,
    now: datetime,
) -> tuple[Unit, Escalation]:
    """Record what is given (minutes, times, levels such as "atasan,kepegawaian"), leave the rest. Raises AdminRefused.

    An empty `up` lets nothing go up: the head alone is told.
    """
    agency = await agency_named(tx, agency_code, what="how overdue reports go up")
    before = await escalations.of_agency(tx, agency_code=agency.code, on=valid_from, now=now)
    try:
        stated = replace(
            before,
            after=before.after if after is None else timedelta(minutes=after),
            repeat=before.repeat if repeat is None else timedelta(minutes=repeat),
            repeats=before.repeats if repeats is None else repeats,
            up=before.up
            if up is None
            else levels_named([each.strip() for each in up.split(",") if each.strip()]),
        )
    except EscalationError as wrong:
        raise AdminRefused(str(wrong)) from wrong
    await escalations.state(
        tx,
        agency_code=agency.code,
        escalation=stated,
        basis=basis.strip() or None,
        valid_from=valid_from,
        by=by,
        now=now,
    )
    detail = {"escalation": stated.written(), "basis": basis, "from": valid_from.isoformat()}
    await audit.note(tx, actor=by, action="escalation_stated", subject=agency.code, detail=detail, now=now)
    return agency, stated
