"""What a reminder says: its message, its parameters, and what can be opened from it, by three buttons at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from db import keyboards
from db.identities import Chat
from db.keyboards import Keyboard
from db.obligations import Obligation
from db.sealed import Seal
from db.sending import outbox
from db.sending.outbox import Class, Queued
from db.sending.reminders import once_key
from db.workdays import Workday
from policy.calendar import local_date
from policy.card import brief
from policy.deadlines import Owed
from policy.model import Arrangement, Audience, Verdict, visible_to
from policy.reminder_stages import DUE, Stage, Todo, closes
from policy.reminding import Move
from scheduler.telling import BUTTONS_KEPT

_MESSAGES = {
    Stage.AWAKE: "awake",
    **dict.fromkeys(DUE, "passed"),
    Stage.START: "start",
    Stage.HEALTH_80: "soon",
    Stage.PLAN_80: "soon",
    Stage.OUTPUT_OPEN: "output",
}
_JUST = timedelta(minutes=30)  # a deadline that passed longer ago is not said to have passed just now
_MOST = 3  # buttons, on the narrowest platform
_OUTPUT = Owed.OUTPUT
_MORNING = (Owed.HEALTH, Owed.PLAN)


@dataclass(frozen=True, kw_only=True)
class Words:
    message: str
    params: dict[str, Any]
    choices: tuple[dict[str, Any], ...]


def words_of(
    workday: Workday, move: Move, verdict: Verdict, owed: Sequence[Obligation], now: datetime
) -> Words:
    """Return what is said of this move, of which something is said."""
    stages = [each.stage for each in move.said]
    message = _message(stages)
    params: dict[str, Any] = {"timezone": workday.timezone}
    if message in ("reminders/eve", "reminders/start"):
        params |= {"day": workday.on.isoformat(), "verdict": _shift(verdict)}
    if message != "reminders/eve":
        params["todos"] = [_todo(each, workday, owed, now) for each in move.named]
    return Words(message=message, params=params, choices=_choices(message, workday.on, move.named))


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to one chat and what its buttons open, sealed and ready to be queued."""

    message: outbox.Closed
    buttons: keyboards.Closed


def letter(seal: Seal, workday: Workday, move: Move, words: Words, chat: Chat, *, now: datetime) -> Letter:
    """Seal what is said for one chat; of a hundred that takes long, and the writer is not held meanwhile."""
    nonce = keyboards.new_nonce(channel=chat.channel, address=chat.address)
    shown = [
        {"value": choice["value"], "label": choice["label"], "data": f"{nonce}:{number}"}
        for number, choice in enumerate(words.choices)
    ]
    queued = Queued(
        channel=chat.channel,
        address=chat.address,
        person_id=chat.person_id,
        urgency=Class.REMINDER,
        message=words.message,
        locale=chat.locale,
        body={"params": words.params, "look": "buttons", "choices": shown},
        once=f"{once_key(workday.id, move.said[0].name)}:{chat.person_id}:{chat.channel}",
        expires_at=move.expires_at,
    )
    made = Keyboard(nonce=nonce, channel=chat.channel, address=chat.address, choices=words.choices)
    return Letter(
        message=outbox.closed(seal, queued, now=now),
        buttons=keyboards.closed(seal, made, now=now, expires_at=now + BUTTONS_KEPT),
    )


def tells_shift(move: Move) -> bool:
    """Whether a move says where somebody works."""
    return any(each.stage in (Stage.EVE, Stage.START) for each in move.said)


def _message(stages: Sequence[Stage]) -> str:
    """What was asked for, or else the most pressing of what comes together, gives the message its words."""
    for stage, message in _MESSAGES.items():
        if stage in stages:
            return f"reminders/{message}"
    return "reminders/eve"


def _shift(verdict: Verdict) -> dict[str, Any] | None:
    """Where and when they work; at home there is no shift to be reminded of."""
    if verdict.arrangement is not Arrangement.WFO:
        return None
    return {**brief(visible_to(verdict, Audience.SELF)), "shift": verdict.shift}


def _todo(todo: Todo, workday: Workday, owed: Sequence[Obligation], now: datetime) -> dict[str, Any]:
    stated = next(each.due_at for each in owed if each.kind is todo.kind)
    zone = ZoneInfo(workday.timezone)
    last = closes(todo.kind, on=workday.on, zone=zone) - timedelta(days=1)
    return {
        "kind": todo.kind.value,
        "due": todo.span.due.isoformat(),
        "is_past": todo.span.due <= now,
        "is_new": timedelta(0) <= now - todo.span.due < _JUST,
        "is_extended": todo.span.due > stated,
        "is_same_day": last.date() == local_date(now, zone),
    }


def _choices(message: str, on: date, named: Sequence[Todo]) -> tuple[dict[str, Any], ...]:
    """The one tap first, then each form by itself, a pause where there is room, and always why."""
    args = {"day": on.isoformat()}
    kinds = [each.kind for each in named]
    morning = [kind for kind in kinds if kind in _MORNING]
    found = [_choice("same_before", "morning:start")] if morning else []
    found += [_choice("output", "output:start", args)] if _OUTPUT in kinds else []
    if len(morning) == 1:
        found.append(_choice(morning[0].value, f"{morning[0].value}:start", args))
    if message == "reminders/eve" or not kinds:
        found.append(_choice("grounds", "today:grounds", args))
    else:
        found.append(_choice("remind_later", "snooze:start", {"text": "30 menit"}))
    return (*found[: _MOST - 1], _choice("why_this", "why:start", args))


def _choice(label: str, opens: str, args: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"value": label, "label": label, "opens": opens, "args": args or {}}
