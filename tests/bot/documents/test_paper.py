"""What typst makes of people's words: whole, literal, within the page; and a press that survives its orders."""

import asyncio
import os
import resource
import signal
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.documents import plain as plain_module
from bot.documents.forms import Sheet, day_form, month_form
from bot.documents.picture import FILLS, calendar
from bot.documents.plain import plain
from bot.documents.press import MOST_MEMORY
from bot.documents.printing import PRESS, NotPrinted, Printing
from bot.documents.wording import Wording, lists_of
from db.files import File
from db.items import Item
from db.overview import Check, Papers, Reported
from handlers.history.days import Day
from tests.documents import pages, solid, text

MONDAY = date(2020, 6, 15)
NOW = datetime(2020, 6, 15, 10, 5, tzinfo=UTC)
ANA = Papers(
    name="Ana Lestari", nip="199203032015032001", position="Pranata Komputer", unit="UPTD Pusat Data",
    agency="Dinas Kominfo Provinsi Lampung", place="Bandar Lampung",
)  # fmt: skip
BORIS = Check(decision="approved", by_name="Boris Siregar", by_nip=None, capacity="plh", note=None, at=NOW)


@pytest.fixture
async def printing() -> AsyncIterator[Printing]:
    opened = Printing()
    yield opened
    await opened.close()


def sheet(locale: str = "id", **files: File) -> Sheet:
    wording = Wording(locale=locale, timezone="Asia/Jakarta")
    return Sheet(papers=ANA, wording=wording, files=files, now=NOW, printed_on=MONDAY)


def day(*items: Item, on: date = MONDAY, check: Check | None = None, **more: Any) -> Day:
    output = Reported(code="H-7KQ2-M4", at=NOW, items=items, check=check) if items else None
    return Day(
        **{"on": on, "verdict": None, "plan": None, "health": None, "is_missed": False, "output": output}
        | more
    )


async def test_i06_fifteen_items_of_four_thousand_signs_are_all_there(printing: Printing) -> None:
    """Nothing is cut, with and without places to break."""
    spaced, solid_word = ("rapat koordinasi data " * 200)[:3996], "q" * 3996
    items = [Item(activity=f"K{n}: {spaced if n % 2 else solid_word}") for n in range(15)]
    paper = await printing.document("day", day_form(day(*items), sheet()))
    shown = solid(paper)
    assert all(f"K{n}:" in shown for n in range(15))
    assert (shown.count("q"), shown.count("koordinasi")) == (8 * 3996, 7 * spaced.count("koordinasi"))
    assert f"Halaman {len(pages(paper))} dari {len(pages(paper))}" in text(paper)


async def test_a_code_is_never_in_two_lines(printing: Printing) -> None:
    """It is read aloud, and looked for; the widest letters have room too."""
    code = "H-WWMM-WM"
    reported = Reported(code=code, at=NOW, items=(Item(activity="rapat koordinasi data " * 20),), check=None)
    days = [day(plan=reported, on=date(2020, 6, number)) for number in range(1, 16)]
    days = [replace(each, output=reported) for each in days]
    month = await printing.document("month", month_form(days, sheet()))
    assert text(month).count(code) == 30
    one = await printing.document("day", day_form(days[0], sheet()))
    assert text(one).count(code) == 2 * len(pages(one))  # at the foot of every page


async def test_evidence_stands_by_name_and_what_was_refused_proves_nothing(printing: Printing) -> None:
    files = {
        "f1": File(id="f1", person_id=None, kind="evidence", name="foto rapat.jpg", state="kept"),
        "f2": File(id="f2", person_id=None, kind="evidence", name="video.mp4", state="refused"),
    }
    item = Item(
        activity="Rapat", volume="2", unit="dokumen", output="Notula", achievement=50,
        evidence=("file:f1", "file:f2", "https://lampungprov.go.id/a?b=c&d=1"),
    )  # fmt: skip
    shown = solid(await printing.document("day", day_form(day(item, check=BORIS), sheet(**files))))
    for words in (
        "fotorapat.jpg",
        "video.mp4(tidaktersimpan)",
        "https://lampungprov.go.id/a?b=c&d=1",
        "50%",
        "Notula",
    ):
        assert words in shown, words
    assert "BorisSiregar" in shown
    assert "Plh.pimpinanunitkerja" in shown


async def test_somebody_without_a_superior_or_a_nip_has_a_line_to_write_on(printing: Printing) -> None:
    shown = solid(await printing.document("day", day_form(day(Item(activity="Rapat")), sheet())))
    assert "AtasanLangsung/PejabatPenilai" in shown
    assert "....." in shown


@pytest.mark.parametrize("locale", ["id", "en"])
async def test_a_long_month_repeats_the_head_of_its_table_on_every_page(
    printing: Printing, locale: str
) -> None:
    days = [
        day(*[Item(activity="Rapat koordinasi data " * 5)] * 8, on=MONDAY.replace(day=n))
        for n in range(1, 31)
    ]
    later = replace(sheet(locale), printed_on=date(2020, 7, 1))
    found = pages(await printing.document("month", month_form(days, later)))
    head = lists_of(locale)["words"]["arrangement"].split()[0]
    assert len(found) > 2
    assert all(head in page for page in found[:-1])


