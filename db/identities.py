"""Which chat belongs to whom: one chat for a person and channel, one person for a chat. Indexes hold it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.engine import Row, Tx, Value
from db.errors import Unavailable
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.two_clocks import hold


@dataclass(frozen=True, kw_only=True)
class Identity:
    person_id: str
    channel: str
    address: str
    user_key: str
    unreachable_since: datetime | None


@dataclass(frozen=True, kw_only=True)
class Chat:
    """Where somebody is written to, and in which language."""

    person_id: str
    channel: str
    address: str
    locale: str


_BY_ADDRESS = """
SELECT person_id, channel, address, user_key, unreachable_since FROM identities
WHERE channel = :channel AND address = :address AND unlinked_at IS NULL
"""
_BY_PERSON = """
SELECT person_id, channel, address, user_key, unreachable_since FROM identities
WHERE person_id = :person_id AND unlinked_at IS NULL ORDER BY channel
"""


async def link(
    tx: Tx, *, person_id: str, channel: str, address: str, user_key: str, proved_by: str, now: datetime
) -> tuple[str | None]:
    """Link a chat to a person; it is nobody else's from now on. Return, as the one element, their old chat.

    The old chat is None if they had none on this channel, or this very one. Raises Unavailable if another
    process links the same chat at this moment.
    """
    await hold(tx, "people", key=person_id)
    old = await tx.one(
        "SELECT address FROM identities"
        " WHERE person_id = :person_id AND channel = :channel AND unlinked_at IS NULL",
        person_id=person_id,
        channel=channel,
    )
    await tx.run(
        "UPDATE identities SET unlinked_at = :now WHERE channel = :channel AND unlinked_at IS NULL"
        " AND (address = :address OR person_id = :person_id)",
        now=to_micros(now),
        channel=channel,
        address=address,
        person_id=person_id,
    )
    added = await tx.run(
        "INSERT INTO identities (id, person_id, channel, address, user_key, proved_by, linked_at)"
        " VALUES (:id, :person_id, :channel, :address, :user_key, :proved_by, :now) ON CONFLICT DO NOTHING",
        id=new_id(),
        person_id=person_id,
        channel=channel,
        address=address,
        user_key=user_key,
        proved_by=proved_by,
        now=to_micros(now),
    )
    if not added:
        raise Unavailable("This chat is being linked by another process at this moment.")
    return (None if old is None or old["address"] == address else str(old["address"]),)


async def chats_of(tx: Tx, *, people: Sequence[str], are_reachable: bool = False) -> dict[str, list[Chat]]:
    """Return the chats of those of `people` who have any. A hundred at a time or so.

    `are_reachable`: only those in which messages arrive, for what means nothing later.
    """
    reachable = " AND i.unreachable_since IS NULL" if are_reachable else ""
    ids: dict[str, Value] = {f"p{number}": person for number, person in enumerate(people)}
    rows = await tx.all(
        "SELECT i.person_id, i.channel, i.address, p.locale FROM identities i JOIN people p ON p.id = i.person_id"
        f" WHERE i.unlinked_at IS NULL AND i.person_id IN ({', '.join(f':{name}' for name in ids) or 'NULL'})"
        f"{reachable} ORDER BY i.person_id, i.channel",
        **ids,
    )
    found: dict[str, list[Chat]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(Chat(**dict(row)))
    return found


async def unlink(tx: Tx, *, channel: str, address: str, now: datetime) -> bool:
    """Let a chat belong to nobody. True if it belonged to somebody."""
    touched = await tx.run(
        "UPDATE identities SET unlinked_at = :now"
        " WHERE channel = :channel AND address = :address AND unlinked_at IS NULL",
        now=to_micros(now),
        channel=channel,
        address=address,
    )
    return touched > 0


async def by_address(tx: Tx, *, channel: str, address: str) -> Identity | None:
    """Return to whom this chat belongs, working here or not."""
    row = await tx.one(_BY_ADDRESS, channel=channel, address=address)
    return _identity(row) if row else None


async def linked(tx: Tx, *, person_id: str) -> list[Identity]:
    """Return the chats of a person, one a channel."""
    return [_identity(row) for row in await tx.all(_BY_PERSON, person_id=person_id)]


async def mark_unreachable(tx: Tx, *, channel: str, address: str, because: str, now: datetime) -> bool:
    """Remember that nothing arrives in this chat. True if something did until now."""
    touched = await tx.run(
        "UPDATE identities SET unreachable_since = :now, unreachable_because = :because"
        " WHERE channel = :channel AND address = :address AND unlinked_at IS NULL"
        " AND unreachable_since IS NULL",
        now=to_micros(now),
        because=because,
        channel=channel,
        address=address,
    )
    return touched > 0


async def mark_reachable(tx: Tx, *, channel: str, address: str) -> bool:
    """Remember that this chat hears us again. True if it was unreachable."""
    touched = await tx.run(
        "UPDATE identities SET unreachable_since = NULL, unreachable_because = NULL"
        " WHERE channel = :channel AND address = :address AND unlinked_at IS NULL"
        " AND unreachable_since IS NOT NULL",
        channel=channel,
        address=address,
    )
    return touched > 0


async def move(tx: Tx, *, channel: str, old: str, new: str) -> bool:
    """Follow a chat to its new address, unless that one is linked already. True if it moved."""
    touched = await tx.run(
        "UPDATE identities SET address = :new"
        " WHERE channel = :channel AND address = :old AND unlinked_at IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM identities WHERE channel = :channel AND address = :new AND unlinked_at IS NULL)",
        channel=channel,
        old=old,
        new=new,
    )
    return touched > 0


def _identity(row: Row) -> Identity:
    since = row["unreachable_since"]
    return Identity(**{**dict(row), "unreachable_since": from_micros(since) if since is not None else None})
