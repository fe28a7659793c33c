"""A report closes what asked for it, in the transaction that stores it; withdrawing it opens it again.

Who changes both a person's workday and what they owe takes the workday first, so that nobody waits in a circle.
"""

from collections.abc import Sequence
from datetime import date, datetime

from db import outages, workdays
from db.engine import Tx
from db.moments import from_micros, to_micros
from db.obligations import Obligation, of_people, one
from db.sending import reminders as outbox_reminders
from db.two_clocks import hold
from db.workdays import Workday
from policy.deadlines import Owed, State, is_late

# Why something reported is owed again: its superior gave it back. Whoever was late before stays so.
GIVEN_BACK, GIVEN_BACK_LATE = "given_back", "given_back:late"
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
    late = is_late(at, owed.span, outages) or owed.because == GIVEN_BACK_LATE
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
    again = await _given_back(tx, people, on=on)
    for row in await tx.all(_STANDING.format(these), on=on.isoformat(), **ids):
        if (row["person_id"], row["kind"]) in again:  # what stands is what is to be put right
            continue
        await reported(
            tx,
            person_id=row["person_id"],
            on=on,
            kind=Owed(row["kind"]),
            at=from_micros(row["at"]),
            now=now,
        )


async def _given_back(tx: Tx, people: Sequence[str], *, on: date) -> set[tuple[str, str]]:
    owed = await of_people(tx, people=people, on=on)
    return {
        (each.person_id, each.kind.value)
        for all_ in owed.values()
        for each in all_
        if each.is_missing and is_given_back(each)
    }


def is_given_back(owed: Obligation) -> bool:
    """Whether a superior gave back what answered it, so that their deadline counts and not the agency's."""
    return owed.because in (GIVEN_BACK, GIVEN_BACK_LATE)


async def given_back(
    tx: Tx, *, person_id: str, on: date, kind: Owed, due_at: datetime, now: datetime
) -> None:
    """A superior gave it back: it is owed again until `due_at`, and overdue after. The day is looked at then."""
    workday = (await workdays.of_people(tx, people=[person_id], on=on, holds=True)).get(person_id)
    touched = await tx.run(
        "UPDATE obligations SET because = CASE WHEN state = 'late' OR because = :late THEN :late ELSE :because END,"
        " state = 'open', due_at = :due, done_at = NULL, overdue_at = NULL, ended_at = NULL, by_id = NULL"
        " WHERE person_id = :person_id AND on_date = :on AND kind = :kind AND state <> 'excused'",
        person_id=person_id,
        on=on.isoformat(),
        kind=kind.value,
        due=to_micros(due_at),
        because=GIVEN_BACK,
        late=GIVEN_BACK_LATE,
    )
    if touched and workday is not None:
        look_at = min(workday.look_at, due_at) if workday.look_at and workday.look_at > now else due_at
        await workdays.look_again(tx, workday_id=workday.id, at=look_at)


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
