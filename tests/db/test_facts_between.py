"""A month's facts, read at once, are those of each of its days."""

from datetime import date, datetime, timedelta

from db import absences, calendars, facts, health, memberships, regions
from db.engine import Db
from db.sealed import Seal
from policy.book import Book
from policy.model import AbsenceKind, DayKind, JobLevel
from tests.db.office import ILL, MONDAY, Counting, sent
from tests.factories import AGENCY, BY, CITY, UPTD

BOOK = Book.shipped()
FIRST, LAST = date(2020, 6, 1), date(2020, 6, 30)


async def live(db: Db, seal: Seal, person_id: str, now: datetime) -> None:
    """A June with everything: a zone that changes, a local holiday, leave, illness, another unit."""
    by = {"by": BY, "now": now}
    async with db.transaction() as tx:
        await regions.record_fact(tx, region_code=CITY, value="merah", valid_from=date(2020, 6, 20), **by)
        await calendars.name_day(
            tx, unit_code=AGENCY, kind=DayKind.HOLIDAY, name="Hari jadi", on=date(2020, 6, 18), **by
        )
        days = {"valid_from": date(2020, 6, 8), "valid_until": date(2020, 6, 10)}
        await absences.excuse(tx, person_id=person_id, kind=AbsenceKind.ANNUAL_LEAVE, **days, **by)
        await health.save(tx, seal, person_id=person_id, on=MONDAY, answers=ILL, **sent(now))
        await memberships.assign(
            tx, person_id=person_id, unit_code=UPTD, position="Analis", job_level=JobLevel.FUNGSIONAL,
            valid_from=date(2020, 6, 25), **by,
        )  # fmt: skip
        await memberships.finish(tx, person_id=person_id, first=date(2020, 6, 29), **by)


async def test_a_month_at_once_is_what_each_day_says(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    ana, later = ids["ana"], now + timedelta(days=15)
    await live(db, seal, ana, now)
    who = {"person_id": ana, "now": later, "book": BOOK}
    async with db.reading() as tx:
        found = await facts.facts_between(tx, seal, first=FIRST, last=LAST, **who)
        for number in range(FIRST.day, 29):
            on = FIRST.replace(day=number)
            assert found[on] == await facts.facts_for(tx, seal, on=on, **who), on
    assert sorted(found) == [FIRST.replace(day=number) for number in range(1, 29)]


async def test_a_month_takes_as_many_queries_as_a_day_for_each_unit(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.reading() as tx:
        counting = Counting(tx)
        await facts.facts_between(
            counting, seal, person_id=ids["ana"], first=FIRST, last=LAST, now=now, book=BOOK
        )
    assert counting.asked == 7
