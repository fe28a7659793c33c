"""Digests as they were made: the figures of a unit, sealed, as they stood; a correction is a version of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from db.engine import Row, Tx, Value
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.sealed import Seal
from policy.figures import Figures, Kind
from policy.figures_stored import from_json

OPENED_AT_ONCE = 25  # figures: opening them takes the loop's time


@dataclass(frozen=True, kw_only=True)
class Digest:
    id: str
    unit_code: str
    version: int
    told_id: str | None  # who was told; None: nobody could be
    figures: Figures = field(repr=False)
    sum: str


_COLUMNS = "d.id, d.unit_code, d.kind, d.on_date, d.version, d.told_id, d.figures, d.sum"


async def keep(
    tx: Tx, seal: Seal, figures: Figures, *, unit_code: str, told_id: str | None, version: int = 1
) -> str | None:
    """Keep the figures of a unit; return their key, or None if this version was made before."""
    key = new_id()
    row = await tx.one(
        "INSERT INTO digests (id, unit_code, kind, on_date, version, told_id, as_of, figures, sum)"
        " VALUES (:id, :unit, :kind, :on, :version, :told, :as_of, :figures, :sum)"
        " ON CONFLICT (unit_code, kind, on_date, version) DO NOTHING RETURNING id",
        id=key,
        unit=unit_code,
        kind=figures.kind.value,
        on=figures.on.isoformat(),
        version=version,
        told=told_id,
        as_of=to_micros(figures.as_of),
        figures=seal.close(figures.to_json(), place=_place(key)),
        sum=figures.sum,
    )
    return key if row else None


async def made(tx: Tx, *, units: Sequence[str], kind: Kind, on: date) -> set[str]:
    """Return those of these units, a few hundred at most, whose digest was made already."""
    these, codes = _these(units)
    rows = await tx.all(
        f"SELECT unit_code FROM digests d WHERE d.unit_code IN ({these}) AND d.kind = :kind AND d.on_date = :on",
        kind=kind.value,
        on=on.isoformat(),
        **codes,
    )
    return {row["unit_code"] for row in rows}


async def last(tx: Tx, seal: Seal, *, units: Sequence[str], kind: Kind, on: date) -> dict[str, Digest]:
    """Return the newest version of each of these units, OPENED_AT_ONCE at most, that has any."""
    these, codes = _these(units)
    rows = await tx.all(
        f"SELECT {_COLUMNS} FROM digests d WHERE d.unit_code IN ({these}) AND d.kind = :kind AND d.on_date = :on"
        " ORDER BY d.unit_code, d.version",
        kind=kind.value,
        on=on.isoformat(),
        **codes,
    )
    return {row["unit_code"]: _digest(seal, row) for row in rows}


async def as_of_before(tx: Tx, *, units: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Return by unit until when its last digest of a day knew things."""
    these, codes = _these(units)
    rows = await tx.all(
        f"SELECT d.unit_code, MAX(d.as_of) AS as_of FROM digests d WHERE d.unit_code IN ({these})"
        " AND d.kind IN ('morning', 'evening') AND d.as_of < :now GROUP BY d.unit_code",
        now=to_micros(now),
        **codes,
    )
    return {row["unit_code"]: from_micros(row["as_of"]) for row in rows}


def _these(units: Sequence[str]) -> tuple[str, dict[str, Value]]:
    codes: dict[str, Value] = {f"u{number}": code for number, code in enumerate(units)}
    return ", ".join(f":{name}" for name in codes) or "NULL", codes


def _digest(seal: Seal, row: Row) -> Digest:
    return Digest(
        id=row["id"],
        unit_code=row["unit_code"],
        version=row["version"],
        told_id=row["told_id"],
        figures=from_json(seal.open(row["figures"], place=_place(row["id"]))),
        sum=row["sum"],
    )


def _place(key: str) -> str:
    return f"digests.figures:{key}"
