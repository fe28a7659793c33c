"""A stranger's first two minutes: the next tap is shown, made by them or by the page, and shown only once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, NARROW, Photograph

pytestmark = pytest.mark.browser

STEPS = 7
LAST = "tidak ada yang keluar dari komputer ini"


@pytest.mark.parametrize("stranger", [DESKTOP, NARROW], indirect=True, ids=["desk", "phone"])
def test_a_stranger_is_led_through_the_day(
    stranger: Page, address: str, photograph: Photograph, request: pytest.FixtureRequest
) -> None:
    """Each step stands inside the window, names its number, and the last one says that all of it is invented."""
    look: dict[str, Any] = request.node.callspec.params["stranger"]
    _begin_another_day(stranger, address)
    for number in range(1, STEPS + 1):
        expect(stranger.locator(".tour-count")).to_have_text(f"{number} / {STEPS}")
        expect(stranger.locator(".is-marked-by-tour")).to_be_visible()
        expect(stranger.locator(".tour")).to_be_in_viewport(ratio=1)
        photograph(f"40-{look['viewport']['width']}-{number}")
        if number == STEPS:
            expect(stranger.locator(".tour-words")).to_contain_text(LAST)
        stranger.locator("button[name=tour-next]").click()
    expect(stranger.locator(".tour")).to_be_hidden()
    expect(stranger.locator("[data-role=clock]")).to_contain_text("16.00")
    stranger.reload()
    stranger.locator("section[data-person]").first.wait_for()
    expect(stranger.locator(".tour")).to_be_hidden()


def test_tapping_oneself_leads_on_as_well(stranger: Page) -> None:
    stranger.locator(".is-marked-by-tour").click()
    expect(stranger.locator(".tour-count")).to_have_text(f"2 / {STEPS}")
    stranger.locator("button[name=close-tour]").click()
    expect(stranger.locator(".tour")).to_be_hidden()


def _begin_another_day(page: Page, address: str) -> None:
    """In the example's one demo Ana may have reported already."""
    now = datetime.fromisoformat(page.request.get(f"{address}api/state").json()["now"])
    morning = (now + timedelta(days=1)).replace(hour=6, minute=45)
    page.request.post(f"{address}api/clock", data={"now": morning.isoformat()})
    expect(page.locator("[data-role=clock]")).to_contain_text("06.45")
