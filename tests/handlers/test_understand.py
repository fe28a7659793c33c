"""Loose text points to what it clearly names, and to nothing else."""

from datetime import date

import pytest

from handlers.understand import closest_command, command, day_named, meaning

MONDAY = date(2020, 6, 15)


@pytest.mark.parametrize(
    ("typed", "intents"),
    [
        ("WFH besok?", ("today:start",)),
        ("wfh dong", ("today:start",)),
        ("gk msk kantor", ("today:start",)),
        ("sehat", ("health:start",)),
        ("sht", ("health:start",)),
        ("skt", ("health:start",)),
        ("lapor kesehatan", ("health:start",)),
        ("lapor", ("output:start",)),
        ("rencna kerja", ("plan:start",)),
        ("sehat tapi anak demam, WFH", ("health:start", "today:start")),
        ("qwerty", ()),
        ("🙏🙏", ()),
    ],
)
def test_i11_typos_and_slang_are_understood_where_it_is_safe(typed: str, intents: tuple[str, ...]) -> None:
    assert meaning(typed, today=MONDAY).intents == intents


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("WFO hari ini?", MONDAY),
        ("wfh bsk", date(2020, 6, 16)),
        ("lusa", date(2020, 6, 17)),
        ("hasil kemarin lupa", date(2020, 6, 14)),
        ("wfo jumat", date(2020, 6, 19)),
        ("wfo 20 juni", date(2020, 6, 20)),
        ("wfo 20/6/2021", date(2021, 6, 20)),
        ("2020-07-01", date(2020, 7, 1)),
        ("31 februari", None),
        ("wfo minggu ini", None),
        ("wfo minggu depan", None),
        ("wfo senin depan", date(2020, 6, 22)),
        ("hasil jumat lalu", date(2020, 6, 12)),
        ("jadwal kamis minggu depan", date(2020, 6, 25)),
        ("tanggal 20 libur", date(2020, 6, 20)),
        ("hasil tgl 12", date(2020, 6, 12)),
        ("wfo tgl 3", date(2020, 7, 3)),
        ("tanggal 31", date(2020, 7, 31)),
        ("tanggal 45", None),
        ("halo", None),
    ],
)
def test_the_day_a_text_names(typed: str, day: date | None) -> None:
    assert day_named(typed, today=MONDAY) == day


@pytest.mark.parametrize(
    ("typed", "today", "day"),
    [
        ("cuti 2 januari", date(2020, 12, 20), date(2021, 1, 2)),
        ("hasil 30 desember", date(2021, 1, 2), date(2020, 12, 30)),
        ("29 februari", date(2024, 1, 10), date(2024, 2, 29)),
        ("29 februari", date(2023, 1, 10), None),
    ],
)
def test_t04_a_date_without_a_year_is_the_nearest(typed: str, today: date, day: date | None) -> None:
    assert day_named(typed, today=today) == day


def test_i16_commands_are_read_in_any_case_with_a_bots_name_and_arguments() -> None:
    assert command("/HariIni@piket_bot besok") == ("hariini", "besok")
    assert command("hari ini") is None
    assert closest_command("renacna") == "rencana"
    assert closest_command("zzzzzz") is None
