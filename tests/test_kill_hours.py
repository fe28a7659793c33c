"""The bot is killed while reminders, alerts and digests fall due: none is missed, none comes twice (fault P01)."""

import dataclasses
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.kill.hours import FastPiket, Hours, Shown, endure
from tests.kill.hours_books import HoursBooks, Row
from tests.kill.hours_judge import MARK, STAGES, UNITS, hours_account

pytestmark = [pytest.mark.kill, pytest.mark.timeout(240)]
KILLS = 3  # on each engine: with fewer nothing is due yet; `make kill-test` does a hundred


async def test_p01_what_time_brings_is_neither_missed_nor_doubled_whatever_moment_it_is_killed(
    db_url: str, tmp_path: Path
) -> None:
    """And T03: between two lives hours go by; what they should have brought is late, with its reason, or made good."""
    hours = await endure(
        FastPiket(db_url),
        folder=tmp_path,
        kills=KILLS,
        asleep=lambda life: timedelta(hours=2 if life == KILLS - 1 else 0),
    )
    account = hours_account(hours)
    assert not account.breaches
    assert account.sent > 0
    assert account.late > 0
    assert account.alerts > 0


MONDAY, CHAT = date(2020, 9, 7), 5001
AT = datetime.fromisoformat("2020-09-07T07:00+07:00")


def hours(*shown: str, rows: int = 1, stages: frozenset[str] = STAGES, **more: object) -> Hours:
    """One person's Monday: `rows` messages "Pengingat" were owed, and these came."""
    row = Row(once="r", chat=CHAT, state="sent", because="", texts=["Pengingat"])
    books = HoursBooks(
        stages={("ana", MONDAY.isoformat()): [(name, "sent") for name in sorted(stages)]},
        obligations={},
        digests=[
            (str(unit), kind, MONDAY.isoformat()) for kind in ("morning", "evening") for unit in range(UNITS)
        ],
        alerts=[("0", MONDAY.isoformat(), "morning")],
        skipped=[],
        rows=[row] * rows,
        written=frozenset(range(rows)),
        due=0,
        unsent=0,
        aside=[],
    )
    came = [Shown(number=number, chat=CHAT, text=text, at=AT) for number, text in enumerate(shown)]
    found = Hours(books=books, shown=came, kills=1, in_flight=0, days=[MONDAY], people=1)
    return dataclasses.replace(found, **more)  # type: ignore[arg-type]


def test_a_fair_day_has_no_breach() -> None:
    assert hours_account(hours("Pengingat")).breaches == ()


def test_what_came_twice_is_found_and_a_marked_repeat_only_where_a_kill_met_it() -> None:
    assert "got 2 times, 1 owed" in hours_account(hours("Pengingat", "Pengingat", in_flight=1)).breaches[0]
    repeated = ("Pengingat", f"Pengingat\n\n{MARK}")
    assert hours_account(hours(*repeated, in_flight=1)).breaches == ()
    assert len(hours_account(hours(*repeated)).breaches) == 2


def test_what_did_not_come_is_found() -> None:
    assert "never came" in hours_account(hours()).breaches[0]
    assert (
        "nothing is known of ['start']"
        in hours_account(hours("Pengingat", stages=STAGES - {"start"})).breaches[0]
    )
    assert "0 of 2 people" not in hours_account(hours("Pengingat", people=2)).breaches[0]
    assert "1 of 2 people" in hours_account(hours("Pengingat", people=2)).breaches[0]
    lacking = hours("Pengingat")
    without = dataclasses.replace(lacking, books=dataclasses.replace(lacking.books, digests=[], alerts=[]))
    assert len(hours_account(without).breaches) == 3


def test_what_is_left_in_the_end_is_found() -> None:
    left = hours("Pengingat")
    waiting = dataclasses.replace(
        left, books=dataclasses.replace(left.books, due=1, aside=["job:reminders: KeyError"])
    )
    assert len(hours_account(waiting).breaches) == 2
