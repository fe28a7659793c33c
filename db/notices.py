"""Which version of the privacy notice was shown in which chat, in which language, and when accepted."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import Tx
from db.ids import new_id
from db.moments import from_micros, to_micros


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """Which version of the notice was accepted, in which language, and when."""

    version: str
    locale: str
    at: datetime


async def shown(
    tx: Tx,
    *,
    channel: str,
    address: str,
    version: str,
    locale: str,
    now: datetime,
    person_id: str | None = None,
) -> None:
    """Write down that the notice was shown in this chat."""
    await tx.run(
        "INSERT INTO notices (id, person_id, channel, address, version, locale, shown_at)"
        " VALUES (:id, :person_id, :channel, :address, :version, :locale, :now)",
        id=new_id(),
        person_id=person_id,
        channel=channel,
        address=address,
        version=version,
        locale=locale,
        now=to_micros(now),
    )


async def accepted(
    tx: Tx, *, channel: str, address: str, version: str, now: datetime, person_id: str | None = None
) -> bool:
    """Write down that the version shown last in this chat was accepted. False if it was not shown there."""
    touched = await tx.run(
        "UPDATE notices SET accepted_at = :now, person_id = COALESCE(CAST(:person_id AS TEXT), person_id)"
        " WHERE id = (SELECT id FROM notices WHERE channel = :channel AND address = :address"
        " AND version = :version ORDER BY shown_at DESC, id DESC LIMIT 1)",
        now=to_micros(now),
        person_id=person_id,
        channel=channel,
        address=address,
        version=version,
    )
    return touched > 0


async def last_accepted(tx: Tx, *, channel: str, address: str) -> Accepted | None:
    """Return what was accepted last in this chat, or None."""
    row = await tx.one(
        "SELECT version, locale, accepted_at FROM notices WHERE channel = :channel AND address = :address"
        " AND accepted_at IS NOT NULL ORDER BY accepted_at DESC, id DESC LIMIT 1",
        channel=channel,
        address=address,
    )
    if row is None:
        return None
    return Accepted(version=row["version"], locale=row["locale"], at=from_micros(row["accepted_at"]))


async def accepted_version(tx: Tx, *, channel: str, address: str) -> str | None:
    """Return the version that was accepted last in this chat, or None."""
    last = await last_accepted(tx, channel=channel, address=address)
    return last.version if last else None
