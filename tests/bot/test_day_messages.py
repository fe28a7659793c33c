"""Every message of the day can be worded in both languages for every platform, in each of its shapes."""

from typing import Any

import pytest

from bot.cutting import units
from bot.dress import DRESSES
from bot.templating import LOCALES, Templates

TEMPLATES = Templates()
DAY = "2020-06-15"
AT = "2020-06-14T23:58:00+00:00"
LINE = {"arrangement": "WFO", "barred": False, "barred_until": None, "cause": None}
RECEIPT = {"day": DAY, "code": "S-7KQ2-M4", "timezone": "Asia/Jakarta", "at": AT}
ABOUT = {"kind": "plan", "day": DAY, "is_today": True}
ITEMS = ["Rapat <data>", "=cmd|x"]

SHAPES: list[tuple[str, dict[str, Any]]] = [
    ("today/week", {"days": [{"day": DAY, **LINE}], "as_of": AT, "timezone": "Asia/Jakarta"}),
    ("today/week", {"days": [], "as_of": AT, "timezone": "Asia/Jakarta"}),
    (
        "today/week",
        {
            "days": [
                {"day": DAY, **LINE, "arrangement": "WFH", "barred": True, "barred_until": "2020-06-28"}
            ],
            "as_of": AT,
            "timezone": "Asia/Jakarta",
        },
    ),
    ("today/grounds", {"day": DAY, "notes": [], "duties": []}),
    ("today/grounds", {"day": DAY, "notes": [], "duties": [{"paragraph": "3 (2)", "says": "Rapat daring."}]}),
    ("today/too_far", {"day": DAY, "last": DAY}),
    ("today/before_records", {"day": DAY}),
    ("health/off", {}),
    ("health/only_today", {"day": DAY}),
    ("health/questions", {"day": DAY, "yes": [], "code": None}),
    ("health/questions", {"day": DAY, "yes": [1, 2, 3, 4, 5, 6], "code": "S-7KQ2-M4"}),
    ("health/numbers_only", {"most": 6}),
    ("health/fit", {"day": DAY, "code": "S-7KQ2-M4"}),
    ("health/confirm", {"day": DAY, "yes": [], "fit": None}),
    ("health/confirm", {"day": DAY, "yes": [2, 5], "fit": None}),
    ("health/confirm", {"day": DAY, "yes": [], "fit": False}),
    ("health/already", RECEIPT),
    *(
        (
            "health/saved",
            {**RECEIPT, "replaced": replaced, "risk": risk, "may_enter": enters, "verdict": line},
        )
        for replaced, risk, enters, line in (
            (False, "kecil", True, None),
            (True, "sedang", True, LINE),
            (False, "besar", False, {**LINE, "arrangement": "stay_out", "barred": True}),
            (False, None, False, {**LINE, "arrangement": "WFH", "barred": True, "barred_until": DAY}),
        )
    ),
    (
        "workday/ask",
        {**ABOUT, "is_day_off": True, "code": "R-7KQ2-M4", "standing": ITEMS, "plan": ITEMS, "most": 15},
    ),
    ("workday/ask", {**ABOUT, "is_day_off": False, "code": None, "standing": [], "plan": [], "most": 15}),
    ("workday/confirm", {**ABOUT, "given": ITEMS}),
    *(
        ("workday/saved", {**ABOUT, **RECEIPT, "count": 2, "already": already, "updated": updated})
        for already, updated in ((False, False), (False, True), (True, False))
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


@pytest.mark.parametrize("markup", DRESSES)
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("message", "params"), SHAPES)
def test_it_can_be_worded_and_is_short(
    message: str, params: dict[str, Any], locale: str, markup: str
) -> None:
    assert set(params) == TEMPLATES.declared(message, locale=locale)
    said = TEMPLATES.word(message, params, locale=locale, markup=markup)
    assert 0 < units(said) <= NARROWEST
    assert "None" not in said.replace("None of these", "")
    assert "\n\n\n" not in said


@pytest.mark.parametrize("locale", LOCALES)
def test_the_questions_keep_their_numbers(locale: str) -> None:
    said = TEMPLATES.word(
        "health/questions", {"day": DAY, "yes": [], "code": None}, locale=locale, markup="plain"
    )
    numbered = [line for line in said.splitlines() if line[:1].isdigit()]
    assert [line[:2] for line in numbered] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert "14" in said
