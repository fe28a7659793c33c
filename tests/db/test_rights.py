"""The right by which somebody is told something is looked at as of the moment of sending (fault V05)."""

from datetime import date, datetime, timedelta

import pytest

from db import appointments, people, rights
from db.appointments import Post, Power
from db.engine import Db
from tests.factories import AGENCY, BY, UPTD, open_office

MONDAY = date(2020, 6, 15)


@pytest.fixture
async def ids(db: Db, now: datetime) -> dict[str, str]:
    return await open_office(db, now=now)


async def holds(db: Db, person_id: str, right: str, now: datetime) -> bool:
    async with db.reading() as tx:
        return await rights.holds(tx, person_id=person_id, right=right, now=now)


async def test_who_leads_this_very_unit_and_no_other(db: Db, ids: dict[str, str], now: datetime) -> None:
    assert await holds(db, ids["boris"], rights.to_lead(AGENCY), now)
    assert not await holds(db, ids["boris"], rights.to_lead(UPTD), now)
    assert not await holds(db, ids["ana"], rights.to_lead(AGENCY), now)


async def test_a_plh_with_the_power_takes_it_from_the_head_and_one_without_does_not(
    db: Db, ids: dict[str, str], now: datetime
) -> None:
    async with db.transaction() as tx:
        await appointments.appoint(
            tx, unit_code=AGENCY, person_id=ids["clara"], post=Post.PLH, valid_from=MONDAY, valid_until=MONDAY,
            powers={Power.ALERTS}, letter="1", by=BY, now=now,
        )  # fmt: skip
    later = now + timedelta(minutes=1)
    for power, leader, other in ((Power.ALERTS, "clara", "boris"), (Power.VERIFY, "boris", "clara")):
        right = rights.to_lead(AGENCY, power=power)
        assert await holds(db, ids[leader], right, later)
        assert not await holds(db, ids[other], right, later)
    tomorrow = now + timedelta(days=1)
    assert await holds(db, ids["boris"], rights.to_lead(AGENCY, power=Power.ALERTS), tomorrow)


async def test_a_superior_an_admin_and_a_plain_role(db: Db, ids: dict[str, str], now: datetime) -> None:
    assert await holds(db, ids["boris"], rights.to_be_over(ids["ana"]), now)
    assert not await holds(db, ids["boris"], rights.to_be_over(ids["dewi"]), now)
    assert await holds(db, ids["clara"], rights.to_administer(UPTD), now)
    assert not await holds(db, ids["boris"], rights.to_administer(UPTD), now)
    assert await holds(db, ids["dewi"], "health", now)
    assert not await holds(db, ids["ana"], "health", now)


async def test_nobody_who_left_has_any(db: Db, ids: dict[str, str], now: datetime) -> None:
    async with db.transaction() as tx:
        await people.leave(tx, person_id=ids["boris"], now=now)
    later = now + timedelta(minutes=1)
    for right in (rights.to_lead(AGENCY), rights.to_be_over(ids["ana"]), "head"):
        assert not await holds(db, ids["boris"], right, later)
