"""The page on a phone: one chat at a time, nothing sideways, the box above the on-screen keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Photograph
from tests.browser.phone import Phone

GITA = 1009
KEYBOARD_PX = 340

pytestmark = pytest.mark.browser


def test_gita_enrols_and_plans_on_a_phone(narrow: Page, photograph: Photograph) -> None:
    photograph("01-first")
    gita = Phone(narrow, GITA)
    photograph("02-gita")
    _enrols_by_the_chips(gita, photograph)
    gita.choose("WFO hari ini?")
    gita.reads("045.2/1656/06/2020")
    assert gita.place("article[data-from=bot]")["y"] > gita.place(".log")["y"], (
        "a long answer is read from its top"
    )
    photograph("04-verdict")
    gita.choose("Rencana kerja")
    gita.reads("Apa rencana kerja Anda?")
    gita.say("Memasukkan hasil uji\nMenata arsip")
    gita.reads("Simpan rencana ini?")
    gita.choose("Simpan")
    gita.reads("Rencana tercatat: 2 kegiatan")
    photograph("05-plan-saved")
    _is_nothing_sideways(narrow)
    _box_stands_above_the_keyboard(gita, photograph)


def test_the_clock_is_within_reach_of_a_thumb(narrow: Page, photograph: Photograph) -> None:
    controls, clock = narrow.locator("#time-controls"), narrow.locator("[data-role=clock]")
    expect(controls).to_be_hidden()
    before = clock.inner_text()
    narrow.locator("button[name=time-controls]").tap()
    expect(controls).to_be_visible()
    photograph("07-clock")
    _is_nothing_sideways(narrow)
    narrow.locator("button[name=add-15]").tap()
    expect(clock).not_to_have_text(before)
    for button in controls.locator("button:visible, summary").all():
        expect(button).to_be_in_viewport(ratio=1)


def _enrols_by_the_chips(gita: Phone, photograph: Photograph) -> None:
    gita.start()
    gita.reads("Pemberitahuan privasi versi")
    photograph("03-privacy")
    gita.choose("Setuju")
    gita.reads("siapa Anda?")
    for chip in gita.section.locator("button.note-chip").all():
        chip.tap()
    gita.say(gita.box.input_value())
    gita.reads("Selamat datang, Gita")


def _is_nothing_sideways(page: Page) -> None:
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    phones = page.locator("section[data-person] .log").all()
    assert all(each.evaluate("node => node.scrollWidth <= node.clientWidth") for each in phones)


def _box_stands_above_the_keyboard(gita: Phone, photograph: Photograph) -> None:
    """The page asks that the on-screen keyboard makes it lower; so a lower window is what it leaves."""
    left = 844 - KEYBOARD_PX
    gita.page.set_viewport_size({"width": 390, "height": left})
    gita.box.tap()
    photograph("06-typing")
    box = gita.place("textarea[name=text]")
    assert box["y"] + box["height"] <= left
    assert gita.place(".log")["height"] >= 200
