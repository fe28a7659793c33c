"""A zone turns red at noon: who is touched gets tomorrow's new card with its paragraph, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, opened
from tests.browser.example import running_demo
from tests.browser.phone import Phone

ANA, SARI = 1001, 1006

pytestmark = pytest.mark.browser


@pytest.fixture
def own_desk(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A demo of its own: what is decided here would be the day of every other test."""
    with running_demo(tmp_path) as address, opened(browser, address, DESKTOP) as (page, faults):
        yield page
        assert faults == []


def test_a_zone_that_turns_red_at_noon_brings_tomorrows_card_once(own_desk: Page) -> None:
    ana = Phone(own_desk, ANA)
    ana.say("WFO besok?")
    ana.reads("WFO: bekerja dari kantor", "angka 1 huruf (a)")
    own_desk.locator('button[name=moment][value="12:00"]').click()
    expect(own_desk.locator("[data-role=clock]")).to_contain_text("12.0")
    _decides(own_desk, "merah")
    ana.reads(
        "Ada perubahan untuk Anda", "Sebelumnya: WFO", "WFH: bekerja dari rumah", "angka 1 huruf (b)", "merah"
    )
    _decides(own_desk, "merah")
    own_desk.locator("button[name=tab-sent]").click()
    changed = own_desk.locator("[data-role=sent] .card", has_text="today/changed")
    expect(changed).to_have_count(1)
    _decides(own_desk, "hijau")
    ana.reads("Sebelumnya: WFH", "WFO: bekerja dari kantor")
    expect(changed).to_have_count(2)
    sari = own_desk.locator(f'section[data-person="{SARI}"]')
    expect(sari.get_by_text("Ada perubahan")).to_have_count(0)


def _decides(desk: Page, name: str) -> None:
    desk.locator("[data-role=new-decision]").click()
    desk.locator(f'button[name=happening][value="{name}"]').click()
