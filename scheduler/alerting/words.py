"""What is said of an alert: names and parameters, with the buttons that do something about it."""

from datetime import datetime, timedelta

from db import units
from db.alerting.alerts import Alert, Part
from db.alerting.readers import Reader
from db.alerting.shown import Shown
from db.engine import Tx
from db.rota import units as rota_units
from db.sending.outbox import Class
from policy.escalating import Step
from scheduler.telling import Button, Word

KEPT = timedelta(days=3)


def overdue_word(alert: Alert, shown: Shown, reader: Reader, step: Step, *, now: datetime) -> Word:
    """An alert for one of its readers, at one step."""
    return Word(
        message=shown.message,
        params=shown.params,
        once=key_of(alert, step),
        urgency=Class.ALERT,
        expires_at=now + KEPT,
        more=(Button("alert_take", "alerts:take", {"alert": alert.id}), *buttons(alert, reader)),
        role_needed=reader.right,
    )


def buttons(alert: Alert, reader: Reader) -> tuple[Button, ...]:
    """What one can do beside taking it over; the personnel office only follows it."""
    args = {"alert": alert.id}
    if alert.part is Part.VERIFICATION and reader.sees_names:
        return (Button("verify", "unit:verify"),)
    if alert.part is Part.VERIFICATION:
        return (Button("alert_look", "alerts:open", args),)
    if reader.capacity == "office":
        return (Button("alert_look", "alerts:open", args),)
    more = "alert_more" if reader.sees_names else "alert_look"
    return (Button("alert_remind", "alerts:remind", args), Button(more, "alerts:open", args))


def key_of(alert: Alert, step: Step) -> str:
    """The key under which a step is told once; an alert that was opened anew is told anew."""
    turn = f":{alert.turn}" if alert.turn else ""
    return f"alert:{alert.id}:{step.level.value}:{step.times}{turn}"


async def finished_word(tx: Tx, alert: Alert, reader: Reader, *, not_before: datetime, now: datetime) -> Word:
    """To a level above that was troubled: nothing is missing any more."""
    unit = await units.by_code(tx, code=alert.unit_code)
    zone = await rota_units.zone_of(tx, unit_code=alert.unit_code)
    params = {
        "unit": unit.name if unit else alert.unit_code,
        "part": alert.part.value,
        "day": alert.on.isoformat(),
        "at": now.isoformat(),
        "timezone": zone.key,
    }
    return Word(
        message="alerts/finished",
        params=params,
        once=f"alert:{alert.id}:finished:{alert.turn}",
        urgency=Class.ALERT,
        not_before=not_before,
        expires_at=not_before + KEPT,
        role_needed=reader.right,
    )
