"""Which circulars bind whom from a day on; the shipped ones, and those that an agency adds without a release."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from db import adoptions, audit, changes, circular_texts
from db.changes import ChangeKind
from db.circular_texts import Text
from db.engine import Tx
from db.units import Unit
from handlers.admin.finding import meant, unit_named
from handlers.admin.refusal import AdminRefused
from policy.book import Book
from policy.format.strict_yaml import text_of
from policy.loader import examine_files
from policy.model import Circular
from policy.numbers import normalised

_NAME = re.compile(r"[a-z0-9][a-z0-9.\-]{0,60}")


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """A circular switched on: for which unit, and which of its own versions give way there."""

    circular: Circular
    unit: Unit
    instead_of: tuple[str, ...]


def checked(path: Path, book: Book) -> tuple[Circular, str]:
    """Return the circular in a file, with its text, as sound as a shipped one. Raises AdminRefused.

    It takes a moment: run it outside a transaction.
    """
    name = path.stem
    if not _NAME.fullmatch(name):
        raise AdminRefused(
            f"The name of the file becomes the circular's: {name} may have small letters, digits, `-` and `.` only."
        )
    if name in book.circulars:
        raise AdminRefused(
            f"This release has a circular {name} itself. Name the file otherwise, such as {name}-kami.yaml."
        )
    (examined,) = examine_files([path])
    if examined.circular is None or examined.problems:
        found = "\n".join(str(problem) for problem in examined.problems)
        raise AdminRefused(f"Nothing was added; mend the file first:\n{found}")
    return examined.circular, text_of(path)


async def add(tx: Tx, *, name: str, body: str, by: str, now: datetime) -> tuple[Text, bool]:
    """Keep a checked text as the newest version of `name`; return it, and whether it is new."""
    text, is_new = await circular_texts.add(tx, name=name, body=body, by=by, now=now)
    if is_new:
        detail = {"sha256": text.sha256, "bytes": len(body.encode())}
        await audit.note(tx, actor=by, action="circular_added", subject=text.id, detail=detail, now=now)
    return text, is_new


async def adopt(
    tx: Tx, book: Book, *, circular: str, unit_code: str, valid_from: date, by: str, now: datetime
) -> Adopted:
    """Switch a circular on for a unit and all below it, from a day on. Raises AdminRefused.

    Of an added one, the name means its newest version; an older version gives way to it where it stands.
    """
    unit, known = await unit_named(tx, unit_code), await circular_named(tx, book, circular)
    older = [each for each in await _versions(tx, known.id) if each != known.id]
    instead_of = []
    for each in older:
        if await adoptions.drop(tx, circular=each, unit_code=unit_code, first=valid_from, by=by, now=now):
            instead_of.append(each)
    await adoptions.adopt(tx, circular=known.id, unit_code=unit_code, valid_from=valid_from, by=by, now=now)
    detail = {"circular": known.id, "from": valid_from.isoformat(), "instead_of": instead_of}
    await audit.note(tx, actor=by, action="circular_adopted", subject=unit_code, detail=detail, now=now)
    await _note(tx, unit_code, valid_from, by=by, now=now)
    return Adopted(circular=known, unit=unit, instead_of=tuple(instead_of))


async def stop(
    tx: Tx, book: Book, *, circular: str, unit_code: str, first: date, by: str, now: datetime
) -> Unit:
    """Switch a circular off for a unit, from a day on. Raises AdminRefused if it was not on for that very unit."""
    unit = await unit_named(tx, unit_code)
    shipped = _numbered(book, circular)
    wanted = circular if shipped is None else shipped.id
    meant_too = [wanted] if "@" in wanted else [wanted, *await _versions(tx, f"{wanted}@1")]
    stopped = [
        each
        for each in meant_too
        if await adoptions.drop(tx, circular=each, unit_code=unit_code, first=first, by=by, now=now)
    ]
    if not stopped:
        raise AdminRefused(
            f"{circular} was not switched on for {unit_code} itself; `piket circular list` shows where it is."
        )
    detail = {"circular": stopped[0], "from": first.isoformat()}
    await audit.note(tx, actor=by, action="circular_stopped", subject=unit_code, detail=detail, now=now)
    await _note(tx, unit_code, first, by=by, now=now)
    return unit


async def circular_named(tx: Tx, book: Book, circular: str) -> Circular:
    """Return the circular that this id, name or printed number means. Raises AdminRefused that offers the closest."""
    text = None if "@" in circular else await circular_texts.newest(tx, name=circular)
    wanted = text.id if text is not None else circular
    await circular_texts.bring(tx, book, [wanted])
    found = book.circular(wanted) or _numbered(book, circular)
    if found is None:
        added = [text.name for text in await circular_texts.all_texts(tx)]
        hint = meant(circular, [*book.circulars, *added], "`piket circular list`")
        raise AdminRefused(f"There is no circular {circular}.{hint}")
    return found


def _numbered(book: Book, number: str) -> Circular | None:
    """The shipped circular of this number, whichever slash the press has lost or doubled."""
    wanted = normalised(number)
    return next((each for each in book.circulars.values() if normalised(each.number) == wanted), None)


async def _versions(tx: Tx, circular_id: str) -> list[str]:
    """The ids of all versions of an added circular; none for a shipped one."""
    name, sign, _ = circular_id.rpartition("@")
    return [text.id for text in await circular_texts.all_texts(tx) if sign and text.name == name]


async def _note(tx: Tx, unit_code: str, first: date, *, by: str, now: datetime) -> None:
    await changes.note(tx, kind=ChangeKind.CIRCULAR, subject=unit_code, first_day=first, by=by, now=now)