def test_every_place_has_its_word_and_its_colour_in_both_languages() -> None:
    for locale in ("id", "en"):
        assert lists_of(locale)["places"].keys() == FILLS.keys()
    both = [{name: sorted(words) for name, words in lists_of(locale).items()} for locale in ("id", "en")]
    assert both[0] == both[1]


async def test_a_calendar_has_a_cell_a_day_under_its_weekday(printing: Printing) -> None:
    days = [day(on=date(2020, 2, n)) for n in range(1, 30)]
    wording = Wording(locale="id", timezone="Asia/Jakarta")
    data = calendar(days, name="Ana", today=date(2020, 2, 29), now=NOW, wording=wording)
    assert [len(week) for week in data["weeks"]] == [7] * 5
    assert [cell and cell["number"] for cell in data["weeks"][0]] == [None] * 5 + ["1", "2"]
    assert data["weeks"][-1][5]["is_today"]
    assert (await printing.document("calendar", data, format="png")).startswith(b"\x89PNG")


async def test_every_sign_that_is_let_through_has_a_shape(printing: Printing) -> None:
    signs = [
        chr(code)
        for first, last in plain_module._SHAPES
        for code in range(first, last + 1)
        if unicodedata.category(chr(code)) not in ("Cn", "Cc", "Cf", "Zs", "Mn", "Me")
    ]
    data = day_form(day(Item(activity=" ".join(plain(sign) for sign in signs))), sheet())
    assert "\x00" not in "".join(pages(await printing.document("day", data)))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Rapat 🎉", "Rapat [party popper]"),
        ("👍🏽👨‍👩‍👧", "[thumbs up sign][man][woman][girl]"),
        ("abc\u202edef\u200b", "abcdef"),
        ("e\u0301", "é"),
    ],
)
def test_i08_a_sign_without_a_shape_reads_as_its_name(typed: str, shown: str) -> None:
    assert plain(typed).replace("\u200b", "") == shown


async def test_a_wrong_order_spoils_only_itself(printing: Printing) -> None:
    with pytest.raises(NotPrinted):
        await printing.document("day", {"locale": "id"})
    with pytest.raises(NotPrinted):
        await printing.document("no-such-form", {})
    assert await printing.document("day", day_form(day(), sheet()))


async def test_p03_a_press_that_is_killed_is_started_anew(printing: Printing) -> None:
    assert await printing.document("day", day_form(day(), sheet()))
    assert printing._process is not None
    os.kill(printing._process.pid, signal.SIGKILL)
    await printing._process.wait()
    assert await printing.document("day", day_form(day(), sheet()))


async def test_a_press_that_hangs_is_given_up(printing: Printing) -> None:
    data = day_form(day(), sheet())
    assert await printing.document("day", data)
    assert printing._process is not None
    os.kill(printing._process.pid, signal.SIGSTOP)
    printing._longest = 0.2
    with pytest.raises(NotPrinted, match="TimeoutError"):
        await printing.document("day", data)
    printing._longest = 30
    assert await printing.document("day", data)


async def test_an_order_that_is_called_off_leaves_nothing_for_the_next(printing: Printing) -> None:
    many = [Item(activity="Rapat " * 600) for _ in range(200)]
    slow = asyncio.create_task(printing.document("day", day_form(day(*many), sheet())))
    await asyncio.sleep(0.05)
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
    assert "Surat keluar" in text(
        await printing.document("day", day_form(day(Item(activity="Surat keluar")), sheet()))
    )


HUNGRY = """
import os, sys
sys.path.insert(0, {folder!r})
import press

press.MOST_MEMORY = 500 * 1024**2
well = press.made

def made(order):
    if order["template"] == "hungry":
        return b"".join([b" " * 10**8 for _ in range(100)])
    if order["template"] == "dead":
        os.abort()  # what typst does when it gets no memory
    return well(order)

press.made = made
press.main(sys.stdin.buffer, sys.stdout.buffer)
"""


@pytest.mark.parametrize(("order", "says"), [("hungry", "MemoryError"), ("dead", "IncompleteReadError")])
async def test_p03_a_child_that_eats_memory_ends_alone_and_the_next_order_is_done(
    printing: Printing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str, says: str
) -> None:
    script = tmp_path / "hungry_press.py"
    script.write_text(HUNGRY.format(folder=str(PRESS.parent)))
    monkeypatch.setattr("bot.documents.printing.PRESS", script)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(NotPrinted, match=says):
        await printing.document(order, {})
    assert await printing.document("day", day_form(day(), sheet()))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # kilobytes


async def test_p03_a_child_leaves_no_picture_of_its_memory_behind(printing: Printing) -> None:
    """V07: a core dump would hold what was in the document."""
    assert await printing.document("day", day_form(day(), sheet()))
    assert printing._process is not None
    assert resource.prlimit(printing._process.pid, resource.RLIMIT_CORE) == (0, 0)
    limited, _ = resource.prlimit(printing._process.pid, resource.RLIMIT_AS)
    assert limited == MOST_MEMORY
