"""A clock that cannot be trusted: what time drives is held, over every restart, until the clock is right or confirmed.

Shape: one entry of meta, `clock_hold`, as JSON; there is no more than one hold at a time.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from db import audit, meta
from db.engine import Tx, locked
from db.ids import new_id
from db.moments import from_micros, to_micros

_NAME = "clock_hold"
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class ClockHold:
    """That the clock of `service` jumped. `steady` + `ahead` is the time as it would be without the jump.

    `steady` counts microseconds of a clock that never jumps, since the machine started (`boot`); across a start of
    the machine nothing is known but that it is later than `expected`.
    """

    service: str
    boot: str
    ahead: int  # microseconds: the wall clock's lead over the steady one, while it was right
    expected: int  # microseconds: what the wall clock should have shown when the jump was noticed
    shown: int  # microseconds: what it showed
    is_least: bool = False  # it was off: the right time is `expected` or any later one
    id: str = ""

    @property
    def jumped(self) -> timedelta:
        """How far: forward is positive."""
        return (self.shown - self.expected) * _MICROSECOND

    @property
    def shown_at(self) -> datetime:
        return from_micros(self.shown)

    @property
    def expected_at(self) -> datetime:
        return from_micros(self.expected)


async def current(tx: Tx) -> ClockHold | None:
    """Return the hold there is."""
    row = await tx.one("SELECT value FROM meta WHERE name = :name", name=_NAME)
    return ClockHold(**json.loads(row["value"])) if row else None


async def begin(tx: Tx, hold: ClockHold, *, now: datetime) -> ClockHold | None:
    """Hold from now on; None if something is held already."""
    kept = replace(hold, id=new_id())
    touched = await tx.run(
        "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING",
        name=_NAME,
        value=json.dumps(asdict(kept)),
    )
    if not touched:
        return None
    detail = {"seconds": round(kept.jumped.total_seconds()), "service": kept.service}
    await audit.note(tx, actor="clock", action="clock_jumped", detail=detail, now=now)
    return kept


async def end(tx: Tx, *, hold_id: str, by: str, now: datetime) -> bool:
    """End the hold because the clock is right: again, or after all. False if it has ended already.

    The signs of life are of this clock from now on: what it jumped over was no outage.
    """
    row = await tx.one("SELECT value FROM meta WHERE name = :name" + locked(tx), name=_NAME)
    if row is None or ClockHold(**json.loads(row["value"])).id != hold_id:
        return False
    await tx.run("DELETE FROM meta WHERE name = :name", name=_NAME)
    await meta.all_alive(tx, at=to_micros(now))
    await audit.note(tx, actor=by, action="clock_trusted", detail={"hold": hold_id}, now=now)
    return True
