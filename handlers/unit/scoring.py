"""A score for an output, 0 to 100 per cent, where a superior wants to give one: picked, or typed as "nilai 90"."""

import re

from handlers.flow import Context
from handlers.text import folded
from handlers.unit.service import Day
from handlers.update import Choice, Turn, ask

SCORE = Choice(value="score", label="give_score")
_SKIP = Choice(value="skip", label="score_skip")
_USUAL = (100, 90, 80)
_WRITTEN = re.compile(
    r"(?:(?:setujui|approve)\s+)?(?:(?:nilai|skor|score)\s+)?(\d{1,3})(?:\s*(?:persen|percent))?"
)


def score_in(text: str) -> int | None:
    """Return the score of "nilai 90", "setujui 85" or "90 %"; None if it is none, or beyond 100."""
    found = _WRITTEN.fullmatch(folded(text.replace("%", " persen")))
    return int(found[1]) if found and int(found[1]) <= 100 else None


def ask_score(ctx: Context, day: Day) -> Turn:
    """Ask for the score of an output, which may be left out."""
    picks = tuple(Choice(value=str(each), words=f"{each} %") for each in _USUAL)
    return ask(
        "unit/score",
        step="score",
        choices=(*picks, _SKIP),
        draft=dict(ctx.draft),
        name=day.person.name,
        day=day.on.isoformat(),
    )


def has_output(day: Day) -> bool:
    """Whether there is something that a score can be given for."""
    return any(part.report.kind == "output" for part in day.parts)
