"""The picture of a digest: every number and word is there, none is cut, whatever the unit is called."""

import struct
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.documents.digest_pictures import picture
from bot.documents.digests import PPI
from bot.documents.printing import Printing
from bot.documents.wording import Wording, lists_of
from policy import digest_card
from policy.figures import Figures, Kind, Missing, Place, Tally
from scheduler.digesting.telling import days
from tests.documents import pages, solid, text

MONDAY = date(2020, 6, 15)
LONG = "Unit Pelaksana Teknis Daerah Pengelolaan Data dan Informasi Geospasial " * 3
NAMES = (Missing(person_id="p1", name="Ana Lestari", kinds=("plan",), count=1),)
MORNING = Figures(
    kind=Kind.MORNING,
    first=MONDAY,
    on=MONDAY,
    as_of=datetime(2020, 6, 15, 2, 15, tzinfo=UTC),
    units=("Dinas Kominfo Provinsi Lampung",),
    people=24,
    places={"office": 11, "home": 8, "out": 2, "open": 1, "away": 2},
    owed={"health": Tally(17, 2, 3), "plan": Tally(151, 1, 4, 1)},
    missing=NAMES,
)
WORKED = [date(2020, 6, 1) + timedelta(days=n) for n in range(30) if (n % 7) < 5]
MONTH = replace(
    MORNING,
    kind=Kind.MONTHLY,
    first=date(2020, 6, 1),
    on=date(2020, 6, 30),
    days={
        day.isoformat(): Tally(100 + day.day, 40 + day.day, 200 + day.day, 300 + day.day) for day in WORKED
    },
)


@pytest.fixture
async def printing() -> AsyncIterator[Printing]:
    opened = Printing()
    yield opened
    await opened.close()


async def _paper(printing: Printing, figures: Figures, *, locale: str = "id") -> bytes:
    card = digest_card.card(figures, timezone="Asia/Jakarta", head_id="")
    data = picture(card, days(figures), wording=Wording(locale=locale, timezone="Asia/Jakarta"))
    return await printing.document("digest", data)


async def test_every_part_has_its_word_and_its_number_and_the_picture_its_time(printing: Printing) -> None:
    shown = text(await _paper(printing, MORNING))
    for words in ("kantor 11", "rumah 8", "dinas, lapangan 2", "belum pasti 1", "tidak bertugas 2"):
        assert words in shown
    for words in ("tepat waktu 17", "terlambat 2", "belum lapor 3", "tepat waktu 151", "dikecualikan 1"):
        assert words in shown
    assert "Per Senin, 15 Juni 2020 pukul 09.15 WIB" in shown
    assert "24 pegawai" in shown


async def test_nobody_is_named(printing: Printing) -> None:
    assert "Ana" not in text(await _paper(printing, MORNING))


async def test_a_month_has_every_day_with_its_four_numbers(printing: Printing) -> None:
    paper = await _paper(printing, MONTH)
    shown = solid(paper)
    assert len(pages(paper)) == 1
    assert "Ringkasanbulan" in shown
    for day in WORKED:
        for number in (100 + day.day, 40 + day.day, 200 + day.day, 300 + day.day):
            assert str(number) in shown
    assert shown.count("Jun") >= len(WORKED)


async def test_a_long_name_is_whole_and_several_units_are_said(printing: Printing) -> None:
    shown = solid(await _paper(printing, replace(MORNING, units=(LONG.strip(), "b", "c"))))
    assert LONG.replace(" ", "") + "dan2unitlain" in shown


async def test_a_day_on_which_nothing_was_asked_is_no_error(printing: Printing) -> None:
    shown = text(await _paper(printing, replace(MORNING, owed={}, places={}, people=0)))
    assert "0 pegawai" in shown


@pytest.mark.parametrize("figures", [MORNING, MONTH])
async def test_it_is_as_wide_as_a_phone(printing: Printing, figures: Figures) -> None:
    card = digest_card.card(figures, timezone="Asia/Jakarta", head_id="")
    data = picture(card, days(figures), wording=Wording(locale="en", timezone="Asia/Jakarta"))
    body = await printing.document("digest", data, format="png", ppi=PPI)
    width, height = struct.unpack(">II", body[16:24])
    assert width == 900
    assert height < 3 * width
    assert len(body) < 400_000


@pytest.mark.parametrize("locale", ["id", "en"])
def test_every_word_is_there_in_each_language(locale: str) -> None:
    words = lists_of(locale)["digest"]
    assert {each.value for each in (*Place, *Kind)} <= words.keys()
    assert words.keys() == lists_of("id")["digest"].keys()
