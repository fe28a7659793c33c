"""Whoever is not in the file stays, unless that is asked for; a wrong file does not empty an agency (fault E04)."""

from datetime import datetime, timedelta

import pytest

from db import appointments, people, roles
from db.engine import Db
from db.roles import Role
from handlers.admin.importing.service import ImportRefused
from tests.admin.lists import ANA, GITA, HEAD, SINCE, applied, csv_file

EVERYBODY = (
    HEAD,
    *(f"19900417201503{n:04d};Orang {n};PNS;;Pelaksana;KOMINFO;;;;;;;;;" for n in range(1001, 1100)),
)


async def at_work(db: Db, *, now: datetime) -> int:
    async with db.reading() as tx:
        nips = await people.ids_by_nip(tx)
        return sum([await people.by_nip(tx, nip=nip, now=now) is not None for nip in nips])


async def test_e04_missing_people_stay_unless_it_is_asked(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    outlook = await applied(db, csv_file(HEAD), now=now + timedelta(hours=1))
    assert outlook.plan is not None
    assert len(outlook.plan.missing) == 2
    assert await at_work(db, now=now + timedelta(days=1)) == 3


async def test_e04_up_to_two_percent_leave_at_once(db: Db, now: datetime) -> None:
    await applied(db, csv_file(*EVERYBODY), now=now)
    later = now + timedelta(hours=1)
    await applied(db, csv_file(*EVERYBODY[:-2]), now=later, deactivates=True)
    assert await at_work(db, now=later + timedelta(minutes=1)) == 98


async def test_e04_more_than_two_percent_need_the_number_typed(db: Db, now: datetime) -> None:
    await applied(db, csv_file(*EVERYBODY), now=now)
    later = now + timedelta(hours=1)
    short = csv_file(*EVERYBODY[:-3])
    with pytest.raises(ImportRefused, match=r"3 of 100 people \(3 %\).*--yes-deactivate 3"):
        await applied(db, short, now=later, deactivates=True)
    with pytest.raises(ImportRefused, match="You typed 30"):
        await applied(db, short, now=later, deactivates=True, typed=30)
    assert await at_work(db, now=later) == 100
    await applied(db, short, now=later, deactivates=True, typed=3)
    assert await at_work(db, now=later + timedelta(minutes=1)) == 97


async def test_e04_people_of_agencies_that_the_file_does_not_name_are_left_alone(
    db: Db, now: datetime
) -> None:
    await applied(db, csv_file(), now=now)
    other = HEAD.replace("KOMINFO;Dinas Kominfo", "DINKES;Dinas Kesehatan").replace(
        "197709122002121001", "197104271997032001"
    )
    outlook = await applied(db, csv_file(other), now=now + timedelta(hours=1), deactivates=True)
    assert outlook.plan is not None
    assert outlook.plan.missing == ()
    assert await at_work(db, now=now + timedelta(hours=1)) == 4


async def test_who_left_leads_nothing_and_comes_back_with_the_next_list(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    later = now + timedelta(hours=1)
    await applied(
        db,
        csv_file(ANA.replace("197709122002121001", ""), GITA.replace("197709122002121001", "")),
        now=later,
        deactivates=True,
        typed=1,
    )
    async with db.reading() as tx:
        assert await appointments.leader(tx, unit_code="KOMINFO", on=SINCE, as_known_at=later) is None
    back = await applied(db, csv_file(), now=later + timedelta(hours=1))
    assert back.plan is not None
    assert "back again" in back.plan.changes[0].what
    assert await at_work(db, now=later + timedelta(hours=2)) == 3


async def test_e08_the_last_admin_is_not_imported_away(db: Db, now: datetime) -> None:
    await applied(db, csv_file(), now=now)
    async with db.transaction() as tx:
        ana = (await people.ids_by_nip(tx))["199004172015032001"]
        await roles.grant(tx, person_id=ana, role=Role.ADMIN, valid_from=SINCE, by="cli", now=now)
    with pytest.raises(ImportRefused, match="last admin"):
        await applied(db, csv_file(HEAD, GITA), now=now + timedelta(hours=1), deactivates=True, typed=1)
