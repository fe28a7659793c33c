"""Reminding those who have not reported, at their head's wish: privately, and no one twice within two hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from db import audit, leading, preferences, snoozes
from db.sending import outbox
from db.team import OneDay
from handlers import telling
from handlers.board.service import asked
from handlers.flow import Context
from handlers.telling import Word
from handlers.update import Choice, Class, Say

_PAUSE = timedelta(hours=2)
_KEPT = timedelta(hours=4)  # a head's reminder means nothing in the evening


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """What is said to whom, and how many were left alone: asked for quiet or away, without a chat, just reminded."""

    says: tuple[Say, ...]
    told: int
    quiet: int
    without_chat: int
    just_now: int


async def remind(ctx: Context, days: Sequence[OneDay], *, on: date) -> Reminded:
    """Remind each of these people of what they are asked for by now."""
    says: list[Say] = []
    told = quiet = without_chat = just_now = 0
    for each in days:
        if not await _hears(ctx, each.member.person_id, on=on):
            quiet += 1
            continue
        words = await _words(ctx, each, on=on)
        keys = [say.once for say in words if say.once]
        if not words:
            without_chat += 1
        elif await outbox.known(ctx.db, once=keys):
            just_now += 1
        else:
            says, told = [*says, *words], told + 1
    if told:
        detail = {"day": on.isoformat(), "people": told}
        await audit.note(ctx.db, actor=ctx.me.id, action="board_reminded", detail=detail, now=ctx.now)
    return Reminded(says=tuple(says), told=told, quiet=quiet, without_chat=without_chat, just_now=just_now)


async def _hears(ctx: Context, person_id: str, *, on: date) -> bool:
    if await snoozes.until(ctx.db, person_id=person_id, now=ctx.now) is not None:
        return False
    wished = await preferences.of(ctx.db, person_id=person_id)
    is_quiet = wished.quiet.end(ctx.now.astimezone(ZoneInfo(ctx.me.timezone))) is not None
    return not is_quiet and not await leading.is_away(ctx.db, person_id=person_id, on=on, now=ctx.now)


async def _words(ctx: Context, day: OneDay, *, on: date) -> tuple[Say, ...]:
    owed, person_id = asked(day, ctx.now), day.member.person_id
    args = {"day": on.isoformat()}
    word = Word(
        message="alerts/please",
        params={
            "by": ctx.me.name,
            "day": on.isoformat(),
            "owes": [{"kind": each.kind.value, "since": each.due_at.isoformat()} for each in owed],
            "timezone": ctx.me.timezone,
        },
        once=f"nudge:{person_id}:{on}:{int(ctx.now.timestamp() // _PAUSE.total_seconds())}",
        choices=tuple(
            Choice(value=each.kind.value, label=each.kind.value, opens=f"{each.kind.value}:start", args=args)
            for each in owed
        ),
    )
    return await telling.one(ctx, person_id, word, urgency=Class.REMINDER, kept=_KEPT)
