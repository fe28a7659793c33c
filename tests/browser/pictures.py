"""`python -m tests.browser.pictures [NAME …]`: play the scenes of the guides and keep a picture of each."""

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.example import running_demo
from tests.browser.palette import in_few_colours
from tests.browser.papers import papers
from tests.browser.phone import Phone
from tests.browser.scenes import Scene, scenes
from tests.prepare import chromium

FOLDER = Path(__file__).parents[2] / "docs" / "gambar"
LARGEST = 120_000
WIDE, TALL = 390, 844
SHARPNESS = 1.5
PATIENCE_MS = 60_000  # digests come with charts, which are drawn first, one after another
STILL_MS = 600  # until what moves in has come to rest
EDGE = 2  # pixels below the message where a picture is cut off

# What came before goes, and what the log then needs beyond its present height is returned.
SHOW_SINCE = """(chat, since) => {
  for (const row of chat.querySelectorAll(".log-list > li"))
    row.hidden = Number(row.querySelector("[data-message-id]").dataset.messageId) <= since;
  chat.querySelector(".note")?.setAttribute("hidden", "");
  const log = chat.querySelector(".log");
  return log.scrollHeight - log.clientHeight;
}"""
PAPER = """<body style="margin:0;padding:34px 38px;width:344px;height:190px;background:#f6f0dd;color:#27313f;
font:italic 23px/1.75 Georgia,serif"><b>{}</b><br>15 Juni 2020, pukul 10.20<br>Semua layanan berjalan baik."""


@contextmanager
def phone_page(address: str) -> Iterator[Page]:
    """The demo's page as wide as a phone, without its tour; a mouse, so that nothing shows but the chat."""
    path = chromium()
    if path is None:
        raise SystemExit("There is no Chromium here. Install it, or name one in PIKET_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            viewport={"width": WIDE, "height": TALL},
            device_scale_factor=SHARPNESS,
            reduced_motion="reduce",
        )
        context.add_init_script("localStorage.setItem('piket-tour-seen', '1')")
        page = context.new_page()
        page.goto(address)
        page.locator("section[data-person]").first.wait_for()
        yield page
        browser.close()


def play(page: Page, scene: Scene, *, since: int) -> int:
    """Do what the scene says, each act after what was to be read before it; return the message it begins after."""
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
            case "sends":
                phone.send_photo(_paper(page, words))
            case "reads":
                try:
                    phone.reads(words)
                except AssertionError:
                    raise SystemExit(f"{scene.file or scene.who} waited in vain for: {words}") from None
            case "clock":
                _move_clock(page, words)
            case "decides":
                page.locator("button[name=time-controls]").click()
                page.locator("[data-role=new-decision]").click()
                page.locator(f'button[name=happening][value="{words}"]').click()
                page.locator("button[name=time-controls]").click()
            case "begins":
                since = newest(page, scene.who)
    return since


def newest(page: Page, who: int) -> int:
    """Return the number of the last message in somebody's chat."""
    shown = page.locator(f'section[data-person="{who}"] [data-message-id]')
    return int(shown.last.get_attribute("data-message-id") or 0) if shown.count() else 0


def _move_clock(page: Page, to: str) -> None:
    button = "button[name=tomorrow]" if to == "tomorrow" else f'button[name=moment][value="{to}"]'
    page.locator("button[name=time-controls]").click()
    page.locator(button).click()
    page.locator("button[name=time-controls]").click()


def _paper(page: Page, heading: str) -> Path:
    """Return a photo of a paper with this heading."""
    sheet = page.context.new_page()
    sheet.set_viewport_size({"width": 420, "height": 258})
    sheet.set_content(PAPER.format(heading))
    path = Path(tempfile.gettempdir()) / "catatan.png"
    sheet.screenshot(path=path)
    sheet.close()
    return path


def _fit(page: Page, phone: Phone, *, since: int) -> None:
    """Make the window just as high as what came after `since` is; choices below it grow with the window."""
    height, beyond = TALL // 2, 0
    page.wait_for_timeout(STILL_MS)
    for _ in range(4):
        height += beyond
        page.set_viewport_size({"width": WIDE, "height": height})
        beyond = int(phone.section.evaluate(SHOW_SINCE, since))


def keep(page: Page, scene: Scene, *, since: int) -> None:
    """Write the picture of what the scene shows, whole, without what came before it."""
    phone = Phone(page, scene.who)
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    _fit(page, phone, since=since)
    page.wait_for_timeout(STILL_MS)
    place = phone.place()
    if scene.ends:
        last = phone.section.locator("article", has_text=scene.ends).last.bounding_box()
        assert last is not None
        place["height"] = last["y"] + last["height"] + EDGE - place["y"]
    write(scene.file, in_few_colours(page.screenshot(clip=place)))
    phone.section.evaluate(SHOW_SINCE, 0)
    page.set_viewport_size({"width": WIDE, "height": TALL})


def write(name: str, picture: bytes) -> None:
    """Keep a picture. Raises SystemExit if it is too large for a guide."""
    if len(picture) > LARGEST:
        raise SystemExit(f"{name}.png has {len(picture)} bytes, more than {LARGEST}: show less.")
    (FOLDER / f"{name}.png").write_bytes(picture)
    sys.stdout.write(f"{name}.png  {len(picture) // 1000} KB\n")


def main(wanted: Sequence[str]) -> None:
    """Play every scene, since later ones build on earlier ones; write the pictures that are wanted, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE_MS)
    seen: dict[int, int] = {}
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as address:
        with phone_page(address) as page:
            for scene in scenes():
                since = play(page, scene, since=seen.get(scene.who, 0))
                if scene.file and (not wanted or scene.file in wanted):
                    keep(page, scene, since=since)
                page.wait_for_timeout(STILL_MS)
                seen[scene.who] = newest(page, scene.who)
        for name, picture in asyncio.run(papers(Path(folder))).items():
            if not wanted or name in wanted:
                write(name, picture)


if __name__ == "__main__":
    main(sys.argv[1:])
