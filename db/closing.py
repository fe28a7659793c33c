"""A report closes what asked for it, in the transaction that stores it; withdrawing it opens it again.

Who changes both a person's workday and what they owe takes the workday first, so that nobody waits in a circle.
"""

from collections.abc import Sequence
from datetime import date, datetime

from db import outages, outbox_reminders, workdays
from db.engine import Tx
from db.moments import from_micros, to_micros
from db.obligations import Obligation, one
from db.two_clocks import hold
from db.workdays import Workday
from policy.deadlines import Owed, State, is_late

_STATES_MISSING = "('open', 'reminded', 'overdue')"
_STANDING = """
SELECT person_id, kind, MIN(reported_at) AS at FROM reports
WHERE person_id IN ({0}) AND on_date = :on AND withdrawn_at IS NULL GROUP BY person_id, kind
UNION ALL
SELECT person_id, 'health' AS kind, MIN(reported_at) AS at FROM health_reports
WHERE person_id IN ({0}) AND on_date = :on AND withdrawn_at IS NULL GROUP BY person_id
"""


async def reported(tx: Tx, *, person_id: str, on: date, kind: Owed, at: datetime, now: datetime) -> None:
    """A report of that kind stands, first sent at `at` (the platform's time): what asked for it is done.

    Lateness inside an outage of ours or of the platform is none. A reminder that waits to be sent is dropped, and
    the day looked at anew if something else is missing.
    """
    owed = await one(tx, person_id=person_id, on=on, kind=kind)
    if owed is None:  # unless the day is just being opened
        await hold(tx, "people", key=person_id)
        owed = await one(tx, person_id=person_id, on=on, kind=kind)
    if owed is None or not owed.is_missing:
        return
    workday = (await workdays.of_people(tx, people=[person_id], on=on, holds=True)).get(person_id)
    gaps = await outages.between(tx, start=owed.opens_at, end=at) if at > owed.due_at else []
    await _close(tx, owed, at=at, outages=[(gap.began_at, gap.ended_at) for gap in gaps], now=now)
    if workday is not None:
        await quiet(tx, workday, now=now)


async def quiet(tx: Tx, workday: Workday, *, now: datetime) -> None:
    """Drop what waits to be said of a day, which is other than it was; look at once whether anything is still to be."""
    dropped = await outbox_reminders.drop(tx, workday_id=workday.id, person_id=workday.person_id, now=now)
    if dropped:
        await workdays.unsay(tx, workday, stages=dropped)
        await workdays.look_again(tx, workday_id=workday.id, at=now)


async def _close(
    tx: Tx, owed: Obligation, *, at: datetime, outages: Sequence[tuple[datetime, datetime]], now: datetime
) -> None:
    late = is_late(at, owed.span, outages)
    await tx.run(
        "UPDATE obligations SET state = :state, done_at = :at, ended_at = :now, because = :because"
        " WHERE id = :id AND state IN " + _STATES_MISSING,
        id=owed.id,
        state=State.LATE.value if late else State.CLOSED.value,
        at=to_micros(at),
        now=to_micros(now),
        because="outage" if at > owed.due_at and not late else None,
    )


async def settle(tx: Tx, *, people: Sequence[str], on: date, now: datetime) -> None:
    """Close what these people, a hundred or so, owe of that day and had reported before it was asked for."""
    if not people:
        return
    ids = {f"p{number}": person for number, person in enumerate(people)}
    these = ", ".join(f":{name}" for name in ids)
    for row in await tx.all(_STANDING.format(these), on=on.isoformat(), **ids):
        await reported(
            tx,
            person_id=row["person_id"],
            on=on,
            kind=Owed(row["kind"]),
            at=from_micros(row["at"]),
            now=now,
        )


async def reopened(tx: Tx, *, person_id: str, on: date, kind: Owed, now: datetime) -> None:
    """Nothing of that kind stands any more: it is owed again, as overdue if it was so before."""
    workday = (await workdays.of_people(tx, people=[person_id], on=on, holds=True)).get(person_id)
    touched = await tx.run(
        "UPDATE obligations SET state = CASE WHEN overdue_at IS NULL THEN 'open' ELSE 'overdue' END,"
        " done_at = NULL, ended_at = NULL, because = NULL WHERE person_id = :person_id AND on_date = :on"
        " AND kind = :kind AND state IN ('closed', 'late')",
        person_id=person_id,
        on=on.isoformat(),
        kind=kind.value,
    )
    if touched and workday is not None:
        await workdays.look_again(tx, workday_id=workday.id, at=now)
