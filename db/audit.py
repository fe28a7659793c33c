"""Who did what, when: written once, never changed. No health words, message texts or phone numbers."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.engine import Tx
from db.ids import new_id
from db.moments import to_micros


async def note(
    tx: Tx, *, actor: str, action: str, detail: Mapping[str, Any], now: datetime, subject: str | None = None
) -> None:
    """Write down that `actor` (a person's key, or what ran) did `action` to `subject`."""
    await tx.run(
        "INSERT INTO audit (id, at, actor, action, subject, detail)"
        " VALUES (:id, :now, :actor, :action, :subject, :detail)",
        id=new_id(),
        now=to_micros(now),
        actor=actor,
        action=action,
        subject=subject,
        detail=json.dumps(detail, ensure_ascii=False),
    )
