"""What a head reads of their unit's day, of recaps and of places of work: worded everywhere, and short enough."""

from typing import Any

import pytest

from bot.cutting import units
from bot.templating import FOLDER, Templates
from handlers.board import showing
from handlers.paging import ROWS
from tests.bot.messages import MANNERS

TEMPLATES = Templates()
NARROWEST = 1024  # units of a message that carries buttons on the narrowest platform
DAY, LATER, AT, ZONE = "2020-06-15", "2020-06-26", "2020-06-15T02:30:00+00:00", "Asia/Jakarta"
NAME = "Dr. Hj. Siti <b>Nurhaliza</b>, S.Kom., M.T."
ITEMS = [{"kind": kind, "due": AT, "is_over": kind != "output"} for kind in ("health", "plan", "output")]
WHERE = {"place": "WFO", "shift": "1", "hours": {"start": "07:30", "end": "16:00"}, "until": None}
AWAY = {"place": "leave", "shift": None, "hours": None, "until": LATER}
ROW = {"number": 12, "name": "Dr. Hj. Siti Nurhaliza, S.Kom., M.T.", "items": ITEMS, **WHERE}
HEAD = {"unit": "Dinas Komunikasi, Informatika, dan Statistik", "day": DAY, "as_of": AT, "timezone": ZONE}
SUMMARY: dict[str, Any] = {
    **HEAD, "is_today": True, "is_ahead": False, "total": 12, "plans": 3, "outputs": 0, "is_owed": True, "missing": 9,
    "places": [{"place": each, "count": 3} for each in ("WFO", "WFH", "leave", "travel", "stay_out", "away")],
}  # fmt: skip
PERSON = {
    "name": NAME,
    "position": "Arsiparis",
    "unit": "UPTD",
    "day": DAY,
    "is_today": True,
    "timezone": ZONE,
}
STATES = ("missing", "awaited", "not_yet", "closed", "late", "excused")
RANGE = {"first": DAY, "last": LATER}
DECISION = {"place": "WFH", **RANGE, "letter": "800/77/2020 <b>"}
POINTS = ["kompetensi mengoperasikan sistem dan teknologi informasi"] * 10
TOLD = {"by": NAME, "capacity": "Plh. UPTD", "considerations": ["jenis pekerjaan", NAME]}

SHAPES: list[tuple[str, dict[str, Any]]] = [
    ("board/day", {**SUMMARY, "rows": [ROW] * showing.NAMES_AT_ONCE}),
    ("board/day", {**SUMMARY, "rows": [], "missing": 0, "is_today": False}),
    ("board/day", {**SUMMARY, "rows": [], "missing": 0, "is_owed": False}),
    ("board/day", {**SUMMARY, "rows": [], "missing": 0, "is_today": False, "is_ahead": True}),
    ("board/missing", {**HEAD, "rows": [ROW] * ROWS, "count": 40}),
    ("board/where", {**HEAD, "rows": [ROW, {**ROW, **AWAY}] * (ROWS // 2), "count": 40}),
    *(("board/person", {**PERSON, **WHERE, "items": [{**ITEMS[0], "state": each}], "reported": []}) for each in STATES),
    ("board/person", {**PERSON, **AWAY, "items": [], "reported": ["plan", "output"]}),
    ("board/person", {**PERSON, **AWAY, "items": [], "reported": [], "is_today": False}),
    ("board/units", {"rows": [{"number": 8, "name": NAME, "people": 12}] * 8}),
    ("board/too_far", {"days": 62}),
    ("board/reminded", {"told": 3, "quiet": 1, "without_chat": 1, "just_now": 1}),
    ("board/reminded", {"told": 0, "quiet": 0, "without_chat": 0, "just_now": 0}),
    *((f"recap/{name}", {"most": 366}) for name in ("range", "which_days", "days_unread", "enough")),
    ("recap/form", {**RANGE, "people": 12}),
    ("recap/preparing", {**RANGE, "count": 2}),
    ("recap/too_much", {"people": 900, "most": 44}),
    *(
        ("recap/document", {**RANGE, "form": each, "people": 12, "at": AT, "timezone": ZONE})
        for each in ("xlsx", "pdf")
    ),
    ("recap/not_made", RANGE),
    ("override/place", {"name": NAME, "place": None, "letter": None, "until": None}),
    ("override/place", {"name": NAME, "place": "field", "letter": "800/1", "until": LATER}),
    *((f"override/{name}", {}) for name in ("days", "letter_unread", "nothing_considered", "not_yours")),
    ("override/days_unread", {"most": 366}),
    ("override/letter", RANGE),
    ("override/considered", {"points": POINTS, "ticked": [1, 10], "own": "x" * 200, "most": 200}),
    ("override/considered", {"points": POINTS, "ticked": [], "own": "", "most": 200}),
    ("override/sure", {"name": NAME, "capacity": "Kepala", "considerations": POINTS, **DECISION}),
    ("override/told", {**TOLD, **DECISION}),
    *(("override/kept", {"name": NAME, **DECISION, "is_told": told}) for told in (True, False)),
    *(("override/off", {"name": NAME, "first": DAY, "is_told": told}) for told in (True, False)),
    ("override/told_off", {"by": NAME, "first": DAY}),
    ("override/none", {"name": NAME}),
]  # fmt: skip


@pytest.mark.parametrize(("message", "params"), SHAPES)
def test_it_can_be_worded_and_is_short(message: str, params: dict[str, Any]) -> None:
    for locale, markup in MANNERS:
        assert set(params) == TEMPLATES.declared(message, locale=locale)
        said = TEMPLATES.word(message, params, locale=locale, markup=markup)
        assert 0 < units(said) <= NARROWEST, units(said)
        assert "None" not in said
        assert "\n\n\n" not in said


def test_every_message_of_these_features_has_a_shape_here() -> None:
    shaped = {message for message, _ in SHAPES}
    named = {
        f"{feature}/{file.stem}"
        for feature in ("board", "recap", "override")
        for file in (FOLDER / "id" / feature).glob("*.j2")
        if not file.name.startswith("_")
    }
    assert named == shaped
