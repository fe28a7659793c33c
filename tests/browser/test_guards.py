"""The page keeps to this machine, to its own key, and never takes a message for a page."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import Phone

BORIS, CLARA = 1002, 1003
MARKUP = "<b>tebal</b> & *bintang* _garis_ [tautan](contoh) &lt;i&gt;"
SCRIPT = "<img src=x onerror=alert(1)>"

pytestmark = pytest.mark.browser


def test_what_a_person_writes_is_shown_letter_by_letter(desk: Page) -> None:
    """In their own bubble, and in the bot's answer that repeats it. An alert would fail this test too."""
    clara = Phone(desk, CLARA)
    clara.say("rencana")
    clara.reads("Apa rencana kerja Anda?")
    clara.say(f"{MARKUP}\n{SCRIPT}")
    clara.reads("Simpan rencana ini?", f"1. {MARKUP}", f"2. {SCRIPT}")
    expect(clara.said.last).to_have_text(f"{MARKUP} {SCRIPT}")
    expect(clara.section.locator(".text :is(img, a, b, i, script)")).to_have_count(0)


def test_a_wrong_key_opens_nothing(browser: Browser, address: str) -> None:
    parts = urlsplit(address)
    wrong = ("/", "/bukan-kuncinya/", "/bukan-kuncinya/api/state", f"{parts.path}x/")
    assert [_status(browser, f"http://{parts.netloc}{path}") for path in wrong] == [404] * 4


def test_a_foreign_name_for_this_machine_is_refused(browser: Browser, address: str) -> None:
    """A name that somebody else lets point here must not open the page."""
    assert _status(browser, address) == 200
    assert _status(browser, address.replace("127.0.0.1", "piket.localhost")) == 403


def _status(browser: Browser, url: str) -> int:
    with browser.new_context() as context:
        answer = context.new_page().goto(url)
    assert answer is not None
    return answer.status


def test_another_site_cannot_speak_for_a_person(browser: Browser, address: str, desk: Page) -> None:
    boris = Phone(desk, BORIS)
    before = boris.said.count()
    with browser.new_context() as context:
        elsewhere = context.new_page()
        elsewhere.evaluate(
            """async (url) => fetch(url, {method: "POST", mode: "no-cors", body: '{"user": 1002, "text": "x"}'})
              .catch(() => "refused")""",
            f"{address}api/say",
        )
    desk.reload()
    Phone(desk, BORIS).say("menu")
    expect(boris.said).to_have_count(before + 1)
