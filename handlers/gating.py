"""Noting that the health gate of somebody moved, so that their unit's rota is looked at: not why, nor by whom."""

from datetime import date

from db import changes
from db.changes import ChangeKind
from handlers.flow import Context


async def moved(ctx: Context, person_id: str, *, first: date) -> None:
    """Note, in this transaction, that this person's days may be others from `first` on.

    It is written as of themself: an officer's name beside it would tell readers of the table what it is about.
    """
    await changes.note(
        ctx.db, kind=ChangeKind.PERSON, subject=person_id, first_day=first, by=person_id, now=ctx.now
    )
