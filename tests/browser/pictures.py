"""`python -m tests.browser.pictures [NAME …]`: play the scenes of the guides and keep a picture of each."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.example import running_demo
from tests.browser.palette import in_few_colours
from tests.browser.phone import Phone
from tests.browser.scenes import SCENES, Scene
from tests.prepare import chromium

FOLDER = Path(__file__).parents[2] / "docs" / "gambar"
LARGEST = 120_000
SHARPNESS = 1.5
STILL_MS = 600  # until what moves in has come to rest


@contextmanager
def phone_page(address: str) -> Iterator[Page]:
    """The demo's page as wide as a phone, without its tour; a mouse, so that nothing shows but the chat."""
    path = chromium()
    if path is None:
        raise SystemExit("There is no Chromium here. Install it, or name one in PIKET_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            viewport={"width": 390, "height": 844},
            device_scale_factor=SHARPNESS,
            reduced_motion="reduce",
        )
        page.add_init_script("localStorage.setItem('piket-tour-seen', '1')")
        page.goto(address)
        page.locator("section[data-person]").first.wait_for()
        yield page
        browser.close()


def play(page: Page, scene: Scene) -> None:
    """Do what the scene says, each act after what was to be read before it."""
    phone = Phone(page, scene.who)
    for verb, words in scene.acts:
        match verb:
            case "starts":
                phone.start()
            case "says":
                phone.say(words)
            case "taps":
                phone.choose(words)
            case "presses":
                phone.press(words)
            case "reads":
                phone.reads(words)
            case "clock":
                page.locator("button[name=time-controls]").click()
                page.locator(f'button[name=moment][value="{words}"]').click()
                page.locator("button[name=time-controls]").click()


def keep(page: Page, scene: Scene) -> int:
    """Write the picture of the chat as it stands; return its bytes. Raises SystemExit for one that is too large."""
    around = 844 - int(Phone(page, scene.who).place()["height"])
    page.set_viewport_size({"width": 390, "height": scene.height + around})
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.wait_for_timeout(STILL_MS)
    chat = page.locator(f'section[data-person="{scene.who}"]')
    picture = in_few_colours(chat.screenshot())
    (FOLDER / f"{scene.file}.png").write_bytes(picture)
    page.set_viewport_size({"width": 390, "height": 844})
    if len(picture) > LARGEST:
        raise SystemExit(
            f"{scene.file}.png has {len(picture)} bytes, more than {LARGEST}. Make the scene lower."
        )
    return len(picture)


def main(wanted: Sequence[str]) -> None:
    """Play every scene, since later ones build on earlier ones; write the pictures that are wanted, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_demo(Path(folder)) as address,
        phone_page(address) as page,
    ):
        for scene in SCENES:
            play(page, scene)
            if not wanted or scene.file in wanted:
                sys.stdout.write(f"{scene.file}.png  {keep(page, scene) // 1000} KB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
