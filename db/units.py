"""The tree of units: agencies at the top, then everything below them."""

from dataclasses import dataclass
from datetime import datetime

from db.engine import Tx
from db.moments import to_micros


@dataclass(frozen=True, kw_only=True)
class Unit:
    code: str
    name: str
    kind: str  # of an agency: pemprov, kementerian/lembaga, …; below it the agency's own words (UPTD, bidang)
    parent_code: str | None
    region_code: str
    sector: str | None


async def add(
    tx: Tx,
    *,
    code: str,
    name: str,
    kind: str,
    region_code: str,
    now: datetime,
    parent_code: str | None = None,
    sector: str | None = None,
) -> None:
    """Add a unit, or put right what is known of it. Its parent and its region must be there."""
    await tx.run(
        "INSERT INTO units (code, name, kind, parent_code, region_code, sector, recorded_at)"
        " VALUES (:code, :name, :kind, :parent_code, :region_code, :sector, :now)"
        " ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
        " parent_code = excluded.parent_code, region_code = excluded.region_code, sector = excluded.sector",
        code=code,
        name=name,
        kind=kind,
        parent_code=parent_code,
        region_code=region_code,
        sector=sector,
        now=to_micros(now),
    )


async def by_code(tx: Tx, *, code: str) -> Unit | None:
    """Return the unit, or None if there is none with this code."""
    row = await tx.one(
        "SELECT code, name, kind, parent_code, region_code, sector FROM units WHERE code = :code", code=code
    )
    return Unit(**dict(row)) if row else None


async def all_units(tx: Tx) -> list[Unit]:
    """Return every unit, in the order of their codes."""
    rows = await tx.all("SELECT code, name, kind, parent_code, region_code, sector FROM units ORDER BY code")
    return [Unit(**dict(row)) for row in rows]


async def chain(tx: Tx, *, code: str) -> list[str]:
    """Return the codes from this unit up to its agency, both included; none for an unknown unit."""
    rows = await tx.all(
        "WITH RECURSIVE up AS (SELECT code, parent_code, 0 AS level FROM units WHERE code = :code"
        " UNION ALL SELECT u.code, u.parent_code, up.level + 1"
        " FROM units u JOIN up ON u.code = up.parent_code WHERE up.level < 20)"
        " SELECT code FROM up ORDER BY level",
        code=code,
    )
    return [row["code"] for row in rows]


async def under(tx: Tx, *, code: str) -> list[str]:
    """Return the codes of this unit and of all below it."""
    rows = await tx.all(
        "WITH RECURSIVE down AS (SELECT code FROM units WHERE code = :code"
        " UNION SELECT u.code FROM units u JOIN down ON u.parent_code = down.code)"
        " SELECT code FROM down ORDER BY code",
        code=code,
    )
    return [row["code"] for row in rows]
