"""Pictures and documents, both ways, on a simulator without a bot: what is sent is shown, and can be opened."""

import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, Photograph, opened
from tests.browser.phone import Phone

TOKEN, ANA = "test:FILES", 1001
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>"
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def simulator() -> Iterator[str]:
    """The page of a simulator that nobody answers."""
    environment = os.environ | {"SIMULATOR_BOT_TOKEN": TOKEN}
    command = [sys.executable, "-m", "simulator", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.terminate()


@pytest.fixture
def desk(browser: Browser, simulator: str) -> Iterator[Page]:
    with opened(browser, simulator, DESKTOP) as (page, faults):
        start = page.locator(f'section[data-person="{ANA}"] button[name=start]')
        if start.is_visible():
            start.click()
        yield page
        assert faults == []


def picture(*, width: int, height: int) -> bytes:
    """A PNG of one colour that runs into another."""
    rows = b"".join(b"\0" + _row(width, y) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def _row(width: int, y: int) -> bytes:
    return b"".join(bytes((x * 255 // width, 110, 60 + y % 150)) for x in range(width))


def bot_sends(simulator: str, method: str, field: str, name: str, data: bytes, caption: str) -> None:
    """Call the pretend Bot API as a bot would, with a file in the request."""
    mark = "----part"
    fields = {"chat_id": str(ANA), "caption": caption}
    text = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    )
    head = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = text.encode() + head.encode() + data + f"\r\n--{mark}--\r\n".encode()
    root = "/".join(simulator.split("/")[:3])
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    with urlopen(Request(f"{root}/bot{TOKEN}/{method}", body, headers)) as answer:
        assert json.load(answer)["ok"]


def test_what_the_bot_sends_is_shown_and_can_be_opened(
    desk: Page, simulator: str, photograph: Photograph
) -> None:
    ana = Phone(desk, ANA)
    image = picture(width=640, height=400)
    bot_sends(simulator, "sendPhoto", "photo", "bulan.png", image, "Kehadiran bulan Juni")
    bot_sends(simulator, "sendDocument", "document", "laporan-juni.pdf", PDF, "Laporan bulan Juni")
    shown = ana.section.locator('[data-kind="photo"] img')
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    document = ana.section.locator('[data-kind="document"]')
    expect(document).to_contain_text("laporan-juni.pdf")
    with desk.expect_download() as saved:
        document.locator("a.file").click()
    assert saved.value.path().read_bytes() == PDF
    opening = document.locator("a.file-open").get_attribute("href")
    with urlopen("/".join(simulator.split("/")[:3]) + str(opening)) as answer:
        assert answer.headers.get_content_type() == "application/pdf"
    photograph("50-files")


def test_a_person_sends_a_document_with_words(desk: Page, tmp_path: Path) -> None:
    letter = tmp_path / "surat-tugas.pdf"
    letter.write_bytes(PDF)
    ana = Phone(desk, ANA)
    ana.section.locator("button[name=attach]").click()
    with desk.expect_file_chooser() as chooser:
        ana.section.locator('[data-send="document"]').click()
    chooser.value.set_files(letter)
    expect(ana.section.locator(".banner")).to_contain_text("surat-tugas.pdf")
    ana.say("Surat tugas saya")
    sent = ana.section.locator('[data-from="person"][data-kind="document"]').last
    expect(sent).to_contain_text("surat-tugas.pdf")
    expect(sent).to_contain_text("Surat tugas saya")
