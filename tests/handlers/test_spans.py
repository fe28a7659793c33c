"""The days of an absence, as people write them. Monday 15 June 2020 is today."""

from datetime import date

import pytest

from handlers.absence.kinds import kind_named
from handlers.spans import NoSuchDay, Span, part_named, span_named
from policy.model import AbsenceKind, Part

TODAY = date(2020, 6, 15)


def june(day: int) -> date:
    return date(2020, 6, day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("saya sakit hari ini izin", june(15), june(15)),
        ("izin besok", june(16), june(16)),
        ("izin sore ini antar anak", june(15), june(15)),
        ("izin besok dan lusa", june(16), june(17)),
        ("cuti 22-24 Juni", june(22), june(24)),
        ("cuti 22 – 24 juni", june(22), june(24)),
        ("cuti tgl 22 s.d. 24 Juni 2020", june(22), june(24)),
        ("cuti 22 dan 23 Juni", june(22), june(23)),
        ("22/6 sampai 24/6", june(22), june(24)),
        ("22-06-2020 s/d 24-06-2020", june(22), june(24)),
        ("2020-06-22 sd 2020-06-24", june(22), june(24)),
        ("tanggal 22 - 24", june(22), june(24)),
        ("tgl 3", date(2020, 7, 3), date(2020, 7, 3)),
        ("libur s.d. Senin", june(15), june(15)),
        ("sampai jumat", june(15), june(19)),
        ("besok s.d. Jumat", june(16), june(19)),
        ("Jumat s.d. Senin", june(19), june(22)),
        ("senin depan", june(22), june(22)),
        ("rabu minggu depan", june(24), june(24)),
        ("hari minggu depan", june(28), june(28)),
        ("kemarin", june(14), june(14)),
        ("15 dan 17 juni", None, None),
        ("Senin Rabu", None, None),
        ("izin ya pak", None, None),
        ("izin jam 10.30", None, None),
    ],
)
def test_days_are_read_as_they_are_written(text: str, first: date | None, last: date | None) -> None:
    wanted = Span(first=first, last=last) if first else None
    assert span_named(text, today=TODAY) == wanted


@pytest.mark.parametrize(
    ("text", "first", "count", "unit"),
    [
        ("dinas luar 3 hari", june(15), 3, "day"),
        ("cuti 3 hari mulai besok", june(16), 3, "day"),
        ("cuti melahirkan 3 bulan mulai 1 Juli", date(2020, 7, 1), 3, "month"),
        ("diklat 2 minggu", june(15), 2, "week"),
        ("cuti minggu depan", june(22), 1, "week"),
        ("saya cuti pekan depan ya pak", june(22), 1, "week"),
        ("cuti 3 hari mulai minggu depan", june(22), 3, "day"),
    ],
)
def test_a_number_of_days_is_kept_as_one(text: str, first: date, count: int, unit: str) -> None:
    assert span_named(text, today=TODAY) == Span(first=first, count=count, unit=unit)


@pytest.mark.parametrize(
    ("today", "text", "first", "last"),
    [
        (date(2020, 12, 28), "30 Des - 2 Jan", date(2020, 12, 30), date(2021, 1, 2)),
        (date(2020, 12, 28), "30 Des - 2 Jan 2021", date(2020, 12, 30), date(2021, 1, 2)),
        (date(2020, 12, 28), "5 januari", date(2021, 1, 5), date(2021, 1, 5)),
        (date(2021, 1, 1), "31 desember", date(2020, 12, 31), date(2020, 12, 31)),
        (date(2020, 6, 29), "30 - 2 Juli", date(2020, 6, 30), date(2020, 7, 2)),
        (date(2020, 2, 28), "29 Feb", date(2020, 2, 29), date(2020, 2, 29)),
        (date(2020, 2, 28), "besok s.d. 1 Maret", date(2020, 2, 29), date(2020, 3, 1)),
    ],
)
def test_the_ends_of_months_and_years_are_crossed(today: date, text: str, first: date, last: date) -> None:
    """T04"""
    assert span_named(text, today=today) == Span(first=first, last=last)


@pytest.mark.parametrize(
    ("today", "text"),
    [(TODAY, "31 Juni"), (TODAY, "30 s.d. 31 Juni"), (date(2022, 6, 1), "29 feb"), (TODAY, "12/13/2020")],
)
def test_a_day_that_no_calendar_has_is_said_to_be_none(today: date, text: str) -> None:
    """T04"""
    assert isinstance(span_named(text, today=today), NoSuchDay)


@pytest.mark.parametrize(
    ("text", "part", "is_half"),
    [
        ("izin besok pagi", Part.MORNING, True),
        ("izin siang ini", Part.AFTERNOON, True),
        ("izin setengah hari besok", None, True),
        ("izin 1/2 hari besok", None, True),
        ("selamat pagi, saya izin besok", None, False),
        ("Pagi pak, izin besok", None, False),
        ("izin besok", None, False),
    ],
)
def test_half_a_day_is_heard_and_a_greeting_is_none(text: str, part: Part | None, is_half: bool) -> None:
    assert part_named(text) == (part, is_half)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("izin sakit", AbsenceKind.SICK_LEAVE),
        ("izin anak sakit", None),
        ("cuti besok", AbsenceKind.ANNUAL_LEAVE),
        ("cuti karena alasan penting", AbsenceKind.IMPORTANT_LEAVE),
        ("dl ke metro", AbsenceKind.TRAVEL),
        ("ijin", AbsenceKind.PERMISSION),
        ("besok", None),
    ],
)
def test_the_kind_is_read_by_the_narrowest_word(text: str, kind: AbsenceKind | None) -> None:
    assert kind_named(text) is kind
