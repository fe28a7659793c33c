"""What a digest counts, from plain rows: tallies, streaks, units together; and what of it is told upward."""

import json
import re
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from policy import digest_card
from policy.deadlines import Owed
from policy.figures import (
    Barred,
    Broken,
    Changes,
    Counted,
    Figures,
    Kind,
    Missing,
    NewAbsence,
    Outcome,
    Place,
    Seats,
    Tally,
    absence_class,
    counts_of,
    place_of,
    streak,
)
from policy.figures_added import merged, rolled_up
from policy.figures_stored import from_json
from policy.words import AbsenceKind

MONDAY, TUESDAY = date(2020, 6, 15), date(2020, 6, 16)
ZONE = "Asia/Jakarta"
SMALL = st.integers(0, 9)
TALLIES = st.builds(Tally, SMALL, SMALL, SMALL, SMALL, SMALL)


def _figures(**known: object) -> Figures:
    given_: dict[str, object] = {
        "kind": Kind.MORNING,
        "first": MONDAY,
        "on": MONDAY,
        "as_of": datetime(2020, 6, 15, 2, 15, tzinfo=UTC),
        "units": ("Bidang Aptika",),
    }
    return Figures(**(given_ | known))  # type: ignore[arg-type]


FULL = _figures(
    people=9,
    places={"office": 5, "away": 4},
    owed={"health": Tally(3, 1, 1), "plan": Tally(4, 0, 1)},
    days={"2020-06-15": Tally(7, 1, 2)},
    not_fit=1,
    missing=(Missing(person_id="p1", name="Ana", kinds=("health", "plan"), count=2),),
    barred=(Barred("Dewi", None),),
    changes=Changes(
        absences=(NewAbsence("Gita", "leave", "2020-06-15", None),),
        streaks=(Broken("Ana", 7),),
        seats=(Seats(unit="Bidang Aptika", on="2020-06-16", inside=5, cap=4),),
        outages=(("2020-06-15T00:10:00+00:00", "2020-06-15T00:40:00+00:00"),),
        forgiven=2,
    ),
    waiting=3,
)


def test_rows_become_tallies_by_kind_and_by_day() -> None:
    rows = [
        Counted(TUESDAY, Owed.PLAN, Outcome.LATE, 2),
        Counted(MONDAY, Owed.PLAN, Outcome.IN_TIME, 3),
        Counted(MONDAY, Owed.HEALTH, Outcome.MISSING, 1),
    ]
    kinds, days = counts_of(rows)
    assert kinds == {"health": Tally(missing=1), "plan": Tally(in_time=3, late=2)}
    assert list(days.items()) == [("2020-06-15", Tally(3, 0, 1)), ("2020-06-16", Tally(late=2))]


def test_a_streak_is_of_the_days_before_this_one() -> None:
    assert streak([True, False, True, True, False]) == 2
    assert streak([True, True]) == 1
    assert streak([False]) == streak([]) == 0


def test_a_place_is_that_of_an_open_day() -> None:
    assert [place_of(each) for each in ("WFO", "WFA", "travel", "undecided", "off", None)] == [
        Place.OFFICE, Place.HOME, Place.OUT, Place.OPEN, Place.AWAY, Place.AWAY,
    ]  # fmt: skip


def test_of_illness_and_the_like_others_read_only_that_somebody_is_away() -> None:
    """Fault V03."""
    private = [AbsenceKind.SICK_LEAVE, AbsenceKind.MATERNITY_LEAVE, AbsenceKind.SUSPENDED]
    assert {absence_class(kind) for kind in private} == {"away"}
    assert absence_class(AbsenceKind.ANNUAL_LEAVE) == "leave"


def test_figures_are_read_back_as_they_were_stored() -> None:
    whole = replace(FULL, below=rolled_up([FULL], pending=1, headless=0))
    assert from_json(json.loads(json.dumps(whole.to_json()))) == whole


def test_what_lies_ahead_or_waits_is_nothing_to_correct() -> None:
    assert replace(FULL, waiting=9, changes=Changes()).sum == FULL.sum
    assert replace(FULL, owed={**FULL.owed, "plan": Tally(4, 0, 0, 1)}).sum != FULL.sum


def test_the_units_of_one_head_are_one_digest() -> None:
    both = merged([FULL, replace(FULL, units=("UPTD",), waiting=3)])
    assert both.units == ("Bidang Aptika", "UPTD")
    assert (both.people, both.places["office"], both.owed["plan"]) == (18, 10, Tally(8, 0, 2))
    assert both.waiting == 3  # it is the head's own list, whatever units they lead
    assert len(both.changes.outages) == 1


