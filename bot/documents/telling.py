"""What is said to whoever asked for a document, in the chat in which they asked."""

from datetime import datetime, timedelta
from typing import Any

from db.engine import Tx
from db.sealed import Seal
from db.sending import outbox
from db.work import Work
from handlers.update import Class

KEPT = timedelta(hours=24)


async def tell(
    tx: Tx,
    seal: Seal,
    work: Work,
    message: str,
    body: dict[str, Any],
    *,
    once: str,
    now: datetime,
) -> None:
    """Say it once for this work (`once` names the kind of work), as an answer."""
    await outbox.add(
        tx,
        seal,
        channel=work.task["channel"],
        address=work.task["address"],
        person_id=work.task["person"],
        urgency=Class.ANSWER,
        message=message,
        locale=work.task["locale"],
        body=body,
        once=f"{once}:{work.id}",
        now=now,
        expires_at=now + KEPT,
    )
