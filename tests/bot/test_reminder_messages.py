"""Messages of reminders: every shape can be worded for every platform, short enough to be read at a glance."""

from typing import Any

import pytest

from bot.cutting import units
from bot.templating import Templates
from tests.bot.messages import MANNERS

TEMPLATES = Templates()
DAY, ZONE = "2020-06-16", "Asia/Jayapura"
DUE, LATER = "2020-06-15T23:30:00+00:00", "2020-06-16T00:00:00+00:00"
CITED = {
    "form": "SE", "circular": "045.2/1656/06/2020", "paragraph": "1 (a)", "issuer": "Gubernur Lampung", "says": "…",
    "facts": [],
}  # fmt: skip
HOURS = {"start": "07:30", "end": "16:00"}
VERDICT = {
    "arrangement": "WFO", "barred": False, "barred_until": None, "cause": None, "day": DAY, "hours": HOURS,
    "citation": CITED, "ask": None, "shift": None,
}  # fmt: skip
VERDICTS = (VERDICT, VERDICT | {"shift": "A"}, VERDICT | {"citation": None})


def todo(kind: str, **changes: Any) -> dict[str, Any]:
    usual = {
        "kind": kind, "due": DUE, "is_past": False, "is_new": False, "is_extended": False,
        "is_same_day": kind == "health",
    }  # fmt: skip
    return usual | changes


PAST = {"is_past": True, "is_new": True}
TODOS = (
    [todo("health"), todo("plan", due=LATER)],
    [todo("health", **PAST), todo("plan")],
    [todo("health", **PAST), todo("plan", is_past=True), todo("output", is_extended=True)],
    [todo("output", **PAST, is_extended=True)],
)
WISH = {
    "profile": "standard",
    "budget": 8,
    "quiet_from": "21:00",
    "quiet_until": "05:00",
    "paused_until": None,
}
WISHES = (
    WISH,
    WISH | {"profile": "light", "budget": 4, "paused_until": DUE},
    WISH | {"quiet_from": "00:00", "quiet_until": "00:00"},
)
OWED = [{"kind": kind, "opens": DUE, "due": LATER} for kind in ("plan", "output")]
DUTY = {"basis": "SE MenPANRB 58/2020, angka 3", "owed": OWED}
SHAPES: list[tuple[str, dict[str, Any]]] = [
    *(("reminders/eve", {"day": DAY, "timezone": ZONE, "verdict": verdict}) for verdict in VERDICTS),
    *(
        ("reminders/start", {"day": DAY, "timezone": ZONE, "verdict": verdict, "todos": todos})
        for verdict in (*VERDICTS, None)
        for todos in (*TODOS, [])
        if verdict or todos
    ),
    *(
        (f"reminders/{name}", {"timezone": ZONE, "todos": todos})
        for name in ("soon", "passed", "output", "awake")
        for todos in TODOS
    ),
    *(
        ("reminders/why", {"day": DAY, "timezone": ZONE, "duties": duties, "pings": 3, **wish})
        for duties in ([DUTY], [DUTY, DUTY], [])
        for wish in WISHES
    ),
    *(
        ("reminders/settings", {"timezone": ZONE, "is_changed": is_changed, **wish})
        for is_changed in (True, False)
        for wish in WISHES
    ),
    *(("reminders/quiet", {"quiet_from": "21:00", "quiet_until": until}) for until in ("05:00", "21:00")),
    ("reminders/quiet_unclear", {}),
    ("reminders/quiet_too_long", {"most": 14}),
]


@pytest.mark.parametrize(("message", "params"), SHAPES)
def test_it_can_be_worded_and_is_short(message: str, params: dict[str, Any]) -> None:
    for locale, markup in MANNERS:
        said = TEMPLATES.word(message, params, locale=locale, markup=markup)
        assert said
        assert "None" not in said
        assert "\n\n\n" not in said
        assert not any(line.startswith((" ", ";", ",")) or "  " in line for line in said.splitlines()), said
        assert units(said) <= 700
