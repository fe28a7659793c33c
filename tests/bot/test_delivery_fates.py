"""What a platform answers decides what becomes of a message, and of nothing else."""

from datetime import datetime, timedelta
from random import Random

import pytest

from bot.channels.base import Fate, Sent
from bot.outcomes import retry_pause
from db import channel_states, identities
from db.engine import Db
from db.sealed import Seal
from db.sending import outbox
from handlers.update import Class
from tests import factories
from tests.bot.post import Post, fails


@pytest.fixture
def post(db: Db, seal: Seal, now: datetime) -> Post:
    return Post(db, seal, now)


async def link(post: Post, name: str, address: str) -> str:
    people = await factories.open_office(post.db, now=post.hands.now())
    await factories.link_chats(
        post.db, {people[name]: address}, channel="telegram", version="1", now=post.hands.now()
    )
    return people[name]


async def test_c06_who_blocked_us_is_unreachable_and_the_broadcast_goes_on(post: Post) -> None:
    await link(post, "ana", "7")
    blocked = await post.put("7", urgency=Class.BROADCAST)
    queued = await post.put("7", urgency=Class.ALERT, not_before=post.hands.now() + timedelta(hours=1))
    reminder = await post.put("7", urgency=Class.REMINDER, not_before=post.hands.now() + timedelta(hours=1))
    others = [await post.put(str(number), urgency=Class.BROADCAST) for number in range(100, 110)]
    post.channel.answers["7"] = [fails(Fate.GONE, says="bot was blocked by the user")]
    await post.rounds(0)
    assert [await post.state(key) for key in (blocked, queued, reminder)] == ["held", "held", "dropped"]
    assert {await post.state(key) for key in others} == {"sent"}
    async with post.db.reading() as tx:
        known = await identities.by_address(tx, channel="telegram", address="7")
    assert known is not None
    assert known.unreachable_since is not None
    assert len(await post.audited("unreachable")) == 1


async def test_c07_who_comes_back_gets_what_must_arrive(post: Post) -> None:
    key = await post.put("7", urgency=Class.ALERT)
    post.channel.answers["7"] = [fails(Fate.GONE)]
    await post.rounds(0, 60)
    assert await post.state(key) == "held"
    async with post.db.transaction() as tx:
        assert await outbox.release_held(tx, channel="telegram", address="7", now=post.hands.now()) == 1
    await post.rounds(0)
    assert await post.state(key) == "sent"


@pytest.mark.parametrize("seconds", [5, 2282, 10072])
async def test_c08_bulk_pauses_to_the_second_and_answers_go_on(post: Post, seconds: int) -> None:
    first = await post.put("7", urgency=Class.BROADCAST)
    post.channel.answers["7"] = [fails(Fate.PAUSED, seconds=seconds)]
    await post.rounds(0)
    second, answer = await post.put("8", urgency=Class.REMINDER), await post.put("9")
    await post.rounds(seconds - 1)
    assert [await post.state(key) for key in (first, second, answer)] == ["queued", "queued", "sent"]
    await post.rounds(1)
    assert [await post.state(key) for key in (first, second)] == ["sent", "sent"]


async def test_c08_a_restart_obeys_the_pause(post: Post) -> None:
    await post.put("7", urgency=Class.DIGEST)
    post.channel.answers["7"] = [fails(Fate.PAUSED, seconds=600)]
    await post.rounds(0)
    other = await post.put("8", urgency=Class.BROADCAST)
    post.delivery = post.open_delivery()
    await post.rounds(599)
    assert await post.state(other) == "queued"
    await post.rounds(1)
    assert await post.state(other) == "sent"


async def test_c08_a_paused_chat_waits_alone_when_it_is_a_group(post: Post) -> None:
    group, answer = await post.put("-100"), await post.put("9")
    post.channel.answers["-100"] = [fails(Fate.PAUSED, seconds=30)]
    await post.rounds(0)
    late = await post.put("10")
    await post.rounds(1)
    assert [await post.state(key) for key in (group, answer, late)] == ["queued", "sent", "sent"]


async def test_c09_markup_that_the_platform_cannot_read_is_sent_plain_and_flagged(post: Post) -> None:
    key = await post.put("7")
    post.channel.answers["7"] = [fails(Fate.BAD_MARKUP, says="can't parse entities")]
    await post.rounds(0)
    assert await post.state(key) == "sent"
    assert post.channel.arrived == ["test/hello"]
    [flagged] = await post.audited("bad_markup")
    assert flagged["subject"] == "test/hello"


async def test_c10_a_refused_part_does_not_stop_the_rest_and_nothing_is_repeated(post: Post) -> None:
    key = await post.put("7", params={"parts": ["one", "two", "three"]})
    refused = fails(Fate.REFUSED, says="message is too long")
    post.channel.answers["7"] = [Sent(key="1"), fails(Fate.RETRY), refused]
    await post.rounds(0, 2)
    assert [call.plain for call in post.channel.calls] == ["one", "two", "two", "three"]
    assert post.channel.arrived == ["<b>one</b>", "<b>three</b>"]
    row = await post.row(key)
    assert row["state"] == "failed"
    assert row["ended_because"] == "part 2 of 3 refused: message is too long"


