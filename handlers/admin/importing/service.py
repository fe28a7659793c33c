"""The use case: look at what a file would do, and do it as a whole. It knows nothing of chats or terminals."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from db import adoptions, audit, regions
from db.engine import Tx
from db.units import Unit
from handlers.admin.importing.applying import Writing, apply, dismiss
from handlers.admin.importing.cells import Problem
from handlers.admin.importing.changed import note_changes
from handlers.admin.importing.people_checks import check_people
from handlers.admin.importing.plan import Plan, plan_of
from handlers.admin.importing.rows import Content, ZoneRow
from handlers.admin.importing.standing import Standing, standing
from handlers.admin.importing.tree import Tree, tree_of
from handlers.admin.importing.values import Findings
from handlers.admin.refusal import AdminRefused
from policy.model import Circular

UNASKED_PERCENT = 2  # so many may leave without somebody typing the number


class ImportRefused(AdminRefused):
    """Nothing was written; the text says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What an import would do. With problems there is no plan, and nothing can be applied."""

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    plan: Plan | None
    known: Standing


async def look(tx: Tx, content: Content, *, valid_from: date, now: datetime) -> Outlook:
    """Return what applying the content would do, from that day on. Writes nothing."""
    known = await standing(tx, on=valid_from, now=now)
    found = Findings(list(content.findings.problems), list(content.findings.notes))
    zones = [zone for zone in content.zones if not await _is_known(tx, zone, valid_from=valid_from, now=now)]
    content = replace(content, findings=found, zones=tuple(zones))
    tree = tree_of(content, known)
    check_people(content, known)
    problems, notes = tuple(found.problems), tuple(found.notes)
    plan = None if problems else plan_of(content, tree, known)
    if plan is not None:
        notes += tuple(_without_zone(plan, tree, known))
    return Outlook(problems=problems, notes=notes, plan=plan, known=known)


async def carry_out(
    tx: Tx,
    outlook: Outlook,
    *,
    valid_from: date,
    by: str,
    now: datetime,
    file: str,
    deactivates: bool = False,
    typed: int | None = None,
    begins_with: Circular | None = None,
) -> None:
    """Write what was looked at, in the same transaction, and an audit row. Raises ImportRefused.

    People who are missing leave only if `deactivates`; more than 2 % of them only if `typed` is their number.
    Agencies that are new go by the circular `begins_with`, from its own first day on.
    """
    plan = outlook.plan
    if plan is None:
        raise ImportRefused("The file has problems, so nothing of it was imported.")
    if deactivates:
        _refuse_wrong_file(plan, typed=typed)
        _refuse_without_admin(plan, outlook.known)
    write = Writing(tx=tx, valid_from=valid_from, by=by, now=now)
    await apply(write, plan, outlook.known)
    if deactivates:
        await dismiss(write, plan.missing)
    if begins_with is not None:
        await _switch_on(write, begins_with, new_agencies(outlook))
    await note_changes(write, plan, outlook.known, plan.missing if deactivates else ())
    detail = {
        "file": file,
        "from": valid_from.isoformat(),
        "new": len(plan.newcomers),
        "changed": len(plan.changes),
        "left": len(plan.missing) if deactivates else 0,
        "units": len(plan.units),
        "regions": len(plan.regions),
        "zones": len(plan.zones),
    }
    await audit.note(tx, actor=by, action="people_imported", detail=detail, now=now)


def new_agencies(outlook: Outlook) -> list[Unit]:
    """The agencies that come with the file."""
    units = outlook.plan.units if outlook.plan is not None else ()
    return [unit for unit in units if unit.parent_code is None and unit.code not in outlook.known.units]


async def _switch_on(write: Writing, circular: Circular, agencies: list[Unit]) -> None:
    first = circular.in_force.start or circular.signed or write.valid_from
    for agency in agencies:
        await adoptions.adopt(
            write.tx,
            circular=circular.id,
            unit_code=agency.code,
            valid_from=first,
            by=write.by,
            now=write.now,
        )
        detail = {"circular": circular.id, "from": first.isoformat()}
        await audit.note(
            write.tx,
            actor=write.by,
            action="circular_adopted",
            subject=agency.code,
            detail=detail,
            now=write.now,
        )


async def _is_known(tx: Tx, zone: ZoneRow, *, valid_from: date, now: datetime) -> bool:
    said = await regions.fact(tx, region_code=zone.region_code, on=zone.since or valid_from, as_known_at=now)
    return said is not None and (said.value, said.source) == (zone.zone.value, zone.source)


def _refuse_wrong_file(plan: Plan, *, typed: int | None) -> None:
    count = len(plan.missing)
    if count * 100 <= plan.compared * UNASKED_PERCENT or typed == count:
        return
    share = f"{count} of {plan.compared} people ({count * 100 / plan.compared:.0f} %)"
    if typed is None:
        raise ImportRefused(
            f"This would deactivate {share}. Is it the whole list? Nothing was written. "
            f"If all of them have left, add --yes-deactivate {count}."
        )
    raise ImportRefused(
        f"You typed {typed}, but this would deactivate {share}. Nothing was written; look again."
    )


def _refuse_without_admin(plan: Plan, known: Standing) -> None:
    leaving = {member.id for member in plan.missing}
    if known.admins and known.admins <= leaving:
        raise ImportRefused("This would deactivate the last admin. Make somebody else admin first.")


def _without_zone(plan: Plan, tree: Tree, known: Standing) -> list[str]:
    """Verdicts look for the zone of the unit's region, then of those above it."""
    zoned = known.zoned | {zone.region_code for zone in plan.zones}
    used = {unit.region_code for unit in tree.units.values()}
    bare = sorted(code for code in used if not zoned & set(_upwards(tree, code)))
    return [
        f"{tree.regions[code].name} has no zone yet, so verdicts there stay open: piket region zone {code} …"
        for code in bare
    ]


def _upwards(tree: Tree, code: str) -> list[str]:
    chain: list[str] = []
    at: str | None = code
    while at is not None and at in tree.regions and at not in chain:
        chain.append(at)
        at = tree.regions[at].parent_code
    return chain
