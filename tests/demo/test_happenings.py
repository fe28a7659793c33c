"""The demo's office decides at noon: those it touches hear of it at once and once, and the morning stays on record."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from bot.clock import Clock
from bot.demo import files, province
from bot.demo.happenings import Happenings
from db import people, verdicts
from db.engine import Db
from db.facts import facts_for, facts_for_all
from db.opening import open_db
from db.sealed import Seal
from policy.card import card
from policy.engine import decide
from policy.loader import load
from policy.model import Arrangement, Audience, visible_to
from scheduler import changes
from tests.demo.conftest import BOOK

TUESDAY = date(2020, 6, 16)
NOON = province.start() + timedelta(hours=5, minutes=15)
ANA, SARI = "199004172015032001", "198710192010012001"


@pytest.fixture
async def office(seeded_url: str, demo_seal: Seal, tmp_path: Path) -> AsyncIterator[Happenings]:
    file = copy(seeded_url.removeprefix("sqlite:"), tmp_path / "demo.db")
    db = await open_db(f"sqlite:{file}")
    clock = Clock(NOON - datetime.now(NOON.tzinfo))
    yield Happenings(db=db, seal=demo_seal, book=BOOK, clock=clock, told=lambda: None)
    await db.close()


async def sent(db: Db) -> list[dict[str, Any]]:
    async with db.reading() as tx:
        rows = await tx.all("SELECT person_id, message FROM outbox WHERE ended_at IS NULL ORDER BY person_id")
    return [dict(row) for row in rows]


async def test_nothing_of_the_past_is_news_when_the_demo_begins(office: Happenings) -> None:
    assert await changes.look(office.db, office.seal, BOOK, NOON, settles=timedelta()) is None


async def test_a_zone_turns_red_at_noon_and_its_people_hear_it_once(office: Happenings) -> None:
    db, seal, morning = office.db, office.seal, province.start()
    async with db.transaction() as tx:
        ids = await people.ids_by_nip(tx)
        facts = await facts_for(tx, seal, person_id=ids[ANA], on=TUESDAY, now=morning, book=BOOK)
        told = visible_to(decide(facts), Audience.SELF)
        await verdicts.tell(tx, seal, person_id=ids[ANA], on=TUESDAY, verdict=told, now=morning)
    assert await office.happen("merah")
    first = await sent(db)
    assert {each["message"] for each in first} == {"today/changed"}
    heard = [each["person_id"] for each in first]
    assert len(heard) == len(set(heard))
    assert ids[ANA] in heard
    assert ids[SARI] not in heard  # her regency has been red all along
    assert await office.happen("merah")
    assert await sent(db) == first
    async with db.reading() as tx:
        then, now = [
            await verdicts.told(tx, seal, person_id=ids[ANA], on=TUESDAY, as_known_at=moment)
            for moment in (NOON - timedelta(hours=1), NOON + timedelta(hours=1))
        ]
    assert then is not None
    assert now is not None
    assert (then.arrangement, now.arrangement) == (Arrangement.WFO, Arrangement.WFH)
    assert now.reasons[0].citation is not None
    assert now.reasons[0].citation.paragraph == "1 (b)"


async def test_the_correction_reaches_the_same_people(office: Happenings) -> None:
    await office.happen("merah")
    red = await sent(office.db)
    await office.happen("hijau")
    both = await sent(office.db)
    assert both == sorted(red + red, key=lambda each: str(each["person_id"]))


async def test_what_is_not_in_the_example_does_not_happen(office: Happenings) -> None:
    assert not await office.happen("biru")
    assert await sent(office.db) == []


def test_the_page_offers_what_the_example_holds() -> None:
    offered = files.cast()["happenings"]
    assert [each["id"] for each in offered] == [each["id"] for each in files.province()["happenings"]]


async def test_an_agencys_own_quota_gives_its_unit_a_rota_once(office: Happenings) -> None:
    assert await office.happen("piket")
    first = await sent(office.db)
    assert [each["message"] for each in first].count("rota/your_days") == 4
    assert await office.happen("piket")
    assert await sent(office.db) == first
    monday = date(2020, 6, 22)
    async with office.db.reading() as tx:
        all_facts = await facts_for_all(tx, office.seal, on=monday, now=NOON + timedelta(hours=1), book=BOOK)
    verdicts_there = [decide(each) for each in all_facts.values() if each.unit_code == "BAPENDA.UPTD-PS"]
    assert sorted(each.arrangement for each in verdicts_there) == ["WFH", "WFH", "WFO", "WFO"]
    assert all("turn" in {reason.key for reason in each.reasons} for each in verdicts_there)
    shown = [card(each, today=monday, timezone="Asia/Jakarta") for each in verdicts_there]
    for each in (
        shown
    ):  # that the governor's circular is silent stands behind the card, not above the answer's ground
        assert [reason["key"] for reason in each["reasons"]] == ["quota", "turn"]


def test_the_agencys_own_circular_passes_its_cases() -> None:
    load(files.FOLDER / "bapenda-oranye.yaml")
