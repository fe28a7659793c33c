"""Dates, times and numbers in the words of each language."""

import pytest

from bot import words


@pytest.mark.parametrize(
    ("locale", "shape", "expected"),
    [
        ("id", "full", "Senin, 15 Juni 2020"),
        ("en", "full", "Monday, 15 June 2020"),
        ("id", "long", "15 Juni 2020"),
        ("id", "short", "Sen, 15 Jun"),
        ("id", "day", "Senin"),
    ],
)
def test_a_date_is_worded_in_its_language(locale: str, shape: str, expected: str) -> None:
    assert words.worded_date("2020-06-15", shape=shape, locale=locale) == expected


def test_a_moment_is_worded_in_the_persons_zone() -> None:
    moment = "2020-06-14T23:45:00+00:00"
    assert words.worded_time(moment, "Asia/Jakarta", locale="id") == "06.45"
    assert words.worded_time(moment, "Asia/Jayapura", locale="en") == "08:45"
    assert words.worded_date(moment, "Asia/Jakarta", locale="id") == "Senin, 15 Juni 2020"


def test_a_time_of_day_needs_no_zone() -> None:
    assert words.worded_time("07:30", locale="id") == "07.30"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Asia/Jakarta", "WIB"),
        ("Asia/Makassar", "WITA"),
        ("Asia/Jayapura", "WIT"),
        ("Asia/Kathmandu", "UTC+5.75"),
    ],
)
def test_a_zone_goes_by_its_official_name(zone: str, name: str) -> None:
    assert words.zone_name(zone) == name


def test_a_nip_is_grouped_and_anything_else_left_alone() -> None:
    assert words.worded_nip("198609262015051001") == "19860926 201505 1 001"
    assert words.worded_nip("12") == "12"


def test_a_list_ends_with_and() -> None:
    assert words.listed(["zona", "jabatan", "jadwal"], locale="id") == "zona, jabatan, dan jadwal"


@pytest.mark.parametrize(
    ("paragraph", "in_id", "in_en"),
    [
        ("1 (a)", "angka 1 huruf (a)", "paragraph 1 (a)"),
        ("3 (2)", "angka 3 (2)", "paragraph 3 (2)"),
        ("2", "angka 2", "paragraph 2"),
        ("C.1", "bagian C.1", "part C.1"),
        ("", "bagian ", "part "),
    ],
)
def test_paragraphs_are_cited_as_offices_do(paragraph: str, in_id: str, in_en: str) -> None:
    assert words.worded_paragraph(paragraph, locale="id") == in_id
    assert words.worded_paragraph(paragraph, locale="en") == in_en
