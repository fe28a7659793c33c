"""Whether a report that was just stored came in time, by the rule that held when it was sent: said on its receipt."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from db import obligations, outages
from handlers.flow import Context
from policy.deadlines import Owed, extended


async def timely(ctx: Context, *, kind: Owed, day: date, at: datetime) -> Mapping[str, Any] | None:
    """Return until when the report sent at `at` was owed, and how many minutes late it came (0: in time).

    None if it was not owed, or it is not this one that closed what was owed. `is_extended`: the deadline is the one
    with what outages took given back, for without it the report would have been late, or later.
    """
    owed = await obligations.one(ctx.db, person_id=ctx.me.id, on=day, kind=kind)
    if owed is None or owed.done_at != at:
        return None
    gaps = await outages.between(ctx.db, start=owed.opens_at, end=at) if at > owed.due_at else []
    due = extended(owed.span, [(gap.began_at, gap.ended_at) for gap in gaps])
    late = max(timedelta(0), at - due)
    return {
        "kind": kind.value,
        "due": due.isoformat(),
        "minutes": -(-late // timedelta(minutes=1)),  # a minute that has begun counts
        "is_extended": due > owed.due_at,
        "timezone": ctx.me.timezone,
    }
