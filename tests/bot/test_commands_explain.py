"""`piket explain`: the day of one person, step by step, with what they were told and who recorded what."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from db import health, people, verdicts
from db.engine import Tx
from db.facts import facts_for
from db.opening import open_db
from db.sealed import seal_from
from policy.book import Book
from policy.engine import decide
from policy.model import Audience, visible_to
from tests.bot.operating import Operator, new_operator

DEWI = "198501102009122001"
CIRCULAR = "lampung-2020-06-04"
ON = "2020-06-15"
DAY = date(2020, 6, 15)


@pytest.fixture
def operator(db_url: str) -> Operator:
    made = new_operator(db_url)
    made.imports_everything()
    made.succeeds("circular", "use", CIRCULAR, "--unit", "DINKES", "--from", "2020-06-04")
    made.succeeds("region", "zone", "18.71", "hijau", "--from", "2020-06-10", "--source", "Gugus Tugas")
    return made


def inside(operator: Operator, work: Callable[[Tx], Awaitable[None]]) -> None:
    """Do something in the operator's database that no command does."""

    async def run() -> None:
        db = await open_db(operator.url)
        async with db.transaction() as tx:
            await work(tx)
        await db.close()

    asyncio.run(run())


def tells(operator: Operator, *, at: datetime) -> None:
    """Tell Dewi her Monday at that moment, as the chat does."""
    seal, book = seal_from(operator.key), Book.shipped()

    async def work(tx: Tx) -> None:
        person = await people.id_with_nip(tx, nip=DEWI)
        assert person is not None
        facts = await facts_for(tx, seal, person_id=person, on=DAY, now=at, book=book)
        verdict = visible_to(decide(facts), Audience.SELF)
        await verdicts.tell(tx, seal, person_id=person, on=DAY, verdict=verdict, now=at)

    inside(operator, work)


def test_it_cites_the_paragraph_and_who_recorded_what_it_rests_on(operator: Operator) -> None:
    said = operator.succeeds("explain", DEWI, "--on", ON)
    assert "Dewi Anggraini (19850110 200912 2 001), Monday 15 June 2020" in said
    assert "WFO (wajib)" in said
    assert "1. circular: Ground: SE of Gubernur Lampung number 045.2/1656/06/2020, paragraph 1 (a)." in said
    assert "region: Kota Bandar Lampung: zone hijau (Gugus Tugas), since 2020-06-10; recorded" in said
    assert "by operator:" in said
    assert "Nothing so far." in said


def test_what_was_told_stays_with_why_it_gave_way(operator: Operator) -> None:
    now = datetime.now(UTC)
    tells(operator, at=now)
    operator.succeeds("region", "zone", "18.71", "merah", "--from", ON)
    later = datetime.now(UTC) + timedelta(seconds=1)
    tells(operator, at=later)
    said = operator.succeeds("explain", DEWI, "--on", ON, "--as-known-at", now.isoformat())
    assert "WFO (wajib)" in said.split("WHAT THEY WERE TOLD")[0]
    told = said.split("WHAT THEY WERE TOLD")[1].split("WHAT IT RESTS ON")[0]
    assert "another arrangement" in told
    assert "It stands." in told
    assert "The last word at" in told
    assert told.strip().splitlines()[-1].split(": ")[1].startswith("WFO")
    after = json.loads(
        operator.succeeds("explain", DEWI, "--on", ON, "--json", "--as-known-at", later.isoformat())
    )
    assert after["verdict"]["arrangement"] == "WFH"
    assert [(each["verdict"]["arrangement"], each["stood"]) for each in after["told"]] == [
        ("WFO", False),
        ("WFH", True),
    ]
    assert {each["kind"] for each in after["records"]} == {"membership", "circular", "region"}


def test_an_operator_reads_neither_health_nor_that_somebody_is_barred(operator: Operator) -> None:
    seal = seal_from(operator.key)

    async def falls_ill(tx: Tx) -> None:
        person = await people.id_with_nip(tx, nip=DEWI)
        answers = {"mode": "kmk328", "yes": [5, 6], "risk": "besar", "fit": False}
        now = datetime.now(UTC)
        await health.save(
            tx,
            seal,
            person_id=str(person),
            on=DAY,
            answers=answers,
            channel="telegram",
            reported_at=now,
            now=now,
        )

    inside(operator, falls_ill)
    tells(operator, at=datetime.now(UTC))
    text = operator.succeeds("explain", DEWI, "--on", ON)
    as_json = operator.succeeds("explain", DEWI, "--on", ON, "--json")
    for said in (text, as_json):
        for secret in ("kmk328", 'barred_from_office": true', "health officer", "Not to the office"):
            assert secret not in said
    assert "A private reason (ketentuan pribadi)." in text
    assert "health" not in text
    told = json.loads(as_json)
    for verdict in (told["verdict"], told["told"][0]["verdict"]):
        assert verdict["arrangement"] == "undecided"
        assert [each["step"] for each in verdict["reasons"] if each["key"] == "private"] == [None]
        assert all(each["step"] != "health" for each in verdict["reasons"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("1985", "--on", ON), "A NIP has 18 digits"),
        (("199001012015031001", "--on", ON), "has ever worked here"),
        ((DEWI, "--on", ON, "--as-known-at", "2020-06-15T07:00"), "belonged to no unit on 2020-06-15"),
        ((DEWI, "--on", ON, "--as-known-at", "jam 7"), "Write it like 2020-06-15T07:00"),
    ],
)
def test_what_cannot_be_explained_is_said_in_a_sentence(
    operator: Operator, words: tuple[str, ...], says: str
) -> None:
    assert says in " ".join(operator.fails("explain", *words).split())


def test_that_it_was_asked_is_noted(operator: Operator) -> None:
    operator.succeeds("explain", DEWI, "--on", ON)
    found: list[str] = []

    async def look(tx: Tx) -> None:
        found.extend(
            row["actor"] for row in await tx.all("SELECT actor FROM audit WHERE action = 'verdict_explained'")
        )

    inside(operator, look)
    assert len(found) == 1
    assert found[0].startswith("operator")
