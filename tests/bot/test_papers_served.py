"""The whole bot over HTTP: a paper and a picture that were asked for in the chat arrive there."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from db.opening import open_db
from handlers import notice
from tests import factories
from tests.bot.services import PERSON, Telegram, running, settings_for, telegram
from tests.documents import text


@pytest.fixture
async def platform() -> AsyncIterator[Telegram]:
    async with telegram() as running_platform:
        yield running_platform


async def _with_ana(url: str) -> None:
    """An office in which Ana's chat is linked already."""
    db, now = await open_db(url), datetime.now(UTC)
    ids = await factories.open_office(db, now=now)
    chats = {ids["ana"]: str(PERSON)}
    await factories.link_chats(db, chats, channel="telegram", version=notice.VERSION, now=now)
    await db.close()


async def _arrived(platform: Telegram, kind: str) -> list[bytes]:
    """Wait until a document or photo stands in the chat; return the bytes of all of them."""
    for _ in range(200):
        messages = platform.world.chats[PERSON].messages.values()
        found = [message.content[kind] for message in messages if kind in message.content]
        if found:
            ids = [one[-1]["file_id"] if isinstance(one, list) else one["file_id"] for one in found]
            return [stored.data for stored in map(platform.world.files.by_id, ids) if stored]
        await asyncio.sleep(0.05)
    raise AssertionError(f"No {kind} has come.")


async def test_a_paper_and_a_picture_arrive_in_the_chat(platform: Telegram, db_url: str) -> None:
    await _with_ana(db_url)
    async with running(settings_for(platform, db_url)):
        await platform.post("say", user=PERSON, text="/pdf")
        [paper] = await _arrived(platform, "document")
        assert "Ana Lestari" in text(paper)
        await platform.post("say", user=PERSON, text="/kalender")
        [picture] = await _arrived(platform, "photo")
        assert picture.startswith(b"\x89PNG")
