"""Who somebody is today, by their chat, their number or their phone."""

from datetime import date, datetime

import pytest

from db import appointments, identities, memberships, people, regions, units
from db.appointments import Post
from db.engine import Db
from policy.words import JobLevel
from tests.db.office import DAY, HOUR, MONDAY, TUESDAY, Counting
from tests.factories import AGENCY, ANA, SINCE, UPTD

CHAT = {"channel": "telegram", "address": "1001"}


async def link(db: Db, person_id: str, now: datetime, address: str = "1001") -> tuple[str | None]:
    async with db.transaction() as tx:
        return await identities.link(
            tx, person_id=person_id, channel="telegram", address=address, user_key=address,
            proved_by="code", now=now,
        )  # fmt: skip


async def test_a_linked_chat_is_its_person(db: Db, now: datetime, ids: dict[str, str]) -> None:
    await link(db, ids["dewi"], now)
    async with db.reading() as tx:
        dewi = await people.by_address(tx, now=now, **CHAT)
    assert dewi is not None
    assert (dewi.id, dewi.unit_code, dewi.agency_code) == (ids["dewi"], UPTD, AGENCY)
    assert (dewi.timezone, dewi.roles) == ("Asia/Jakarta", {"employee", "health"})


async def test_reading_who_writes_takes_two_queries(db: Db, now: datetime, ids: dict[str, str]) -> None:
    await link(db, ids["ana"], now)
    async with db.reading() as tx:
        counting = Counting(tx)
        assert await people.by_address(counting, now=now, **CHAT)
    assert counting.asked <= 2


