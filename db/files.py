"""Files of people and for people: evidence, letters, documents made. Their bytes are sealed, their hash is not.

wanted -> kept | refused (too large, of a kind we do not take, gone at the platform); made: by us, for somebody.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from db.engine import Tx
from db.ids import new_id
from db.moments import to_micros
from db.sealed import Seal

Kind = Literal["evidence", "letter", "document"]
State = Literal["wanted", "kept", "refused", "made"]


@dataclass(frozen=True, kw_only=True)
class File:
    """What is known of a file; `size` in bytes. `type` is the MIME type found in the bytes, never the one told."""

    id: str
    person_id: str | None
    kind: Kind
    name: str
    state: State
    type: str | None = None
    size: int | None = None
    sha256: str | None = None
    refused_because: str | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """A file with its bytes."""

    name: str
    type: str
    body: bytes = field(repr=False)


async def want(tx: Tx, *, person_id: str, kind: Kind, name: str, now: datetime) -> str:
    """Note that somebody handed in a file that is still to be fetched; return its key."""
    key = new_id()
    await tx.run(
        "INSERT INTO files (id, person_id, kind, name, state, created_at)"
        " VALUES (:id, :person_id, :kind, :name, 'wanted', :now)",
        id=key,
        person_id=person_id,
        kind=kind,
        name=name,
        now=to_micros(now),
    )
    return key


async def keep(tx: Tx, seal: Seal, *, file_id: str, type: str, body: bytes, now: datetime) -> None:
    """Store the bytes of a file that was wanted."""
    await tx.run(
        "UPDATE files SET state = 'kept', type = :type, size = :size, sha256 = :sha256, body = :body,"
        " ended_at = :now WHERE id = :id AND state = 'wanted'",
        id=file_id,
        type=type,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        body=seal.close_bytes(body, place=_place(file_id)),
        now=to_micros(now),
    )


async def refuse(tx: Tx, *, file_id: str, because: str, now: datetime) -> None:
    """Note why a wanted file was not taken; `because` is a word of ours: too_large, type, gone."""
    await tx.run(
        "UPDATE files SET state = 'refused', refused_because = :because, ended_at = :now"
        " WHERE id = :id AND state = 'wanted'",
        id=file_id,
        because=because,
        now=to_micros(now),
    )


async def add_made(
    tx: Tx, seal: Seal, *, person_id: str, name: str, type: str, body: bytes, now: datetime
) -> str:
    """Store a document that was made for somebody; return its key."""
    key = new_id()
    await tx.run(
        "INSERT INTO files (id, person_id, kind, name, type, size, sha256, body, state, created_at, ended_at)"
        " VALUES (:id, :person_id, 'document', :name, :type, :size, :sha256, :body, 'made', :now, :now)",
        id=key,
        person_id=person_id,
        name=name,
        type=type,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        body=seal.close_bytes(body, place=_place(key)),
        now=to_micros(now),
    )
    return key


async def of(tx: Tx, *, file_id: str) -> File | None:
    """Return what is known of a file, without its bytes."""
    row = await tx.one(
        "SELECT id, person_id, kind, name, type, size, sha256, state, refused_because FROM files WHERE id = :id",
        id=file_id,
    )
    return File(**dict(row)) if row else None


async def named(tx: Tx, *, ids: Sequence[str]) -> dict[str, File]:
    """Return what is known of these files, by their keys."""
    found = [await of(tx, file_id=file_id) for file_id in dict.fromkeys(ids)]
    return {file.id: file for file in found if file}


async def content(tx: Tx, seal: Seal, *, file_id: str) -> Content | None:
    """Return a file with its bytes, or None while there are none. Raises CannotOpen."""
    row = await tx.one("SELECT name, type, body FROM files WHERE id = :id AND body IS NOT NULL", id=file_id)
    if row is None:
        return None
    return Content(
        name=row["name"], type=row["type"], body=seal.open_bytes(row["body"], place=_place(file_id))
    )


async def forget_made(tx: Tx, *, before: datetime) -> int:
    """Erase the bytes of documents made before then: they can be made again, and their hash stays; return how many."""
    return await tx.run(
        "UPDATE files SET body = NULL WHERE state = 'made' AND body IS NOT NULL AND created_at < :before",
        before=to_micros(before),
    )


def _place(key: str) -> str:
    return f"files.body:{key}"
