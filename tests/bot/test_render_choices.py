"""Choices take the form that the channel has: keyboard, buttons, list rows, or numbered lines."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.labels import LabelMissing
from bot.render import Renderer
from handlers.update import Choice, Look
from tests.bot.messages import TELEGRAM, WHATSAPP, choices, renderer_with, stored

SAID = "{# params: #}\nBagaimana?\n"


@pytest.fixture
def renderer(tmp_path: Path) -> Renderer:
    return renderer_with(tmp_path, said=SAID, labels="  fit: Sehat\nhints:\n  fit: Tidak ada gejala\n")


def test_an_ordinary_choice_is_a_keyboard_where_there_is_one(renderer: Renderer) -> None:
    (part,) = renderer.outgoing(stored(choices=choices("Ya", "Tidak"), look="keyboard"), TELEGRAM)
    assert part.look is Look.KEYBOARD
    assert not part.removes_keyboard


def test_a_correction_is_buttons_that_carry_their_nonce(renderer: Renderer) -> None:
    (part,) = renderer.outgoing(stored(choices=choices("Ubah"), look="buttons"), TELEGRAM)
    assert part.look is Look.BUTTONS
    assert [choice.data for choice in part.shown] == ["n1:0"]


def test_three_short_choices_are_buttons_on_whatsapp(renderer: Renderer) -> None:
    (part,) = renderer.outgoing(stored(choices=choices("A", "B", "C"), look="keyboard"), WHATSAPP)
    assert len(part.shown) == 3
    assert part.list_title == ""


def test_more_or_longer_choices_are_a_list_whose_rows_fit(renderer: Renderer) -> None:
    long = "Dinas Komunikasi, Informatika dan Statistik"
    (part,) = renderer.outgoing(stored(choices=choices(long, "B"), look="keyboard"), WHATSAPP)
    assert part.list_title == "Pilih"
    assert part.shown[0].label == "Dinas Komunikasi, Infor…"
    assert part.shown[0].hint == long


def test_too_many_choices_become_numbered_lines(renderer: Renderer) -> None:
    (part,) = renderer.outgoing(stored(choices=choices(*"ABCDEFGHIJK"), look="keyboard"), WHATSAPP)
    assert part.shown == ()
    assert part.text.startswith("Bagaimana?\n\n1. A\n2. B\n")
    assert part.text.endswith("11. K")


def test_numbered_lines_show_what_people_wrote_literally(renderer: Renderer) -> None:
    narrow = replace(TELEGRAM, has_keyboards=False, buttons=0)
    (part,) = renderer.outgoing(stored(choices=choices("<b>Ana</b>")), narrow)
    assert part.plain == "Bagaimana?\n\n1. <b>Ana</b>"


def test_labels_and_hints_come_from_the_list_of_the_language(renderer: Renderer) -> None:
    offered = [{"value": "fit", "hint": "fit", "data": "n1:0"}]
    (part,) = renderer.outgoing(stored(choices=offered), TELEGRAM)
    assert (part.shown[0].label, part.shown[0].hint) == ("Sehat", "Tidak ada gejala")
    assert renderer.label(Choice(value="x", label="fit"), locale="id") == "Sehat"
    assert renderer.label(Choice(value="x", words="15 Juni"), locale="id") == "15 Juni"


def test_a_label_that_is_not_there_has_a_name(renderer: Renderer) -> None:
    with pytest.raises(LabelMissing, match=r"id/labels\.yaml has no unheard"):
        renderer.label(Choice(value="unheard"), locale="id")


def test_a_shared_contact_is_offered_only_where_one_can_be_shared(renderer: Renderer) -> None:
    offered = [
        *choices("Ketik kode"),
        {"value": "contact", "words": "Bagikan nomor", "asks_contact": True, "data": "n1:1"},
    ]
    (on_telegram,) = renderer.outgoing(stored(choices=offered, look="buttons"), TELEGRAM)
    (on_whatsapp,) = renderer.outgoing(stored(choices=offered, look="buttons"), WHATSAPP)
    assert on_telegram.look is Look.KEYBOARD
    assert [choice.asks_contact for choice in on_telegram.shown] == [False, True]
    assert [choice.label for choice in on_whatsapp.shown] == ["Ketik kode"]


def test_a_prompt_for_typing_takes_the_older_keyboard_away(renderer: Renderer) -> None:
    (prompt,) = renderer.outgoing(stored(look="keyboard"), TELEGRAM)
    (notice,) = renderer.outgoing(stored(look="buttons"), TELEGRAM)
    (elsewhere,) = renderer.outgoing(stored(look="keyboard"), WHATSAPP)
    assert prompt.removes_keyboard
    assert not notice.removes_keyboard
    assert not elsewhere.removes_keyboard


def test_leaving_a_group_comes_after_the_last_word(renderer: Renderer) -> None:
    (part,) = renderer.outgoing(stored(leaves=True), TELEGRAM)
    assert part.leaves
