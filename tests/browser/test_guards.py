"""The page keeps to this machine, to its own key, and never takes a message for a page."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import Phone

BORIS, CLARA = 1002, 1003
MARKUP = "<b>tebal</b> & *bintang* _garis_ [tautan](https://contoh.example)"
SCRIPT = "<img src=x onerror=alert(1)>"

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("text", [MARKUP, SCRIPT])
def test_what_a_person_writes_is_shown_letter_by_letter(desk: Page, text: str) -> None:
    """In their own bubble, and in the bot's answer that repeats it."""
    clara = Phone(desk, CLARA)
    clara.say("rencana")
    clara.reads("Apa rencana kerja Anda?")
    clara.say(text)
    clara.reads("Simpan rencana ini?", f"1. {text}")
    expect(clara.said.last).to_have_text(text)
    expect(clara.section.locator(".text :is(img, a, b, script)")).to_have_count(0)
    clara.choose("Batal")
    clara.reads("saya hentikan")


def test_a_wrong_key_opens_nothing(browser: Browser, address: str) -> None:
    parts = urlsplit(address)
    with browser.new_context() as context:
        page = context.new_page()
        for path in ("/", "/bukan-kuncinya/", "/bukan-kuncinya/api/state", parts.path + "x/"):
            answer = page.goto(f"http://{parts.netloc}{path}")
            assert answer is not None and answer.status == 404


def test_a_foreign_name_for_this_machine_is_refused(browser: Browser, address: str) -> None:
    """A name that somebody else lets point here must not open the page."""
    foreign = address.replace("127.0.0.1", "piket.localhost")
    with browser.new_context() as context:
        answer = context.new_page().goto(foreign)
        assert answer is not None and answer.status == 403


def test_another_site_cannot_speak_for_a_person(browser: Browser, address: str, desk: Page) -> None:
    boris = Phone(desk, BORIS)
    before = boris.said.count()
    with browser.new_context() as context:
        elsewhere = context.new_page()
        elsewhere.evaluate(
            """async (url) => fetch(url, {method: "POST", mode: "no-cors", body: '{"user": 1002, "text": "x"}'})""",
            f"{address}api/say",
        )
    desk.reload()
    Phone(desk, BORIS).say("menu")
    expect(boris.said).to_have_count(before + 1)
