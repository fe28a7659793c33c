"""Blocked, back again, and groups: facts about a chat, and never a personal word where others read along."""

from datetime import timedelta

from db.sending import outbox
from handlers.update import Class
from tests.chat import Player
from tests.dialogues.marks import only_telegram
from tests.stage import Stage

pytestmark = only_telegram
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Kominfo santai"}


async def unreachable(stage: Stage, player: Player) -> list[str]:
    rows = await stage.rows(
        "SELECT unreachable_because FROM identities WHERE person_id = :id AND unreachable_since IS NOT NULL",
        id=player.person_id,
    )
    return [row["unreachable_because"] for row in rows]


async def test_who_blocks_the_bot_is_known_to_be_unreachable(stage: Stage, ana: Player) -> None:
    """C06"""
    await ana.blocks()
    assert await unreachable(stage, ana) == ["blocked"]
    ana.sees_nothing()


async def test_who_lets_the_bot_in_again_is_reachable(stage: Stage, ana: Player) -> None:
    """C07"""
    await ana.blocks()
    await ana.returns()
    assert await unreachable(stage, ana) == []


async def test_who_simply_writes_again_is_reachable_and_answered(stage: Stage, ana: Player) -> None:
    """C07"""
    await ana.blocks()
    await ana.says("WFO hari ini?")
    assert await unreachable(stage, ana) == []
    ana.sees("045.2")


async def test_what_had_to_arrive_and_was_held_arrives_after_the_return(stage: Stage, ana: Player) -> None:
    """C07"""
    await ana.blocks()
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        await outbox.add(
            tx,
            stage.seal,
            channel="telegram",
            address=ana.address,
            person_id=ana.person_id,
            urgency=Class.ALERT,
            message="settings/language_set",
            locale="id",
            body={"params": {}},
            now=now,
            expires_at=now + timedelta(days=1),
        )
        await outbox.hold_chat(tx, channel="telegram", address=ana.address, because="blocked", now=now)
    await stage.drains()
    ana.sees_nothing()
    await ana.returns()
    ana.sees("bahasa Indonesia")


async def test_a_strangers_block_and_return_are_no_news(stage: Stage, eko: Player) -> None:
    """C06"""
    await eko.blocks()
    await eko.returns()
    eko.sees_nothing()
    assert len(await stage.rows("SELECT * FROM seen")) == 2


async def test_a_question_in_a_group_is_answered_with_come_to_me_and_never_with_a_verdict(
    stage: Stage, ana: Player
) -> None:
    """C12"""
    at = int(stage.clock.now().timestamp())
    await stage.deliver(stage.telegram.in_group(ana, "/hariini", at=at))
    (said,) = stage.groups
    assert "percakapan langsung" in said.plain
    assert "045.2" not in said.plain
    assert said.leaves
    ana.sees_nothing()


async def test_a_topic_of_a_forum_is_a_group_too_and_is_told_once(stage: Stage, ana: Player) -> None:
    """C12"""
    at = int(stage.clock.now().timestamp())
    for topic in (None, 7, 8):
        await stage.deliver(stage.telegram.in_group(ana, "rencana", at=at, topic=topic))
    assert len(stage.groups) == 1
    assert await stage.rows("SELECT * FROM conversations") == []


async def test_being_added_to_a_group_is_answered_and_left(stage: Stage, ana: Player) -> None:
    """C12"""
    at = int(stage.clock.now().timestamp())
    await stage.deliver(stage.telegram.membership(ana, "member", at=at, chat=GROUP))
    (said,) = stage.groups
    assert said.address == str(GROUP["id"])
    assert said.leaves


async def test_a_form_answered_in_a_group_does_not_count(stage: Stage, ana: Player) -> None:
    """C12"""
    await ana.says("rencana")
    await stage.deliver(
        stage.telegram.in_group(ana, "menyusun laporan", at=int(stage.clock.now().timestamp()))
    )
    assert await stage.rows("SELECT * FROM reports") == []
    await ana.says("membaca surat")
    ana.sees("1. membaca surat")
    ana.sees_no("menyusun laporan")
