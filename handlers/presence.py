"""What a chat tells us beside words: blocked, back again, a group; and the hush for a flood of messages."""

from datetime import datetime, timedelta

from db import identities
from db.engine import Tx
from db.sealed import Seal
from db.sending import outbox
from handlers.update import Class, Kind, Look, Say, Update

LATE = timedelta(
    minutes=10
)  # a platform brings a message within seconds; later is an outage of ours or of theirs
KINDS = frozenset({Kind.BLOCKED, Kind.RETURNED, Kind.GROUP, Kind.ADDED_TO_GROUP, Kind.UNKNOWN})


async def note(tx: Tx, seal: Seal, update: Update, *, now: datetime) -> None:
    """Act on an update that is no part of a conversation."""
    place = {"channel": update.channel, "address": update.sender.address}
    if update.kind is Kind.BLOCKED:
        await identities.mark_unreachable(tx, because="blocked", now=now, **place)
    elif update.kind is Kind.RETURNED:
        await identities.mark_reachable(tx, **place)
        await outbox.release_held(tx, now=now, **place)
    elif update.kind in (Kind.GROUP, Kind.ADDED_TO_GROUP):
        await _only_in_private(tx, seal, update, now=now)


async def _only_in_private(tx: Tx, seal: Seal, update: Update, *, now: datetime) -> None:
    """Say once an hour that this bot talks with one person at a time, and leave: others read along here (C12)."""
    channel, address = update.channel, update.sender.address
    await outbox.add(
        tx,
        seal,
        channel=channel,
        address=address,
        person_id=None,
        urgency=Class.ANSWER,
        message="common/private_only",
        locale="id",
        body={"params": {}, "leaves": True},
        now=now,
        once=f"private_only:{channel}:{address}:{now:%Y%m%d%H}",
        expires_at=now + timedelta(hours=1),
    )


def please_wait(beyond: int) -> tuple[Say, ...]:
    """Ask for patience once in a burst; what came beyond it was not read (I18)."""
    return (Say(message="common/wait", look=Look.BUTTONS),) if beyond == 1 else ()


def arrived_late(update: Update, *, now: datetime, timezone: str) -> tuple[Say, ...]:
    """Say, once an hour, that a message reached us late, and that it counts when it was written (fault T07)."""
    if now - update.sent_at < LATE:
        return ()
    params = {"at": update.sent_at.isoformat(), "timezone": timezone}
    once = f"late:{update.channel}:{update.sender.address}:{now:%Y%m%d%H}"
    return (Say(message="common/late", params=params, look=Look.BUTTONS, once=once),)
