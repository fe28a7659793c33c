"""Every message of the day can be worded in both languages for every platform, in each of its shapes."""

from typing import Any

import pytest

from bot.cutting import units
from bot.templating import LOCALES, Templates
from tests.bot.messages import MANNERS

TEMPLATES = Templates()
DAY = "2020-06-15"
AT = "2020-06-14T23:58:00+00:00"
LINE = {"arrangement": "WFO", "barred": False, "barred_until": None, "cause": None}
OUT = {**LINE, "arrangement": "stay_out", "barred": True}
CASE = {"code": "K-7KQ2-M4", "until": DAY, "is_new": True, "is_told": True}
WHO = {"name": "Ana <Lestari>", "code": "K-7KQ2-M4"}
RECEIPT = {"day": DAY, "code": "S-7KQ2-M4", "timezone": "Asia/Jakarta", "at": AT}
IN_TIME = {"kind": "plan", "due": AT, "minutes": 0, "is_extended": False, "timezone": "Asia/Jakarta"}
TIMELY = (
    None,
    IN_TIME,
    *(
        {**IN_TIME, "minutes": minutes, "is_extended": is_extended}
        for minutes in (5, 60, 1450)
        for is_extended in (0, 1)
    ),
    {**IN_TIME, "is_extended": True},
)
ABOUT = {"kind": "plan", "day": DAY, "is_today": True}
ITEMS = ["Rapat <data>", "=cmd|x"]
PLAIN = {
    "activity": "Rapat <data>",
    "output": "",
    "amount": "",
    "achievement": None,
    "is_task": False,
    "photos": 0,
    "documents": 0,
    "links": 0,
}
WHOLE = {
    "activity": "=cmd|x",
    "output": "Selesai",
    "amount": "3 dokumen",
    "achievement": 0,
    "is_task": True,
    "photos": 2,
    "documents": 1,
    "links": 1,
}
ROWS = [
    {"number": 1, "activity": "Rapat <data>", "on": True, "is_task": True},
    {"number": 2, "activity": "=cmd|x", "on": False, "is_task": False},
]

