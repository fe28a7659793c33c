"""What a file says of people, units and regions, each value checked by itself; several rows may speak of one unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.admin.importing import values
from handlers.admin.importing.columns import Column, Kind, plain
from handlers.admin.importing.records import Record, Records
from handlers.admin.importing.values import Findings
from policy.words import Employment, Function, JobLevel, Zone

_ZONES: Mapping[str, Zone] = {plain(each): each for each in Zone}
_FUNCTIONS: Mapping[str, Function] = {plain(each): each for each in Function}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody as a row has them. `record` gives the addresses for what is found out later."""

    record: Record
    nip: str  # empty: non-ASN
    name: str
    employment: Employment
    position: str
    level: JobLevel
    unit_code: str
    phone: str | None
    superior_nip: str
    is_head: bool
    function: Function | None
    is_strategic: bool | None
    born: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of a unit or region, and where."""

    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """All that the rows say of one unit or region, by column; nothing where every cell is empty."""

    code: str
    where: str
    said: Mapping[Column, Said]

    def get(self, column: Column) -> str:
        return self.said[column].value if column in self.said else ""

    def place(self, column: Column) -> str:
        return self.said[column].where if column in self.said else self.where


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """The colour that a file gives a region; without a day it holds from the day of the import."""

    region_code: str
    zone: Zone
    since: date | None
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole file, as far as it can be checked without the database.

    `spoilt` are the NIPs of rows that are wrong themselves: they are somebody, though nothing more is known of them.
    """

    people: tuple[PersonRow, ...]
    spoilt: frozenset[str]
    units: Mapping[str, Spoken]
    regions: Mapping[str, Spoken]
    zones: tuple[ZoneRow, ...]
    columns: Mapping[Kind, frozenset[Column]]
    findings: Findings

    def has(self, column: Column) -> bool:
        """Whether any sheet has this column, so that an empty cell of it means something."""
        return any(column in columns for columns in self.columns.values())


_UNIT_TEXTS = (Column.UNIT, Column.UNIT_KIND)
_REGION_TEXTS = (Column.REGION, Column.REGION_KIND)


def content_of(records: Records) -> Content:
    """Return what the rows say; problems and notes are in its findings."""
    findings = Findings(list(records.problems), list(records.notes))
    units: dict[str, Spoken] = {}
    regions: dict[str, Spoken] = {}
    people: list[PersonRow] = []
    zones: dict[tuple[str, date | None], ZoneRow] = {}
    spoilt: set[str] = set()
    for record in records.rows:
        region_code = _region(record, regions, findings)
        _zone(record, region_code, zones, findings)
        unit_code = "" if record.kind is Kind.REGIONS else _unit(record, region_code, units, findings)
        person = _person(record, unit_code, findings) if record.kind is Kind.PEOPLE else None
        if person is not None:
            people.append(person)
        elif record.kind is Kind.PEOPLE:
            spoilt.add(values.nip(record, Column.NIP, Findings()))
    return Content(
        people=tuple(people),
        spoilt=frozenset(spoilt),
        units=units,
        regions=regions,
        zones=tuple(zones.values()),
        columns=records.columns,
        findings=findings,
    )


def _person(record: Record, unit_code: str, findings: Findings) -> PersonRow | None:
    before = len(findings.problems)
    employment = values.word(
        record,
        Column.EMPLOYMENT,
        values.EMPLOYMENTS,
        findings,
        offered=tuple(Employment),
        is_needed=True,
    )
    level = values.word(
        record, Column.LEVEL, values.LEVELS, findings, offered=tuple(JobLevel), is_needed=True
    )
    nip = values.nip(record, Column.NIP, findings)
    has_problem = len(findings.problems) > before
    if not nip and not has_problem and employment is not Employment.NON_ASN:
        findings.wrong(record.where(Column.NIP), "The NIP is empty; only non-ASN have none.")
    name = values.text(record, Column.NAME, findings, is_needed=True)
    position = values.text(record, Column.POSITION, findings)
    phone = values.phone(record, findings)
    superior_nip = values.nip(record, Column.SUPERIOR, findings)
    is_head = values.yes(record, Column.HEAD, findings)
    function = values.word(record, Column.FUNCTION, _FUNCTIONS, findings, offered=tuple(Function))
    is_strategic = values.yes_or_no(record, Column.STRATEGIC, findings)
    born = values.birthday(record, nip, findings)
    if len(findings.problems) > before or employment is None or level is None or not unit_code:
        return None
    return PersonRow(
        record=record,
        nip=nip,
        name=name,
        employment=employment,
        position=position,
        level=level,
        unit_code=unit_code,
        phone=phone,
        superior_nip=superior_nip,
        is_head=is_head,
        function=function,
        is_strategic=is_strategic,
        born=born,
    )


def _unit(record: Record, region_code: str, units: dict[str, Spoken], findings: Findings) -> str:
    code = values.code(record, Column.UNIT_CODE, findings, is_needed=True)
    if not code:
        return ""
    said = {column: values.text(record, column, findings) for column in _UNIT_TEXTS}
    said[Column.UNIT_PARENT] = values.code(record, Column.UNIT_PARENT, findings)
    said[Column.REGION_CODE] = region_code
    _hear(units, code, Column.UNIT_CODE, said, record, findings)
    return code


def _region(record: Record, regions: dict[str, Spoken], findings: Findings) -> str:
    code = values.code(record, Column.REGION_CODE, findings, is_needed=record.kind is Kind.REGIONS)
    if not code:
        return ""
    said = {column: values.text(record, column, findings) for column in _REGION_TEXTS}
    said[Column.REGION_PARENT] = values.code(record, Column.REGION_PARENT, findings)
    said[Column.TIMEZONE] = values.timezone(record, findings)
    _hear(regions, code, Column.REGION_CODE, said, record, findings)
    return code


def _hear(
    known: dict[str, Spoken],
    code: str,
    column: Column,
    said: Mapping[Column, str],
    record: Record,
    findings: Findings,
) -> None:
    """Add what a row says to what other rows said; two that differ are a problem, at both addresses."""
    before = known.get(code)
    together = dict(before.said) if before else {}
    for each, value in said.items():
        if not value:
            continue
        earlier = together.setdefault(each, Said(value, record.where(each)))
        if earlier.value != value:
            sentence = f"`{each}` of {code} is `{value}` here and `{earlier.value}` in {earlier.where}."
            findings.wrong(record.where(each), sentence)
    known[code] = Spoken(code, before.where if before else record.where(column), together)


def _zone(
    record: Record,
    region_code: str,
    zones: dict[tuple[str, date | None], ZoneRow],
    findings: Findings,
) -> None:
    zone = values.word(record, Column.ZONE, _ZONES, findings, offered=tuple(Zone))
    since = values.day(record, Column.ZONE_SINCE, findings)
    source = values.text(record, Column.ZONE_SOURCE, findings)
    if zone is None or not region_code:
        return
    earlier = zones.setdefault((region_code, since), ZoneRow(region_code, zone, since, source or None))
    if earlier.zone is not zone:
        findings.wrong(
            record.where(Column.ZONE),
            f"{region_code} is {zone} here and {earlier.zone} above, since the same day.",
        )
