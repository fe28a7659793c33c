"""Absences of half a day, and which absences meet a row of days."""

from datetime import date, datetime

from db import absences
from db.engine import Db
from policy.model import Absence, AbsenceKind, Part
from tests import factories

MONDAY = date(2020, 6, 15)
FRIDAY = date(2020, 6, 19)


async def test_half_a_day_is_kept_as_half_a_day(db: Db, now: datetime) -> None:
    ana = (await factories.open_office(db, now=now))["ana"]
    izin = AbsenceKind.PERMISSION
    async with db.transaction() as tx:
        await absences.excuse(
            tx,
            person_id=ana,
            kind=izin,
            part=Part.MORNING,
            valid_from=MONDAY,
            valid_until=MONDAY,
            by="boris",
            now=now,
        )
        found = await absences.of(tx, person_id=ana, on=MONDAY, as_known_at=now)
    assert found == Absence(izin, since=MONDAY, until=MONDAY, part=Part.MORNING)


async def test_what_meets_a_row_of_days_is_found_with_its_ends(db: Db, now: datetime) -> None:
    ana = (await factories.open_office(db, now=now))["ana"]
    who = {"person_id": ana, "by": "boris", "now": now}
    async with db.transaction() as tx:
        leave, travel = AbsenceKind.ANNUAL_LEAVE, AbsenceKind.TRAVEL
        await absences.excuse(tx, kind=leave, valid_from=MONDAY, valid_until=MONDAY, **who)
        await absences.excuse(tx, kind=travel, valid_from=FRIDAY, valid_until=None, **who)
        for first, last, kinds in (
            (MONDAY, MONDAY, [leave]),
            (date(2020, 6, 16), date(2020, 6, 18), []),
            (date(2020, 6, 16), FRIDAY, [travel]),
            (MONDAY, date(2021, 1, 1), [leave, travel]),
        ):
            found = await absences.between(tx, person_id=ana, first=first, last=last, as_known_at=now)
            assert [each.kind for each in found] == kinds
