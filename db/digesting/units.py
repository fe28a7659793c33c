"""Whose digests there are: the units that somebody leads, and how they lie above each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.engine import Row, Tx
from db.moments import to_micros
from db.two_clocks import with_clocks

# `tree`: every unit with the agency it belongs to. UNION ends even a circle.
_TREE = """
WITH RECURSIVE tree AS (
  SELECT u.code, u.code AS agency, u.region_code FROM units u WHERE u.parent_code IS NULL
  UNION
  SELECT u.code, t.agency, u.region_code FROM units u JOIN tree t ON u.parent_code = t.code
)
"""
_AGENCIES = (
    f"{_TREE} SELECT DISTINCT t.agency, r.timezone FROM tree t JOIN regions r ON r.code = t.region_code"
)
_UNITS = with_clocks("""
WITH RECURSIVE down AS (
  SELECT u.code, u.name, u.parent_code, u.region_code, 0 AS depth FROM units u WHERE u.code = :agency
  UNION
  SELECT u.code, u.name, u.parent_code, u.region_code, d.depth + 1 FROM units u JOIN down d ON u.parent_code = d.code
  WHERE d.depth < 20
)
SELECT d.code, d.name, d.parent_code, d.depth, r.timezone,
  EXISTS (SELECT 1 FROM appointments a WHERE a.unit_code = d.code AND HOLDS(a)) AS is_led
FROM down d JOIN regions r ON r.code = d.region_code ORDER BY d.depth DESC, d.code
""")


@dataclass(frozen=True, kw_only=True)
class Led:
    """A unit that somebody leads; `below`: the nearest units below it that others lead, in whatever zone."""

    code: str
    name: str
    timezone: str
    below: tuple[str, ...]


async def agencies(tx: Tx) -> list[tuple[str, str]]:
    """Return (agency, time zone) for every zone in which an agency has units."""
    rows = await tx.all(_AGENCIES)
    return sorted((row["agency"], row["timezone"]) for row in rows)


async def led(tx: Tx, *, agency_code: str, on: date, now: datetime) -> list[Led]:
    """Return the units of an agency that are led on that day, as known now: whoever is below comes first."""
    rows = await tx.all(_UNITS, agency=agency_code, on=on.isoformat(), known=to_micros(now))
    by_code = {row["code"]: row for row in rows}
    below: dict[str, list[str]] = {code: [] for code in by_code}
    for row in rows:
        if row["is_led"] and (above := _above(by_code, row)) is not None:
            below[above].append(row["code"])
    return [
        Led(
            code=row["code"],
            name=row["name"],
            timezone=row["timezone"],
            below=tuple(sorted(below[row["code"]])),
        )
        for row in rows
        if row["is_led"]
    ]


def _above(by_code: Mapping[str, Row], row: Row) -> str | None:
    """The nearest unit above that is led."""
    seen, at = {row["code"]}, row["parent_code"]
    while at in by_code and at not in seen:
        if by_code[at]["is_led"]:
            return str(at)
        seen.add(at)
        at = by_code[at]["parent_code"]
    return None
