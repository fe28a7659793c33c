"""What an agency decides from a day on: a region's zone, how health is reported, which circulars bind it."""

from datetime import date, datetime

from db import adoptions, audit, regions, settings, units
from db.engine import Tx
from db.regions import Region
from db.units import Unit
from handlers.admin.importing.columns import closest
from handlers.admin.refusal import AdminRefused
from policy.book import Book
from policy.health import HealthMode
from policy.model import Circular
from policy.words import Zone

HEALTH_MODE = "health_mode"
CASE_DAYS = "health_case_days"
MOST_CASE_DAYS = 92


async def set_zone(
    tx: Tx, *, region_code: str, zone: Zone, valid_from: date, source: str | None, by: str, now: datetime
) -> Region:
    """Record a region's zone from a day on; return the region. Raises AdminRefused."""
    region = await regions.by_code(tx, code=region_code)
    if region is None:
        known = [each.code for each in await regions.all_regions(tx)]
        raise AdminRefused(
            f"There is no region {region_code}.{_meant(region_code, known, '`piket region list`')}"
        )
    await regions.record_fact(
        tx, region_code=region_code, value=zone.value, valid_from=valid_from, source=source, by=by, now=now
    )
    detail = {"zone": zone.value, "from": valid_from.isoformat(), "source": source}
    await audit.note(tx, actor=by, action="zone_recorded", subject=region_code, detail=detail, now=now)
    return region


async def set_health_mode(
    tx: Tx, *, agency_code: str, mode: HealthMode, basis: str, valid_from: date, by: str, now: datetime
) -> Unit:
    """Record how an agency's people report health, from a day on. Raises AdminRefused.

    UU 27/2022 art. 20: health data need a legal basis, which the agency names; only `off` needs none.
    """
    agency = await _agency(tx, agency_code)
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
    return agency


async def set_case_days(
    tx: Tx, *, agency_code: str, days: int, basis: str, valid_from: date, by: str, now: datetime
) -> Unit:
    """Record for how many days high risk keeps somebody out at first; 0 states none. Raises AdminRefused.

    KMK 328/2020 names no number, so an agency that does names its basis.
    """
    agency = await _agency(tx, agency_code)
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


async def adopt(
    tx: Tx, book: Book, *, circular: str, unit_code: str, valid_from: date, by: str, now: datetime
) -> tuple[Circular, Unit]:
    """Switch a circular on for a unit and all below it, from a day on. Raises AdminRefused."""
    unit, known = await _unit(tx, unit_code), circular_named(book, circular)
    await adoptions.adopt(tx, circular=circular, unit_code=unit_code, valid_from=valid_from, by=by, now=now)
    detail = {"circular": circular, "from": valid_from.isoformat()}
    await audit.note(tx, actor=by, action="circular_adopted", subject=unit_code, detail=detail, now=now)
    return known, unit


async def stop(tx: Tx, *, circular: str, unit_code: str, first: date, by: str, now: datetime) -> Unit:
    """Switch a circular off for a unit, from a day on. Raises AdminRefused if it was not on for that very unit."""
    unit = await _unit(tx, unit_code)
    given_way = await adoptions.drop(tx, circular=circular, unit_code=unit_code, first=first, by=by, now=now)
    if not given_way:
        raise AdminRefused(
            f"{circular} was not switched on for {unit_code} itself; `piket circular list` shows where it is."
        )
    detail = {"circular": circular, "from": first.isoformat()}
    await audit.note(tx, actor=by, action="circular_stopped", subject=unit_code, detail=detail, now=now)
    return unit


def circular_named(book: Book, circular: str) -> Circular:
    """Return the circular with this id. Raises AdminRefused that offers the closest."""
    if circular not in book.circulars:
        meant = _meant(circular, list(book.circulars), "`piket circular list`")
        raise AdminRefused(f"This release has no circular {circular}.{meant}")
    return book.circulars[circular]


async def _agency(tx: Tx, code: str) -> Unit:
    agency = await _unit(tx, code)
    if agency.parent_code is not None:
        top = (await units.chain(tx, code=code))[-1]
        raise AdminRefused(f"{code} is a unit of {top}; health reporting is decided for the whole agency.")
    return agency


async def _unit(tx: Tx, code: str) -> Unit:
    unit = await units.by_code(tx, code=code)
    if unit is None:
        known = [each.code for each in await units.all_units(tx)]
        raise AdminRefused(f"There is no unit {code}.{_meant(code, known, '`piket agency list`')}")
    return unit


def _meant(word: str, known: list[str], where: str) -> str:
    found = closest(word, known)
    return f" Did you mean {found}?" if found else f" {where} shows what there is."
