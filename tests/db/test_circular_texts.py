"""Circulars added without a release: versions that never change, and the book that reads them when they are needed."""

from datetime import datetime

import pytest

from db import adoptions, circular_texts, facts
from db.engine import Db
from db.errors import Refused
from db.sealed import Seal
from policy.book import Book
from policy.engine import decide
from policy.loader import SHIPPED
from policy.model import Arrangement
from tests.db.office import HOUR, MONDAY
from tests.factories import AGENCY, CIRCULAR, SINCE

BODY = (SHIPPED / f"{CIRCULAR}.yaml").read_text(encoding="utf-8")
HOME = BODY.replace(
    "when: {zone: hijau}\n    then: {arrangement: WFO", "when: {zone: hijau}\n    then: {arrangement: WFH"
)


async def added(db: Db, body: str, now: datetime) -> str:
    async with db.transaction() as tx:
        text, _ = await circular_texts.add(tx, name="se-kami", body=body, by="clara", now=now)
    return text.id


async def adopted(db: Db, text_id: str, now: datetime) -> None:
    async with db.transaction() as tx:
        await adoptions.drop(tx, circular=CIRCULAR, unit_code=AGENCY, first=SINCE, by="clara", now=now)
        await adoptions.adopt(tx, circular=text_id, unit_code=AGENCY, valid_from=SINCE, by="clara", now=now)


async def test_a_text_becomes_a_version_and_the_same_text_does_not_again(db: Db, now: datetime) -> None:
    ids = [await added(db, body, now) for body in (BODY, BODY, HOME, BODY)]
    assert ids == ["se-kami@1", "se-kami@1", "se-kami@2", "se-kami@3"]
    async with db.reading() as tx:
        newest = await circular_texts.newest(tx, name="se-kami")
        second = await circular_texts.by_id(tx, text_id="se-kami@2")
        assert [text.id for text in await circular_texts.all_texts(tx)] == sorted(set(ids))
    assert newest is not None
    assert second is not None
    assert (newest.version, newest.body, second.body, second.recorded_at) == (3, BODY, HOME, now)


async def test_an_added_circular_decides_once_it_is_switched_on(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    assert HOME != BODY
    await adopted(db, await added(db, HOME, now), now)
    book = Book.shipped()
    async with db.reading() as tx:
        for when in (now, now + HOUR):
            found = await facts.facts_for(tx, seal, person_id=ids["ana"], on=MONDAY, now=when, book=book)
        everybody = await facts.facts_for_all(tx, seal, on=MONDAY, now=now, book=Book.shipped())
    assert [circular.id for circular in found.circulars] == ["se-kami@1"]
    assert found.circulars[0] is book.added["se-kami@1"]
    assert decide(everybody[ids["ana"]]).arrangement is Arrangement.WFH


@pytest.mark.parametrize(
    ("text_id", "says"), [("se-kami@1", "cannot read it"), ("se-kami@9", "does not know it")]
)
async def test_a_broken_or_missing_text_is_refused_by_name(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str], text_id: str, says: str
) -> None:
    await added(db, "number: [", now)
    await adopted(db, text_id, now)
    async with db.reading() as tx:
        with pytest.raises(Refused, match=f"{text_id}.*{says}"):
            await facts.facts_for(tx, seal, person_id=ids["ana"], on=MONDAY, now=now, book=Book.shipped())
