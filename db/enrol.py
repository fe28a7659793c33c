"""One-time codes by which somebody proves who they are, and the tries of each chat.

Stored is only a digest, sealed: neither the file nor a row moved to another person is of use without the key.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from db.engine import Row, Tx, locked
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.receipts import ALPHABET, letters
from db.sealed import Seal
from db.two_clocks import hold

MOST_WRONG_TRIES = 5
_NOBODY = "0" * 32
_LIVE = """
SELECT id, digest, expires_at, wrong_tries FROM enrol_codes
WHERE person_id = :person_id AND used_at IS NULL AND burnt_at IS NULL
ORDER BY issued_at DESC, id DESC
"""


async def issue_code(
    tx: Tx,
    seal: Seal,
    *,
    person_id: str,
    issued_by: str,
    now: datetime,
    valid_for: timedelta,
    drawn: str = "",
) -> str:
    """Return a new code such as K7QF-2M9D for a person; their older ones are worth nothing from now on.

    Only a demo gives `drawn`: its codes stand on the page beside the invented people.
    """
    await hold(tx, "people", key=person_id)
    await tx.run(
        "UPDATE enrol_codes SET burnt_at = :now"
        " WHERE person_id = :person_id AND used_at IS NULL AND burnt_at IS NULL",
        now=to_micros(now),
        person_id=person_id,
    )
    code_id, drawn = new_id(), drawn or letters(8)
    await tx.run(
        "INSERT INTO enrol_codes (id, person_id, digest, issued_by, issued_at, expires_at)"
        " VALUES (:id, :person_id, :digest, :issued_by, :now, :expires)",
        id=code_id,
        person_id=person_id,
        digest=seal.close(_digest(drawn, code_id), place=_place(code_id)),
        issued_by=issued_by,
        now=to_micros(now),
        expires=to_micros(now + valid_for),
    )
    return f"{drawn[:4]}-{drawn[4:]}"


async def redeem(tx: Tx, seal: Seal, *, person_id: str | None, code: str, now: datetime) -> bool:
    """Use up a person's code. False, for the same work, if it is wrong, used, late, burnt or nobody's."""
    row = await tx.one(_LIVE + locked(tx), person_id=person_id or _NOBODY)
    matches = _matches(seal, row, code)
    if row is None or row["expires_at"] <= to_micros(now):
        await _count_wrong(tx, code_id=_NOBODY, now=now)
        return False
    if not matches:
        await _count_wrong(tx, code_id=row["id"], now=now)
        return False
    await tx.run("UPDATE enrol_codes SET used_at = :now WHERE id = :id", now=to_micros(now), id=row["id"])
    return True


async def note_try(tx: Tx, *, channel: str, address: str, matched: bool, now: datetime) -> None:
    """Write down that a chat tried to prove somebody."""
    await tx.run(
        "INSERT INTO enrol_tries (id, channel, address, tried_at, matched)"
        " VALUES (:id, :channel, :address, :now, :matched)",
        id=new_id(),
        channel=channel,
        address=address,
        now=to_micros(now),
        matched=int(matched),
    )


async def may_try_again_at(
    tx: Tx, *, channel: str, address: str, most: int, within: timedelta, now: datetime
) -> datetime | None:
    """Return when this chat may try again, or None if it may now: at most `most` vain tries `within` a time."""
    row = await tx.one(
        "SELECT tried_at FROM enrol_tries WHERE channel = :channel AND address = :address"
        " AND tried_at > :since AND matched = 0 ORDER BY tried_at DESC LIMIT 1 OFFSET :before",
        channel=channel,
        address=address,
        since=to_micros(now - within),
        before=most - 1,
    )
    return from_micros(row["tried_at"]) + within if row else None


async def tries_everywhere_since(tx: Tx, *, since: datetime) -> int:
    """Return how often anybody tried in vain since then: many chats may share the guessing."""
    row = await tx.one(
        "SELECT COUNT(*) AS tries FROM enrol_tries WHERE tried_at >= :since AND matched = 0",
        since=to_micros(since),
    )
    return int(row["tries"]) if row else 0


async def _count_wrong(tx: Tx, *, code_id: str, now: datetime) -> None:
    await tx.run(
        "UPDATE enrol_codes SET wrong_tries = wrong_tries + 1,"
        " burnt_at = CASE WHEN wrong_tries + 1 >= :most THEN :now ELSE burnt_at END WHERE id = :id",
        most=MOST_WRONG_TRIES,
        now=to_micros(now),
        id=code_id,
    )


def _matches(seal: Seal, row: Row | None, code: str) -> bool:
    """Compare in the same time whether there is a code or not."""
    code_id = row["id"] if row else _NOBODY
    sealed = row["digest"] if row else seal.close(_digest("", _NOBODY), place=_place(_NOBODY))
    given = _digest("".join(sign for sign in code.upper() if sign in ALPHABET), code_id)
    return hmac.compare_digest(given, str(seal.open(sealed, place=_place(code_id)))) and row is not None


def _digest(code: str, code_id: str) -> str:
    return hmac.new(code_id.encode(), code.encode(), hashlib.sha256).hexdigest()


def _place(code_id: str) -> str:
    return f"enrol_codes.digest:{code_id}"
