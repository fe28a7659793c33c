"""What can be wrong between people: numbers used twice, superiors that do not exist or circle, two heads."""

from collections import defaultdict
from collections.abc import Mapping

from handlers.admin.importing.circles import circles
from handlers.admin.importing.columns import Column, Kind, closest
from handlers.admin.importing.rows import Content, PersonRow
from handlers.admin.importing.standing import Standing
from handlers.admin.importing.values import Findings
from policy.nip import grouped


def check_people(content: Content, known: Standing) -> None:
    """Add to the content's findings what is wrong between its people, and with those known before."""
    rows = {row.nip: row for row in content.people if row.nip}
    _numbers_used_twice(content)
    _people_without_number(content)
    _superiors(content, rows, known)
    _heads(content.people, content.findings)
    _shared_phones(content)


def _numbers_used_twice(content: Content) -> None:
    first: dict[str, str] = {}
    for row in content.people:
        where = row.record.where(Column.NIP)
        if row.nip and first.setdefault(row.nip, where) != where:
            content.findings.wrong(where, f"The NIP {grouped(row.nip)} stands also in {first[row.nip]}.")


def _people_without_number(content: Content) -> None:
    first: dict[tuple[str, str], str] = {}
    for row in content.people:
        who = (row.name.casefold(), row.phone or row.unit_code)
        where = row.record.where(Column.NAME)
        if not row.nip and first.setdefault(who, where) != where:
            content.findings.wrong(
                where, f"{row.name} stands also in {first[who]}. Without a NIP nobody can tell them apart."
            )


def _superiors(content: Content, rows: Mapping[str, PersonRow], known: Standing) -> None:
    findings = content.findings
    above: dict[str, str | None] = {}
    for member in known.members.values():
        superior = known.members.get(member.superior_id or "")
        if member.nip and member.is_active and superior is not None:
            above[member.nip] = superior.nip
    if Column.SUPERIOR not in content.columns.get(Kind.PEOPLE, ()):
        return
    for row in content.people:
        where, superior_nip = row.record.where(Column.SUPERIOR), row.superior_nip
        if row.nip:
            above[row.nip] = superior_nip or None
        if not superior_nip or superior_nip in rows or superior_nip in content.spoilt:
            continue
        before = known.by_nip.get(superior_nip)
        if before is None or not before.is_active:
            meant = closest(superior_nip, list(rows), cutoff=0.9)
            hint = f" Did you mean {grouped(meant)}?" if meant else ""
            findings.wrong(where, f"Nobody here has the NIP {grouped(superior_nip)}.{hint}")
    for circle in circles(above):
        _say_circle(circle, rows, findings)


def _say_circle(circle: list[str], rows: Mapping[str, PersonRow], findings: Findings) -> None:
    row = next((rows[nip] for nip in circle if nip in rows), None)
    where = row.record.where(Column.SUPERIOR) if row else "database"
    if len(circle) == 1:
        findings.wrong(where, "Nobody is their own superior. Leave `nip_atasan` empty, or name another.")
        return
    names = [rows[nip].name if nip in rows else grouped(nip) for nip in [*circle, circle[0]]]
    findings.wrong(where, f"Superiors of each other in a circle: {' -> '.join(names)}.")


def _heads(people: tuple[PersonRow, ...], findings: Findings) -> None:
    first: dict[str, str] = {}
    for row in people:
        where = row.record.where(Column.HEAD)
        if row.is_head and first.setdefault(row.unit_code, where) != where:
            findings.wrong(where, f"The unit {row.unit_code} has another head in {first[row.unit_code]}.")


def _shared_phones(content: Content) -> None:
    """A family may share a telephone; then none of them can prove who they are by it."""
    by_phone: dict[str, list[PersonRow]] = defaultdict(list)
    for row in content.people:
        if row.phone:
            by_phone[row.phone].append(row)
    for rows in by_phone.values():
        if len(rows) > 1:
            places = ", ".join(row.record.where(Column.PHONE) for row in rows)
            content.findings.notes.append(
                f"The same phone number stands in {places}: these people need a code to link."
            )
