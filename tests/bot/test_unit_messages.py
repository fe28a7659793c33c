"""What a superior reads of their people's reports can be worded in every manner, and is short."""

import pytest

from bot.cutting import units
from tests.bot.messages import MANNERS
from tests.bot.test_day_messages import AT, DAY, NARROWEST, PLAIN, TEMPLATES, WHOLE

UNIT_PARAMS = {
    "names": ["Ana Lestari"],
    "what": "task",
    "several": True,
    "without": [],
    "untold": 0,
    "withdrawn": 1,
    "ended": 0,
    "capacity": "plh",
    "version": 2,
    "score": 90,
    "name": "Ana Lestari",
    "by": "Boris",
    "day": DAY,
    "due": DAY,
    "timezone": "Asia/Jakarta",
    "note": "lengkapi <notula>",
    "words": "=undangan",
    "count": 12,
    "outputs": 2,
    "plans": 1,
    "people": 3,
    "tasks": 1,
    "requests": 1,
    "most": 300,
    "kind": "output",
    "is_told": True,
    "approved": 2,
    "left": 1,
    "more": 2,
    "became": "done",
    "number": 2,
    "activity": "Rapat <data>",
    "files": 2,
    "missing": 1,
    "links": [{"number": 1, "link": "https://contoh.go.id/a"}],
}
UNIT_ROWS = {
    "waiting": [{"number": 9, "name": "Ana Lestari", "day": DAY, "kinds": ["output", "plan"]}],
    "who": [{"number": 1, "name": "Ana Lestari"}],
    "tasks": [{"name": "Ana", "day": DAY, "words": "=undangan", "became": "withdrawn"}],
}
PARTS = [
    {
        "kind": "plan",
        "code": "R-7KQ2-M4",
        "at": AT,
        "updated": False,
        "lines": [{**PLAIN, "done": True}, {**WHOLE, "done": False}],
        "decision": "approved",
        "by": "Boris",
        "score": 90,
    },
    {
        "kind": "output",
        "code": "H-7KQ2-M4",
        "at": AT,
        "updated": True,
        "lines": [{**WHOLE, "done": None}],
        "decision": "returned",
        "by": "Boris",
        "score": 90,
    },
]

UNIT = [
    f"unit/{name}"
    for name in (
        *(
            "start",
            "staff",
            "waiting",
            "none_waiting",
            "report",
            "note",
            "due",
            "due_unread",
            "approved",
            "given_back",
        ),
        *("returned", "newer", "not_yours", "all", "all_approved", "who", "who_unread", "nobody", "task"),
        *("proof", "proofs", "score", "score_unread"),
        *("when", "sure", "given", "task_for_you", "task_off", "tasks", "taken_back"),
    )
]


@pytest.mark.parametrize("message", UNIT)
def test_what_a_superior_reads_can_be_worded_and_is_short(message: str) -> None:
    for locale, markup in MANNERS:
        rows = {"rows": UNIT_ROWS.get(message.removeprefix("unit/"), []), "parts": PARTS}
        wanted = TEMPLATES.declared(message, locale=locale)
        for change in (
            {},
            {"is_told": False, "left": 0, "more": 0, "became": "withdrawn", "kind": "plan", "ended": 1},
        ):
            usual = {**UNIT_PARAMS, **rows, **change}
            said = TEMPLATES.word(
                message, {name: usual[name] for name in wanted}, locale=locale, markup=markup
            )
            assert 0 < units(said) <= NARROWEST
            assert "None" not in said.replace("None yet", "")
            assert "\n\n\n" not in said
