"""Write a plan, in the caller's transaction: all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db import appointments, memberships, people, regions, staff, superiors, two_clocks, units
from db.alerting import readers as alert_readers
from db.appointments import Post
from db.engine import Tx
from db.ids import new_id
from db.staff import Member, Newcomer
from handlers.admin.importing.plan import Change, Plan
from handlers.admin.importing.rows import PersonRow
from handlers.admin.importing.standing import Standing
from policy.calendar import local_date, zone_named


@dataclass(frozen=True, kw_only=True)
class Writing:
    """Where, from which day, by whom and when a plan is written."""

    tx: Tx
    valid_from: date
    by: str
    now: datetime


async def apply(write: Writing, plan: Plan, known: Standing) -> None:
    """Write regions, zones, units and people; each record that is already right is left alone."""
    await _places(write, plan)
    ids = {nip: member.id for nip, member in known.by_nip.items()}
    fresh = [(new_id(), row) for row in plan.newcomers]
    ids |= {row.nip: key for key, row in fresh if row.nip}
    newcomers = [_newcomer(key, row, ids) for key, row in fresh]
    await staff.take_in(write.tx, newcomers, valid_from=write.valid_from, by=write.by, now=write.now)
    for change in plan.changes:
        await _change(write, change, plan, ids)
    if plan.names_heads:
        await _heads(write, plan, fresh)


async def dismiss(write: Writing, leaving: tuple[Member, ...]) -> None:
    """End what ties these people to the office, from the day on; what they reported stays."""
    for member in leaving:
        await memberships.finish(
            write.tx, person_id=member.id, first=write.valid_from, by=write.by, now=write.now
        )
        for unit_code in member.leads:
            await _vacate(write, unit_code)
        if write.valid_from <= local_date(write.now, zone_named("WIB")):
            await people.leave(write.tx, person_id=member.id, now=write.now)


async def _places(write: Writing, plan: Plan) -> None:
    for region in plan.regions:
        await regions.add(write.tx, **vars(region))
    for zone in plan.zones:
        await regions.record_fact(
            write.tx,
            region_code=zone.region_code,
            value=zone.zone.value,
            valid_from=zone.since or write.valid_from,
            source=zone.source,
            by=write.by,
            now=write.now,
        )
    for unit in plan.units:
        await units.add(write.tx, **vars(unit), now=write.now)


def _newcomer(key: str, row: PersonRow, ids: Mapping[str, str]) -> Newcomer:
    return Newcomer(
        id=key,
        nip=row.nip or None,
        name=row.name,
        phone=row.phone,
        employment=row.employment.value,
        unit_code=row.unit_code,
        position=row.position,
        job_level=row.level.value,
        superior_id=ids[row.superior_nip] if row.superior_nip else None,
        function=row.function and row.function.value,
        is_strategic=row.is_strategic,
        born=row.born,
    )


_OWN = frozenset({"name", "phone", "jenis", "back again"})
_PLACE = frozenset({"unit", "jabatan", "jenjang", "fungsi", "strategis", "back again"})


async def _change(write: Writing, change: Change, plan: Plan, ids: Mapping[str, str]) -> None:
    row, member, what = change.row, change.member, set(change.what)
    if what & _OWN:
        await people.correct(
            write.tx,
            person_id=member.id,
            name=row.name,
            phone=row.phone if "phone" in what else member.phone,
            employment=row.employment.value,
        )
    if what & _PLACE:
        await memberships.assign(
            write.tx,
            person_id=member.id,
            unit_code=row.unit_code,
            position=row.position if "jabatan" in what else member.position or row.position,
            job_level=row.level,
            function=row.function and row.function.value if "fungsi" in what else member.function,
            is_strategic=row.is_strategic if "strategis" in what else member.is_strategic,
            valid_from=write.valid_from,
            by=write.by,
            now=write.now,
        )
    if "lahir" in what:
        await people.set_born(write.tx, person_id=member.id, born=row.born)
    if "superior" in what and plan.names_superiors:
        await _superior(write, member.id, ids.get(row.superior_nip))


async def _superior(write: Writing, person_id: str, superior_id: str | None) -> None:
    if superior_id is None:
        await two_clocks.end(
            write.tx,
            superiors.SUPERIORS,
            of={"person_id": person_id},
            first=write.valid_from,
            by=write.by,
            now=write.now,
        )
        return
    await superiors.name(
        write.tx,
        person_id=person_id,
        superior_id=superior_id,
        valid_from=write.valid_from,
        by=write.by,
        now=write.now,
    )


async def _heads(write: Writing, plan: Plan, fresh: list[tuple[str, PersonRow]]) -> None:
    """First who is head no more, then who becomes one: a unit has one head on a day. Open alerts follow."""
    changed = [change for change in plan.changes if "head" in change.what]
    touched: set[str] = set()
    for change in changed:
        left = change.member.leads - ({change.row.unit_code} if change.row.is_head else set())
        for unit_code in left:
            await _vacate(write, unit_code)
        touched |= left
    rising = [(change.member.id, change.row) for change in changed] + fresh
    for person_id, row in rising:
        if row.is_head:
            await appointments.appoint(
                write.tx,
                unit_code=row.unit_code,
                person_id=person_id,
                post=Post.HEAD,
                valid_from=write.valid_from,
                by=write.by,
                now=write.now,
            )
            touched.add(row.unit_code)
    await alert_readers.follow(write.tx, units=sorted(touched), now=write.now)


async def _vacate(write: Writing, unit_code: str) -> None:
    await appointments.dismiss(
        write.tx, unit_code=unit_code, post=Post.HEAD, first=write.valid_from, by=write.by, now=write.now
    )
