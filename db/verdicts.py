"""The verdicts that people were told: kept sealed as they were told, never rewritten, only superseded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from db.engine import Row, Tx, Value
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.sealed import Seal
from db.two_clocks import hold, hold_many
from policy.verdict import Verdict

_TOLD = """
SELECT id, body FROM verdicts
WHERE person_id = :person_id AND on_date = :on AND told_at <= :known
  AND (superseded_at IS NULL OR superseded_at > :known)
ORDER BY told_at DESC, id DESC LIMIT 1
"""
_STANDING = """
SELECT id, body FROM verdicts WHERE person_id = :person_id AND on_date = :on AND superseded_at IS NULL
ORDER BY told_at DESC, id DESC LIMIT 1
"""
_VERSIONS = """
SELECT id, body, told_at, superseded_at, superseded_because FROM verdicts
WHERE person_id = :person_id AND on_date = :on ORDER BY told_at, id
"""
_SUPERSEDE = """
UPDATE verdicts SET superseded_at = :now, superseded_because = :because
WHERE person_id = :person_id AND on_date = :on AND superseded_at IS NULL
"""
_INSERT = """
INSERT INTO verdicts (id, person_id, on_date, body, told_at) VALUES (:id, :person_id, :on, :body, :now)
"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a person was told of a day at a moment; None for the end and its reason while it stands."""

    verdict: Verdict
    told_at: datetime
    superseded_at: datetime | None
    because: str | None

    def stood_at(self, moment: datetime) -> bool:
        """Whether it was the last word at that moment."""
        return self.told_at <= moment and (self.superseded_at is None or moment < self.superseded_at)


async def tell(tx: Tx, seal: Seal, *, person_id: str, on: date, verdict: Verdict, now: datetime) -> None:
    """Keep what a person is being told. If they were told the same before, that stands, and no more."""
    if _is_same(await _standing(tx, seal, person_id=person_id, on=on), verdict):
        return
    await hold(tx, "people", key=person_id)
    before = await _standing(
        tx, seal, person_id=person_id, on=on
    )  # another process may have told it meanwhile
    if _is_same(before, verdict):
        return
    if before is not None:
        because = _change(before, verdict)
        await tx.run(_SUPERSEDE, now=to_micros(now), because=because, person_id=person_id, on=on.isoformat())
    await tx.run(_INSERT, **_row(seal, person_id, verdict, now=now))


async def tell_many(
    tx: Tx,
    seal: Seal,
    *,
    on: date,
    verdicts: Mapping[str, Verdict],
    because: Mapping[str, str],
    now: datetime,
) -> frozenset[str]:
    """Keep what each of these people (by id) is being told for that day; return those to whom it is new.

    `because` says, for those of whom anybody may know it, what caused the change. A hundred at a time or so.
    """
    await hold_many(tx, "people", keys=sorted(verdicts))
    before = await standing(tx, seal, people=list(verdicts), on=on)
    new = {person: each for person, each in verdicts.items() if not _is_same(before.get(person), each)}
    given_way = [
        {"because": _because(before[person], each, because.get(person)), "person_id": person}
        for person, each in new.items()
        if person in before
    ]
    when: dict[str, Value] = {"on": on.isoformat(), "now": to_micros(now)}
    await tx.run_many(_SUPERSEDE, [{**each, **when} for each in given_way])
    await tx.run_many(_INSERT, [_row(seal, person, each, now=now) for person, each in new.items()])
    return frozenset(new)


async def untold(tx: Tx, seal: Seal, *, on: date, verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """Return those of these verdicts, by person, that are other than what each was last told for that day.

    They are compared as they are written, which is quick; one written in an older form counts as another.
    """
    told = {
        row["person_id"]: seal.open(row["body"], place=_place(row["id"]))
        for row in await _standing_rows(tx, people=list(verdicts), on=on)
    }
    return {person: each for person, each in verdicts.items() if not _is_written(told.get(person), each)}


async def standing(tx: Tx, seal: Seal, *, people: Sequence[str], on: date) -> dict[str, Verdict]:
    """Return what each of these people was last told for that day; those who were told nothing are not in it."""
    rows = await _standing_rows(tx, people=people, on=on)
    return {row["person_id"]: told_from(seal, row) for row in rows}


async def _standing_rows(tx: Tx, *, people: Sequence[str], on: date) -> Sequence[Row]:
    if not people:
        return ()
    ids: dict[str, Value] = {f"p{number}": person for number, person in enumerate(people)}
    return await tx.all(
        "SELECT id, person_id, body FROM verdicts WHERE on_date = :on AND superseded_at IS NULL"
        f" AND person_id IN ({', '.join(f':{name}' for name in ids)}) ORDER BY told_at, id",
        on=on.isoformat(),
        **ids,
    )


async def told(tx: Tx, seal: Seal, *, person_id: str, on: date, as_known_at: datetime) -> Verdict | None:
    """Return what the person had last been told for that day at that moment, or None if nothing yet."""
    row = await tx.one(_TOLD, person_id=person_id, on=on.isoformat(), known=to_micros(as_known_at))
    return _verdict(seal, row)


async def versions(tx: Tx, seal: Seal, *, person_id: str, on: date) -> list[Told]:
    """Return everything that the person was ever told of that day, the first first."""
    rows = await tx.all(_VERSIONS, person_id=person_id, on=on.isoformat())
    return [
        Told(
            verdict=told_from(seal, row),
            told_at=from_micros(row["told_at"]),
            superseded_at=from_micros(row["superseded_at"]) if row["superseded_at"] is not None else None,
            because=row["superseded_because"],
        )
        for row in rows
    ]


async def _standing(tx: Tx, seal: Seal, *, person_id: str, on: date) -> Verdict | None:
    return _verdict(seal, await tx.one(_STANDING, person_id=person_id, on=on.isoformat()))


def _verdict(seal: Seal, row: Row | None) -> Verdict | None:
    return told_from(seal, row) if row is not None else None


def told_from(seal: Seal, row: Row) -> Verdict:
    """Return the verdict in a row of `verdicts` (id, body), as it was told."""
    return Verdict.from_json(seal.open(row["body"], place=_place(row["id"])))


def _is_same(before: Verdict | None, verdict: Verdict) -> bool:
    return before is not None and replace(before, as_of=verdict.as_of) == verdict


def _is_written(told: Mapping[str, object] | None, verdict: Verdict) -> bool:
    wanted = verdict.to_json()
    return told is not None and {**told, "as_of": wanted["as_of"]} == wanted


def _change(before: Verdict, verdict: Verdict) -> str:
    """Say what changed in words that anybody may read: never why."""
    if before.arrangement != verdict.arrangement:
        return "another arrangement"
    return "the same arrangement, other reasons"


def _because(before: Verdict, verdict: Verdict, cause: str | None) -> str:
    return f"{_change(before, verdict)}: {cause}" if cause else _change(before, verdict)


def _row(seal: Seal, person_id: str, verdict: Verdict, *, now: datetime) -> dict[str, Value]:
    key = new_id()
    return {
        "id": key,
        "person_id": person_id,
        "on": verdict.on.isoformat(),
        "body": seal.close(verdict.to_json(), place=_place(key)),
        "now": to_micros(now),
    }


def _place(verdict_id: str) -> str:
    return f"verdicts.body:{verdict_id}"
