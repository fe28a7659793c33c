"""What `piket doctor` and /metrics say of this very moment: pauses and their ends, channels away, a clock."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels.base import Fate
from bot.examining_now import now_standing
from bot.figures import figures
from bot.metrics import Metrics
from db.engine import Db
from db.sealed import Seal
from handlers.update import Class
from tests.bot.post import Post, fails


@pytest.fixture
def post(db: Db, seal: Seal, now: datetime) -> Post:
    return Post(db, seal, now)


async def said(post: Post) -> str:
    async with post.db.reading() as tx:
        found = await now_standing(tx, now=post.hands.now(), real=post.hands.real())
    return "\n".join(each.sentence for each in found)


async def shown(post: Post) -> str:
    office: Any = SimpleNamespace(db=post.db, clock=post.hands)
    return await figures(office, Metrics(), post.delivery, channel="telegram")


@pytest.mark.parametrize(
    ("seconds", "until", "out"),
    [(5, "06:45:05", "06:45:09"), (2282, "07:23:02", "07:23:06"), (10072, "09:32:52", "09:32:56")],
)
async def test_c08_until_when_a_class_waits_and_when_all_will_be_out_is_shown(
    post: Post, seconds: int, until: str, out: str
) -> None:
    await post.put("7", urgency=Class.BROADCAST)
    post.channel.answers["7"] = [fails(Fate.PAUSED, seconds=seconds)]
    await post.rounds(0)
    for chat in range(100, 200):
        await post.put(str(chat), urgency=Class.REMINDER)
    await post.put("9", urgency=Class.ALERT)
    sentences = await said(post)
    assert f"reminders, digests and broadcasts wait until 2020-06-15 {until} WIB" in sentences
    assert f"Waiting: 100; all out about 2020-06-15 {out} WIB" in sentences
    assert f'piket_send_paused_seconds{{channel="telegram",lane="bulk"}} {seconds}' in await shown(post)
    assert 'piket_send_paused_seconds{channel="telegram",lane="answers"} 0' in await shown(post)
    post.hands.pass_by(seconds)
    assert "wait until" not in await said(post)
    assert 'lane="bulk"} 0' in await shown(post)


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_channel_that_does_not_work_is_named_with_since_when(post: Post) -> None:
    assert await said(post) == ""
    await post.put("7")
    post.channel.always = fails(Fate.DOWN, says="Unauthorized")
    await post.rounds(0, 1)
    assert "telegram is down since 2020-06-15 06:45:00 WIB: Unauthorized. What waits is kept." in await said(
        post
    )


async def test_t02_what_time_drives_waits_while_the_clock_is_held_and_nothing_is_late_by_it(
    post: Post,
) -> None:
    error: list[timedelta | None] = [timedelta(days=1)]
    held = post.open_delivery(clock_error=lambda: error[0])
    keys = [await post.put(str(int(each)), urgency=each) for each in Class]
    soon = await post.put("20", urgency=Class.REMINDER, expires_at=post.hands.now() + timedelta(hours=1))
    post.hands.office += timedelta(days=1)
    for _ in range(2):
        await held.drain_once()
        post.hands.pass_by(2)
    assert [await post.state(key) for key in keys] == ["sent", "sent", "sent", "queued", "queued", "queued"]
    assert await post.state(soon) == "queued"
    post.hands.office -= timedelta(days=1)
    error[0] = None
    await held.drain_once()
    assert {await post.state(key) for key in [*keys, soon]} == {"sent"}
