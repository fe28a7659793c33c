"""Whether each channel works: up, away (nobody answers there), or down (the platform does not know us)."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import Tx
from db.moments import from_micros, to_micros

UP, AWAY, DOWN = "up", "away", "down"


@dataclass(frozen=True, kw_only=True)
class ChannelState:
    """How a channel is, since when, and in a sentence why."""

    channel: str
    state: str
    detail: str
    since: datetime


async def note(tx: Tx, *, channel: str, state: str, detail: str, now: datetime) -> bool:
    """Record how a channel is. True when that is news; `since` then begins anew."""
    row = await tx.one(
        "INSERT INTO channel_states (channel, state, detail, since) VALUES (:channel, :state, :detail, :now)"
        " ON CONFLICT (channel) DO UPDATE SET state = excluded.state, detail = excluded.detail,"
        " since = excluded.since WHERE channel_states.state <> excluded.state RETURNING channel",
        channel=channel,
        state=state,
        detail=detail,
        now=to_micros(now),
    )
    return row is not None


async def states(tx: Tx) -> dict[str, ChannelState]:
    """Return what is known of each channel."""
    rows = await tx.all("SELECT channel, state, detail, since FROM channel_states")
    return {
        row["channel"]: ChannelState(
            channel=row["channel"], state=row["state"], detail=row["detail"], since=from_micros(row["since"])
        )
        for row in rows
    }
