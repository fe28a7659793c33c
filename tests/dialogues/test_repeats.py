"""The same thing twice, a thousand times, or from an old button: one effect, and an answer that says so."""

import asyncio
from dataclasses import replace

from db import conversations, reports
from handlers.dispatch import NotStored
from tests.chat import Player, button
from tests.dialogues.marks import only_narrow, only_telegram
from tests.stage import Stage


async def at_the_confirmation(ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("menyusun laporan")
    ana.sees("Simpan rencana ini?")


async def test_an_update_delivered_again_and_again_in_parallel_has_one_effect_and_one_reply(
    stage: Stage, ana: Player
) -> None:
    """C01"""
    await at_the_confirmation(ana)
    before = len(ana.seen)
    (update,) = stage.channel.parse(stage.platform.text(ana, "Simpan", at=int(stage.clock.now().timestamp())))

    async def deliver() -> str:
        try:
            return (await stage.dispatch.receive(update)).outcome
        except NotStored:  # the platform brings it once more
            return (await stage.dispatch.receive(update)).outcome

    outcomes = await asyncio.gather(*(deliver() for _ in range(50)))
    await stage.drains()
    assert sorted(outcomes) == ["duplicate"] * 49 + ["handled"]
    assert len(await stage.rows("SELECT * FROM reports")) == 1
    assert sum("tercatat" in seen.text for seen in ana.seen[before:]) == 1


async def test_an_update_delivered_again_after_a_restart_has_no_effect(stage: Stage, ana: Player) -> None:
    """C01, A07"""
    await at_the_confirmation(ana)
    body = stage.platform.text(ana, "Simpan", at=int(stage.clock.now().timestamp()))
    await stage.deliver(body)
    seen = len(ana.seen)
    stage.restarts()
    await stage.deliver(body)
    assert len(ana.seen) == seen
    assert len(await stage.rows("SELECT * FROM reports")) == 1


async def test_a_choice_tapped_twice_counts_once_and_the_second_tap_is_told(
    stage: Stage, ana: Player
) -> None:
    """C02"""
    await at_the_confirmation(ana)
    tapped = [stage.platform.text(ana, "Simpan", at=int(stage.clock.now().timestamp())) for _ in range(2)]
    await stage.deliver(*tapped)
    assert len(await stage.rows("SELECT * FROM reports")) == 1
    assert any("Sudah tercatat" in seen.text for seen in ana.seen)


async def test_a_button_pressed_twice_counts_once_and_the_second_press_is_told(
    stage: Stage, ana: Player
) -> None:
    """C02"""
    await at_the_confirmation(ana)
    data = ana.seen[-1].shown[0].data
    await ana.presses(data)
    ana.sees("tercatat")
    await ana.presses(data, after=0.1)
    notes = stage.channel.notes if stage.is_telegram else ana.texts
    assert any("Sudah tercatat" in note for note in notes)
    assert len(await stage.rows("SELECT * FROM reports")) == 1


async def test_the_same_report_in_a_second_form_is_no_second_version(stage: Stage, ana: Player) -> None:
    """C02"""
    for _ in range(2):
        await at_the_confirmation(ana)
        await ana.taps("Simpan")
    ana.sees("Sudah tercatat")
    assert len(await stage.rows("SELECT * FROM reports")) == 1


async def test_a_button_from_a_message_long_gone_says_so_and_shows_what_applies_now(
    stage: Stage, ana: Player
) -> None:
    """I20"""
    await at_the_confirmation(ana)
    data = ana.seen[-1].shown[0].data
    await ana.says("batal")
    await ana.says("hasil")
    await ana.says("membaca surat")
    await ana.presses(data)
    ana.sees("Tombol itu sudah lama")
    ana.can_tap("Simpan")
    assert await stage.rows("SELECT * FROM reports") == []


async def test_a_button_of_an_older_release_says_so_too(stage: Stage, ana: Player) -> None:
    """I20"""
    await ana.says("menu")
    for data in ("health|yes|1", "menu:start"):
        await ana.presses(data)
        ana.sees("Tombol itu sudah lama")
        ana.can_tap("WFO hari ini?")
    assert await stage.rows("SELECT * FROM reports") == []
    await ana.says("WFO hari ini?")
    ana.sees("045.2")


async def test_a_conversation_kept_by_an_older_release_reads_as_empty(stage: Stage, ana: Player) -> None:
    """I20"""
    await at_the_confirmation(ana)
    place = {"channel": stage.channel.name, "address": ana.address}
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        held = await conversations.lock(tx, stage.seal, now=now, **place)
        old = {"format": 0, "state": "plan.confirm", "data": ["menyusun laporan"]}
        await conversations.save(
            tx, stage.seal, conversation=replace(held), state=old, expires_at=now.replace(year=2021), now=now
        )
    await ana.says("menu")
    ana.sees("Ana")
    await ana.says("WFO hari ini?")
    ana.sees("045.2")


async def test_a_strangers_button_is_refused_whoever_presses_it(
    stage: Stage, ana: Player, eko: Player, boris: Player
) -> None:
    """A06"""
    await at_the_confirmation(ana)
    data = ana.seen[-1].shown[0].data
    for thief in (eko, boris):
        await thief.presses(data)
        notes = [stage.channel.notes[-1]] if stage.is_telegram else thief.texts
        assert any("bukan untuk Anda" in note for note in notes)
    assert await stage.rows("SELECT * FROM reports") == []
    await ana.presses(data)
    ana.sees("tercatat")


async def test_a_change_button_of_somebody_else_opens_nothing(
    stage: Stage, ana: Player, boris: Player
) -> None:
    """A06"""
    await at_the_confirmation(ana)
    await ana.taps("Simpan")
    pressed = button(ana, "Ubah")
    await boris.presses(**pressed)
    boris.sees_no("menyusun laporan")
    async with stage.db.reading() as tx:
        assert (
            await reports.latest(tx, person_id=boris.person_id, on=stage.clock.now().date(), kind="plan")
            is None
        )


async def test_the_change_button_opens_the_form_again_long_after(stage: Stage, ana: Player) -> None:
    await at_the_confirmation(ana)
    await ana.taps("Simpan")
    pressed = button(ana, "Ubah")
    await ana.says("WFO hari ini?")
    stage.restarts()
    stage.moves_to("2020-06-15 16:00")
    await ana.presses(**pressed)
    ana.sees("Simpan rencana ini?", "1. menyusun laporan")
    ana.can_tap("Simpan", "Ubah 1", "Tambah")


async def test_fifty_messages_in_five_seconds_are_hushed_once_and_nobody_else_waits(
    stage: Stage, ana: Player, boris: Player
) -> None:
    """I18"""
    for _ in range(50):
        await ana.says("WFO hari ini?", after=0.05)
    assert sum("Mohon tunggu" in seen.text for seen in ana.seen) == 1
    assert 1 < len(ana.seen) < 30
    await boris.says("WFO hari ini?", after=0.05)
    boris.sees("045.2")
    await ana.says("WFO besok?", after=10)
    ana.sees("16 Juni 2020")


@only_telegram
async def test_the_hush_leaves_the_keyboard_where_it_is(ana: Player) -> None:
    """I18"""
    await ana.says("menu")
    for _ in range(14):
        await ana.says("apa kabar", after=0.05)
    assert any("Mohon tunggu" in seen.text for seen in ana.seen)
    assert ana.keyboard


@only_narrow
async def test_a_list_from_the_message_before_still_opens_what_it_says(ana: Player) -> None:
    """I20"""
    await ana.says("menu")
    data = next(shown.data for shown in ana.seen[-1].shown if shown.label == "WFO hari ini?")
    await ana.says("/bantuan")
    await ana.presses(data)
    ana.sees("045.2")


@only_narrow
async def test_what_has_no_passing_notes_is_told_in_a_message(ana: Player, eko: Player) -> None:
    """A06"""
    await at_the_confirmation(ana)
    await eko.presses(ana.seen[-1].shown[0].data)
    eko.sees("bukan untuk Anda")
