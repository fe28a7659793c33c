"""The demo and Chromium, one of each for all browser tests of a process; a page of its own for each test."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.example import running_demo
from tests.browser.watch import watch
from tests.prepare import chromium

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
NARROW = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE_MS = 10_000
COLOURS: tuple[Literal["dark", "light"], ...] = ("dark", "light")

Photograph = Callable[[str], None]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium on this machine; PIKET_CHROMIUM can name one")
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET  # root has no sandbox to offer
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=arguments)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo's page. Depends on the browser, so that nothing is started in vain."""
    with running_demo(tmp_path_factory.mktemp("demo")) as found:
        yield found


@contextmanager
def opened(
    browser: Browser, address: str, look: dict[str, Any], *, is_new_here: bool = False
) -> Iterator[tuple[Page, list[str]]]:
    """Open the page as it looks to whoever has closed its tour, or `is_new_here`."""
    with browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta", **look) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        faults = watch(page, address)
        if not is_new_here:
            page.add_init_script("localStorage.setItem('piket-tour-seen', '1')")
        page.goto(address)
        page.locator("section[data-person]").first.wait_for()
        yield page, faults


@pytest.fixture(scope="module")
def opened_desk(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    with opened(browser, address, DESKTOP) as found:
        yield found


@pytest.fixture
def desk(opened_desk: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page at a desk's width. The test fails on any error in the console, alert or broken policy."""
    page, faults = opened_desk
    yield page
    assert faults == []


@pytest.fixture
def narrow(browser: Browser, address: str) -> Iterator[Page]:
    """The page on a phone with a finger, watched as closely."""
    with opened(browser, address, NARROW) as (page, faults):
        yield page
        assert faults == []


@pytest.fixture
def stranger(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The page as somebody sees it for the first time, at a desk or, by a parameter, on a phone."""
    with opened(browser, address, getattr(request, "param", DESKTOP), is_new_here=True) as (page, faults):
        yield page
        assert faults == []


@pytest.fixture
def photograph(request: pytest.FixtureRequest) -> Photograph:
    """Keep what the page shows, light and dark, in the folder that PIKET_SCREENSHOTS names; else do nothing."""
    folder = os.environ.get("PIKET_SCREENSHOTS")

    def keep(name: str) -> None:
        if not folder:
            return
        kind = next(name for name in ("narrow", "stranger", "desk") if name in request.fixturenames)
        page: Page = request.getfixturevalue(kind)
        for colours in COLOURS:
            page.emulate_media(color_scheme=colours)
            page.wait_for_timeout(300)
            page.screenshot(path=Path(folder) / f"{kind}-{name}-{colours}.png")

    return keep
