"""Regions (province, regency, city) and what is said of them from day to day, such as the zone's colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import two_clocks
from db.engine import Row, Tx
from db.moments import to_micros
from db.two_clocks import Table, with_clocks
from policy.calendar import zone_named
from policy.model import Fact

FACTS = Table(
    name="region_facts", series=("region_code", "name"), values=("value", "source"), owner="regions"
)


@dataclass(frozen=True, kw_only=True)
class Region:
    code: str
    name: str
    kind: str
    parent_code: str | None
    timezone: str  # WIB, WITA, WIT or an IANA name


async def add(
    tx: Tx, *, code: str, name: str, kind: str, timezone: str, parent_code: str | None = None
) -> None:
    """Add a region, or put right what is known of it. Raises UnknownZoneError."""
    await tx.run(
        "INSERT INTO regions (code, name, kind, parent_code, timezone)"
        " VALUES (:code, :name, :kind, :parent_code, :timezone)"
        " ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
        " parent_code = excluded.parent_code, timezone = excluded.timezone",
        code=code,
        name=name,
        kind=kind,
        parent_code=parent_code,
        timezone=zone_named(timezone).key,
    )


async def by_code(tx: Tx, *, code: str) -> Region | None:
    """Return the region, or None if there is none with this code."""
    row = await tx.one(
        "SELECT code, name, kind, parent_code, timezone FROM regions WHERE code = :code", code=code
    )
    return Region(**dict(row)) if row else None


async def all_regions(tx: Tx) -> list[Region]:
    """Return every region, in the order of their codes."""
    rows = await tx.all("SELECT code, name, kind, parent_code, timezone FROM regions ORDER BY code")
    return [Region(**dict(row)) for row in rows]


async def record_fact(
    tx: Tx,
    *,
    region_code: str,
    value: str,
    valid_from: date,
    by: str,
    now: datetime,
    name: str = "zone",
    source: str | None = None,
) -> str:
    """Record what is said of a region from a day on, until the next that is recorded; return its key."""
    return await two_clocks.record(
        tx,
        FACTS,
        of={"region_code": region_code, "name": name},
        values={"value": value, "source": source},
        valid_from=valid_from,
        by=by,
        now=now,
    )


async def fact(
    tx: Tx, *, region_code: str, on: date, as_known_at: datetime, name: str = "zone"
) -> Fact | None:
    """Return what was known of this region alone for that day at that moment, and since when it held."""
    rows = await tx.all(
        _HISTORY_OF_ONE,
        region_code=region_code,
        name=name,
        on=on.isoformat(),
        known=to_micros(as_known_at),
    )
    return standing(rows, on=on)


_HISTORY_OF_ONE = with_clocks("""
SELECT f.value, f.source, f.valid_from, f.valid_until FROM region_facts f
WHERE f.region_code = :region_code AND f.name = :name AND f.valid_from <= :on AND KNOWN(f)
ORDER BY f.valid_from
""")


def standing(history: Sequence[Row], *, on: date) -> Fact | None:
    """Return the fact that holds on that day, from the rows of one name up to it, the oldest first.

    Rows that follow each other with the same value are one fact, held since the first of them.
    """
    since = ""
    before: Row | None = None
    for row in history:
        if before is None or not _goes_on(before, row):
            since = row["valid_from"]
        before = row
    if before is None or (before["valid_until"] is not None and before["valid_until"] < on.isoformat()):
        return None
    return Fact(before["value"], since=date.fromisoformat(since), source=before["source"])


def _goes_on(before: Row, row: Row) -> bool:
    if before["value"] != row["value"] or before["valid_until"] is None:
        return False
    gap = date.fromisoformat(row["valid_from"]) - date.fromisoformat(before["valid_until"])
    return gap.days == 1
