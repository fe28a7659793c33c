"""What an agency decides from a day on: how health is reported, and for how long high risk keeps people out."""

from datetime import date, datetime

from db import audit, changes, settings
from db.changes import ChangeKind
from db.engine import Tx
from db.reporting import HEALTH_MODE as HEALTH_MODE
from db.units import Unit
from handlers.admin.finding import agency_named
from handlers.admin.refusal import AdminRefused
from policy.health import HealthMode

CASE_DAYS = "health_case_days"
MOST_CASE_DAYS = 92


async def set_health_mode(
    tx: Tx, *, agency_code: str, mode: HealthMode, basis: str, valid_from: date, by: str, now: datetime
) -> Unit:
    """Record how an agency's people report health, from a day on. Raises AdminRefused.

    UU 27/2022 art. 20: health data need a legal basis, which the agency names; only `off` needs none.
    """
    agency = await agency_named(tx, agency_code, what="health reporting")
    if mode is not HealthMode.OFF and not basis.strip():
        raise AdminRefused(
            "Health reports are specific personal data (UU 27/2022 art. 4 and 20), so the agency must name its legal "
            'basis: --basis "SK Kepala Dinas Nomor … tanggal …, KMK HK.01.07/MENKES/328/2020".'
        )
    await settings.set_value(
        tx,
        unit_code=agency_code,
        name=HEALTH_MODE,
        value=mode.value,
        basis=basis.strip() or None,
        valid_from=valid_from,
        by=by,
        now=now,
    )
    detail = {"mode": mode.value, "basis": basis, "from": valid_from.isoformat()}
    await audit.note(tx, actor=by, action="health_mode_set", subject=agency_code, detail=detail, now=now)
    await changes.note(
        tx, kind=ChangeKind.REPORTING, subject=agency_code, first_day=valid_from, by=by, now=now
    )
    return agency


async def set_case_days(
    tx: Tx, *, agency_code: str, days: int, basis: str, valid_from: date, by: str, now: datetime
) -> Unit:
    """Record for how many days high risk keeps somebody out at first; 0 states none. Raises AdminRefused.

    KMK 328/2020 names no number, so an agency that does names its basis.
    """
    agency = await agency_named(tx, agency_code, what="health reporting")
    if not 0 <= days <= MOST_CASE_DAYS:
        raise AdminRefused(f"{days} is no number of days from 0 to {MOST_CASE_DAYS}.")
    if days and not basis.strip():
        raise AdminRefused(
            'KMK HK.01.07/MENKES/328/2020 names no number of days; name what yours rests on: --basis "SK …".'
        )
    await settings.set_value(
        tx,
        unit_code=agency_code,
        name=CASE_DAYS,
        value=str(days),
        basis=basis.strip() or None,
        valid_from=valid_from,
        by=by,
        now=now,
    )
    detail = {"days": days, "basis": basis, "from": valid_from.isoformat()}
    await audit.note(tx, actor=by, action="case_days_set", subject=agency_code, detail=detail, now=now)
    return agency
