"""What people wrote while nobody heard them is read, and what was asked is asked again, of the same people."""

from dataclasses import replace
from datetime import timedelta

from db import conversations, people
from db.sending import outbox
from handlers.offering import offer_again
from handlers.state import from_json, to_json
from handlers.update import Look
from tests.chat import Player
from tests.dialogues.marks import only_telegram
from tests.dialogues.test_relink import moves_to_a_new_phone
from tests.dialogues.written import only
from tests.stage import Stage


async def asks_with_buttons(stage: Stage, who: Player) -> None:
    """Let the last question be one with buttons on it, as lists and corrections are."""
    place, now = {"channel": stage.channel.name, "address": who.address}, stage.clock.now()
    async with stage.db.transaction() as tx:
        held = await conversations.lock(tx, stage.seal, now=now, **place)
        state = from_json(held.state)
        assert state.prompt is not None
        prompt = replace(state.prompt, say=replace(state.prompt.say, look=Look.BUTTONS))
        await conversations.save(
            tx,
            stage.seal,
            conversation=held,
            state=to_json(replace(state, prompt=prompt)),
            expires_at=now + timedelta(days=1),
            now=now,
        )


async def test_a_days_messages_of_one_person_that_come_at_once_are_all_answered(
    stage: Stage, ana: Player
) -> None:
    """T07, I18"""
    began = int(stage.clock.now().timestamp())
    bodies = [stage.platform.text(ana, "WFO hari ini?", at=began + 900 * number) for number in range(20)]
    stage.passes(900 * 20)
    await stage.deliver(*bodies)
    assert not any("Mohon tunggu" in seen.text for seen in ana.seen)
    assert sum("045.2" in seen.text for seen in ana.seen) == 20


@only_telegram
async def test_a_question_whose_buttons_were_lost_is_asked_once_more_and_only_once(
    stage: Stage, ana: Player
) -> None:
    """C20"""
    await ana.says("WFO hari ini?")
    await asks_with_buttons(stage, ana)
    began, seen = stage.clock.now(), len(ana.seen)
    for _ in range(2):
        stage.passes(600)
        await offer_again(stage.db, stage.seal, channel="telegram", began=began, ended=stage.clock.now())
        await stage.drains()
    assert len(ana.seen) == seen + 1


@only_telegram
async def test_nothing_is_asked_again_of_a_chat_whose_person_has_left(stage: Stage, ana: Player) -> None:
    """V05, C20"""
    await ana.says("WFO hari ini?")
    await asks_with_buttons(stage, ana)
    began, seen = stage.clock.now(), len(ana.seen)
    async with stage.db.transaction() as tx:
        await people.leave(tx, person_id=ana.person_id, now=began)
    stage.passes(600)
    await offer_again(stage.db, stage.seal, channel="telegram", began=began, ended=stage.clock.now())
    await stage.drains()
    assert len(ana.seen) == seen


@only_telegram
async def test_what_must_arrive_waits_longer_than_a_day_for_who_is_away(stage: Stage, ana: Player) -> None:
    """C07"""
    await moves_to_a_new_phone(stage, ana)
    (alert,) = await stage.rows("SELECT * FROM outbox WHERE message = 'enrol/moved_away'")
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        await tx.run("UPDATE outbox SET state = 'held', ended_at = NULL WHERE id = :id", id=alert["id"])
        await outbox.drop_expired(tx, channel="telegram", now=now + timedelta(days=3))
    (alert,) = await stage.rows("SELECT * FROM outbox WHERE message = 'enrol/moved_away'")
    assert alert["state"] == "held"


async def test_a_message_of_23_hours_ago_counts_when_it_was_written_and_blames_nobody(
    stage: Stage, ana: Player
) -> None:
    """T07: said once, however many messages had waited."""
    written = int(stage.clock.now().timestamp())
    stage.passes(23 * 3600)
    await stage.deliver(stage.platform.text(ana, "rencana", at=written))
    ana.sees("pukul 06.45 WIB", "gangguan sistem, bukan kesalahan Anda", "Senin, 15 Juni 2020")
    await stage.deliver(stage.platform.text(ana, "Rapat data", at=written + 30))
    await stage.deliver(stage.platform.text(ana, "Simpan", at=written + 60))
    assert sum("gangguan sistem" in seen.text for seen in ana.seen) == 1
    row = await only(stage)
    ana.sees(row["code"], "06.46 WIB")
    assert row["on_date"] == "2020-06-15"
