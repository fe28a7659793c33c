"""Sealed text: not readable in the file, bound to its row, useless without the key."""

import base64
from datetime import datetime
from pathlib import Path

import pytest

from db import health, verdicts
from db.engine import Db
from db.errors import Refused
from db.opening import open_db
from db.sealed import CannotOpen, Seal, new_key, seal_from
from policy.model import Arrangement, Reason, Step, Verdict
from tests.db.office import ILL, MONDAY, sent
from tests.engines import SqliteMaker
from tests.factories import open_office

PLAIN_WORDS = (b"besar", b"yes", b"health_barred", b"demam")
FEVER = ILL | {"note": "demam"}


def everything_on_disk(path: Path) -> bytes:
    return path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()


async def test_no_health_word_can_be_read_in_the_file(
    sqlite_maker: SqliteMaker, seal: Seal, now: datetime
) -> None:
    url = sqlite_maker.fresh()
    db = await open_db(url)
    ids = await open_office(db, now=now)
    barred = Verdict(MONDAY, now, Arrangement.WFH, (Reason("health_barred", Step.HEALTH),))
    async with db.transaction() as tx:
        await health.save(tx, seal, person_id=ids["ana"], on=MONDAY, answers=FEVER, **sent(now))
        await verdicts.tell(tx, seal, person_id=ids["ana"], on=MONDAY, verdict=barred, now=now)
    raw = everything_on_disk(Path(url.removeprefix("sqlite:")))
    await db.close()
    assert ids["ana"].encode() in raw
    assert [word for word in PLAIN_WORDS if word in raw] == []


async def test_no_health_word_stands_in_the_row(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await health.save(tx, seal, person_id=ids["ana"], on=MONDAY, answers=FEVER, **sent(now))
        row = await tx.one("SELECT * FROM health_reports")
    assert row is not None
    stored = repr(dict(row)).encode()
    assert [word for word in PLAIN_WORDS if word in stored] == []


async def test_answers_moved_to_another_row_do_not_open(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        for who in ("ana", "dewi"):
            await health.save(tx, seal, person_id=ids[who], on=MONDAY, answers=ILL, **sent(now))
        await tx.run(
            "UPDATE health_reports SET answers = (SELECT answers FROM health_reports WHERE person_id = :ana)"
            " WHERE person_id = :dewi",
            ana=ids["ana"], dewi=ids["dewi"],
        )  # fmt: skip
        with pytest.raises(CannotOpen, match="altered or moved"):
            await health.latest(tx, seal, person_id=ids["dewi"], on=MONDAY)


async def test_d11_another_key_is_refused_and_says_which_setting(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await health.save(tx, seal, person_id=ids["ana"], on=MONDAY, answers=ILL, **sent(now))
        with pytest.raises(CannotOpen, match="PIKET_KEY"):
            await health.latest(tx, seal_from(new_key()), person_id=ids["ana"], on=MONDAY)


def test_d11_after_a_change_of_keys_the_older_one_still_opens() -> None:
    old, new = new_key(), new_key()
    sealed = seal_from(old).close("demam", place="t.c:1")
    assert seal_from(f"{new}, {old}").open(sealed, place="t.c:1") == "demam"
    again = seal_from(f"{new},{old}").close("demam", place="t.c:1")
    assert seal_from(new).open(again, place="t.c:1") == "demam"


@pytest.mark.parametrize("setting", ["", " , ", "short", base64.b64encode(b"x" * 31).decode(), "ü" * 44])
def test_d11_a_missing_or_wrong_key_is_refused(setting: str) -> None:
    with pytest.raises(Refused, match="PIKET_KEY must be 32 bytes"):
        seal_from(setting)


@pytest.mark.parametrize("keep", [0, 1, 6, 12, 20, -1])
def test_d05_a_damaged_value_does_not_open(seal: Seal, keep: int) -> None:
    sealed = seal.close({"yes": [5]}, place="t.c:1")
    with pytest.raises(CannotOpen):
        seal.open(sealed[:keep], place="t.c:1")


def test_the_same_content_is_never_sealed_alike(seal: Seal) -> None:
    assert seal.close("sehat", place="t.c:1") != seal.close("sehat", place="t.c:1")
