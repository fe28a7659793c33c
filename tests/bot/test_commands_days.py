"""`piket agency day`, `calendar` and `season`: the agency's own days and hours."""

from pathlib import Path

import pytest

from tests.bot.operating import Operator, new_operator
from tests.engines import SqliteMaker


@pytest.fixture
def operator(sqlite_maker: SqliteMaker) -> Operator:
    made = new_operator(sqlite_maker.fresh())
    made.imports_everything()
    return made


def test_a_day_is_named_and_given_back(operator: Operator) -> None:
    said = operator.succeeds("agency", "day", "DINKES", "2020-06-18", "holiday", " Hari  jadi ")
    assert said.endswith("2020-06-18 is holiday: Hari jadi.\n")
    days = ("agency", "day", "DINKES", "2020-06-22", "joint_leave", "Cuti", "--until", "2020-06-23")
    assert "2020-06-22 to 2020-06-23 is joint_leave: Cuti." in operator.succeeds(*days)
    dewi = ("explain", "198501102009122001", "--on", "2020-06-18")
    assert "calendar: Public holiday: Hari jadi." in operator.succeeds(*dewi)
    operator.succeeds("agency", "day", "DINKES", "2020-06-18", "--stop")
    assert "Hari jadi" not in operator.succeeds(*dewi)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("DINKES", "2020-06-18", "holidai", "x"), "Did you mean `holiday`?"),
        (("DINKES", "2020-06-18", "weekend", "x"), "follows from the week"),
        (("DINKES", "2020-06-18", "holiday"), "needs its name"),
        (("DINKES", "2020-06-18"), "Say what the day is"),
        (("DINKES", "2020-06-18", "--stop"), "has not named 2020-06-18 itself"),
        (("DINKES.LAB", "2020-06-18", "holiday", "x"), "the calendar is decided for the whole agency"),
        (("DINKES", "2020-06-18", "holiday", "x", "--until", "2020-06-17"), "before it begins"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(operator: Operator, words: tuple[str, ...], says: str) -> None:
    assert says in " ".join(operator.fails("agency", "day", *words).split())


SIX_DAYS = """
title: Enam hari kerja
week:
  Senin: {from: "07.30", to: "14.30"}
  Sabtu: {from: "07.30", to: "11.00"}
season_weeks:
  Ramadan:
    Senin: {from: "08.00", to: "14.00"}
"""


def test_an_agency_goes_by_its_own_hours_and_season(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "enam-hari.yaml"
    file.write_text(SIX_DAYS, encoding="utf-8")
    said = operator.succeeds("agency", "calendar", "DINKES", str(file), "--from", "2020-06-15")
    assert "goes by enam-hari.yaml from 2020-06-15 on." in said
    season = ("agency", "season", "DINKES", "Ramadan", "--from", "2020-06-22", "--until", "2020-06-28")
    assert "the hours of Ramadan from 2020-06-22 to 2020-06-28." in operator.succeeds(*season)


def test_a_calendar_that_cannot_be_read_is_refused_with_its_line(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "salah.yaml"
    file.write_text("title: Salah\nweek:\n  Senin: {from: 07.30, to: lusa}\n", encoding="utf-8")
    assert "salah.yaml:3:" in operator.fails("agency", "calendar", "DINKES", str(file))
    file.write_bytes(b"\xff\xfe\x00")
    assert "salah.yaml" in operator.fails("agency", "calendar", "DINKES", str(file))
