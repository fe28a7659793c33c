"""Let go of what has served its purpose: old keys of updates, sent messages' contents, buttons, left drafts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db import conversations, files, keyboards, pauses, quarantine, seen, work
from db.engine import Db
from db.sending import outbox

SEEN_KEPT = timedelta(days=14)  # the longest a platform delivers again is 7 days
SENT_KEPT = timedelta(days=7)
MADE_KEPT = timedelta(days=7)  # documents: what could not be sent in a day answers nothing any more
WORK_KEPT = timedelta(days=14)  # longer than anything is asked for twice under one key
PAUSES_KEPT = timedelta(
    days=1
)  # they count real time, which a moved clock is not; a day is beyond any of them


@dataclass(frozen=True)
class Tidied:
    """How many rows of each kind were let go."""

    updates: int
    messages: int
    buttons: int
    drafts: int
    documents: int


async def tidy(db: Db, now: datetime) -> Tidied:
    """Erase what is past its time, in short transactions so that nobody's answer waits."""
    async with db.transaction() as tx:
        updates = await seen.forget(tx, before=now - SEEN_KEPT)
        await quarantine.forget_tries(tx, before=now - SEEN_KEPT)
    async with db.transaction() as tx:
        messages = await outbox.shrink(tx, before=now - SENT_KEPT)
        await pauses.forget_ended(tx, real_now=now - PAUSES_KEPT)
    async with db.transaction() as tx:
        buttons = await keyboards.forget(tx, before=now)
        drafts = await conversations.forget_expired(tx, now=now)
    async with db.transaction() as tx:
        documents = await files.forget_made(tx, before=now - MADE_KEPT)
        await work.forget(tx, before=now - WORK_KEPT)
    return Tidied(updates=updates, messages=messages, buttons=buttons, drafts=drafts, documents=documents)
