"""Who is named in a periodic report: for which days, what they answered, and whether the head left them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import Row, Tx, Value
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.sealed import Seal
from policy.deadlines import Owed
from policy.nonperformance import MissedDay, Period

AWAY, UNTOLD = "away", "untold"
_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Line:
    """Somebody in a report. All but the names is sealed."""

    id: str
    report_id: str
    person_id: str
    name: str
    nip: str | None
    days: tuple[MissedDay, ...]
    is_settled: bool = False  # by now the rule does not name them any more
    no_chance: str = ""  # away: all the time for an answer; untold: they have no chat that is reached
    told_at: datetime | None = None
    answer: str = ""
    answered_at: datetime | None = None
    left_out: str = ""  # the head's reason for not naming them

    @property
    def is_named(self) -> bool:
        """Whether the report names them to the PyB."""
        return not self.is_settled and not self.left_out


_ALL = (
    "SELECT l.id, l.report_id, l.person_id, l.missed, l.told_at, l.answer, l.answered_at, p.name, p.nip"
    " FROM periodic_lines l JOIN people p ON p.id = l.person_id"
)


async def add(
    tx: Tx, seal: Seal, *, report_id: str, person_id: str, days: Sequence[MissedDay], told_at: datetime | None
) -> str:
    """Name somebody in a report; return the line's key."""
    key = new_id()
    await tx.run(
        "INSERT INTO periodic_lines (id, report_id, person_id, missed, told_at)"
        " VALUES (:id, :report, :person, :missed, :told)",
        id=key,
        report=report_id,
        person=person_id,
        missed=_closed(seal, key, days),
        told=to_micros(told_at) if told_at else None,
    )
    return key


async def of(tx: Tx, seal: Seal, *, report_id: str) -> list[Line]:
    """Return everybody in a report, by name."""
    rows = await tx.all(f"{_ALL} WHERE l.report_id = :id ORDER BY p.name, p.id", id=report_id)
    return [_line(seal, row) for row in rows]


async def by_id(tx: Tx, seal: Seal, *, line_id: str) -> Line | None:
    """Return a line, or None."""
    row = await tx.one(f"{_ALL} WHERE l.id = :id", id=line_id)
    return _line(seal, row) if row else None


async def of_person(tx: Tx, seal: Seal, *, person_id: str, most: int = 5) -> list[Line]:
    """Return the last lines about somebody, the newest first."""
    rows = await tx.all(
        f"{_ALL} JOIN periodic_reports r ON r.id = l.report_id WHERE l.person_id = :person"
        " ORDER BY r.made_at DESC, l.id LIMIT :most",
        person=person_id,
        most=most,
    )
    return [_line(seal, row) for row in rows]


async def named_for(tx: Tx, *, people: Sequence[str], period: Period) -> set[str]:
    """Return whom of these another report of the same days names: a unit may be led anew while reports are made."""
    named: set[str] = set()
    for start in range(0, len(people), _AT_ONCE):
        ids: dict[str, Value] = {f"p{n}": each for n, each in enumerate(people[start : start + _AT_ONCE])}
        rows = await tx.all(
            "SELECT l.person_id FROM periodic_lines l JOIN periodic_reports r ON r.id = l.report_id"
            f" WHERE l.person_id IN ({', '.join(f':{name}' for name in ids)}) AND r.first_day = :first"
            " AND r.last_day = :last",
            first=period.first.isoformat(),
            last=period.last.isoformat(),
            **ids,
        )
        named |= {row["person_id"] for row in rows}
    return named


async def untold(tx: Tx) -> list[str]:
    """Return the lines of those who could not be told while they may answer, and who have a chat by now."""
    rows = await tx.all(
        "SELECT l.id FROM periodic_reports r JOIN periodic_lines l ON l.report_id = r.id"
        " WHERE r.look_at IS NOT NULL AND r.state = 'answering' AND l.told_at IS NULL AND EXISTS (SELECT 1"
        " FROM identities i WHERE i.person_id = l.person_id AND i.unlinked_at IS NULL"
        " AND i.unreachable_since IS NULL)"
    )
    return [row["id"] for row in rows]


async def mark_told(tx: Tx, *, line_id: str, now: datetime) -> None:
    """Write down that somebody was told that they are named."""
    await tx.run("UPDATE periodic_lines SET told_at = :now WHERE id = :id", id=line_id, now=to_micros(now))


async def write(tx: Tx, seal: Seal, line: Line) -> None:
    """Keep what a line says by now of days, reason and chance; what was answered stays as it is."""
    more = {"left_out": line.left_out, "settled": line.is_settled, "no_chance": line.no_chance}
    await tx.run(
        "UPDATE periodic_lines SET missed = :missed WHERE id = :id",
        id=line.id,
        missed=_closed(seal, line.id, line.days, **more),
    )


async def answer(tx: Tx, seal: Seal, line: Line, *, text: str, now: datetime) -> None:
    """Keep somebody's answer in place of the one before."""
    await tx.run(
        "UPDATE periodic_lines SET answer = :answer, answered_at = :now WHERE id = :id",
        id=line.id,
        answer=seal.close({"text": text}, place=f"periodic_lines.answer:{line.id}"),
        now=to_micros(now),
    )


def _closed(seal: Seal, key: str, days: Sequence[MissedDay], **more: Any) -> bytes:
    listed = [[day.on.isoformat(), [kind.value for kind in day.kinds]] for day in days]
    return seal.close({"days": listed, **more}, place=f"periodic_lines.missed:{key}")


def _line(seal: Seal, row: Row) -> Line:
    said = seal.open(row["missed"], place=f"periodic_lines.missed:{row['id']}")
    answered = row["answer"] and seal.open(row["answer"], place=f"periodic_lines.answer:{row['id']}")
    return Line(
        id=row["id"],
        report_id=row["report_id"],
        person_id=row["person_id"],
        name=row["name"],
        nip=row["nip"],
        days=tuple(
            MissedDay(date.fromisoformat(on), tuple(Owed(kind) for kind in kinds))
            for on, kinds in said["days"]
        ),
        is_settled=said.get("settled", False),
        no_chance=said.get("no_chance", ""),
        told_at=None if row["told_at"] is None else from_micros(row["told_at"]),
        answer=answered["text"] if answered else "",
        answered_at=None if row["answered_at"] is None else from_micros(row["answered_at"]),
        left_out=said.get("left_out", ""),
    )
