"""The whole bot beside a pretend Telegram: it starts quickly, answers, and stops in order."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.app import build
from bot.settings import SettingError
from bot.stopped import Stopped
from db import meta, outages, regions
from db.errors import Refused
from db.opening import open_db
from db.sealed import new_key
from tests.bot.services import PERSON, Telegram, renewed, running, settings_for, telegram


@pytest.fixture
async def platform() -> AsyncIterator[Telegram]:
    async with telegram() as running_platform:
        yield running_platform


@pytest.fixture
def place(tmp_path: Path) -> str:
    return f"sqlite:{tmp_path / 'piket.db'}"


async def test_whoever_writes_to_the_bot_is_answered(platform: Telegram, db_url: str) -> None:
    async with running(settings_for(platform, db_url)):
        await platform.post("start", user=PERSON)
        assert "Piket" in (await platform.answered())[0]


async def test_by_webhook_it_answers_too_and_the_webhook_is_ours(platform: Telegram, place: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = settings_for(
        platform, place, PIKET_LISTEN=f"127.0.0.1:{port}", PIKET_PUBLIC_URL=f"http://127.0.0.1:{port}"
    )
    async with running(settings) as app:
        await asyncio.wait_for(app.link.introduced.wait(), 5)
        await platform.post("start", user=PERSON)
        assert await platform.answered()
        assert app.polling is None
        assert platform.world.webhook.url == f"http://127.0.0.1:{port}/telegram"


async def test_it_is_ready_within_three_seconds_on_an_empty_disk(platform: Telegram, place: str) -> None:
    began = time.perf_counter()
    async with running(settings_for(platform, place)) as app, aiohttp.ClientSession() as client:
        async with client.get(f"http://127.0.0.1:{app.door.port}/healthz") as answer:
            assert answer.status == 200
        assert time.perf_counter() - began < 3


async def test_p02_a_clean_stop_is_quick_and_the_next_start_knows_it(platform: Telegram, place: str) -> None:
    settings = settings_for(platform, place)
    async with running(settings) as app:
        assert not app.was_unclean
        began = time.perf_counter()
    assert time.perf_counter() - began < 5
    async with running(settings) as app:
        assert not app.was_unclean


async def test_p01_after_an_unclean_stop_the_next_start_is_wary(platform: Telegram, place: str) -> None:
    settings = settings_for(platform, place)
    killed = await build(settings)
    await killed.stack.aclose()  # what the system does for a killed process: files closed, nothing said
    async with running(settings) as app:
        assert app.was_unclean


async def test_t08_a_zone_that_this_machine_does_not_know_keeps_it_from_starting(
    platform: Telegram, db_url: str
) -> None:
    db = await open_db(db_url)
    async with db.transaction() as tx:
        await regions.add(tx, code="18", name="Lampung", kind="provinsi", timezone="WIB")
        await tx.run("UPDATE regions SET timezone = 'Asia/Atlantis'")
    await db.close()
    with pytest.raises(
        Refused, match=r"`Asia/Atlantis` of Lampung is unknown on this machine.*Install tzdata"
    ):
        await build(settings_for(platform, db_url))


async def test_p07_a_second_service_on_the_same_file_is_refused(platform: Telegram, place: str) -> None:
    settings = settings_for(platform, place)
    async with running(settings):
        with pytest.raises(Refused, match="Another Piket service"):
            await build(settings)


async def test_p07_a_second_poller_of_the_same_bot_stops_with_a_sentence(
    platform: Telegram, place: str, tmp_path: Path
) -> None:
    async with running(settings_for(platform, place)) as first:
        await platform.post("start", user=PERSON)
        await platform.answered()
        async with running(settings_for(platform, f"sqlite:{tmp_path / 'second.db'}")) as second:
            assert first.polling is not None
            assert second.polling is not None
            first.polling.patience, second.polling.patience = 5.0, 0.3
            with pytest.raises(Stopped, match="Another process polls with this token"):
                await asyncio.wait_for(second.run(asyncio.Event()), 10)
        await platform.post("say", user=PERSON, text="halo")
        assert await platform.answered(2)


async def test_d11_another_key_is_refused_and_the_right_one_still_works(
    platform: Telegram, place: str
) -> None:
    settings = settings_for(platform, place)
    async with running(settings):
        pass
    with pytest.raises(Refused, match="sealed with another key"):
        await build(renewed(settings, key=new_key()))
    async with running(settings):
        pass


async def test_e09_a_token_that_telegram_does_not_know_is_refused(platform: Telegram, place: str) -> None:
    settings = renewed(settings_for(platform, place), telegram_token="test:WRONG")
    with pytest.raises(SettingError, match="Telegram does not know the token in PIKET_TELEGRAM_TOKEN"):
        async with running(settings):
            pass


async def test_e09_another_bot_on_the_same_data_is_refused(platform: Telegram, place: str) -> None:
    settings = settings_for(platform, place)
    async with running(settings):
        pass
    with pytest.raises(Refused, match="belongs to the bot test"):
        await build(renewed(settings, telegram_token="123456789:" + "A" * 35))


async def test_e10_a_demo_refuses_a_database_that_is_not_its_own(platform: Telegram, place: str) -> None:
    with pytest.raises(Refused, match="The demo only runs on a database that it made itself"):
        await build(settings_for(platform, place, PIKET_DEMO="1"))


async def test_e10_a_real_bot_refuses_a_demos_database(platform: Telegram, db_url: str) -> None:
    db = await open_db(db_url)
    async with db.transaction() as tx:
        await meta.flag_demo(tx)
    await db.close()
    with pytest.raises(Refused, match="This database is a demo's"):
        await build(settings_for(platform, db_url))


async def test_n05_with_telegram_away_it_starts_all_the_same_and_answers_later(
    platform: Telegram, place: str
) -> None:
    await platform.post("faults", platform_down=True)
    async with running(settings_for(platform, place)) as app:
        app.link.retry_seconds = 0.1
        await platform.post("start", user=PERSON)
        await platform.post("faults", platform_down=False)
        assert await platform.answered()


async def test_time_in_which_nobody_was_heard_is_written_down(platform: Telegram, place: str) -> None:
    settings = settings_for(platform, place)
    async with running(settings) as app:
        clock = app.office.clock
    db = await open_db(place)
    async with db.transaction() as tx:
        hour_ago = int((clock.real().timestamp() - 3600) * 1_000_000)
        await meta.keep(tx, name=f"alive:{app.service}", value=str(hour_ago))
    await db.close()
    async with running(settings) as app, app.office.db.reading() as tx:
        now = app.office.clock.now()
        (outage,) = await outages.between(tx, start=now.replace(year=2000), end=now)
    assert 3590 < (outage.ended_at - outage.began_at).total_seconds() < 3700


async def test_p08_a_start_that_fails_leaves_the_next_one_as_wary_as_it_was(
    platform: Telegram, place: str
) -> None:
    settings = settings_for(platform, place)
    killed = await build(settings)
    await killed.stack.aclose()
    with pytest.raises(SettingError):
        async with running(renewed(settings, telegram_token="test:WRONG")):
            pass
    async with running(settings) as app:
        assert app.was_unclean
