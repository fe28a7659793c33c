"""The questions of an absence, and the card on which every line can be changed. Draft in, prompt out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from db import people
from db.absence_requests import Wanted
from handlers.absence import service, showing
from handlers.absence.kinds import PRIVATE, RARE, USUAL
from handlers.flow import Context
from handlers.update import Choice, Say, Turn, ask
from policy.model import AbsenceKind, Part

Draft = Mapping[str, Any]
EMPTY: Draft = {  # nothing in it counts as filled in
    "kind": "",
    "first": "",
    "last": "",
    "worked": "",
    "rests": "",
    "half": "",  # half a day is meant, but which half is still to be said
    "part": "",
    "letter": "",
    "file": "",
    "reason": "",
    "again": "",  # a second picture was answered already
}
_DAYS = (Choice(value="today", label="day_today"), Choice(value="tomorrow", label="day_tomorrow"))
_PARTS = (
    Choice(value="whole", label="whole_day"),
    Choice(value="morning", label="morning_only"),
    Choice(value="afternoon", label="afternoon_only"),
)
_LATER = Choice(value="later", label="letter_later")
_NO_REASON = Choice(value="none", label="no_reason")


async def next_question(ctx: Context, draft: Draft, *, before: tuple[Say, ...] = ()) -> Turn:
    """Ask for what is still missing, else show the card."""
    if not draft["kind"]:
        turn = ask_kind(draft, choices=await _beside(ctx))
    elif not draft["first"]:
        turn = ask_dates()
    elif draft["half"]:
        turn = ask_part()
    else:
        turn = await _card(ctx, draft)
    return Turn(says=(*before, *turn.says), step=turn.step, draft=draft)


async def _beside(ctx: Context) -> tuple[Choice, ...]:
    """Offer what else is to be done here: requests to decide, and what was asked for before."""
    offered = []
    if await service.waiting_for(ctx):
        offered.append(Choice(value="pending", label="to_decide", opens="absence:pending"))
    if await service.standing(ctx):
        offered.append(Choice(value="mine", label="my_requests", opens="absence:mine"))
    return tuple(offered)


def ask_kind(draft: Draft, *, choices: tuple[Choice, ...] = ()) -> Turn:
    """Ask for the kind: the four usual ones, and the way to the others."""
    usual = tuple(Choice(value=each.value, label=f"kind_{each.value}") for each in USUAL)
    others = Choice(value="others", label="kind_others", hint="kind_others_hint")
    return ask("absence/kind", step="kind", choices=(*usual, others, *choices), draft=draft)


def ask_rare() -> Turn:
    """Ask for one of the rarer kinds."""
    choices = tuple(Choice(value=each.value, label=f"kind_{each.value}") for each in RARE)
    return ask("absence/rare", step="rare", choices=choices)


def ask_dates() -> Turn:
    """Ask for the days."""
    return ask("absence/dates", step="dates", choices=_DAYS)


def ask_part() -> Turn:
    """Ask for all of the day or half of it."""
    return ask("absence/part", step="part", choices=_PARTS)


def ask_letter() -> Turn:
    """Ask for the letter: number, photo or PDF."""
    return ask("absence/letter", step="letter", choices=(_LATER,))


def ask_reason() -> Turn:
    """Ask for the reason."""
    return ask("absence/reason", step="reason", choices=(_NO_REASON,))


async def _card(ctx: Context, draft: Draft) -> Turn:
    is_private = AbsenceKind(draft["kind"]) in PRIVATE
    changes = ("kind", "dates", "part", "letter") + (() if is_private else ("reason",))
    choices = (
        Choice(value="submit", label="submit_absence"),
        *(Choice(value=line, label=f"change_{line}") for line in changes),
        Choice(value="cancel", label="cancel"),
    )
    approver = await service.approver_of(ctx, person_id=ctx.me.id)
    decides = await people.by_id(ctx.db, person_id=approver.person_id, now=ctx.now) if approver else None
    return ask(
        "absence/card",
        step="card",
        choices=choices,
        draft=draft,
        **showing.about(wanted_in(draft)),
        worked=draft["worked"],
        rests=draft["rests"],
        letter=draft["letter"] or None,
        has_file=bool(draft["file"]),
        reason=draft["reason"] or None,
        is_private=is_private,
        decides=decides.name if decides else None,
    )


def wanted_in(draft: Draft) -> Wanted:
    """Return what a draft asks for."""
    wanted = AbsenceKind(draft["kind"])
    return Wanted(
        kind=wanted,
        first=date.fromisoformat(draft["first"]),
        last=date.fromisoformat(draft["last"]),
        part=Part(draft["part"]) if draft["part"] else None,
        letter=draft["letter"] or None,
        file_id=draft["file"] or None,
        reason=None if wanted in PRIVATE else draft["reason"] or None,
    )
