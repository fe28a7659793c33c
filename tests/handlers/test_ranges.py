"""Which days a recap is asked for: never one that is still to come."""

from datetime import date

import pytest

from handlers.recap.ranges import Range, range_named

TODAY = date(2020, 6, 17)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("pekan ini", "2020-06-15", "2020-06-17"),
        ("rekap minggu lalu", "2020-06-08", "2020-06-14"),
        ("ekspor bulan ini", "2020-06-01", "2020-06-17"),
        ("bulan lalu pdf", "2020-05-01", "2020-05-31"),
        ("rekap 1-15 Juni", "2020-06-01", "2020-06-15"),
        ("25 Mei s.d. 12 Juni", "2020-05-25", "2020-06-12"),
        ("15-30 Juni", "2020-06-15", "2020-06-17"),
        ("rekap Mei", "2020-05-01", "2020-05-31"),
        ("rekap Desember", "2019-12-01", "2019-12-31"),
        ("Februari 2020", "2020-02-01", "2020-02-29"),
        ("30 Desember 2019 sampai 2 Januari 2020", "2019-12-30", "2020-01-02"),
        ("kemarin", "2020-06-16", "2020-06-16"),
        ("last month", "2020-05-01", "2020-05-31"),
    ],
)
def test_t04_a_range_is_read_in_the_words_of_an_office(text: str, first: str, last: str) -> None:
    wanted = Range(first=date.fromisoformat(first), last=date.fromisoformat(last))
    assert range_named(text, today=TODAY) == wanted


@pytest.mark.parametrize("text", ["", "rekap", "besok", "bulan depan", "31 Juni", "1 Juli 2020", "terserah"])
def test_what_names_no_past_day_is_no_range(text: str) -> None:
    assert range_named(text, today=TODAY) is None
