"""Whatever is said of rotas and swaps has words in every language and markup, and stays short."""

from typing import Any

import pytest

from bot.cutting import units
from bot.templating import LOCALES, Templates
from policy.roster import PROBLEMS
from tests.bot.messages import MANNERS

TEMPLATES = Templates()
DAY, AT, ZONE = "2020-06-22", "2020-06-19T05:00:00+00:00", "Asia/Jakarta"
NARROWEST = 1024  # units of a message that carries buttons on the narrowest platform
WORKDAYS = ["2020-06-22", "2020-06-23", "2020-06-24", "2020-06-25", "2020-06-26"]
PROBLEM = {"key": "no_seat", "day": DAY, "name": None, "numbers": {"cap": 0, "people": 3}}
COUNT = {"day": DAY, "inside": 3, "cap": 5, "floor": None}
SWAP = {
    "unit": "UPTD <Data>",
    "asker": "Ana *Lestari*",
    "partner": "Clara",
    "gives": DAY,
    "takes": WORKDAYS[2],
    "place": "WFO",
    "code": "T-7KQ2-M4",
}
USUAL: dict[str, Any] = {
    **SWAP,
    "week": DAY,
    "last": WORKDAYS[4],
    "state": "proposed",
    "publish_at": AT,
    "timezone": ZONE,
    "problems": [PROBLEM],
    "more": 2,
    "seed": "c89ecea2ead105b8",
    "promise": "a0" * 32,
    "because": "again",
    "people": 6,
    "told": 4,
    "at": AT,
    "key": "cap",
    "name": "Ana <Lestari>",
    "names": ["Ana", "Clara"],
    "day": DAY,
    "needed": True,
    "inside": 3,
    "cap": 5,
    "floor": 1,
    "is_published": True,
    "is_news": False,
    "by": "Boris",
    "flips": [{"key": "zone", "value": "merah", "arrangement": "WFH", "citation": None}],
    "versions": [
        {
            "told_at": AT,
            "until": None,
            "shift": "1",
            "arrangement": "WFO",
            "cause": None,
            "citation": None,
        }
    ],
}
ROWS: dict[str, Any] = {
    "rota/week": [{"name": "Ana L      ", "marks": ["office", "home", "away", "open", "office"]}] * 6,
    "rota/units": [{"number": 1, "name": "UPTD <Data>"}],
    "rota/day": [{"number": 1, "name": "Ana *L*", "mark": "office"}] * 8,
    "rota/people": [{"number": 1, "name": "Ana", "days": [0, 4], "needed": True}],
    "swap/which": [{"number": 1, "day": DAY, "place": "WFO"}] * 5,
    "swap/whom": [{"number": 1, "name": "Clara", "day": DAY}] * 8,
}
DAYS: dict[str, Any] = {
    "rota/your_days": [{"day": DAY, "arrangement": "WFO", "shift": "1", "citation": None}],
    "rota/person": [0, 4],
}
MESSAGES = sorted(
    {
        *(
            f"rota/{name}"
            for name in ("week", "units", "not_yours", "nobody", "not_needed", "moved", "drawn")
        ),
        *(f"rota/{name}" for name in ("discarded", "published", "your_days", "preparing", "none_published")),
        *(f"rota/{name}" for name in ("which_day", "which_day_unread", "day", "refused", "uneven", "people")),
        *(f"rota/{name}" for name in ("person", "proposed", "published_itself", "mended", "later")),
        *(f"swap/{name}" for name in ("none", "which", "no_partner", "whom", "sure", "sent", "wanted")),
        *(f"swap/{name}" for name in ("to_approve", "told", "agreed", "waits_for_head", "done", "ended")),
        *(f"swap/{name}" for name in ("you_ended", "over", "busy", "changed")),
        *("today/told", "today/what_if"),
    }
)


@pytest.mark.parametrize("message", MESSAGES)
def test_it_can_be_worded_and_is_short(message: str) -> None:
    for locale, markup in MANNERS:
        wanted = TEMPLATES.declared(message, locale=locale)
        usual = {
            **USUAL,
            "rows": ROWS.get(message, []),
            "days": DAYS.get(message, WORKDAYS),
            "counts": [COUNT] * 5,
        }
        for change in (
            {},
            {"state": "published", "publish_at": None, "problems": [], "at": None, "key": "floor"},
        ):
            params = {**usual, **change}
            said = TEMPLATES.word(
                message, {name: params[name] for name in wanted}, locale=locale, markup=markup
            )
            assert 0 < units(said) <= NARROWEST
            assert "None" not in said
            assert "\n\n\n" not in said


@pytest.mark.parametrize("key", PROBLEMS)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_problem_is_said_with_its_numbers(locale: str, key: str) -> None:
    numbers = {name: 70 + place for place, name in enumerate(PROBLEMS[key])}
    problem = {"key": key, "day": DAY, "name": None, "numbers": numbers}
    params = {
        "unit": "UPTD",
        "week": DAY,
        "code": "J-1",
        "publish_at": None,
        "problems": [problem],
        "more": 0,
        "promise": "a0" * 32,
    }
    said = TEMPLATES.word("rota/proposed", params, locale=locale, markup="plain")
    shown = [number for number in numbers.values() if str(number) in said]
    assert shown == list(numbers.values()) or key == "no_seat"
