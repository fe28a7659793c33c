"""Every message of absences, questions, pauses and help can be worded, in both languages, for every platform."""

from itertools import product
from typing import Any

import pytest

from bot.cutting import units
from bot.templating import FOLDER, Templates
from tests.bot.messages import MANNERS

TEMPLATES = Templates()
DAY, LATER = "2020-06-22", "2020-06-24"
AT, ZONE = "2020-06-14T23:58:00+00:00", "Asia/Jakarta"
CODE = "I-7KQ2-M4"
LINE = {"arrangement": "WFO", "barred": False, "barred_until": None, "cause": None}
HALF = {**LINE, "cause": {"key": "half_absence", "kind": "permission", "part": "morning", "citation": None}}
SPAN = {"kind": "annual_leave", "first": DAY, "last": LATER, "part": None}
HALVED = {"kind": "sick_leave", "first": DAY, "last": DAY, "part": "morning"}
WORDS = "<b>tanya</b> {{7*7}}"
STAMP = {"code": CODE, "at": AT, "timezone": ZONE}
THREAD = {"name": "Ana", "is_own": True, "at": AT, "words": WORDS}

THEIRS = {"kind": "sick_leave", "first": DAY, "last": LATER, "letter": "800/1 <b>"}
FREED = {"first": DAY, "last": DAY}

