"""Which version of the privacy notice was shown in which chat, in which language, and when accepted."""

from datetime import datetime

from db.engine import Tx
from db.ids import new_id
from db.moments import to_micros


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


async def accepted_version(tx: Tx, *, channel: str, address: str) -> str | None:
    """Return the version that was accepted last in this chat, or None."""
    row = await tx.one(
        "SELECT version FROM notices WHERE channel = :channel AND address = :address"
        " AND accepted_at IS NOT NULL ORDER BY accepted_at DESC, id DESC LIMIT 1",
        channel=channel,
        address=address,
    )
    return str(row["version"]) if row else None
