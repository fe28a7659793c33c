"""Updates of one chat keep their order, others do not wait for them, and "taken" means stored."""

import asyncio
from collections.abc import Sequence

import pytest

from handlers.dispatch import NotStored
from handlers.update import Update
from tests.bot.intakes import Ledger, Waker, Wire, intake_to, payload


async def test_updates_of_one_chat_are_handled_in_order() -> None:
    ledger = Ledger(seconds=0.001)
    await intake_to(ledger).take_bodies([payload(number) for number in range(20)])
    assert ledger.stored == [str(number) for number in range(20)]


async def test_different_chats_are_handled_side_by_side() -> None:
    ledger = Ledger(seconds=0.05)
    began = asyncio.get_running_loop().time()
    await intake_to(ledger).take_bodies([payload(number, chat=str(number)) for number in range(10)])
    assert asyncio.get_running_loop().time() - began < 0.4


async def test_after_one_that_is_not_stored_the_same_chats_next_one_waits() -> None:
    ledger = Ledger(refusals=1)
    with pytest.raises(NotStored):
        await intake_to(ledger).take_bodies([payload(1), payload(2), payload(3, chat="1002")])
    assert ledger.stored == ["3"]


async def test_c19_a_malformed_payload_is_set_aside_and_the_others_are_handled() -> None:
    ledger = Ledger()
    await intake_to(ledger).take_bodies([payload(1), b"{not json", payload(2)])
    assert ledger.stored == ["1", "2"]
    assert ledger.set_aside_bodies == [b"{not json"]


async def test_c18_an_update_of_an_unknown_kind_is_counted_and_ignored() -> None:
    ledger, intake = Ledger(), intake_to(Ledger())
    await intake.take_bodies([b'{"kind": "of tomorrow", "new_field": {}}'])
    assert ledger.stored == []
    assert intake.metrics.counted("updates", channel="test", outcome="ignored") == 1


async def test_p09_a_dispatch_that_hangs_is_given_up_and_nothing_is_acknowledged() -> None:
    with pytest.raises(NotStored, match="too long"):
        await intake_to(Ledger(seconds=60), longest=0.05).take_bodies([payload(1)])


async def test_a_pressed_button_is_acknowledged_after_the_commit_and_delivery_is_woken() -> None:
    intake = intake_to(Ledger(toast="common/already"))
    await intake.take_bodies([payload(1, callback="cb1")])
    await asyncio.sleep(0)
    assert isinstance(intake.channel, Wire)
    assert isinstance(intake.wake, Waker)
    assert intake.channel.acknowledged == [("cb1", "Sudah tercatat. Anda tidak perlu mengirimnya lagi.")]
    assert intake.wake.times == 1


async def test_a_note_without_a_template_still_stops_the_spinner() -> None:
    intake = intake_to(Ledger(toast="common/no_such_note"))
    await intake.take_bodies([payload(1, callback="cb1")])
    await asyncio.sleep(0)
    assert isinstance(intake.channel, Wire)
    assert intake.channel.acknowledged == [("cb1", "")]


async def test_c18_a_payload_that_our_reading_did_not_foresee_is_set_aside_and_does_not_block_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ledger = Ledger()
    intake, parse = intake_to(ledger), Wire.parse

    def fragile(wire: Wire, body: bytes) -> Sequence[Update]:
        if b"odd" in body:
            raise IndexError("saya demam")
        return parse(wire, body)

    monkeypatch.setattr(Wire, "parse", fragile)
    await intake.take_bodies([payload(1), payload(2, text="odd"), payload(3)])
    assert ledger.stored == ["1", "3"]
    assert len(ledger.set_aside_bodies) == 1
