"""Messages of health cases: every shape can be worded, and what those above read holds no word of health."""

from typing import Any

import pytest

from bot.templating import LOCALES, Templates
from tests.bot.messages import MANNERS

TEMPLATES = Templates()
DAY, NEXT, AT, ZONE = "2020-06-15", "2020-06-25", "2020-06-15T02:12:00+00:00", "Asia/Jakarta"
NAME, CODE = "Ana <Lestari>", "K-7KQ2-M4"
LINE = {"name": NAME, "since": DAY, "until": None, "is_over": False, "contacted_at": None}
VERDICT = {"arrangement": "WFO", "barred": False, "barred_until": None, "cause": None}


def event(kind: str, **changes: Any) -> dict[str, Any]:
    return {"at": AT, "kind": kind, "by": "Dewi", "until": None, "said": "", "note": "", **changes}


EVENTS = [
    event("opened"),
    event("opened", until=NEXT),
    event("contacted", note="batuk, lihat a.b.id"),
    event("extended", until=NEXT),
    *(event("reported", said=said) for said in ("kecil", "sedang", "besar", "unfit", "fit", "withdrawn")),
    event("cleared"),
    event("withdrawn"),
]
CARD = {
    "name": NAME,
    "unit": "UPTD",
    "phone": "+6281200000001",
    "code": CODE,
    "since": DAY,
    "until": None,
    "is_over": False,
    "risk": "besar",
    "yes": [5, 6],
    "events": EVENTS,
    "earlier": 3,
    "timezone": ZONE,
}
CONFIRM = {"name": NAME, "until": None, "today": DAY, "later": NEXT, "note": ""}
SAVED = {"name": NAME, "code": CODE, "until": NEXT, "first": DAY, "at": AT, "timezone": ZONE}
SHAPES: list[tuple[str, dict[str, Any]]] = [
    ("cases/none", {}),
    (
        "cases/list",
        {
            "cases": [
                LINE,
                {**LINE, "until": NEXT, "contacted_at": AT},
                {**LINE, "until": DAY, "is_over": True},
            ],
            "total": 10,
            "page": 1,
            "pages": 2,
            "timezone": ZONE,
        },
    ),
    ("cases/list", {"cases": [LINE], "total": 1, "page": 1, "pages": 1, "timezone": ZONE}),
    ("cases/case", CARD),
    ("cases/case", {**CARD, "phone": None, "until": NEXT, "risk": None, "yes": [], "earlier": 0}),
    ("cases/case", {**CARD, "until": DAY, "is_over": True}),
    ("cases/until", {"name": NAME, "until": None, "days": [{"plus": 3, "day": NEXT}]}),
    ("cases/until", {"name": NAME, "until": DAY, "days": [{"plus": 3, "day": NEXT}]}),
    ("cases/which_day", {}),
    ("cases/confirm", {**CONFIRM, "kind": "contact"}),
    ("cases/confirm", {**CONFIRM, "kind": "extend", "until": NEXT, "note": "a.b.id"}),
    ("cases/confirm", {**CONFIRM, "kind": "clear"}),
    ("cases/confirm", {**CONFIRM, "kind": "clear", "later": None}),
    *(
        ("cases/saved", {**SAVED, "kind": kind, "is_told": is_told})
        for kind in ("contact", "extend", "clear")
        for is_told in (True, False)
    ),
    ("cases/ended", {"name": NAME, "code": CODE, "ended_as": "cleared"}),
    ("cases/ended", {"name": NAME, "code": CODE, "ended_as": "withdrawn"}),
    ("cases/not_found", {}),
    ("cases/own", {"code": CODE}),
    ("cases/note_too_long", {"chars": 501, "most": 500}),
    ("cases/told_contacted", {"at": AT, "timezone": ZONE}),
    ("cases/told_until", {"until": NEXT, "code": CODE}),
    ("cases/told_cleared", {"first": DAY, "code": CODE, "verdict": VERDICT}),
    ("cases/told_cleared", {"first": DAY, "code": CODE, "verdict": None}),
    ("cases/still_closed", {"until": DAY, "code": CODE, "officers": ["Dewi", "Rina"]}),
    ("cases/still_closed", {"until": DAY, "code": CODE, "officers": []}),
    ("cases/due", {"cases": [LINE, {**LINE, "until": DAY, "is_over": True}], "total": 2}),
    ("cases/due", {"cases": [{**LINE, "until": NEXT}], "total": 8}),
]
ABOVE = (
    {"name": NAME, "until": NEXT, "back": None},
    {"name": NAME, "until": None, "back": DAY},
)
HEALTH_WORDS = (
    *("kesehatan", "sehat", "sakit", "risiko", "gejala", "kontak", "kasus", "klinik", "puskesmas", "periksa"),
    *("health", "sick", "risk", "symptom", "contact", "case", "clinic", "examin", "unfit", "covid", "kmk"),
)


@pytest.mark.parametrize(("message", "params"), [*SHAPES, *(("unit/whereabouts", shape) for shape in ABOVE)])
def test_it_can_be_worded(message: str, params: dict[str, Any]) -> None:
    for locale, markup in MANNERS:
        assert set(params) == TEMPLATES.declared(message, locale=locale)
        said = TEMPLATES.word(message, params, locale=locale, markup=markup)
        assert said
        assert "None" not in said
        assert "\n\n\n" not in said
        assert " ." not in said
        assert not any(line != line.rstrip() for line in said.splitlines())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("params", ABOVE)
def test_those_above_read_no_word_of_health(params: dict[str, Any], locale: str) -> None:
    """V03"""
    said = TEMPLATES.word("unit/whereabouts", params, locale=locale, markup="plain").casefold()
    assert [word for word in HEALTH_WORDS if word in said] == []
