"""What an import would do: who is new, who changes in what, who would leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from db.regions import Region
from db.staff import Member
from db.units import Unit
from handlers.admin.importing.columns import Column, Kind
from handlers.admin.importing.rows import Content, PersonRow, ZoneRow
from handlers.admin.importing.standing import Standing
from handlers.admin.importing.tree import Tree

Placed = TypeVar("Placed", Unit, Region)


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody known already, and what the file says differently of them (words for the summary)."""

    member: Member
    row: PersonRow
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that applying would write; nothing is in it twice."""

    newcomers: tuple[PersonRow, ...]
    changes: tuple[Change, ...]
    unchanged: int
    missing: tuple[Member, ...]  # of the file's agencies, at work today, and not in the file
    compared: int  # how many of the file's agencies are at work today
    agencies: tuple[str, ...]
    regions: tuple[Region, ...]  # new or changed, those above before those below
    units: tuple[Unit, ...]
    new_units: int
    zones: tuple[ZoneRow, ...]
    names_superiors: bool
    names_heads: bool

    @property
    def is_empty(self) -> bool:
        return not (self.newcomers or self.changes or self.regions or self.units or self.zones)


def plan_of(content: Content, tree: Tree, known: Standing) -> Plan:
    """Return what the content changes of what is known. The content must have no problems."""
    columns = content.columns.get(Kind.PEOPLE, frozenset())
    matched = [(row, _known(row, known)) for row in content.people]
    changes = [
        Change(member, row, _differences(row, member, columns, known))
        for row, member in matched
        if member is not None
    ]
    agencies = sorted({tree.agency(row.unit_code) for row in content.people})
    there = [
        each
        for each in known.members.values()
        if each.is_active and _agency_before(each, known, tree) in agencies
    ]
    found = {member.id for _, member in matched if member is not None}
    units = _above_first({code: unit for code, unit in tree.units.items() if known.units.get(code) != unit})
    return Plan(
        newcomers=tuple(row for row, member in matched if member is None),
        changes=tuple(change for change in changes if change.what),
        unchanged=sum(not change.what for change in changes),
        missing=tuple(each for each in there if each.id not in found),
        compared=len(there),
        agencies=tuple(agencies),
        regions=_above_first(
            {code: each for code, each in tree.regions.items() if known.regions.get(code) != each}
        ),
        units=units,
        new_units=sum(unit.code not in known.units for unit in units),
        zones=content.zones,
        names_superiors=Column.SUPERIOR in columns,
        names_heads=Column.HEAD in columns,
    )


def _known(row: PersonRow, known: Standing) -> Member | None:
    if row.nip:
        return known.by_nip.get(row.nip)
    name = row.name.casefold()
    return known.without_nip.get((name, row.phone or "")) or known.without_nip.get((name, row.unit_code))


def _differences(
    row: PersonRow, member: Member, columns: frozenset[Column], known: Standing
) -> tuple[str, ...]:
    superior = known.members.get(member.superior_id or "")
    pairs = {
        "back again": (member.is_active, True),
        "name": (member.name, row.name),
        "phone": (member.phone, row.phone if Column.PHONE in columns else member.phone),
        "jenis": (member.employment, row.employment.value),
        "unit": (member.unit_code, row.unit_code),
        "jabatan": (member.position, row.position if Column.POSITION in columns else member.position),
        "jenjang": (member.job_level, row.level.value),
    }
    if Column.FUNCTION in columns:
        pairs["fungsi"] = (member.function, row.function and row.function.value)
    if Column.STRATEGIC in columns:
        pairs["strategis"] = (member.is_strategic, row.is_strategic)
    if Column.BORN in columns:
        pairs["lahir"] = (member.born, row.born)
    if Column.SUPERIOR in columns:
        pairs["superior"] = ((superior.nip or "") if superior else "", row.superior_nip)
    if Column.HEAD in columns:
        pairs["head"] = (member.leads, frozenset({row.unit_code}) if row.is_head else frozenset())
    return tuple(what for what, (before, after) in pairs.items() if before != after)


def _agency_before(member: Member, known: Standing, tree: Tree) -> str:
    return Tree(known.units, tree.regions).agency(member.unit_code or "")


def _above_first(rows: Mapping[str, Placed]) -> tuple[Placed, ...]:
    """Rows refer to the one above them, which must be written first."""
    ordered: dict[str, Placed] = {}
    left = dict(rows)
    while left:
        ready = [code for code, each in left.items() if each.parent_code not in left]
        ordered |= {code: left.pop(code) for code in ready}
    return tuple(ordered.values())
