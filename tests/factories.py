"""Makes what tests need to be there: a small agency in Bandar Lampung, and the people who work in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from db import (
    adoptions,
    appointments,
    enrol,
    identities,
    memberships,
    notices,
    people,
    regions,
    roles,
    settings,
    superiors,
    units,
)
from db.appointments import Post
from db.engine import Db, Tx
from db.roles import Role
from db.sealed import Seal
from policy.words import JobLevel

AGENCY = "DISKOMINFO"
UPTD = "UPTD-DATA"
CITY = "18.71"
CIRCULAR = "lampung-2020-06-04"
SINCE = date(2020, 6, 1)
BY = "seed"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Somebody of the small cast, as the office knows them."""

    name: str
    nip: str
    phone: str
    employment: str = "pns"
    unit: str = AGENCY
    position: str = "Pranata Komputer"
    level: JobLevel = JobLevel.FUNGSIONAL


ANA = Cast(name="Ana Lestari", nip="199203152015032001", phone="+6281200000001")
BORIS = Cast(
    name="Boris Siregar",
    nip="197808212005011002",
    phone="+6281200000002",
    position="Kepala Dinas",
    level=JobLevel.JPT_PRATAMA,
)
CLARA = Cast(name="Clara Wijaya", nip="199104222019212007", phone="+6281200000003", employment="pppk")
DEWI = Cast(name="Dewi Anggraini", nip="198501102009122003", phone="+6281200000004", unit=UPTD)
OFFICE = (ANA, BORIS, CLARA, DEWI)


async def found_agency(tx: Tx, *, now: datetime) -> None:
    """Found the agency, with one unit below it, in a city of the green zone, bound by the circular of June 2020."""
    await regions.add(tx, code="18", name="Lampung", kind="provinsi", timezone="WIB")
    await regions.add(tx, code=CITY, name="Bandar Lampung", kind="kota", timezone="WIB", parent_code="18")
    await regions.record_fact(tx, region_code=CITY, value="hijau", valid_from=SINCE, by=BY, now=now)
    name = "Dinas Kominfo Provinsi Lampung"
    await units.add(tx, code=AGENCY, name=name, kind="pemprov", region_code=CITY, now=now)
    await units.add(
        tx, code=UPTD, name="UPTD Pusat Data", kind="uptd", region_code=CITY, parent_code=AGENCY, now=now
    )
    await adoptions.adopt(tx, circular=CIRCULAR, unit_code=AGENCY, valid_from=SINCE, by=BY, now=now)
    await settings.set_value(
        tx,
        unit_code=AGENCY,
        name="health_mode",
        value="kmk328",
        basis="SK Kepala Dinas 800/12/2020",
        valid_from=SINCE,
        by=BY,
        now=now,
    )


async def hire(tx: Tx, who: Cast, *, now: datetime) -> str:
    """Take somebody of the cast in; return their key."""
    person_id = await people.add(
        tx, nip=who.nip, name=who.name, phone=who.phone, employment=who.employment, now=now
    )
    await memberships.assign(
        tx,
        person_id=person_id,
        unit_code=who.unit,
        position=who.position,
        job_level=who.level,
        valid_from=SINCE,
        by=BY,
        now=now,
    )
    return person_id


async def open_office(db: Db, *, now: datetime) -> dict[str, str]:
    """Fill an empty database with the agency and its four people; return their keys by first name."""
    before = now - timedelta(days=1)
    async with db.transaction() as tx:
        await found_agency(tx, now=before)
        ids = {first_name(who): await hire(tx, who, now=before) for who in OFFICE}
        since: dict[str, Any] = {"valid_from": SINCE, "by": BY, "now": before}
        await appointments.appoint(tx, unit_code=AGENCY, person_id=ids["boris"], post=Post.HEAD, **since)
        await superiors.name(tx, person_id=ids["ana"], superior_id=ids["boris"], **since)
        await roles.grant(tx, person_id=ids["clara"], role=Role.ADMIN, **since)
        await roles.grant(tx, person_id=ids["dewi"], role=Role.HEALTH, unit_code=AGENCY, **since)
    return ids


def first_name(who: Cast) -> str:
    return who.name.split()[0].casefold()


async def link_chats(db: Db, chats: Mapping[str, str], *, channel: str, version: str, now: datetime) -> None:
    """Link chats (address by person's key) as if everybody had enrolled and accepted the notice already."""
    async with db.transaction() as tx:
        for person_id, address in chats.items():
            place = {"channel": channel, "address": address}
            await notices.shown(tx, version=version, locale="id", now=now, **place)
            await notices.accepted(tx, version=version, person_id=person_id, now=now, **place)
            await identities.link(
                tx, person_id=person_id, user_key=address, proved_by="code", now=now, **place
            )


async def code_for(db: Db, seal: Seal, person_id: str, *, now: datetime) -> str:
    """Return a one-time code that the office has just given out."""
    async with db.transaction() as tx:
        return await enrol.issue_code(
            tx, seal, person_id=person_id, issued_by="clara", now=now, valid_for=timedelta(days=3)
        )
