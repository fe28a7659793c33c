"""Units and regions as they would stand after the import, and what is wrong with that."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.regions import Region
from db.units import Unit
from handlers.admin.importing.circles import circles
from handlers.admin.importing.columns import Column, closest, plain
from handlers.admin.importing.rows import Content, Spoken
from handlers.admin.importing.standing import Standing
from handlers.admin.importing.values import Findings
from policy.words import AgencyKind

_AGENCY_KINDS = {plain(kind): kind.value for kind in AgencyKind}
BELOW_AN_AGENCY = "unit"


@dataclass(frozen=True)
class Tree:
    """All units and regions, those of the file and those known before."""

    units: Mapping[str, Unit]
    regions: Mapping[str, Region]

    def agency(self, unit_code: str) -> str:
        """The code of the agency over a unit, in a tree without circles."""
        code, seen = unit_code, {unit_code}
        while (
            (above := self.units[code].parent_code) in self.units and above is not None and above not in seen
        ):
            seen.add(above)
            code = above
        return code


def tree_of(content: Content, known: Standing) -> Tree:
    """Return the tree after the import; problems are added to the content's findings."""
    findings = content.findings
    regions = dict(known.regions)
    for code, spoken in content.regions.items():
        regions[code] = _region(spoken, regions.get(code), set(content.regions) | set(known.regions))
    _check_regions(content, regions, findings)
    units = dict(known.units)
    for code, spoken in content.units.items():
        units[code] = _unit(spoken, units.get(code))
    _check_parents(content, units, findings)
    if not findings.problems:
        _give_regions(content, units, regions, findings)
    return Tree(units, regions)


def _region(spoken: Spoken, before: Region | None, codes: set[str]) -> Region:
    name = spoken.get(Column.REGION) or (before.name if before else "")
    parent = spoken.get(Column.REGION_PARENT) or (before.parent_code if before else None)
    if parent is None and spoken.code.rpartition(".")[0] in codes:
        parent = spoken.code.rpartition(".")[0]  # the codes of the interior ministry: 18.71 lies in 18
    return Region(
        code=spoken.code,
        name=name,
        kind=spoken.get(Column.REGION_KIND) or (before.kind if before else _region_kind(name, parent)),
        parent_code=parent,
        timezone=spoken.get(Column.TIMEZONE) or (before.timezone if before else ""),
    )


def _region_kind(name: str, parent: str | None) -> str:
    first = name.casefold().partition(" ")[0]
    return first if first in ("kota", "kabupaten", "provinsi") else "kabupaten" if parent else "provinsi"


def _check_regions(content: Content, regions: dict[str, Region], findings: Findings) -> None:
    for circle in circles({code: region.parent_code for code, region in regions.items()}):
        findings.wrong(
            _place_of(content.regions, circle, Column.REGION_PARENT), _circle("Regions lie in", circle)
        )
    for code, spoken in content.regions.items():
        region = regions[code]
        if not region.name:
            meant = closest(code, [each for each in regions if regions[each].name])
            hint = f" Did you mean `{meant}`?" if meant else ""
            findings.wrong(
                spoken.where, f"There is no region {code} yet.{hint} A new one needs its name in `wilayah`."
            )
        elif not region.timezone:
            regions[code] = _with_timezone_of_parent(region, regions)
            if not regions[code].timezone:
                findings.wrong(spoken.where, f"The region {code} needs its `zona_waktu`: WIB, WITA or WIT.")
        if region.parent_code is not None and region.parent_code not in regions:
            findings.wrong(spoken.place(Column.REGION_PARENT), f"There is no region {region.parent_code}.")


def _with_timezone_of_parent(region: Region, regions: Mapping[str, Region]) -> Region:
    above = regions.get(region.parent_code or "")
    return Region(**{**vars(region), "timezone": above.timezone if above else ""})


def _unit(spoken: Spoken, before: Unit | None) -> Unit:
    parent = spoken.get(Column.UNIT_PARENT) or (before.parent_code if before else None)
    kind = spoken.get(Column.UNIT_KIND) or (before.kind if before else "")
    return Unit(
        code=spoken.code,
        name=spoken.get(Column.UNIT) or (before.name if before else ""),
        kind=kind or (BELOW_AN_AGENCY if parent else ""),
        parent_code=parent,
        region_code=spoken.get(Column.REGION_CODE) or (before.region_code if before else ""),
        sector=before.sector if before else None,
    )


def _check_parents(content: Content, units: dict[str, Unit], findings: Findings) -> None:
    for circle in circles({code: unit.parent_code for code, unit in units.items()}):
        findings.wrong(
            _place_of(content.units, circle, Column.UNIT_PARENT), _circle("Units stand above", circle)
        )
    for code, spoken in content.units.items():
        unit = units[code]
        if not unit.name:
            meant = closest(code, [each for each in units if units[each].name])
            hint = f" Did you mean `{meant}`?" if meant else ""
            findings.wrong(
                spoken.where, f"There is no unit {code} yet.{hint} A new one needs its name in `unit`."
            )
        elif unit.parent_code is not None and unit.parent_code not in units:
            findings.wrong(spoken.place(Column.UNIT_PARENT), f"There is no unit {unit.parent_code}.")
        elif unit.parent_code is None:
            units[code] = _agency(unit, spoken, findings)


def _agency(unit: Unit, spoken: Spoken, findings: Findings) -> Unit:
    """Nothing stands above it, so it is an agency, and rules ask of what kind."""
    kind = _AGENCY_KINDS.get(plain(unit.kind))
    if kind is None:
        meant = closest(unit.kind, list(AgencyKind)) if unit.kind else None
        offer = f"Did you mean `{meant}`?" if meant else f"Known are: {', '.join(AgencyKind)}."
        findings.wrong(
            spoken.place(Column.UNIT_KIND),
            f"{unit.code} has no unit above it, so it is an agency and needs its kind in `jenis_unit`. {offer} "
            "If it is not an agency, fill in `kode_unit_induk`.",
        )
        return unit
    return Unit(**{**vars(unit), "kind": kind})


def _give_regions(
    content: Content, units: dict[str, Unit], regions: Mapping[str, Region], findings: Findings
) -> None:
    """A unit lies where it says, else where the nearest unit above it lies."""
    for code, spoken in content.units.items():
        at: Unit | None = units[code]
        while at is not None and not at.region_code:
            at = units.get(at.parent_code or "")
        if at is None or at.region_code not in regions:
            findings.wrong(
                spoken.place(Column.REGION_CODE), f"The unit {code} needs its region in `kode_wilayah`."
            )
        else:
            units[code] = Unit(**{**vars(units[code]), "region_code": at.region_code})


def _place_of(spoken: Mapping[str, Spoken], circle: list[str], column: Column) -> str:
    return next((spoken[code].place(column) for code in circle if code in spoken), "database")


def _circle(begin: str, circle: list[str]) -> str:
    return f"{begin} each other in a circle: {' -> '.join([*circle, circle[0]])}."