PLAIN: list[tuple[str, dict[str, Any]]] = [
    ("absence/their_kind", {"name": WORDS}),
    ("absence/their_letter", {}),
    ("absence/their_card", {"name": WORDS, **THEIRS}),
    ("absence/their_card", {"name": WORDS, **THEIRS, "letter": None}),
    ("absence/recorded_for_you", {"by": WORDS, **THEIRS}),
    *(("absence/recorded", {"name": WORDS, **THEIRS, "is_told": told}) for told in (True, False)),
    *(("absence/unrecorded", {"name": WORDS, **FREED, "is_told": told}) for told in (True, False)),
    ("absence/unrecorded_for_you", {"by": WORDS, **FREED}),
    ("absence/not_recorded", {"name": WORDS}),
    *(
        ("absence/their_overlap", {"kind": "travel", "first": DAY, "last": last, "code": code})
        for last, code in product((DAY, LATER, None), (None, CODE))
    ),
    *((f"absence/{name}", {}) for name in ("kind", "kind_unclear", "rare", "dates", "dates_unclear", "part")),
    *((f"absence/{name}", {}) for name in ("letter", "one_file", "reason", "not_yours", "nothing_waits")),
    *((f"absence/{name}", {}) for name in ("nothing_asked", "not_standing")),
    ("absence/no_such_day", {"written": "31 juni"}),
    ("absence/past", {"day": DAY}),
    ("absence/too_far", {"last": DAY}),
    ("absence/backwards", {"first": LATER, "last": DAY}),
    ("absence/rests", {"first": DAY, "last": LATER}),
    *(
        ("absence/overlap", {"kind": "travel", "first": DAY, "last": last, "code": code})
        for last, code in product((DAY, LATER, None), (None, CODE))
    ),
    ("absence/too_long", {"chars": 501, "most": 500}),
    *(
        ("absence/decided_already", {"code": CODE, "state": each})
        for each in ("other", "approved", "cancelled")
    ),
    *(("absence/letter_missing", {"code": CODE, "is_coming": each}) for each in (True, False)),
    ("absence/letter_here", {"code": CODE}),
    *(("absence/letter_added", {"code": CODE, "number": each}) for each in (None, "851/1")),
    ("absence/kept", {"code": CODE}),
    ("absence/which_day", {"first": DAY, "last": LATER}),
    ("absence/pending", {"lines": [{"name": "Ana", **SPAN}, {"name": "Eka", **HALVED}], "more": 3}),
    ("absence/mine", {"lines": [{**SPAN, "code": CODE, "state": "asked"}]}),
    *(("snooze/ask", {"until": each, "timezone": ZONE}) for each in (None, AT)),
    ("snooze/unclear", {"most": 31}),
    *(("snooze/begun", {"until": AT, "owed": each, "timezone": ZONE}) for each in ([], ["health", "plan"])),
    *(("snooze/ended", {"was_on": each}) for each in (True, False)),
    ("question/ask", {"code": None, "lines": [], "most": 1000}),
    ("question/ask", {"code": CODE, "lines": [], "most": 1000}),
    (
        "question/ask",
        {
            "code": None,
            "most": 1000,
            "lines": [
                {"code": CODE, "is_answered": answered, "is_open": is_open}
                for answered, is_open in product((True, False), repeat=2)
            ],
        },
    ),
    ("question/confirm", {"words": WORDS}),
    ("question/too_long", {"chars": 1001, "most": 1000}),
    *(
        ("question/sent", {**STAMP, "is_told": told, "is_new": new})
        for told, new in product((True, False), repeat=2)
    ),
    *(
        ("question/came", {"code": CODE, "name": "Ana", "unit": "UPTD", "words": WORDS, "is_new": new})
        for new in (True, False)
    ),
    ("question/answered", {"code": CODE, "by": "Clara", "words": WORDS}),
    *(
        (
            "question/thread",
            {
                "code": CODE,
                "asker": "Ana",
                "lines": [{**THREAD, "is_answer": False}, {**THREAD, "is_answer": True}],
                "earlier": earlier,
                "is_open": is_open,
                "timezone": ZONE,
            },
        )
        for earlier, is_open in ((0, True), (3, False))
    ),
    *((f"question/{name}", {}) for name in ("none", "inbox_empty")),
    *((f"question/{name}", {"code": CODE}) for name in ("closed_already", "cleared", "closed")),
    ("question/inbox", {"lines": [{"code": CODE, "name": "Ana", "opened_at": AT}], "timezone": ZONE}),
    ("question/answer", {"code": CODE, "asker": "Ana", "most": 1000}),
    *(("question/answer_sent", {**STAMP, "asker": "Ana", "is_told": told}) for told in (True, False)),
    ("question/closed_by_office", {"code": CODE, "by": "Clara"}),
    ("help/start", {}),
    ("help/stranger", {}),
]
ABOUT: list[tuple[str, dict[str, Any]]] = [
    shape
    for span, has, private in product((SPAN, HALVED), (True, False), (True, False))
    for shape in (
        (
            "absence/card",
            {
                **span,
                "worked": 3,
                "rests": has,
                "letter": "851/1" if has else None,
                "has_file": private,
                "reason": WORDS if has else None,
                "is_private": private,
                "decides": "Boris" if has else None,
            },
        ),
        (
            "absence/asked",
            {**span, **STAMP, "decides": "Boris" if has else None, "is_told": private, "has_letter": has},
        ),
        (
            "absence/wanted",
            {
                **span,
                "name": "Ana",
                "code": CODE,
                "asked_at": AT,
                "timezone": ZONE,
                "letter": "851/1" if has else None,
                "has_letter": has or private,
                "has_file": private,
                "is_private": private,
                "reason": WORDS if has else None,
            },
        ),
        ("absence/letter_came", {**span, "name": "Ana", "code": CODE}),
        (
            "absence/decided",
            {
                **span,
                "code": CODE,
                "approved": has,
                "by": "Boris",
                "note": WORDS if private else None,
                "verdict": HALF if has else None,
            },
        ),
        ("absence/you_decided", {**span, **STAMP, "name": "Ana", "approved": has}),
        ("absence/why_declined", {**span, "name": "Ana", "code": CODE}),
        (
            "absence/own",
            {
                **span,
                "code": CODE,
                "state": "asked",
                "letter": "851/1" if has else None,
                "has_file": private,
                "reason": WORDS if has else None,
            },
        ),
        ("absence/cancel", {**span, "code": CODE, "state": "approved", "may_shorten": has}),
        (
            "absence/cancelled",
            {**span, **STAMP, "from_day": LATER, "is_all": has, "verdict": HALF if private else None},
        ),
        ("absence/taken_back", {**span, "name": "Ana", "code": CODE, "from_day": LATER, "is_all": has}),
    )
]


@pytest.mark.parametrize(("message", "params"), PLAIN + ABOUT)
def test_it_can_be_worded(message: str, params: dict[str, Any]) -> None:
    for locale, markup in MANNERS:
        said = TEMPLATES.word(message, params, locale=locale, markup=markup)
        assert said
        assert "None" not in said
        assert "\n\n\n" not in said
        assert not any(line.startswith((" ", ";", ",")) or "  " in line for line in said.splitlines())
        assert units(said) <= 1500


def test_every_message_of_these_features_has_a_shape_here() -> None:
    shaped = {message for message, _ in PLAIN + ABOUT}
    named = {
        f"{feature}/{file.stem}"
        for feature in ("absence", "snooze", "question")
        for file in (FOLDER / "id" / feature).glob("*.j2")
        if not file.name.startswith("_")
    }
    assert named - shaped == set()