async def test_c11_a_group_that_moved_is_followed_with_all_that_waits_for_it(post: Post) -> None:
    key = await post.put("-100")
    later = await post.put("-100", not_before=post.hands.now() + timedelta(hours=1))
    post.channel.answers["-100"] = [fails(Fate.MOVED, address="-100200")]
    await post.rounds(0, 0)
    assert post.channel.calls[-1].address == "-100200"
    assert [await post.state(key), (await post.row(later))["address"]] == ["sent", "-100200"]
    assert len(await post.audited("moved")) == 1


async def test_c15_a_revoked_token_stops_sending_and_keeps_the_backlog(post: Post) -> None:
    keys = [await post.put(str(number)) for number in range(5)]
    post.channel.always = fails(Fate.DOWN, says="401: Unauthorized")
    await post.rounds(0, 1, 1, 1)
    assert len(post.channel.calls) == 5
    async with post.db.reading() as tx:
        state = (await channel_states.states(tx))["telegram"]
    assert (state.state, state.detail) == ("down", "401: Unauthorized")
    await post.rounds(60, 30)
    assert len(post.channel.calls) == 6
    post.channel.always = None
    await post.rounds(60, 1)
    assert [await post.state(key) for key in keys] == ["sent"] * 5
    assert [len(await post.audited(action)) for action in ("channel_down", "channel_up")] == [1, 1]


async def test_c20_an_outage_of_half_an_hour_loses_no_alert_and_sends_no_stale_reminder(post: Post) -> None:
    soon = post.hands.now() + timedelta(minutes=10)
    kept = [await post.put(str(number), urgency=Class.ALERT) for number in range(20)]
    stale = [await post.put(f"r{number}", urgency=Class.REMINDER, expires_at=soon) for number in range(20)]
    post.channel.always = fails(Fate.RETRY, says="not connected")
    await post.rounds(*([10] * 180))
    assert len(post.channel.calls) < 150
    post.channel.always = None
    await post.rounds(60, 60, 1)
    assert {await post.state(key) for key in kept} == {"sent"}
    assert {(await post.row(key))["ended_because"] for key in stale} == {"its moment has passed"}


async def test_n01_what_surely_did_not_arrive_is_tried_again_without_a_mark(post: Post) -> None:
    key = await post.put("7")
    post.channel.answers["7"] = [fails(Fate.RETRY), fails(Fate.RETRY)]
    await post.rounds(0, 1, 2)
    assert post.channel.arrived == ["<b>test/hello</b>"]
    assert (await post.row(key))["tries"] == 2


async def test_a_code_is_not_tried_for_ever(post: Post) -> None:
    key = await post.put("7", urgency=Class.CODE)
    post.channel.always = fails(Fate.RETRY, says="not connected")
    await post.rounds(*([60] * 20))
    assert (await post.row(key))["ended_because"] == "gave up after 15 tries: not connected"


def test_pauses_between_tries_double_up_to_a_minute_and_are_spread() -> None:
    chance = Random(3)
    for tries, longest in ((0, 1), (1, 2), (2, 4), (6, 60), (500, 60)):
        assert 0.75 * longest <= retry_pause(tries, chance) <= longest


async def test_p04_what_the_platform_refuses_ends_and_the_rest_flows(post: Post) -> None:
    bad, good = await post.put("7"), await post.put("8")
    post.channel.answers["7"] = [fails(Fate.REFUSED, says="message text is empty")]
    await post.rounds(0)
    assert [await post.state(bad), await post.state(good)] == ["failed", "sent"]
    assert len(await post.audited("refused")) == 1


async def test_p04_a_template_that_raises_ends_its_message_and_an_answer_says_sorry_once(post: Post) -> None:
    answer, alert = (
        await post.put("7", "test/broken"),
        await post.put("8", "test/broken", urgency=Class.ALERT),
    )
    fine = await post.put("9")
    await post.rounds(0, 5)
    assert [await post.state(key) for key in (answer, alert, fine)] == ["failed", "failed", "sent"]
    assert sorted(post.channel.arrived) == ["<b>common/our_fault</b>", "<b>test/hello</b>"]
    assert {row["subject"] for row in await post.audited("render_failed")} == {"test/broken"}


async def test_p04_a_body_that_does_not_open_ends_alone(post: Post, seal: Seal) -> None:
    bad, good = await post.put("7", urgency=Class.ALERT), await post.put("8")
    async with post.db.transaction() as tx:
        await tx.run(
            "UPDATE outbox SET body = :body WHERE id = :bad", body=seal.close({}, place="x"), bad=bad
        )
    await post.rounds(0)
    assert [await post.state(bad), await post.state(good)] == ["failed", "sent"]


async def test_who_lost_the_role_does_not_get_what_it_was_for(post: Post) -> None:
    person = await link(post, "boris", "7")
    lost = await post.put("7", urgency=Class.DIGEST, person_id=person, role_needed="health")
    held = await post.put("7", urgency=Class.DIGEST, person_id=person, role_needed="head")
    nobody = await post.put("8", urgency=Class.DIGEST, role_needed="head")
    await post.rounds(0, 0)
    assert [await post.state(key) for key in (lost, held, nobody)] == ["dropped", "sent", "dropped"]
    assert (await post.row(lost))["ended_because"] == "the recipient no longer has the role for it"
