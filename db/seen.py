"""Which updates were handled: (channel, update key) is stored in the transaction that applies the update.

Shape: seen(channel, update_key) -> seen_at. Compared by equality only: platforms restart their numbering.
"""

from datetime import datetime

from db.engine import Tx
from db.moments import to_micros


async def first_time(tx: Tx, *, channel: str, key: str, now: datetime) -> bool:
    """Note an update as handled; False if it already was."""
    sql = """
        INSERT INTO seen (channel, update_key, seen_at) VALUES (:channel, :key, :now)
        ON CONFLICT (channel, update_key) DO NOTHING
    """
    return await tx.run(sql, channel=channel, key=key, now=to_micros(now)) == 1


async def forget(tx: Tx, *, before: datetime) -> int:
    """Forget updates handled before a moment (platforms give up long earlier); return how many."""
    return await tx.run("DELETE FROM seen WHERE seen_at < :before", before=to_micros(before))
