"""What is true from when to when, and what we knew of it at which moment."""

import asyncio
from datetime import date, datetime

import pytest

from db import absences, memberships, regions, roles, settings
from db.engine import Db, Tx
from db.opening import open_db
from db.roles import Role
from policy.model import AbsenceKind, Fact, JobLevel
from tests.db.office import DAY, HOUR, LAST_MONDAY, MONDAY, TUESDAY
from tests.factories import AGENCY, CITY, SINCE, UPTD

pytestmark = pytest.mark.usefixtures("ids")


async def paint(tx: Tx, value: str, since: date, *, now: datetime) -> None:
    await regions.record_fact(tx, region_code=CITY, value=value, valid_from=since, by="clara", now=now)


async def colour(tx: Tx, on: date, *, known: datetime) -> str | None:
    fact = await regions.fact(tx, region_code=CITY, on=on, as_known_at=known)
    return fact.value if fact else None


async def test_what_we_knew_at_seven_stays_answerable_after_we_know_better(db: Db, now: datetime) -> None:
    async with db.transaction() as tx:
        await paint(tx, "merah", MONDAY, now=now + HOUR)
    async with db.reading() as tx:
        assert await colour(tx, MONDAY, known=now) == "hijau"
        assert await colour(tx, MONDAY, known=now + HOUR) == "merah"


async def test_a_new_fact_leaves_the_days_before_it_as_they_were(db: Db, now: datetime) -> None:
    async with db.transaction() as tx:
        await paint(tx, "merah", MONDAY, now=now)
        assert await colour(tx, MONDAY - DAY, known=now) == "hijau"
        assert await colour(tx, TUESDAY, known=now) == "merah"
        assert await colour(tx, SINCE - DAY, known=now) is None


async def test_a_fact_recorded_late_lasts_until_the_next_one_begins(db: Db, now: datetime) -> None:
    async with db.transaction() as tx:
        await paint(tx, "merah", MONDAY, now=now)
        await paint(tx, "kuning", LAST_MONDAY, now=now + HOUR)
        days = (SINCE, LAST_MONDAY, MONDAY - DAY, MONDAY)
        seen = [await colour(tx, day, known=now + HOUR) for day in days]
    assert seen == ["hijau", "kuning", "kuning", "merah"]


async def test_the_same_value_recorded_each_week_is_one_fact_since_its_first_day(
    db: Db, now: datetime
) -> None:
    async with db.transaction() as tx:
        for since, source in ((LAST_MONDAY, "week 24"), (MONDAY, "week 25")):
            await regions.record_fact(
                tx, region_code=CITY, value="merah", valid_from=since, source=source, by="clara", now=now
            )
        fact = await regions.fact(tx, region_code=CITY, on=TUESDAY, as_known_at=now)
    assert fact == Fact("merah", since=LAST_MONDAY, source="week 25")


async def test_what_is_recorded_already_is_not_recorded_again(db: Db, now: datetime) -> None:
    async with db.transaction() as tx:
        await paint(tx, "hijau", MONDAY, now=now)
        rows = await tx.all("SELECT id FROM region_facts")
    assert len(rows) == 1


async def test_no_row_is_ever_changed_but_for_when_it_was_superseded(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        before = await tx.one("SELECT * FROM memberships WHERE person_id = :id", id=ids["ana"])
        await memberships.assign(
            tx, person_id=ids["ana"], unit_code=UPTD, position="Analis", job_level=JobLevel.PELAKSANA,
            valid_from=MONDAY, by="clara", now=now,
        )  # fmt: skip
        assert before is not None
        after = await tx.one("SELECT * FROM memberships WHERE id = :id", id=before["id"])
    assert after is not None
    assert {name for name in dict(after) if after[name] != before[name]} == {"superseded_at"}


async def test_illness_in_the_middle_of_leave_leaves_the_leave_around_it(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    who = {"person_id": ids["ana"], "by": "clara", "now": now}
    leave, ill = AbsenceKind.ANNUAL_LEAVE, AbsenceKind.SICK_LEAVE
    async with db.transaction() as tx:
        await absences.excuse(tx, kind=leave, valid_from=MONDAY, valid_until=MONDAY + 4 * DAY, **who)
        await absences.excuse(tx, kind=ill, valid_from=TUESDAY, valid_until=TUESDAY + DAY, **who)
        seen = [
            await absences.of(tx, person_id=ids["ana"], on=MONDAY + day * DAY, as_known_at=now)
            for day in range(-1, 6)
        ]
    assert [each and each.kind for each in seen] == [None, leave, ill, ill, leave, leave, None]


async def test_a_role_taken_away_is_gone_from_that_day_and_stays_in_the_past(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        gone = await roles.revoke(
            tx, person_id=ids["clara"], role=Role.ADMIN, first=MONDAY, by="ppk", now=now
        )
        today = await roles.holders(tx, role=Role.ADMIN, on=MONDAY, as_known_at=now)
        yesterday = await roles.holders(tx, role=Role.ADMIN, on=MONDAY - DAY, as_known_at=now)
    assert (gone, today, yesterday) == (1, [], [ids["clara"]])


async def test_a_record_cannot_end_before_it_begins(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.transaction() as tx:
        with pytest.raises(ValueError, match="cannot end on 2020-06-15"):
            await absences.excuse(
                tx, person_id=ids["ana"], kind=AbsenceKind.PERMISSION, valid_from=TUESDAY, valid_until=MONDAY,
                by="clara", now=now,
            )  # fmt: skip


async def test_a_setting_says_its_basis_and_is_absent_before_it_was_made(db: Db, now: datetime) -> None:
    what = {"unit_code": AGENCY, "name": "health_mode"}
    async with db.transaction() as tx:
        await settings.set_value(tx, value="off", basis=None, valid_from=MONDAY, by="clara", now=now, **what)
        today = await settings.value(tx, on=MONDAY, now=now, **what)
        before = await settings.value(tx, on=MONDAY - DAY, now=now, **what)
        never = await settings.value(tx, on=SINCE - DAY, now=now, **what)
    assert today == settings.Setting(value="off", basis=None)
    assert before == settings.Setting(value="kmk328", basis="SK Kepala Dinas 800/12/2020")
    assert never is None


async def test_two_who_record_at_once_leave_one_truth(db: Db, db_url: str, now: datetime) -> None:
    other = await open_db(db_url)

    async def record(through: Db, value: str) -> None:
        async with through.transaction() as tx:
            await paint(tx, value, MONDAY, now=now)

    try:
        await asyncio.gather(*(record(each, value) for each, value in ((db, "merah"), (other, "kuning")) * 3))
    finally:
        await other.close()
    async with db.reading() as tx:
        rows = await tx.all(
            "SELECT value FROM region_facts WHERE superseded_at IS NULL AND valid_until IS NULL"
        )
    assert len(rows) == 1
