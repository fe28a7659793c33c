"""What the admins must hear of the installation itself, whatever else is held back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from db import people, roles
from db.engine import Tx
from db.roles import Role
from db.sealed import Seal
from db.sending.outbox import Class
from policy.calendar import local_date, zone_named
from scheduler.telling import Word, tell

_KEPT = timedelta(days=2)


async def tell_admins(
    tx: Tx,
    seal: Seal,
    message: str,
    params: Mapping[str, Any],
    *,
    once: str,
    now: datetime,
    known_at: datetime | None = None,
    opens: str = "",
    label: str = "",
    args: Mapping[str, Any] | None = None,
) -> int:
    """Queue an alert for every admin; return how many there are. `once` is a key under which each hears it only once.

    `known_at` is the moment by which admins are looked up, where the clock cannot be trusted. A `timezone` among the
    parameters becomes the reader's own.
    """
    at = known_at or now
    ids = await roles.holders(
        tx, role=Role.ADMIN, on=local_date(at, zone_named("WIB")), as_known_at=max(at, now)
    )
    found = [await people.by_id(tx, person_id=each, now=at) for each in ids]
    admins = [person for person in found if person is not None]
    for admin in admins:
        word = Word(
            message=message,
            params={name: admin.timezone if name == "timezone" else value for name, value in params.items()},
            once=once,
            urgency=Class.ALERT,
            expires_at=max(at, now) + _KEPT,
            not_before=min(at, now),
            opens=opens,
            label=label,
            args=args,
        )
        await tell(tx, seal, admin, word, now=at)
    return len(admins)
