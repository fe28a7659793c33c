"""Which day a report counts for: yesterday's within its window, the day of the prompt, and never a day that is over."""

from datetime import date

import pytest

from db import calendars
from policy.words import DayKind
from tests.chat import Player
from tests.dialogues.written import only, stored
from tests.factories import AGENCY, BY
from tests.stage import Stage


async def test_yesterdays_output_is_taken_until_midnight_and_says_its_date(stage: Stage, ana: Player) -> None:
    """I14: also in the afternoon, when the grace of yesterday's own prompts is over."""
    stage.moves_to("2020-06-16 15:30")
    await ana.says("hasil kemarin")
    ana.sees("Untuk Senin, 15 Juni 2020")
    ana.sees_no("hari ini,")
    await ana.says("Rapat data")
    ana.sees("Simpan hasil ini?", "Untuk Senin, 15 Juni 2020")
    await ana.taps("Simpan")
    ana.sees("Laporan hasil tercatat", "untuk Senin, 15 Juni 2020")
    assert (await only(stage))["on_date"] == "2020-06-15"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("hasil 12 juni", ["Jumat, 12 Juni 2020", "sudah dikunci", "atasan langsung"]),
        ("rencana besok", ["Selasa, 16 Juni 2020", "belum bisa diisi"]),
    ],
)
async def test_another_day_is_refused_kindly_with_whom_to_ask(
    stage: Stage, ana: Player, asked: str, told: list[str]
) -> None:
    """I14"""
    await ana.says(asked)
    ana.sees(*told)
    await ana.says("Rapat data")
    assert await stored(stage) == []


async def test_yesterday_closes_at_midnight_even_in_an_open_form(stage: Stage, ana: Player) -> None:
    """I14: the platform's time decides."""
    stage.moves_to("2020-06-16 23:58")
    await ana.says("hasil kemarin")
    await ana.says("Rapat data")
    stage.moves_to("2020-06-17 00:01")
    await ana.taps("Simpan")
    ana.sees("sudah dikunci")
    assert await stored(stage) == []


async def test_an_answer_after_midnight_belongs_to_the_day_of_its_prompt(stage: Stage, ana: Player) -> None:
    """I15: inside the grace."""
    stage.moves_to("2020-06-15 23:55")
    await ana.says("hasil")
    stage.moves_to("2020-06-16 00:10")
    await ana.says("Rapat data")
    ana.sees("Untuk Senin, 15 Juni 2020")
    await ana.taps("Simpan")
    assert (await only(stage))["on_date"] == date(2020, 6, 15).isoformat()


async def test_an_answer_long_after_its_day_is_asked_for_again(stage: Stage, ana: Player) -> None:
    """I15: after the grace the form begins anew, for the day it is now."""
    await ana.says("rencana")
    stage.moves_to("2020-06-16 12:05")
    await ana.says("Rapat data")
    ana.sees("Senin, 15 Juni 2020", "Apa rencana kerja Anda?", "hari ini, Selasa, 16 Juni 2020")
    assert await stored(stage) == []


async def test_on_a_day_off_nothing_is_called_missing(stage: Stage, ana: Player) -> None:
    stage.moves_to("2020-06-20 10:00")
    await ana.says("rencana")
    await ana.says("Membaca")
    await ana.taps("Simpan")
    ana.sees("Hari ini libur, tidak ada yang perlu dilaporkan")


async def test_the_output_of_a_night_shift_belongs_to_the_date_on_which_it_started(
    stage: Stage, ana: Player
) -> None:
    """T04: nobody has to name the day before; another tap makes it today's."""
    stage.moves_to("2020-06-15 21:55")
    await ana.says("rencana")
    await ana.says("Menjaga pusat data semalam")
    await ana.taps("Simpan")
    stage.moves_to("2020-06-16 06:05")
    await ana.says("hasil")
    ana.sees("Untuk Senin, 15 Juni 2020", "Menjaga pusat data semalam")
    ana.can_tap("Untuk hari ini")
    await ana.taps("Semua selesai")
    await ana.taps("Simpan")
    assert [row["on_date"] for row in await stored(stage)] == ["2020-06-15", "2020-06-15"]
    await ana.says("hasil")
    ana.sees("hari ini, Selasa, 16 Juni 2020")


async def test_after_work_has_begun_output_means_today(stage: Stage, ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    stage.moves_to("2020-06-16 07:31")
    await ana.says("hasil")
    ana.sees("hari ini, Selasa, 16 Juni 2020")


async def test_the_day_before_can_be_turned_into_today(stage: Stage, ana: Player) -> None:
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    stage.moves_to("2020-06-16 06:30")
    await ana.taps("Lapor hasil")
    await ana.taps("Untuk hari ini")
    ana.sees("hari ini, Selasa, 16 Juni 2020")


async def test_a_holiday_announced_this_morning_owes_nothing_and_keeps_what_was_sent(
    stage: Stage, ana: Player
) -> None:
    """T05: at 07.30 the day becomes one of rest; what somebody has sent of it by then stays as it is."""
    await ana.says("rencana")
    await ana.says("Rapat data")
    await ana.taps("Simpan")
    stage.moves_to("2020-06-15 07:30")
    today, now = date(2020, 6, 15), stage.clock.now()
    async with stage.db.transaction() as tx:
        await calendars.name_day(
            tx, unit_code=AGENCY, kind=DayKind.HOLIDAY, name="Libur daerah", on=today, by=BY, now=now
        )
    await ana.says("WFO hari ini?")
    ana.sees("Libur: Libur daerah")
    await ana.says("menu")
    ana.sees_no("belum Anda laporkan")
    await ana.says("lapor pagi")
    ana.sees("tidak ada yang perlu dilaporkan", "Selasa, 16 Juni 2020")
    assert (await only(stage))["items"] == ["Rapat data"]
