"""Importing absences: look at what a file would do, and do it as a whole."""

from dataclasses import dataclass
from datetime import date, datetime

from db import absences, audit, changes, staff
from db.changes import ChangeKind
from db.engine import Tx
from db.staff import Member
from handlers.admin.importing.absence_rows import AbsenceContent, AbsenceRow
from handlers.admin.importing.cells import Problem
from handlers.admin.importing.columns import Column
from handlers.admin.importing.values import Findings
from handlers.admin.refusal import AdminRefused
from policy.model import Absence


class AbsencesRefused(AdminRefused):
    """Nothing was written; the text says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class AbsenceOutlook:
    """What an import would write: who is away and how; with problems, nothing can be written."""

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    new: tuple[tuple[Member, AbsenceRow], ...]
    known: int  # rows that are recorded already, exactly so


async def look_at_absences(tx: Tx, content: AbsenceContent, *, on: date, now: datetime) -> AbsenceOutlook:
    """Return what writing the content would do. Writes nothing."""
    found = Findings(list(content.findings.problems), list(content.findings.notes))
    people = {each.nip: each for each in await staff.members(tx, on=on, now=now) if each.nip}
    new: list[tuple[Member, AbsenceRow]] = []
    known = 0
    for row in content.rows:
        member = people.get(row.nip)
        if member is None or not member.is_active:
            found.wrong(row.record.where(Column.NIP), "Nobody with this NIP works here.")
            continue
        standing = await absences.between(
            tx, person_id=member.id, first=row.first, last=row.last, as_known_at=now
        )
        if _is_same(standing, row):
            known += 1
            continue
        _check(found, row, standing, [other for who, other in new if who.id == member.id])
        new.append((member, row))
    return AbsenceOutlook(
        problems=tuple(found.problems), notes=tuple(found.notes), new=tuple(new), known=known
    )


async def write_absences(tx: Tx, outlook: AbsenceOutlook, *, by: str, now: datetime, file: str) -> None:
    """Write what was looked at, in the same transaction, and an audit row. Raises AbsencesRefused."""
    if outlook.problems:
        raise AbsencesRefused("The file has problems, so nothing of it was imported.")
    for member, row in outlook.new:
        await absences.excuse(
            tx,
            person_id=member.id,
            kind=row.kind,
            part=row.part,
            valid_from=row.first,
            valid_until=row.last,
            letter=row.letter,
            by=by,
            now=now,
        )
        await changes.note(tx, kind=ChangeKind.PERSON, subject=member.id, first_day=row.first, by=by, now=now)
    detail = {"file": file, "new": len(outlook.new), "known": outlook.known}
    await audit.note(tx, actor=by, action="absences_imported", detail=detail, now=now)


def _is_same(standing: list[Absence], row: AbsenceRow) -> bool:
    wanted = Absence(row.kind, since=row.first, until=row.last, part=row.part)
    return standing == [wanted]


def _check(found: Findings, row: AbsenceRow, standing: list[Absence], others: list[AbsenceRow]) -> None:
    """Note what the row meets: an absence that is recorded otherwise, or another row of the file."""
    for each in standing:
        until = f"to {each.until}" if each.until else "on"
        found.wrong(
            row.record.where(Column.FIRST),
            f"An absence of {each.since} {until} is recorded already. Leave those days out, or let it be cancelled.",
        )
    for other in others:
        if other.first <= row.last and row.first <= other.last:
            where = other.record.where(Column.FIRST)
            found.wrong(
                row.record.where(Column.FIRST), f"These days meet those of the same person in {where}."
            )
