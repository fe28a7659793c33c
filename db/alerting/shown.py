"""What an alert shows somebody: names to who leads those people, to others counts; as it is at this moment.

To whom it was given it does not show whoever leads the unit: nobody excuses, or reads of, their own superior.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db import appointments, people, units, unverified
from db.alerting import people as alert_people
from db.alerting.alerts import DELEGATED, REOPENED, TOLD, Alert, Part
from db.alerting.people import Missing
from db.alerting.readers import Reader
from db.engine import Tx
from db.rota import units as rota_units
from policy.calendar import local_date
from policy.escalating import Level

MOST_NAMED = 7


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An alert as it is now. `params` are those of alerts/overdue, or of alerts/raised for who sees no names."""

    missing: list[Missing]
    message: str
    params: dict[str, Any]


async def shown(tx: Tx, alert: Alert, reader: Reader, *, now: datetime) -> Shown:
    """Return what this reader is shown of an alert about reports, or about their verification."""
    if alert.part is Part.VERIFICATION:
        return await _unverified(tx, alert, reader, now=now)
    missing = await alert_people.missing(tx, alert)
    if reader.capacity == "delegate":
        leading = await _leading(tx, alert, now=now)
        missing = [each for each in missing if each.person_id not in leading]
    about = await _about(tx, alert, missing, now=now)
    if not reader.sees_names:
        told = {"told_at": first_told(alert), "is_office": reader.capacity == "office"}
        return Shown(missing=missing, message="alerts/raised", params={**about, **told})
    rows = [line(each, me=reader.person.id) for each in missing[:MOST_NAMED]]
    named = {
        "rows": rows,
        "more": len(missing) - len(rows),
        "capacity": reader.capacity,
        "told_at": first_told(alert),
    }
    return Shown(missing=missing, message="alerts/overdue", params={**about, **named})


async def _leading(tx: Tx, alert: Alert, *, now: datetime) -> set[str]:
    """Whoever leads the unit today, and whoever gave the alert away."""
    on = local_date(now, await rota_units.zone_of(tx, unit_code=alert.unit_code))
    posts = await appointments.of_unit(tx, unit_code=alert.unit_code, on=on, as_known_at=now)
    givers = {str(detail["by"]) for what, _, detail in alert.log if what == DELEGATED}
    return givers | {each.person_id for each in posts}


async def _unverified(tx: Tx, alert: Alert, reader: Reader, *, now: datetime) -> Shown:
    """What waits for this very reader, by name; to who is above, how much waits."""
    zone = await rota_units.zone_of(tx, unit_code=alert.unit_code)
    waiting = await unverified.waiting(tx, alert)
    owing = await unverified.by_judge(tx, waiting, on=local_date(now, zone), now=now)
    own = next((theirs for judge, theirs in owing if judge.person.id == reader.person.id), [])
    missing = alert_people.of_waiting(own if reader.sees_names else waiting)
    about = await _about(tx, alert, missing, now=now)
    plain = {name: about[name] for name in ("unit", "day", "at", "timezone", "handler", "handled_at")}
    reports = sum(len(each.owes) for each in missing)
    if not reader.sees_names:
        told = {"told_at": first_told(alert), "is_office": reader.capacity == "office"}
        params = {**plain, **told, "reports": reports}
        return Shown(missing=missing, message="alerts/unverified_above", params=params)
    rows = [line(each, me=reader.person.id) for each in missing[:MOST_NAMED]]
    params = {**plain, "reports": reports, "rows": rows, "more": len(missing) - len(rows)}
    return Shown(missing=missing, message="alerts/unverified", params=params)


async def _about(tx: Tx, alert: Alert, missing: list[Missing], *, now: datetime) -> dict[str, Any]:
    unit = await units.by_code(tx, code=alert.unit_code)
    counts = await alert_people.counts(tx, alert)
    zone = await rota_units.zone_of(tx, unit_code=alert.unit_code)
    handler = (
        await people.by_id(tx, person_id=alert.acknowledged_by, now=now) if alert.acknowledged_by else None
    )
    return {
        "unit": unit.name if unit else alert.unit_code,
        "part": alert.part.value,
        "day": alert.on.isoformat(),
        "at": now.isoformat(),
        "timezone": zone.key,
        "missing": len(missing),
        "people": counts.people,
        "basis": counts.basis,
        "handler": handler.name if handler else None,
        "handled_at": alert.acknowledged_at.isoformat() if alert.acknowledged_at else None,
    }


def line(one: Missing, *, me: str) -> dict[str, Any]:
    """Return one person as a row: what they have not reported, and since when."""
    owes = [{"kind": kind.value, "since": due.isoformat()} for kind, due, _ in one.owes]
    return {"name": one.name, "is_you": one.person_id == me, "owes": owes}


def first_told(alert: Alert) -> str | None:
    """Return since when whoever leads them (or judges) has been told, in this turn of the alert."""
    told: datetime | None = None
    for what, at, detail in alert.log:
        is_first = what == TOLD and told is None and detail["step"][0] == Level.HEAD
        told = None if what == REOPENED else at if is_first else told
    return told.isoformat() if told else None
