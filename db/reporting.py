"""What agencies ask of their people on a working day, each with the legal basis they recorded, and until when.

Kept as settings (db/settings.py): `health_mode`, `reporting` (such as "plan,output") and `deadlines` (JSON). What
nobody recorded with its basis is not owed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from db.engine import Row, Tx
from db.moments import to_micros
from db.two_clocks import with_clocks
from policy.deadlines import DEFAULT_DEADLINES, Deadlines, Owed, Span, from_setting
from policy.health import HealthMode
from policy.words import CalendarDay, Hours

HEALTH_MODE, REPORTING, DEADLINES = "health_mode", "reporting", "deadlines"


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """An agency's data for a day. What is not in `bases` is not owed."""

    bases: Mapping[Owed, str] = field(default_factory=dict)
    deadlines: Deadlines = DEFAULT_DEADLINES
    reckoned: dict[tuple[Hours, ZoneInfo, CalendarDay], dict[Owed, Span]] = field(
        default_factory=dict, compare=False, repr=False
    )  # the same for all who have the same hours

    def spans(self, day: CalendarDay, *, hours: Hours, zone: ZoneInfo) -> Mapping[Owed, Span]:
        """When each of what is owed opens and is due, in the day's order, for somebody with these hours that day."""
        alike = (hours, zone, day)
        if alike not in self.reckoned:
            self.reckoned[alike] = {
                kind: self.deadlines.span(
                    kind, day=day.on, hours=hours, zone=zone, usual=day.hours, season=day.season
                )
                for kind in Owed
                if kind in self.bases
            }
        return self.reckoned[alike]


NOTHING = Reporting()
_SETTINGS = with_clocks(
    "SELECT s.unit_code, s.name, s.value, s.basis FROM settings s"
    f" WHERE s.name IN ('{HEALTH_MODE}', '{REPORTING}', '{DEADLINES}') AND HOLDS(s)"
)


async def of_agencies(tx: Tx, *, on: date, now: datetime) -> dict[str, Reporting]:
    """Return what each agency asks on that day, as known now, by its code; one that asks nothing may be missing."""
    said: dict[str, dict[str, Row]] = {}
    for row in await tx.all(_SETTINGS, on=on.isoformat(), known=to_micros(now)):
        said.setdefault(row["unit_code"], {})[row["name"]] = row
    return {agency: _reporting(rows) for agency, rows in said.items()}


async def of_agency(tx: Tx, *, agency_code: str, on: date, now: datetime) -> Reporting:
    """Return what this agency asks on that day, as known now."""
    rows = await tx.all(
        _SETTINGS + " AND s.unit_code = :agency", agency=agency_code, on=on.isoformat(), known=to_micros(now)
    )
    return _reporting({row["name"]: row for row in rows})


def _reporting(rows: Mapping[str, Row]) -> Reporting:
    bases: dict[Owed, str] = {}
    health, reporting = rows.get(HEALTH_MODE), rows.get(REPORTING)
    if health is not None and health["value"] != HealthMode.OFF and health["basis"]:
        bases[Owed.HEALTH] = health["basis"]
    if reporting is not None and reporting["basis"]:
        bases |= {Owed(kind): reporting["basis"] for kind in reporting["value"].split(",") if kind}
    deadlines = rows.get(DEADLINES)
    return Reporting(bases=bases, deadlines=from_setting(deadlines["value"] if deadlines else None))
