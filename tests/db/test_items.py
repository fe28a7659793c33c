"""Lines of a plan: kept with what they hold, known again by their keys, and read as the release before wrote them."""

from datetime import datetime

from db import reports
from db.engine import Db
from db.items import Item, from_text, to_text
from tests.db.office import HOUR, MONDAY, items, said, sent


def test_a_line_is_kept_with_everything_it_holds() -> None:
    whole = Item(
        activity="Menelaah surat",
        key="k1",
        output="Surat ditelaah",
        volume="14",
        unit="surat",
        achievement=0,
        evidence=("file:f1", "https://contoh.go.id/a"),
        task_id="t1",
    )
    assert from_text(to_text([whole, Item(activity="Rapat")])) == (whole, Item(activity="Rapat"))


def test_a_line_of_the_release_before_is_a_plain_string() -> None:
    assert from_text('["Rapat data", "=1+1"]') == tuple(items("Rapat data", "=1+1"))


async def test_the_same_words_again_keep_their_key_and_make_no_version(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    who = {"person_id": ids["ana"], "on": MONDAY, "kind": "plan", "source_message": None}
    async with db.transaction() as tx:
        await reports.save(tx, items=items("Rapat", "Rapat", "Surat"), **who, **sent(now))
        first = await reports.latest(tx, person_id=ids["ana"], on=MONDAY, kind="plan")
        again = await reports.save(tx, items=items("Rapat", "Rapat", "Surat"), **who, **sent(now + HOUR))
        await reports.save(tx, items=items("Surat", "Arsip"), **who, **sent(now + HOUR))
        last = await reports.latest(tx, person_id=ids["ana"], on=MONDAY, kind="plan")
    assert first is not None
    assert last is not None
    assert (again.already, said(last)) == (True, ["Surat", "Arsip"])
    assert len({item.key for item in first.items}) == 3
    assert last.items[0].key == first.items[2].key


async def test_the_same_as_the_release_before_wrote_makes_no_version(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    who = {"person_id": ids["ana"], "on": MONDAY, "kind": "plan", "source_message": None}
    async with db.transaction() as tx:
        await reports.save(tx, items=items("Rapat"), **who, **sent(now))
        await tx.run("UPDATE reports SET items = :items", items='["Rapat"]')
        again = await reports.save(tx, items=items("Rapat"), **who, **sent(now))
    assert again.already
