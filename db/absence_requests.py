"""Absences that people ask for: asked -> approved | declined | cancelled; an approved one can be cancelled too.

What is approved is recorded in db/absences.py. Reason and note are sealed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from db.engine import Row, Tx, Value
from db.errors import Unavailable
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.receipts import BUSY, TRIES, new_code
from db.sealed import Seal
from db.two_clocks import hold, with_clocks
from policy.model import AbsenceKind, Part

State = Literal["asked", "approved", "declined", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody asks for; both days included, `part` for half of each."""

    kind: AbsenceKind
    first: date
    last: date
    part: Part | None = None
    letter: str | None = None
    file_id: str | None = None
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request as it stands; `code` is for the receipt."""

    id: str
    person_id: str
    code: str
    wanted: Wanted
    state: State
    asked_at: datetime
    decided_by: str | None
    note: str | None = field(repr=False)


_COLUMNS = (
    "q.id, q.person_id, q.code, q.kind, q.part, q.valid_from, q.valid_until, q.letter, q.file_id, q.reason,"
    " q.state, q.asked_at, q.decided_by, q.note"
)
_INSERT = """
INSERT INTO absence_requests (id, person_id, code, kind, part, valid_from, valid_until, letter, file_id, reason,
  state, asked_at)
VALUES (:id, :person_id, :code, :kind, :part, :first, :last, :letter, :file_id, :reason, 'asked', :now)
ON CONFLICT DO NOTHING
"""
_MEETING = f"""
SELECT {_COLUMNS} FROM absence_requests q WHERE q.person_id = :person_id AND q.state = 'asked'
AND q.valid_from <= :last AND q.valid_until >= :first ORDER BY q.valid_from, q.id
"""
_STANDING = f"""
SELECT {_COLUMNS} FROM absence_requests q WHERE q.person_id = :person_id AND q.state IN ('asked', 'approved')
AND q.valid_until >= :on ORDER BY q.valid_from, q.id
"""
_OF_SUBORDINATES = with_clocks(f"""
SELECT {_COLUMNS} FROM absence_requests q
JOIN superiors s ON s.person_id = q.person_id AND s.superior_id = :superior_id AND HOLDS(s)
WHERE q.state = 'asked' ORDER BY q.asked_at, q.id
""")
_WITHOUT_SUPERIOR = with_clocks(f"""
SELECT {_COLUMNS} FROM absence_requests q WHERE q.state = 'asked' AND NOT EXISTS (
  SELECT 1 FROM superiors s JOIN people p ON p.id = s.superior_id AND (p.left_at IS NULL OR p.left_at > :known)
  WHERE s.person_id = q.person_id AND HOLDS(s)
) ORDER BY q.asked_at, q.id
""")


async def ask(tx: Tx, seal: Seal, *, person_id: str, wanted: Wanted, now: datetime) -> Request:
    """Store a request. Hold the person (`lock`) and look what it meets first, in the same transaction."""
    for _ in range(TRIES):
        key, code = new_id(), new_code("I")
        row: dict[str, Value] = {
            "kind": wanted.kind.value,
            "part": wanted.part and wanted.part.value,
            "first": wanted.first.isoformat(),
            "last": wanted.last.isoformat(),
            "letter": wanted.letter,
            "file_id": wanted.file_id,
            "reason": _closed(seal, wanted.reason, place=_reason(key)),
        }
        added = await tx.run(_INSERT, id=key, code=code, person_id=person_id, now=to_micros(now), **row)
        if added:  # else, hardly ever, the code was taken
            return Request(
                id=key,
                person_id=person_id,
                code=code,
                wanted=wanted,
                state="asked",
                asked_at=now,
                decided_by=None,
                note=None,
            )
    raise Unavailable(BUSY)


async def lock(tx: Tx, *, person_id: str) -> None:
    """Let nobody else ask or be excused for this person until the transaction ends."""
    await hold(tx, "people", key=person_id)


async def meeting(tx: Tx, seal: Seal, *, person_id: str, first: date, last: date) -> list[Request]:
    """Return the person's undecided requests that meet these days."""
    span: dict[str, Value] = {"first": first.isoformat(), "last": last.isoformat()}
    return [_request(seal, row) for row in await tx.all(_MEETING, person_id=person_id, **span)]


