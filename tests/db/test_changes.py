"""What may change somebody's day is looked at once, the oldest first."""

from datetime import datetime

from db import changes
from db.changes import Change, ChangeKind
from db.engine import Db
from tests.db.office import HOUR, MONDAY, TUESDAY
from tests.factories import AGENCY, CITY


async def test_a_change_waits_until_somebody_looked_at_it(db: Db, now: datetime) -> None:
    async with db.transaction() as tx:
        by = {"by": "clara"}
        zone = await changes.note(
            tx, kind=ChangeKind.ZONE, subject=CITY, first_day=TUESDAY, now=now + HOUR, **by
        )
        unit = await changes.note(
            tx, kind=ChangeKind.UNIT_FACT, subject=AGENCY, first_day=MONDAY, now=now, **by
        )
    async with db.transaction() as tx:
        first, second = await changes.waiting(tx)
        assert (first.id, second.id) == (unit, zone)
        assert await changes.hold(tx, [first])
        await changes.count_told(tx, {unit: 2})
        await changes.count_told(tx, {unit: 1})
        assert await changes.looked_at(tx, change_id=unit, now=now + HOUR)
        assert not await changes.looked_at(tx, change_id=unit, now=now + HOUR)
        assert not await changes.hold(tx, [first])
    async with db.transaction() as tx:
        left = await changes.waiting(tx)
        row = await tx.one("SELECT told FROM changes WHERE id = :id", id=unit)
    assert row is not None
    assert row["told"] == 3
    expected = Change(
        id=zone,
        kind=ChangeKind.ZONE,
        subject=CITY,
        first_day=TUESDAY,
        recorded_at=now + HOUR,
        recorded_by="clara",
    )
    assert left == [expected]
