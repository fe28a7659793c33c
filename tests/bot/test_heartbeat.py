"""For how long nobody was heard is known at the next start, whatever ended the last one, and by whichever service."""

from datetime import timedelta
from typing import Any

import pytest

import bot.heartbeat
from bot.clock import Clock
from bot.heartbeat import Heartbeat
from bot.opening import Office
from bot.settings import settings_from
from db import meta, outages
from db.engine import Db
from db.moments import to_micros
from db.sealed import Seal


@pytest.fixture
def office(db: Db, seal: Seal) -> Office:
    return Office(db=db, seal=seal, clock=Clock(), settings=settings_from({}))


async def lived(office: Office, service: str, *, ago: timedelta) -> None:
    async with office.db.transaction() as tx:
        await meta.note_alive(tx, service=service, at=to_micros(office.clock.real() - ago))


async def recorded(office: Office) -> int:
    now = office.clock.now()
    async with office.db.reading() as tx:
        return len(await outages.between(tx, start=now - timedelta(days=9), end=now))


async def test_a_start_that_is_cut_short_leaves_the_outage_to_the_next_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P01"""
    await lived(office, "a:1", ago=timedelta(hours=1))

    async def killed(*_: Any, **__: Any) -> int:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(bot.heartbeat, "offer_again", killed)
        with pytest.raises(RuntimeError):
            await Heartbeat(office, channel="telegram", service="a:1").take_up()
    await Heartbeat(office, channel="telegram", service="a:1").take_up()
    assert await recorded(office) == 1
    await Heartbeat(office, channel="telegram", service="a:1").take_up()
    assert await recorded(office) == 1


async def test_a_service_that_was_down_beside_another_that_worked_is_no_outage(office: Office) -> None:
    await lived(office, "a:1", ago=timedelta(hours=1))
    await lived(office, "b:1", ago=timedelta(seconds=20))
    await Heartbeat(office, channel="telegram", service="a:1").take_up()
    assert await recorded(office) == 0


async def test_a_service_under_a_new_name_knows_how_long_the_old_one_is_gone(office: Office) -> None:
    await lived(office, "4f1d2c:8080", ago=timedelta(hours=1))
    await Heartbeat(office, channel="telegram", service="9a77b0:8080").take_up()
    assert await recorded(office) == 1
