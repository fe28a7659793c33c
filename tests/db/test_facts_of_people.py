"""What is recorded of one person comes into their facts, as it was known at the moment asked about."""

from datetime import date, datetime
from typing import Any

import pytest

from db import appointments, facts, memberships, overrides, people, traits, unit_facts, units
from db.appointments import Post
from db.engine import Db
from db.overrides import Decision
from db.sealed import CannotOpen, Seal
from db.traits import KIND_OF, TRAITS, TraitKind
from policy.book import Book
from policy.model import Arrangement, Fact, Facts, JobLevel, Override, Trait, Turn
from tests.db.office import DAY, HOUR, MONDAY, TUESDAY
from tests.factories import AGENCY, BY, SINCE, UPTD

BOOK = Book.shipped()


async def facts_of(db: Db, seal: Seal, person_id: str, *, now: datetime, on: date = MONDAY) -> Facts:
    """The facts of one, which must be those that everybody's have for them, and those of a week."""
    async with db.reading() as tx:
        found = await facts.facts_for(tx, seal, person_id=person_id, on=on, now=now, book=BOOK)
        everybody = await facts.facts_for_all(tx, seal, on=on, now=now, book=BOOK)
        week = await facts.facts_between(
            tx, seal, person_id=person_id, first=on, last=on + DAY, now=now, book=BOOK
        )
    assert found == everybody[person_id] == week[on]
    return found


async def publish(db: Db, person_id: str, *, now: datetime, code: str, **day: Any) -> None:
    """Publish a rota of the agency with one day of one person, and let the one before give way."""
    at = int(now.timestamp() * 1_000_000)
    row = {"arrangement": "WFH", "shift": None, "because": "turn", **day}
    async with db.transaction() as tx:
        await tx.run(
            "UPDATE rota_days SET superseded_at = :at WHERE person_id = :person AND superseded_at IS NULL",
            at=at,
            person=person_id,
        )
        await tx.run(
            "INSERT INTO rotas (id, unit_code, week, version, code, state, seed, inputs, problems, made_at, made_by,"
            " made_because, published_at) SELECT :code, :unit, '2020-06-15', COUNT(*) + 1, :code, 'published', 'seed',"
            " :sealed, :sealed, :at, 'boris', 'head', :at FROM rotas",
            code=code, unit=AGENCY, sealed=b"x", at=at,
        )  # fmt: skip
        await tx.run(
            "INSERT INTO rota_days (id, rota_id, person_id, on_date, arrangement, shift, because, published_at)"
            " VALUES (:id, :code, :person, :on, :arrangement, :shift, :because, :at)",
            id=f"{code}-day", code=code, person=person_id, on=MONDAY.isoformat(), at=at, **row,
        )  # fmt: skip