async def standing(tx: Tx, seal: Seal, *, person_id: str, on: date) -> list[Request]:
    """Return what a person asked for that is undecided or approved, and not over on that day."""
    rows = await tx.all(_STANDING, person_id=person_id, on=on.isoformat())
    return [_request(seal, row) for row in rows]


async def of_subordinates(tx: Tx, seal: Seal, *, superior_id: str, on: date, now: datetime) -> list[Request]:
    """Return the undecided requests of everybody whose direct superior this is, the oldest first."""
    rows = await tx.all(_OF_SUBORDINATES, superior_id=superior_id, on=on.isoformat(), known=to_micros(now))
    return [_request(seal, row) for row in rows]


async def without_superior(tx: Tx, seal: Seal, *, on: date, now: datetime) -> list[Request]:
    """Return the undecided requests of those who have no direct superior at work: heads, mostly."""
    rows = await tx.all(_WITHOUT_SUPERIOR, on=on.isoformat(), known=to_micros(now))
    return [_request(seal, row) for row in rows]


async def by_id(tx: Tx, seal: Seal, *, request_id: str) -> Request | None:
    """Return a request as it stands."""
    row = await tx.one(f"SELECT {_COLUMNS} FROM absence_requests q WHERE q.id = :id", id=request_id)
    return _request(seal, row) if row else None


async def decide(
    tx: Tx,
    seal: Seal,
    *,
    request: Request,
    state: Literal["approved", "declined"],
    by: str,
    now: datetime,
    note: str | None = None,
) -> bool:
    """Approve or decline an undecided request. False if it was decided or cancelled before."""
    touched = await tx.run(
        "UPDATE absence_requests SET state = :state, decided_by = :by, decided_at = :now, note = :note"
        " WHERE id = :id AND state = 'asked'",
        id=request.id,
        state=state,
        by=by,
        now=to_micros(now),
        note=_closed(seal, note, place=_note(request.id)),
    )
    return touched > 0


async def cancel(tx: Tx, *, request: Request) -> bool:
    """Cancel the whole of a request as it was read. False if it stands otherwise by now."""
    touched = await tx.run(
        "UPDATE absence_requests SET state = 'cancelled'"
        " WHERE id = :id AND state = :was AND valid_until = :until",
        id=request.id,
        was=request.state,
        until=request.wanted.last.isoformat(),
    )
    return touched > 0


async def shorten(tx: Tx, *, request: Request, last: date) -> bool:
    """Let an approved request end on `last`. False if it stands otherwise by now."""
    touched = await tx.run(
        "UPDATE absence_requests SET valid_until = :last"
        " WHERE id = :id AND state = 'approved' AND valid_until = :until",
        id=request.id,
        last=last.isoformat(),
        until=request.wanted.last.isoformat(),
    )
    return touched > 0


async def attach(tx: Tx, *, request_id: str, letter: str | None, file_id: str | None) -> bool:
    """Add the letter that came later, its number or its file. False if the request does not stand any more."""
    touched = await tx.run(
        "UPDATE absence_requests SET letter = COALESCE(:letter, letter), file_id = COALESCE(:file_id, file_id)"
        " WHERE id = :id AND state IN ('asked', 'approved')",
        id=request_id,
        letter=letter,
        file_id=file_id,
    )
    return touched > 0


def _request(seal: Seal, row: Row) -> Request:
    key = row["id"]
    wanted = Wanted(
        kind=AbsenceKind(row["kind"]),
        first=date.fromisoformat(row["valid_from"]),
        last=date.fromisoformat(row["valid_until"]),
        part=Part(row["part"]) if row["part"] else None,
        letter=row["letter"],
        file_id=row["file_id"],
        reason=_opened(seal, row["reason"], place=_reason(key)),
    )
    return Request(
        id=key,
        person_id=row["person_id"],
        code=row["code"],
        wanted=wanted,
        state=row["state"],
        asked_at=from_micros(row["asked_at"]),
        decided_by=row["decided_by"],
        note=_opened(seal, row["note"], place=_note(key)),
    )


def _closed(seal: Seal, words: str | None, *, place: str) -> bytes | None:
    return seal.close(words, place=place) if words else None


def _opened(seal: Seal, sealed: bytes | None, *, place: str) -> str | None:
    return str(seal.open(sealed, place=place)) if sealed else None


def _reason(key: str) -> str:
    return f"absence_requests.reason:{key}"


def _note(key: str) -> str:
    return f"absence_requests.note:{key}"
