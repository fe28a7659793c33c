"""Makes an office of units of fifty that reports: two people by the product's own ways, the rest as copies of them."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.checkin.contenders import KEY
from benchmarks.checkin.office import CHANNEL, FIRST_CHAT, copy_rows
from benchmarks.clock.moments import EVE, FOUNDED
from db import appointments, settings, units
from db.appointments import Post
from db.engine import Db
from db.migrate import upgrade
from db.opening import open_db
from db.sealed import seal_from
from handlers.notice import VERSION
from policy.book import Book
from scheduler.days import workday
from tests import factories

UNIT = 50  # people
SEAL = seal_from(KEY)
_FIRST_UNIT = "U0"
_BASIS = "SK Kepala Dinas 800/15/2020"


async def open_office(path: Path, *, people: int, unit: int = UNIT) -> None:
    """Fill a new file: the agency, its units each with a head, and `people` with chats from FIRST_CHAT on."""
    url = f"sqlite:{path}"
    db = await open_db(url)
    try:
        await upgrade(db, url)
        head = await _found(db)
        await factories.link_chats(db, {head: str(FIRST_CHAT)}, channel=CHANNEL, version=VERSION, now=FOUNDED)
    finally:
        await db.close()
    with sqlite3.connect(path) as connection:
        _copy(connection, people=people, unit=unit)
    connection.close()


async def opened(path: Path, *, people: int, unit: int = UNIT) -> None:
    """Fill a new file, and let the clock open its Monday."""
    await open_office(path, people=people, unit=unit)
    db = await open_db(f"sqlite:{path}")
    try:
        await workday.open_due(db, SEAL, Book.shipped(), EVE)
    finally:
        await db.close()


async def _found(db: Db) -> str:
    """The agency with one unit; return the key of its head, who is copied for whoever else there is."""
    since: dict[str, Any] = {"valid_from": factories.SINCE, "by": factories.BY, "now": FOUNDED}
    async with db.transaction() as tx:
        await factories.found_agency(tx, now=FOUNDED)
        await units.add(
            tx,
            code=_FIRST_UNIT,
            name="Bidang",
            kind="bidang",
            region_code=factories.CITY,
            parent_code=factories.AGENCY,
            now=FOUNDED,
        )
        await settings.set_value(
            tx, unit_code=factories.AGENCY, name="reporting", value="plan,output", basis=_BASIS, **since
        )
        head = await factories.hire(tx, replace(factories.ANA, unit=_FIRST_UNIT), now=FOUNDED)
        await appointments.appoint(tx, unit_code=_FIRST_UNIT, person_id=head, post=Post.HEAD, **since)
    return head


def _copy(connection: sqlite3.Connection, *, people: int, unit: int) -> None:
    chat = f"CAST({FIRST_CHAT} + i AS TEXT)"
    person = {"person_id": "'p' || i"}
    own = {
        "people": {"id": "'p' || i", "nip": "CAST(199203152015100000 + i AS TEXT)", "phone": "'+628' || i"},
        "memberships": {"id": "'m' || i", "unit_code": f"'U' || (i / {unit})", **person},
        "identities": {"id": "'i' || i", "address": chat, "user_key": chat, **person},
        "notices": {"id": "'n' || i", "address": chat, **person},
    }
    copy_rows(
        connection,
        "units",
        {"code": "'U' || i", "name": "'Bidang ' || i"},
        copies=(people - 1) // unit,
        where=f"code = '{_FIRST_UNIT}'",
    )
    for table, differs in own.items():
        copy_rows(connection, table, differs, copies=people - 1)
    heads = {"id": "'a' || i", "unit_code": "'U' || i", "person_id": f"'p' || (i * {unit})"}
    copy_rows(connection, "appointments", heads, copies=(people - 1) // unit)


def look_later(path: Path, *, but: int) -> None:
    """Let the days of all but the first so many people wait until the day after."""
    later = int((EVE + timedelta(days=1)).timestamp() * 1_000_000)
    others = "SELECT person_id FROM identities WHERE CAST(address AS INTEGER) >= :first"
    with sqlite3.connect(path) as connection:
        connection.execute(
            f"UPDATE workdays SET look_at = :later WHERE person_id IN ({others})",
            {"later": later, "first": FIRST_CHAT + but},
        )
    connection.close()
