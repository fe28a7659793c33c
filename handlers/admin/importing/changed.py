"""Which units and regions an import touches: their people's days may be other than they were told."""

from datetime import date

from db import changes
from db.changes import ChangeKind
from db.staff import Member
from handlers.admin.importing.applying import Writing
from handlers.admin.importing.plan import Plan
from handlers.admin.importing.standing import Standing

_OWN_ALONE = frozenset({"name", "phone", "jabatan", "superior"})  # no rule asks for these


async def note_changes(write: Writing, plan: Plan, known: Standing, leaving: tuple[Member, ...]) -> None:
    """Write down one change for each unit and region, in the transaction of the import."""
    for code in sorted(_units(plan, known, leaving)):
        await _note(write, ChangeKind.MEMBERSHIP, code, write.valid_from)
    regions = {region.code: write.valid_from for region in plan.regions if region.code in known.regions}
    for zone in plan.zones:
        since = zone.since or write.valid_from
        regions[zone.region_code] = min(since, regions.get(zone.region_code, since))
    for code, first in sorted(regions.items()):
        await _note(write, ChangeKind.ZONE, code, first)


def _units(plan: Plan, known: Standing, leaving: tuple[Member, ...]) -> set[str]:
    """Those with people whose days may be open already; in an office that is all new nobody's are."""
    moved = [change for change in plan.changes if not set(change.what) <= _OWN_ALONE]
    touched = {unit.code for unit in plan.units} | {row.unit_code for row in plan.newcomers}
    touched |= {member.unit_code for member in leaving if member.unit_code}
    touched |= {change.member.unit_code for change in moved if change.member.unit_code}
    touched |= {change.row.unit_code for change in moved}
    return touched if known.units else set()


async def _note(write: Writing, kind: ChangeKind, subject: str, first: date) -> None:
    await changes.note(write.tx, kind=kind, subject=subject, first_day=first, by=write.by, now=write.now)
