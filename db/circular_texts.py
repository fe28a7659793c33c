"""Circulars that an agency added without a release: their texts, each version kept for ever as it was added.

A version is known as `name@2`. It never changes: a corrected text is the next version.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from db.engine import Row, Tx
from db.errors import Refused
from db.moments import from_micros, to_micros
from policy.book import Book
from policy.loader import LoaderError, parse_text

_ID = re.compile(r"(.+)@(\d+)")
_COLUMNS = "id, name, version, body, sha256, recorded_at, recorded_by"


@dataclass(frozen=True, kw_only=True)
class Text:
    """One version of a circular's YAML, and who added it when."""

    id: str
    name: str
    version: int
    body: str
    sha256: str
    recorded_at: datetime
    recorded_by: str


async def add(tx: Tx, *, name: str, body: str, by: str, now: datetime) -> tuple[Text, bool]:
    """Keep a text as the newest version of `name`; return it, and whether it is new.

    The very text that is the newest already is not kept twice. The caller has checked it.
    """
    digest = hashlib.sha256(body.encode()).hexdigest()
    if tx.dialect == "postgresql":  # SQLite's writer holds everything already
        await tx.one("SELECT pg_advisory_xact_lock(hashtext(:name))", name=f"circular_texts {name}")
    before = await newest(tx, name=name)
    if before is not None and before.sha256 == digest:
        return before, False
    version = before.version + 1 if before else 1
    text = Text(
        id=f"{name}@{version}",
        name=name,
        version=version,
        body=body,
        sha256=digest,
        recorded_at=now,
        recorded_by=by,
    )
    await tx.run(
        f"INSERT INTO circular_texts ({_COLUMNS})"
        " VALUES (:id, :name, :version, :body, :sha256, :recorded_at, :recorded_by)",
        **{**vars(text), "recorded_at": to_micros(now)},
    )
    return text, True


async def newest(tx: Tx, *, name: str) -> Text | None:
    """Return the newest version of a name, or None if nobody added one."""
    row = await tx.one(
        f"SELECT {_COLUMNS} FROM circular_texts WHERE name = :name ORDER BY version DESC LIMIT 1", name=name
    )
    return _text(row) if row else None


async def by_id(tx: Tx, *, text_id: str) -> Text | None:
    """Return one version, or None if there is none with this id."""
    row = await tx.one(f"SELECT {_COLUMNS} FROM circular_texts WHERE id = :id", id=text_id)
    return _text(row) if row else None


async def all_texts(tx: Tx) -> list[Text]:
    """Return every version of every name, in the order of names and versions."""
    rows = await tx.all(f"SELECT {_COLUMNS} FROM circular_texts ORDER BY name, version")
    return [_text(row) for row in rows]


async def bring(tx: Tx, book: Book, ids: Iterable[str]) -> None:
    """Read into the book whichever of these circulars it does not hold and somebody added; others stay unknown.

    Raises Refused if one of them can be read no more: to leave it out would tell people something else.
    """
    for text_id in ids:
        if book.circular(text_id) is not None or not _ID.fullmatch(text_id):
            continue
        text = await by_id(tx, text_id=text_id)
        if text is not None:
            try:
                book.added[text_id] = parse_text(text.body, circular_id=text_id)
            except LoaderError as problem:
                raise Refused(
                    f"Circular {text_id} is switched on, but this release cannot read it: {problem}"
                ) from problem


def _text(row: Row) -> Text:
    return Text(**{**dict(row), "recorded_at": from_micros(row["recorded_at"])})
