"""What was kept and cannot be read any more costs a form or a button, never a person their voice."""

from dataclasses import replace

from db import conversations
from db.sealed import new_key, seal_from
from tests.chat import Player
from tests.dialogues.marks import only_telegram
from tests.stage import Stage


async def test_a_conversation_sealed_with_a_key_that_is_gone_begins_anew(stage: Stage, ana: Player) -> None:
    """D05, D11"""
    await ana.says("rencana")
    stage.seal = seal_from(new_key())
    stage.restarts()
    await ana.says("rencana")
    ana.sees("Apa rencana kerja Anda?")


@only_telegram
async def test_a_button_sealed_with_a_key_that_is_gone_is_an_old_button(stage: Stage, ana: Player) -> None:
    """D05, D11"""
    for words in ("rencana", "menyusun laporan", "Simpan"):
        await ana.says(words)
    data = next(
        shown.data for seen in ana.seen for shown in seen.shown if seen.look == "buttons" and shown.data
    )
    await ana.says("WFO hari ini?")
    stage.seal = seal_from(new_key())
    stage.restarts()
    await ana.says("menu")
    await ana.presses(data)
    ana.sees("Tombol itu sudah lama")


async def test_a_conversation_with_a_field_that_this_release_does_not_know_begins_anew(
    stage: Stage, ana: Player
) -> None:
    """I20"""
    await ana.says("rencana")
    place, now = {"channel": stage.channel.name, "address": ana.address}, stage.clock.now()
    async with stage.db.transaction() as tx:
        held = await conversations.lock(tx, stage.seal, now=now, **place)
        state = {**held.state, "prompt": {**held.state["prompt"], "choices": [{"of_tomorrow": 1}]}}
        await conversations.save(
            tx,
            stage.seal,
            conversation=replace(held),
            state=state,
            expires_at=now.replace(year=2021),
            now=now,
        )
    await ana.says("WFO hari ini?")
    ana.sees("045.2")
