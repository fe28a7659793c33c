"""Makes our database with so many people who have all enrolled: one by the product's own ways, the rest as copies."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.migrate import upgrade
from db.opening import open_db
from handlers.notice import VERSION
from tests import factories

FIRST_CHAT = 100_001
CHANNEL = "telegram"
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :copies)"
_CHAT = f"CAST({FIRST_CHAT} + i AS TEXT)"
# What is not the same for everybody, as SQL over the number of the copy.
_OWN = {
    "people": {"id": "'p' || i", "nip": "CAST(199203152015100000 + i AS TEXT)", "phone": "'+628' || i"},
    "memberships": {"id": "'m' || i", "person_id": "'p' || i"},
    "identities": {"id": "'i' || i", "person_id": "'p' || i", "address": _CHAT, "user_key": _CHAT},
    "notices": {"id": "'n' || i", "person_id": "'p' || i", "address": _CHAT},
}


async def open_office(path: Path, *, people: int) -> None:
    """Fill a new file: the agency, and `people` with chats from FIRST_CHAT on."""
    url, now = f"sqlite:{path}", datetime.now(UTC) - timedelta(days=1)
    db = await open_db(url)
    try:
        await upgrade(db, url)
        async with db.transaction() as tx:
            await factories.found_agency(tx, now=now)
            first = await factories.hire(tx, factories.ANA, now=now)
        await factories.link_chats(db, {first: str(FIRST_CHAT)}, channel=CHANNEL, version=VERSION, now=now)
    finally:
        await db.close()
    with sqlite3.connect(path) as connection:
        for table, own in _OWN.items():
            copy_rows(connection, table, own, copies=people - 1)
    connection.close()


def copy_rows(
    connection: sqlite3.Connection, table: str, own: Mapping[str, str], *, copies: int, where: str = "1 = 1"
) -> None:
    """Copy rows of a table so many times; `own`: what is not the same in a copy, as SQL over its number `i`."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(own.get(column, column) for column in columns)
    connection.execute(
        f"{_NUMBERS} INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}, n WHERE {where}",
        {"copies": copies},
    )
