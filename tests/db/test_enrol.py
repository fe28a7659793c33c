"""One-time codes, tries, and the privacy notice."""

from datetime import datetime, timedelta

from db import enrol, notices
from db.engine import Db
from db.receipts import ALPHABET
from db.sealed import Seal
from tests.db.office import DAY, HOUR

CHAT = {"channel": "telegram", "address": "1001"}


async def issued(db: Db, seal: Seal, person_id: str, now: datetime) -> str:
    async with db.transaction() as tx:
        return await enrol.issue_code(
            tx, seal, person_id=person_id, issued_by="clara", now=now, valid_for=timedelta(days=3)
        )


async def redeemed(db: Db, seal: Seal, person_id: str | None, code: str, now: datetime) -> bool:
    async with db.transaction() as tx:
        return await enrol.redeem(tx, seal, person_id=person_id, code=code, now=now)


async def test_a_code_is_readable_aloud(db: Db, seal: Seal, now: datetime, ids: dict[str, str]) -> None:
    code = await issued(db, seal, ids["ana"], now)
    assert code[4] == "-"
    assert set(code.replace("-", "")) <= set(ALPHABET)
    assert not set("0O1ILU") & set(ALPHABET)


async def test_a_code_works_once_however_it_is_typed(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """Fault A02: used again."""
    code = await issued(db, seal, ids["ana"], now)
    typed = f" {code.lower().replace('-', ' ')} "
    assert await redeemed(db, seal, ids["ana"], typed, now + HOUR)
    assert not await redeemed(db, seal, ids["ana"], code, now + HOUR)


async def test_a_code_is_burnt_after_five_wrong_tries(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """Fault A02: guessed."""
    code = await issued(db, seal, ids["ana"], now)
    for _ in range(enrol.MOST_WRONG_TRIES):
        assert not await redeemed(db, seal, ids["ana"], "2222-2222", now)
    assert not await redeemed(db, seal, ids["ana"], code, now)


async def test_four_wrong_tries_leave_a_code_good(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    code = await issued(db, seal, ids["ana"], now)
    for _ in range(enrol.MOST_WRONG_TRIES - 1):
        assert not await redeemed(db, seal, ids["ana"], "2222-2222", now)
    assert await redeemed(db, seal, ids["ana"], code, now)


async def test_a_code_is_worth_nothing_late_or_to_another_or_after_a_newer_one(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    """Fault A02: after its time, by another person, by nobody known; and an older one."""
    older = await issued(db, seal, ids["ana"], now)
    code = await issued(db, seal, ids["ana"], now)
    assert not await redeemed(db, seal, ids["ana"], code, now + 3 * DAY)
    assert not await redeemed(db, seal, ids["dewi"], code, now)
    assert not await redeemed(db, seal, None, code, now)
    assert not await redeemed(db, seal, ids["ana"], older, now)
    assert await redeemed(db, seal, ids["ana"], code, now)


async def test_no_code_can_be_read_in_the_database(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    code = await issued(db, seal, ids["ana"], now)
    async with db.reading() as tx:
        row = await tx.one("SELECT * FROM enrol_codes")
    stored = repr(dict(row or {}))
    assert code not in stored
    assert code.replace("-", "") not in stored


async def test_only_tries_in_vain_are_counted(db: Db, now: datetime) -> None:
    async with db.transaction() as tx:
        for hours, matched in ((3, False), (1, False), (1, True), (0, False)):
            await enrol.note_try(tx, matched=matched, now=now - hours * HOUR, **CHAT)
        since = [await enrol.tries_everywhere_since(tx, since=now - hours * HOUR) for hours in (2, 4)]
    assert since == [2, 3]


async def test_the_version_accepted_last_counts(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.transaction() as tx:
        assert await notices.accepted_version(tx, **CHAT) is None
        assert not await notices.accepted(tx, version="1", now=now, **CHAT)
        for hours, version in enumerate(("1", "2")):
            await notices.shown(tx, version=version, locale="id", now=now + hours * HOUR, **CHAT)
        assert await notices.accepted_version(tx, **CHAT) is None
        assert await notices.accepted(tx, version="1", person_id=ids["ana"], now=now + HOUR, **CHAT)
        assert await notices.accepted(tx, version="2", now=now + 2 * HOUR, **CHAT)
        assert await notices.accepted_version(tx, **CHAT) == "2"