async def test_a_published_turn_is_known_from_its_publication_on(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    await publish(db, ids["ana"], now=now, code="R-1", shift="2")
    await publish(db, ids["ana"], now=now + HOUR, code="R-2", arrangement="WFO", because="swapped")
    first = Turn(arrangement=Arrangement.WFH, rota="R-1", published_at=now, shift="2")
    second = Turn(arrangement=Arrangement.WFO, rota="R-2", published_at=now + HOUR, is_swapped=True)
    found = [(await facts_of(db, seal, ids["ana"], now=now + hours * HOUR)).turn for hours in (-1, 0, 1)]
    assert found == [None, first, second]
    assert (await facts_of(db, seal, ids["ana"], now=now + HOUR, on=TUESDAY)).turn is None
    assert (await facts_of(db, seal, ids["clara"], now=now + HOUR)).turn is None


async def test_a_turn_that_is_only_proposed_is_no_turn(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    await publish(db, ids["ana"], now=now, code="R-1")
    async with db.transaction() as tx:
        await tx.run("UPDATE rota_days SET published_at = NULL")
    assert (await facts_of(db, seal, ids["ana"], now=now)).turn is None


async def test_a_head_s_letter_is_told_with_who_wrote_it(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    decision = Decision(
        arrangement=Arrangement.WFH,
        letter="800/7/2020",
        by_id=ids["boris"],
        capacity="Kepala Dinas",
        considerations=("jarak rumah",),
    )
    async with db.transaction() as tx:
        await overrides.decide(
            tx, seal, decision, person_id=ids["ana"], valid_from=MONDAY, valid_until=MONDAY + 3 * DAY,
            by=BY, now=now,
        )  # fmt: skip
        await overrides.withdraw(
            tx, seal, person_id=ids["ana"], first=TUESDAY, last=TUESDAY, by=BY, now=now + HOUR
        )
    expected = Override(
        arrangement=Arrangement.WFH,
        letter="800/7/2020",
        by="Boris Siregar (Kepala Dinas)",
        since=MONDAY,
        until=MONDAY + 3 * DAY,
        considerations=("jarak rumah",),
    )
    assert (await facts_of(db, seal, ids["ana"], now=now, on=TUESDAY)).override == expected
    assert (await facts_of(db, seal, ids["ana"], now=now + HOUR, on=TUESDAY)).override is None
    rest = (await facts_of(db, seal, ids["ana"], now=now + HOUR, on=MONDAY + 2 * DAY)).override
    assert rest is not None
    assert (rest.since, rest.until, rest.considerations) == (
        MONDAY + 2 * DAY,
        MONDAY + 3 * DAY,
        ("jarak rumah",),
    )


async def record_traits(db: Db, seal: Seal, person_id: str, now: datetime, *kinds: Trait) -> None:
    async with db.transaction() as tx:
        for trait in kinds:
            await traits.record(
                tx, seal, person_id=person_id, trait=trait, basis="SK 1", valid_from=MONDAY, by=BY, now=now
            )


async def test_traits_are_known_to_the_rules_each_with_its_day(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    await record_traits(db, seal, ids["ana"], now, Trait.HAMIL, Trait.KOMORBID, Trait.PEGAWAI_BARU)
    async with db.transaction() as tx:
        await traits.end(
            tx, seal, person_id=ids["ana"], trait=Trait.KOMORBID, first=TUESDAY, by=BY, now=now + HOUR
        )
    before = await facts_of(db, seal, ids["ana"], now=now, on=TUESDAY)
    after = await facts_of(db, seal, ids["ana"], now=now + HOUR, on=TUESDAY)
    assert before.traits == {Trait.HAMIL: MONDAY, Trait.KOMORBID: MONDAY, Trait.PEGAWAI_BARU: MONDAY}
    assert after.traits == {Trait.HAMIL: MONDAY, Trait.PEGAWAI_BARU: MONDAY}
    assert (await facts_of(db, seal, ids["clara"], now=now)).traits == {}


async def test_a_trait_is_read_only_by_its_kind_and_opens_only_in_its_row(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    await record_traits(db, seal, ids["ana"], now, Trait.HAMIL, Trait.HUKUMAN_DISIPLIN)
    who = {"person_id": ids["ana"], "on": MONDAY, "as_known_at": now}
    async with db.transaction() as tx:
        health = await traits.of(tx, seal, kinds=frozenset({TraitKind.HEALTH}), **who)
        rows = await tx.all("SELECT id, kind, body FROM traits ORDER BY kind")
    assert health == {Trait.HAMIL: MONDAY}
    assert all(b"hamil" not in row["body"] and b"SK 1" not in row["body"] for row in rows)
    with pytest.raises(CannotOpen):
        seal.open(rows[0]["body"], place=TRAITS.place(rows[1]["id"]))


def test_every_trait_is_of_a_kind() -> None:
    assert KIND_OF.keys() == set(Trait)


async def test_the_same_trait_again_is_not_recorded_twice(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    await record_traits(db, seal, ids["ana"], now, Trait.HAMIL, Trait.HAMIL)
    async with db.reading() as tx:
        assert len(await tx.all("SELECT id FROM traits")) == 1


async def test_a_person_s_own_function_birthday_and_post_are_told(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await memberships.assign(
            tx, person_id=ids["ana"], unit_code=AGENCY, position="Pranata Komputer",
            job_level=JobLevel.FUNGSIONAL, function="layanan", is_strategic=False, valid_from=TUESDAY,
            by=BY, now=now,
        )  # fmt: skip
        await people.set_born(tx, person_id=ids["clara"], born=date(1960, 2, 3))
    monday = await facts_of(db, seal, ids["ana"], now=now)
    tuesday = await facts_of(db, seal, ids["ana"], now=now, on=TUESDAY)
    assert (monday.function, monday.is_strategic, monday.born) == (None, None, date(1992, 3, 15))
    assert (tuesday.function, tuesday.is_strategic, tuesday.leads_unit) == ("layanan", False, False)
    assert (await facts_of(db, seal, ids["clara"], now=now)).born == date(1960, 2, 3)


async def test_who_leads_their_unit_is_told_and_plh_too(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await appointments.appoint(
            tx, unit_code=AGENCY, person_id=ids["clara"], post=Post.PLH, valid_from=TUESDAY, by=BY, now=now
        )
        await appointments.appoint(
            tx, unit_code=AGENCY, person_id=ids["dewi"], post=Post.PLT, valid_from=MONDAY, by=BY, now=now
        )
    leads = {name: (await facts_of(db, seal, ids[name], now=now, on=TUESDAY)).leads_unit for name in ids}
    assert leads == {"ana": False, "boris": True, "clara": True, "dewi": False}  # Dewi works in the UPTD


async def say(db: Db, unit_code: str, name: str, value: str, *, now: datetime, **days: Any) -> None:
    async with db.transaction() as tx:
        await unit_facts.record(
            tx, unit_code=unit_code, name=name, value=value, by=BY, now=now, **{"valid_from": MONDAY, **days}
        )


async def test_the_nearest_unit_that_says_something_is_right(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    await say(db, AGENCY, "urgent", "ya", now=now, valid_until=MONDAY)
    await say(db, AGENCY, "stage", "1", now=now)
    await say(db, UPTD, "stage", "2", now=now + HOUR, source="SK 2")
    dewi = await facts_of(db, seal, ids["dewi"], now=now + HOUR)
    assert dewi.unit_facts == {
        "urgent": Fact("ya", since=MONDAY),
        "stage": Fact("2", since=MONDAY, source="SK 2"),
    }
    assert (await facts_of(db, seal, ids["dewi"], now=now)).unit_facts["stage"].value == "1"
    assert (await facts_of(db, seal, ids["ana"], now=now + HOUR)).unit_facts["stage"].value == "1"
    assert (await facts_of(db, seal, ids["ana"], now=now, on=TUESDAY)).unit_facts.keys() == {"stage"}


async def test_the_sector_in_the_tree_counts_where_nobody_said_one(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await units.add(
            tx, code=UPTD, name="UPTD Pusat Data", kind="uptd", region_code="18.71", parent_code=AGENCY,
            sector="kritikal", now=now,
        )  # fmt: skip
    await say(db, AGENCY, "sector", "esensial", now=now, valid_from=SINCE)
    assert (await facts_of(db, seal, ids["dewi"], now=now)).unit_facts["sector"] == Fact("kritikal")
    await say(db, UPTD, "sector", "layanan langsung", now=now)
    assert (await facts_of(db, seal, ids["dewi"], now=now)).unit_facts["sector"].value == "layanan langsung"


async def test_names_and_office_go_with_the_chain(
    db: Db, seal: Seal, now: datetime, ids: dict[str, str]
) -> None:
    dewi = await facts_of(db, seal, ids["dewi"], now=now)
    assert dewi.unit_names == ("UPTD Pusat Data", "Dinas Kominfo Provinsi Lampung")
    assert dewi.office_code == AGENCY
    async with db.transaction() as tx:
        await units.add(
            tx, code=UPTD, name="RSUD", kind="Rumah  Sakit", region_code="18.71", parent_code=AGENCY, now=now
        )
    assert (await facts_of(db, seal, ids["dewi"], now=now)).office_code == UPTD
