"""Looking at many people's days at once: read beside the writers, held for a moment, moved on together.

What is decided between the reading and the holding counts: a day that became another one meanwhile, or that another
process holds, is left to the next look.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Tx, Value, locked
from db.moments import to_micros
from db.workdays import Workday

_MOVE = """
UPDATE workdays SET look_at = :look_at, log = :log, pings = pings + :ping,
  pinged_at = COALESCE(CAST(:pinged AS BIGINT), pinged_at)
WHERE id = :id AND gist = :gist AND look_at = :was
"""


@dataclass(frozen=True, kw_only=True)
class Step:
    """How a day moves on: when to look next, what is added to its log, and when it was pinged, if it is."""

    workday: Workday
    look_at: datetime | None
    log: Sequence[tuple[str, datetime, str]] = ()
    pinged_at: datetime | None = None


async def hold(tx: Tx, found: Sequence[Workday]) -> list[Workday]:
    """Hold those of these days, a hundred or so, that still stand as they were found and nobody else holds."""
    ids: dict[str, Value] = {f"w{number}": each.id for number, each in enumerate(found)}
    skip = " SKIP LOCKED" if tx.dialect == "postgresql" else ""
    rows = await tx.all(
        f"SELECT id, gist, look_at FROM workdays WHERE id IN ({', '.join(f':{name}' for name in ids) or 'NULL'})"
        " ORDER BY id" + locked(tx) + skip,
        **ids,
    )
    stand = {(row["id"], row["gist"], row["look_at"]) for row in rows}
    return [each for each in found if (each.id, each.gist, _micros(each.look_at)) in stand]


async def move_many(tx: Tx, steps: Iterable[Step]) -> None:
    """Move days on that are held."""
    await tx.run_many(_MOVE, [_values(each) for each in steps])


async def by(tx: Tx, *, person_id: str, on: date, at: datetime) -> None:
    """Look at somebody's day at `at` at the latest, also where there seemed to be nothing more to say."""
    await tx.run(
        "UPDATE workdays SET look_at = :at WHERE person_id = :person_id AND on_date = :on AND closed_at IS NULL"
        " AND (look_at IS NULL OR look_at > :at)",
        person_id=person_id,
        on=on.isoformat(),
        at=to_micros(at),
    )


async def sizes(tx: Tx, *, days: Iterable[tuple[str, date, str]]) -> dict[tuple[str, date, str], int]:
    """Return of how many people these days (agency, date, time zone) were opened; those that were in bulk."""
    keys = {f"{agency}:{on.isoformat()}:{zone}": (agency, on, zone) for agency, on, zone in days}
    ids: dict[str, Value] = {f"d{number}": key for number, key in enumerate(keys)}
    rows = await tx.all(
        f"SELECT id, people FROM days_opened WHERE id IN ({', '.join(f':{name}' for name in ids) or 'NULL'})",
        **ids,
    )
    return {keys[row["id"]]: row["people"] for row in rows}


def _values(step: Step) -> dict[str, Value]:
    log = [*step.workday.log, *step.log]
    return {
        "id": step.workday.id,
        "gist": step.workday.gist,
        "was": _micros(step.workday.look_at),
        "look_at": _micros(step.look_at),
        "log": json.dumps([[stage, to_micros(at), became] for stage, at, became in log]),
        "ping": int(step.pinged_at is not None),
        "pinged": _micros(step.pinged_at),
    }


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else to_micros(moment)