def test_a_unit_is_rolled_up_with_all_that_is_below_it() -> None:
    middle = replace(FULL, below=rolled_up([FULL, FULL], pending=1, headless=1))
    top = rolled_up([middle, FULL], pending=0, headless=1)
    assert top is not None
    assert (top.units, top.people, top.pending, top.headless, top.missing) == (5, 36, 1, 2, 4)
    assert top.owed["plan"] == Tally(16, 0, 4)
    assert top.worst == (("Bidang Aptika", 3), ("Bidang Aptika", 1))
    assert rolled_up([], pending=0, headless=0) is None


def test_a_share_of_several_days_tells_nothing_of_four_people() -> None:
    few = rolled_up([replace(FULL, kind=Kind.WEEKLY, people=4)], pending=0, headless=0)
    many = rolled_up([replace(FULL, kind=Kind.WEEKLY, people=5)], pending=0, headless=0)
    week = replace(FULL, kind=Kind.WEEKLY, on=TUESDAY)
    assert digest_card.below(replace(week, below=few))["share"] is None  # type: ignore[index]
    assert digest_card.below(replace(week, below=many))["share"] == 70  # type: ignore[index]


@given(st.lists(st.tuples(SMALL, TALLIES, TALLIES, st.integers(0, 4)), min_size=1, max_size=5))
def test_upward_no_count_of_one_to_four_people_is_told_and_no_name(
    units: list[tuple[int, Tally, Tally, int]],
) -> None:
    """Faults V03 and V04."""
    children = [
        replace(
            FULL,
            units=(f"Unit {'ABCDE'[place]}",),
            people=office + 4,
            places={"office": office, "away": 4},
            owed={"health": health, "plan": plan},
            not_fit=not_fit,
            missing=FULL.missing * not_fit,
        )
        for place, (office, health, plan, not_fit) in enumerate(units)
    ]
    shown = digest_card.below(_figures(below=rolled_up(children, pending=0, headless=0)))
    assert shown is not None
    told = {name: shown[name] for name in ("people", "places", "owed", "not_fit", "worst")}
    assert not re.search(r"(?<![<\d])\b[1-4]\b(?!\d)", json.dumps(told))
    assert not re.search("Ana|Dewi|Gita", json.dumps(shown))


@given(st.lists(st.integers(0, 9), max_size=6))
def test_of_the_units_listed_the_rest_is_no_count_of_one_to_four(missing: list[int]) -> None:
    """Fault V04."""
    children = [
        replace(FULL, units=(f"Unit {place}",), missing=FULL.missing * count)
        for place, count in enumerate(missing)
    ]
    below = rolled_up(children, pending=0, headless=0)
    if below is not None:
        listed = [each["missing"] for each in digest_card.worst(below)]
        assert all(count >= 5 for count in listed)
        rest = sum(missing) - sum(listed)
        assert not listed or not 0 < rest < 5


def test_the_head_is_named_as_you_and_the_names_end() -> None:
    many = [
        Missing(person_id=f"p{place}", name=f"Orang {place}", kinds=("plan",), count=1) for place in range(11)
    ]
    card = digest_card.card(_figures(missing=tuple(many)), timezone=ZONE, head_id="p2")
    assert [each["is_you"] for each in card["missing"]["shown"]].index(True) == 2
    assert (len(card["missing"]["shown"]), card["missing"]["more"]) == (8, 3)
    broken = Changes(streaks=(Broken("Orang 1", 9), Broken("Orang 2", 9)))
    streaks = digest_card.card(_figures(missing=tuple(many), changes=broken), timezone=ZONE, head_id="p2")[
        "streaks"
    ]["shown"]
    assert [each["is_you"] for each in streaks] == [False, True]


def test_a_correction_says_what_was_said_and_what_is_right() -> None:
    after = replace(FULL, places={"office": 4, "away": 5}, owed={**FULL.owed, "plan": Tally(4, 0, 0, 1)})
    told = digest_card.corrected(FULL, after, timezone=ZONE)
    assert told["places"] == [
        {"place": "office", "was": 5, "now": 4},
        {"place": "away", "was": 4, "now": 5},
    ]
    assert told["owed"] == [
        {"kind": "plan", "outcome": "missing", "was": 1, "now": 0},
        {"kind": "plan", "outcome": "excused", "was": 0, "now": 1},
    ]


def test_what_is_not_due_yet_is_not_in_the_morning() -> None:
    card = digest_card.card(
        _figures(owed={"plan": Tally(3), "output": Tally(ahead=3)}), timezone=ZONE, head_id=""
    )
    assert [row["kind"] for row in card["owed"]] == ["plan"]
    assert asdict(Tally(3)).items() <= card["owed"][0].items()