WIB = "Asia/Jakarta"
JUDGED: dict[str, Any] = {"capacity": "plh", "version": 2, "score": 90}
SHAPES: list[tuple[str, dict[str, Any]]] = [
    (
        "today/week",
        {
            "days": [{"day": DAY, **LINE, "shift": None, "ask": "head", "why": None}],
            "as_of": AT,
            "timezone": "Asia/Jakarta",
        },
    ),
    ("today/week", {"days": [], "as_of": AT, "timezone": "Asia/Jakarta"}),
    (
        "today/week",
        {
            "days": [
                {
                    "day": DAY,
                    **LINE,
                    "arrangement": "WFH",
                    "barred": True,
                    "barred_until": "2020-06-28",
                    "shift": "1",
                    "ask": None,
                    "why": {"key": "turn", "citation": None},
                }
            ],
            "as_of": AT,
            "timezone": "Asia/Jakarta",
        },
    ),
    ("today/grounds", {"day": DAY, "notes": [], "duties": [], "rest": []}),
    (
        "today/grounds",
        {"day": DAY, "notes": [], "duties": [{"paragraph": "3 (2)", "says": "Rapat daring."}], "rest": []},
    ),
    ("today/too_far", {"day": DAY, "last": DAY}),
    ("today/before_records", {"day": DAY}),
    ("health/off", {}),
    ("health/only_today", {"day": DAY}),
    ("health/questions", {"day": DAY, "yes": [], "code": None, "same_as": None}),
    ("health/questions", {"day": DAY, "yes": [], "code": "S-7KQ2-M4", "same_as": DAY}),
    ("health/questions", {"day": DAY, "yes": [1, 2, 3, 4, 5, 6], "code": "S-7KQ2-M4", "same_as": None}),
    ("health/numbers_only", {"most": 6}),
    ("health/fit", {"day": DAY, "code": "S-7KQ2-M4"}),
    ("health/confirm", {"day": DAY, "yes": [], "fit": None, "same_as": None}),
    ("health/confirm", {"day": DAY, "yes": [2, 5], "fit": None, "same_as": None}),
    ("health/confirm", {"day": DAY, "yes": [], "fit": False, "same_as": None}),
    ("health/confirm", {"day": DAY, "yes": [2], "fit": None, "same_as": DAY}),
    ("health/already", RECEIPT),
    *(
        (
            "health/saved",
            {
                **RECEIPT,
                "replaced": case is not None,
                "risk": risk,
                "may_enter": enters,
                "verdict": line,
                "case": case,
                "undo_until": AT,
                "timely": timely,
            },
        )
        for timely in TIMELY[:2]
        for risk, enters, line, case in (
            ("kecil", True, None, None),
            ("sedang", True, LINE, None),
            ("kecil", True, OUT, {**CASE, "is_new": False}),
            ("besar", False, OUT, CASE),
            ("besar", False, OUT, {**CASE, "until": None, "is_told": False}),
            ("besar", False, {**OUT, "arrangement": "WFH", "barred_until": DAY}, {**CASE, "is_new": False}),
            (None, False, OUT, None),
        )
    ),
    *(
        ("health/undone", {**RECEIPT, "standing": standing, "case": case, "verdict": line})
        for standing, case, line in ((None, "K-7KQ2-M4", LINE), ("S-7KQ2-M5", None, OUT), (None, None, None))
    ),
    *(
        ("health/not_undone", {"why": why, "code": "S-7KQ2-M4", "minutes": 10, "is_today": is_today})
        for why, is_today in (("already", True), ("replaced", True), ("late", True), ("late", False))
    ),
    *(
        ("health/case_opened", {**WHO, "unit": "UPTD", "since": DAY, "until": until, "contradicts": odd})
        for until, odd in ((None, True), (DAY, False))
    ),
    ("health/case_withdrawn", WHO),
    *(
        ("health/contradiction", {**WHO, "day": DAY, "may_enter": enters, "case": case})
        for enters, case in ((True, None), (True, "K-7KQ2-M5"), (False, None))
    ),
    (
        "workday/ask",
        {**ABOUT, "is_day_off": True, "code": "R-7KQ2-M4", "standing": ITEMS, "adds": 0, "most": 15},
    ),
    ("workday/ask", {**ABOUT, "is_day_off": False, "code": None, "standing": [], "adds": 2, "most": 15}),
    *(
        ("workday/offer", {**ABOUT, "kind": kind, "is_day_off": is_off, "rows": ROWS, "adds": adds})
        for kind, is_off, adds in (("plan", True, 0), ("output", False, 0), ("output", False, 3))
    ),
    ("workday/confirm", {**ABOUT, "given": [WHOLE, PLAIN], "moved": [], "returned": None}),
    (
        "workday/confirm",
        {
            **ABOUT,
            "given": [PLAIN],
            "moved": [{"activity": "Rapat <data>", "day": DAY}],
            "returned": {"by": "Boris", "note": "lengkapi", "due": DAY},
        },
    ),
    ("workday/line", {"kind": "output", "number": 2, "line": WHOLE}),
    ("workday/line", {"kind": "plan", "number": 1, "line": PLAIN}),
    *(
        ("workday/part", {"part": part, "kind": "output", "activity": "Rapat <data>"})
        for part in ("words", "result", "amount", "percent", "proof", "move")
    ),
    *(
        ("workday/not_read", {"part": part})
        for part in ("amount", "percent", "proof", "proof_where", "proof_later", "move")
    ),
    ("workday/proof", {"line": WHOLE, "most": None}),
    ("workday/proof", {"line": WHOLE, "most": 10}),
    ("workday/which_line", {"most": 3}),
    ("workday/verified", {"kind": "plan", "day": DAY, "by": "Boris", "at": AT, "timezone": WIB, **JUDGED}),
    ("workday/undone", {**ABOUT, "code": "R-7KQ2-M4", "again": None}),
    ("workday/undone", {**ABOUT, "code": "R-7KQ2-M4", "again": "R-7KQ2-M3"}),
    ("workday/not_undone", {"kind": "output", "day": DAY, "code": None, "is_withdrawn": True}),
    ("workday/not_undone", {"kind": "output", "day": DAY, "code": "H-7KQ2-M4", "is_withdrawn": False}),
    *(
        (
            "workday/saved",
            {
                **ABOUT,
                **RECEIPT,
                "count": 2,
                "already": already,
                "updated": updated,
                "left": 2,
                "timely": timely,
            },
        )
        for already, updated in ((False, False), (False, True), (True, False))
        for timely in TIMELY
    ),
    ("workday/closed", {"kind": "output", "day": DAY, "is_ahead": True}),
    ("workday/closed", {"kind": "output", "day": DAY, "is_ahead": False}),
    (
        "workday/too_much",
        {"count": 16, "long": [{"number": 2, "chars": 301}], "most_items": 15, "most_chars": 300},
    ),
    ("workday/empty", {}),
]
NARROWEST = 1024  # units of a message that carries buttons on the narrowest platform


@pytest.mark.parametrize(("message", "params"), SHAPES)
def test_it_can_be_worded_and_is_short(message: str, params: dict[str, Any]) -> None:
    for locale, markup in MANNERS:
        assert set(params) == TEMPLATES.declared(message, locale=locale)
        said = TEMPLATES.word(message, params, locale=locale, markup=markup)
        assert 0 < units(said) <= NARROWEST
        assert "None" not in said.replace("None of these", "")
        assert "\n\n\n" not in said


@pytest.mark.parametrize("locale", LOCALES)
def test_the_questions_keep_their_numbers(locale: str) -> None:
    said = TEMPLATES.word(
        "health/questions",
        {"day": DAY, "yes": [], "code": None, "same_as": None},
        locale=locale,
        markup="plain",
    )
    numbered = [line for line in said.splitlines() if line[:1].isdigit()]
    assert [line[:2] for line in numbered] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert "14" in said
