"""The facts of a unit's people over a week are those that each of them has day by day."""

from datetime import date, datetime, timedelta

from db import absences, memberships
from db.engine import Db
from db.facts import facts_for, facts_of_unit
from db.sealed import Seal
from policy.book import Book
from policy.model import AbsenceKind
from policy.words import JobLevel
from tests.factories import AGENCY, BY, UPTD, open_office

MONDAY = date(2020, 6, 15)
BOOK = Book.shipped()


async def test_they_are_those_of_each_person_and_day(db: Db, seal: Seal, now: datetime) -> None:
    ids = await open_office(db, now=now)
    wednesday, sunday = MONDAY + timedelta(days=2), MONDAY + timedelta(days=6)
    async with db.transaction() as tx:
        await absences.excuse(
            tx,
            person_id=ids["ana"],
            kind=AbsenceKind.ANNUAL_LEAVE,
            valid_from=MONDAY,
            valid_until=MONDAY,
            by=BY,
            now=now,
        )
        await memberships.assign(
            tx,
            person_id=ids["dewi"],
            unit_code=AGENCY,
            position="Analis",
            job_level=JobLevel.PELAKSANA,
            valid_from=wednesday,
            by=BY,
            now=now,
        )
        week = {"first": MONDAY, "last": sunday, "now": now, "book": BOOK}
        found = await facts_of_unit(tx, seal, unit_code=AGENCY, **week)
        single = {
            day: {
                person: facts
                for person in ids.values()
                if (
                    facts := await facts_for(tx, seal, person_id=person, on=day, now=now, book=BOOK)
                ).unit_code
                == AGENCY
            }
            for day in found
        }
        below = await facts_of_unit(tx, seal, unit_code=UPTD, **week)
    assert found == single
    assert len(found) == 7
    assert {day: set(people) for day, people in below.items()} == {
        MONDAY: {ids["dewi"]},
        MONDAY + timedelta(days=1): {ids["dewi"]},
    }
