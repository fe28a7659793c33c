"""The power fails, or the disk is full, at any write: nothing that was confirmed is missing afterwards (D03, D05)."""

import os
import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.render import Renderer
from db.engine import Db
from db.opening import open_db
from db.sealed import Seal
from db.sqlite import open_sqlite
from handlers import notice
from handlers.dispatch import Dispatch, NotStored
from handlers.update import Kind, Sender, Update
from policy.book import Book
from tests import factories
from tests.chat import MovedClock
from tests.engines import SqliteMaker
from tests.power.connection import open_on
from tests.power.lossy import LossyDisk, copy_of_platter

ADDRESS = "1001"
BOOK, RENDERER = Book.shipped(), Renderer()
SAMPLE = (*range(0, 60, 4), *range(60, 400, 25))  # writes after the start at which the power fails
CUTS = range(500) if "AT_LENGTH" in os.environ else SAMPLE


@pytest.fixture
async def office(sqlite_maker: SqliteMaker) -> Path:
    """A database in which Ana has enrolled."""
    url = sqlite_maker.fresh()
    db = await open_db(url)
    moment = datetime.fromisoformat("2020-06-15T06:45+07:00")
    ids = await factories.open_office(db, now=moment)
    await factories.link_chats(
        db, {ids["ana"]: ADDRESS}, channel="telegram", version=notice.VERSION, now=moment
    )
    await db.close()
    return Path(url.removeprefix("sqlite:"))


@pytest.fixture
async def place(office: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "piket.db"
    shutil.copy(office, copy)
    return copy


async def _plans(db: Db, seal: Seal, now: datetime, *, rounds: int, first: int = 0) -> tuple[list[str], int]:
    """Let Ana write plan after plan until something breaks; return the confirmed updates and plans."""
    clock = MovedClock(now)
    dispatch = Dispatch(db, seal=seal, book=BOOK, wording=RENDERER, clock=clock)
    confirmed: list[str] = []
    for number in range(first, first + rounds * 3):
        words = ("Rencana baru", f"Kegiatan {number // 3}", "Simpan")[number % 3]
        clock.move_to(now + timedelta(seconds=3 * number))
        try:
            await dispatch.receive(_update(str(number), words, clock.now()))
        except NotStored:
            break
        confirmed.append(str(number))
    return confirmed, len(confirmed) // 3


def _update(key: str, text: str, at: datetime) -> Update:
    sender = Sender(channel="telegram", address=ADDRESS, user=ADDRESS)
    return Update(
        channel="telegram", key=key, kind=Kind.TEXT, sender=sender, sent_at=at, text=text, message_key=key
    )


async def _abandon(db: Db, disk: LossyDisk) -> None:
    disk.complains = False
    await db.close()


def _found(path: Path) -> tuple[set[str], int]:
    """Return which updates and how many plans stand in a file; it must be whole."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        seen = {row[0] for row in connection.execute("SELECT update_key FROM seen")}
        plans = connection.execute("SELECT COUNT(*) FROM reports").fetchone()[0]
    connection.close()
    return seen, plans


@pytest.mark.parametrize("writes", CUTS)
async def test_d05_what_was_confirmed_outlives_a_power_cut(
    place: Path, seal: Seal, now: datetime, writes: int
) -> None:
    disk = LossyDisk(f"lossy-{writes}")
    db = await open_on(str(place), disk.name)
    disk.cut_power_after(writes, seed=writes)
    confirmed, plans = await _plans(db, seal, now, rounds=40)
    assert not disk.has_power
    after = copy_of_platter(place, place.with_name("after.db"))
    await _abandon(db, disk)
    seen, kept = _found(after)
    assert seen >= set(confirmed)
    assert plans <= kept <= plans + 1  # one more at most: stored, but the confirmation was cut off


async def test_the_forgetful_disk_does_forget(place: Path, seal: Seal, now: datetime) -> None:
    """Without syncing, the same cut loses what was confirmed: the tests above can fail."""
    disk = LossyDisk("lossy-unsynced")
    db = await open_on(str(place), disk.name)
    await db._writer.execute("PRAGMA synchronous = OFF")
    disk.cut_power_after(120, seed=1)
    confirmed, _ = await _plans(db, seal, now, rounds=40)
    after = copy_of_platter(place, place.with_name("after.db"))
    await _abandon(db, disk)
    try:
        seen, _ = _found(after)
    except (sqlite3.DatabaseError, AssertionError):
        return
    assert not seen >= set(confirmed)


@pytest.mark.parametrize("pages", [1, 2, 3, 5, 8, 13])
async def test_d03_a_full_disk_confirms_nothing_and_the_bot_goes_on_when_there_is_room(
    place: Path, seal: Seal, now: datetime, pages: int
) -> None:
    db = await open_sqlite(str(place))
    used = await db._writer.execute_fetchall("PRAGMA page_count")
    limit = next(iter(used))[0] + pages
    await db._writer.execute(f"PRAGMA max_page_count = {limit}")
    confirmed, plans = await _plans(db, seal, now, rounds=400)
    assert len(confirmed) < 1200
    await db._writer.execute("PRAGMA max_page_count = 1000000")
    again, more = await _plans(db, seal, now + timedelta(hours=1), rounds=5, first=3000)
    await db.close()
    seen, kept = _found(place)
    assert seen >= set(confirmed) | set(again)
    assert more == 5
    assert kept >= plans + more