async def test_an_unknown_chat_is_nobody(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.reading() as tx:
        assert await people.by_address(tx, now=now, **CHAT) is None
        assert await people.by_nip(tx, nip="1" * 18, now=now) is None


async def test_who_left_is_nobody_from_that_moment(db: Db, now: datetime, ids: dict[str, str]) -> None:
    await link(db, ids["ana"], now)
    async with db.transaction() as tx:
        assert await people.leave(tx, person_id=ids["ana"], now=now)
        assert not await people.leave(tx, person_id=ids["ana"], now=now + HOUR)
        assert await people.by_address(tx, now=now, **CHAT) is None
        assert await people.by_address(tx, now=now - HOUR, **CHAT) is not None


async def test_a_head_is_one_by_appointment_and_only_while_it_lasts(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await appointments.appoint(
            tx, unit_code=AGENCY, person_id=ids["ana"], post=Post.PLH, valid_from=MONDAY, valid_until=MONDAY,
            by="clara", now=now,
        )  # fmt: skip
        today = await people.by_id(tx, person_id=ids["ana"], now=now)
        tomorrow = await people.by_id(tx, person_id=ids["ana"], now=now + DAY)
        leader = await appointments.leader(tx, unit_code=AGENCY, on=MONDAY, as_known_at=now)
        after = await appointments.leader(tx, unit_code=AGENCY, on=TUESDAY, as_known_at=now)
    assert today is not None
    assert tomorrow is not None
    assert (today.roles, tomorrow.roles) == ({"employee", "head"}, {"employee"})
    assert (leader, after) == (ids["ana"], ids["boris"])


@pytest.mark.parametrize(
    ("old", "new", "last_before", "first_after"),
    [("WIB", "WIT", "14:59", "15:00"), ("WIT", "WIB", "16:59", "17:00"), ("WITA", "WITA", "15:59", "16:00")],
)
async def test_somebody_changes_units_when_the_day_begins_at_the_new_one(
    db: Db, now: datetime, ids: dict[str, str], old: str, new: str, last_before: str, first_after: str
) -> None:
    async with db.transaction() as tx:
        for zone, since in ((old, SINCE), (new, MONDAY)):
            code = f"{zone}-{since}"
            await regions.add(tx, code=code, name=code, kind="provinsi", timezone=zone)
            await units.add(tx, code=code, name=code, kind="pemprov", region_code=code, now=now)
            await memberships.assign(
                tx, person_id=ids["ana"], unit_code=code, position="Analis", job_level=JobLevel.PELAKSANA,
                valid_from=since, by="clara", now=now - DAY,
            )  # fmt: skip
        seen = [
            await people.by_id(tx, person_id=ids["ana"], now=datetime.fromisoformat(f"2020-06-14T{at}+00:00"))
            for at in (last_before, first_after)
        ]
    assert [each and each.unit_code for each in seen] == [f"{old}-{SINCE}", f"{new}-{MONDAY}"]


async def test_a_day_between_two_memberships_is_a_day_outside(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.transaction() as tx:
        await memberships.finish(tx, person_id=ids["ana"], first=MONDAY, by="clara", now=now - DAY)
        assert await people.by_id(tx, person_id=ids["ana"], now=now) is None
        assert await people.by_id(tx, person_id=ids["ana"], now=now - DAY) is not None


async def test_everybody_who_shares_a_number_is_found(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.transaction() as tx:
        await people.correct(tx, person_id=ids["dewi"], name="Dewi", phone=ANA.phone, employment="PNS")
        found = await people.by_phone(tx, phone=ANA.phone, now=now)
    assert {person.id for person in found} == {ids["ana"], ids["dewi"]}


async def test_a_unit_knows_what_stands_above_it_and_below_it(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    async with db.reading() as tx:
        assert await units.chain(tx, code=UPTD) == [UPTD, AGENCY]
        assert await units.under(tx, code=AGENCY) == [AGENCY, UPTD]
        assert await units.chain(tx, code="NOWHERE") == []


async def test_a_new_chat_replaces_the_old_one_of_the_person(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    assert await link(db, ids["ana"], now) == (None,)
    assert await link(db, ids["ana"], now) == (None,)
    assert await link(db, ids["ana"], now, address="2002") == ("1001",)
    async with db.reading() as tx:
        chats = await identities.linked(tx, person_id=ids["ana"])
    assert [chat.address for chat in chats] == ["2002"]


async def test_a_chat_is_one_person_s_only(db: Db, now: datetime, ids: dict[str, str]) -> None:
    await link(db, ids["ana"], now)
    await link(db, ids["dewi"], now)
    async with db.transaction() as tx:
        owner = await identities.by_address(tx, **CHAT)
        assert await identities.unlink(tx, now=now, **CHAT)
        nobody = await identities.by_address(tx, **CHAT)
    assert owner is not None
    assert (owner.person_id, nobody) == (ids["dewi"], None)


async def test_a_chat_that_stopped_us_and_came_back_says_so_once(
    db: Db, now: datetime, ids: dict[str, str]
) -> None:
    """Fault C06 and C07."""
    await link(db, ids["ana"], now)
    async with db.transaction() as tx:
        gone = [await identities.mark_unreachable(tx, because="blocked", now=now, **CHAT) for _ in range(2)]
        chat = await identities.by_address(tx, **CHAT)
        back = [await identities.mark_reachable(tx, **CHAT) for _ in range(2)]
    assert (gone, back) == ([True, False], [True, False])
    assert chat is not None
    assert chat.unreachable_since == now


async def test_a_chat_moves_but_never_onto_another(db: Db, now: datetime, ids: dict[str, str]) -> None:
    await link(db, ids["ana"], now)
    await link(db, ids["boris"], now, address="2002")
    async with db.transaction() as tx:
        assert not await identities.move(tx, channel="telegram", old="1001", new="2002")
        assert await identities.move(tx, channel="telegram", old="1001", new="-3003")
        chat = await identities.by_address(tx, channel="telegram", address="-3003")
    assert chat is not None
    assert chat.person_id == ids["ana"]


async def test_nobody_works_here_before_their_first_day(db: Db, now: datetime, ids: dict[str, str]) -> None:
    async with db.reading() as tx:
        assert await memberships.of(tx, person_id=ids["ana"], on=SINCE - DAY, as_known_at=now) is None
        there = await memberships.of(tx, person_id=ids["ana"], on=date(2020, 6, 1), as_known_at=now)
    assert there is not None
    assert there.unit_code == AGENCY
