"""The story in the database: recorded as an office records it, at the moments at which it became known."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from db import (
    absences,
    adoptions,
    appointments,
    changes,
    days_opened,
    identities,
    memberships,
    outages,
    overrides,
    people,
    preferences,
    regions,
    settings,
    snoozes,
    units,
)
from db.alerting import escalations
from db.appointments import Post
from db.changes import ChangeKind
from db.engine import Db, Tx
from db.preferences import Preferences
from db.rota import rotas
from db.rota.days import Day as Turn
from db.sealed import Seal
from handlers.admin import days, hours, reporting
from policy.book import Book
from policy.escalating import Escalation
from policy.health import HealthMode
from policy.reminder_stages import Profile, Quiet
from policy.words import AbsenceKind, Arrangement, DayKind, JobLevel, Part
from tests.year import story
from tests.year.story import OF, Agency

BEFORE = datetime(2026, 1, 2, 2, 0, tzinfo=UTC)
SINCE = date(2026, 1, 2)
BY = "story"
CHANNEL = "telegram"
Deed = Callable[[Tx], Awaitable[object]]


async def found(db: Db, seal: Seal, book: Book, *, first: date, last: date) -> dict[str, str]:
    """Fill an empty database with what is known before the story begins; return people's keys by their names.

    Rotas are published for the weeks from `first` to `last`.
    """
    async with db.transaction() as tx:
        await regions.add(tx, code="0", name="Indonesia", kind="negara", timezone="WIB")
        for agency in story.AGENCIES:
            await _agency(tx, agency)
        ids = {who: await _person(tx, who, SINCE) for who in story.PEOPLE if who not in story.JOINS}
        for agency in story.AGENCIES:
            await appointments.appoint(
                tx,
                unit_code=agency.code,
                person_id=ids[f"{agency.code}0"],
                post=Post.HEAD,
                valid_from=SINCE,
                by=BY,
                now=BEFORE,
            )
        await _hours(tx, book)
        light = Preferences(profile=Profile.LIGHT)
        await preferences.choose(tx, person_id=ids[story.LIGHT], preferences=light, now=BEFORE)
        for who, until in story.QUIET.items():
            quiet = Preferences(quiet=Quiet(since=time(21), until=until))
            await preferences.choose(tx, person_id=ids[who], preferences=quiet, now=BEFORE)
    monday = first - timedelta(days=first.weekday())
    while monday <= last + timedelta(days=7):
        async with db.transaction() as tx:
            await _rota(tx, seal, ids, monday)
        monday += timedelta(days=7)
    return ids


async def begin(db: Db, on: date, now: datetime) -> None:
    """What was known before is looked at, and this day, the last before those that are played, was opened."""
    async with db.transaction() as tx:
        for change in await changes.waiting(tx):
            await changes.looked_at(tx, change_id=change.id, now=now)
        for place in await days_opened.places(tx):
            await days_opened.note(tx, place=place, on=on, people=0, now=now)


def deeds(ids: dict[str, str], seal: Seal) -> Iterator[tuple[datetime, Deed]]:
    """Everything that becomes known while the story runs, with its moment."""
    for away in story.ABSENCES:
        yield away.known, _absent(ids, away)
    for who, place, first, last in story.LETTERS:
        yield _at(who[0], first - timedelta(days=20), time(10)), _letter(ids, seal, who, place, first, last)
    began, ended = story.OUTAGE
    yield (
        ended,
        partial(outages.record, cause=outages.DOWN, began_at=began, ended_at=ended, now=ended),
    )
    who, first, last = story.STANDS_IN
    yield _at(who[0], first.replace(day=1), time(10)), _stands_in(ids, who, first, last)
    for who, since, until in story.SNOOZES:
        yield since, _snooze(ids, who, since, until)
    agency, on, at = story.LATE_HOLIDAY
    yield _at(agency.code, on, at), _named(agency, on, DayKind.HOLIDAY)
    agency, on = story.WORKED_SATURDAY
    yield _at(agency.code, on - timedelta(days=7), time(10)), _named(agency, on, DayKind.WORKING)
    for who, first in story.JOINS.items():
        yield _at(who[0], first - timedelta(days=3), time(10)), _hire(ids, who, first)


async def _agency(tx: Tx, agency: Agency) -> None:
    code = agency.code
    await regions.add(tx, code=f"0.{code}", name=code, kind="kota", timezone=agency.zone.key, parent_code="0")
    await regions.record_fact(
        tx, region_code=f"0.{code}", name="jabodetabek", value="ya", valid_from=SINCE, by=BY, now=BEFORE
    )
    await units.add(tx, code=code, name=f"Dinas {code}", kind="pemprov", region_code=f"0.{code}", now=BEFORE)
    circular = "menpanrb-65-2020" if code == "C" else "permenpanrb-4-2025"
    await adoptions.adopt(tx, circular=circular, unit_code=code, valid_from=SINCE, by=BY, now=BEFORE)
    said = {"reporting": ",".join(kind for kind in agency.asks if kind != "health")}
    if "health" in agency.asks:
        said["health_mode"] = HealthMode.KMK328.value
    for name, value in said.items():
        await settings.set_value(
            tx, unit_code=code, name=name, value=value, basis="SK 1/2026", valid_from=SINCE, by=BY, now=BEFORE
        )
    await _escalation(tx, agency)


async def _escalation(tx: Tx, agency: Agency) -> None:
    """How often a head is told; nobody above."""
    await escalations.state(
        tx,
        agency_code=agency.code,
        escalation=Escalation(repeats=agency.repeats, up=()),
        basis=None,
        valid_from=SINCE,
        by=BY,
        now=BEFORE,
    )


async def _hours(tx: Tx, book: Book) -> None:
    said: dict[str, Any] = {"agency_code": "B", "by": BY, "now": BEFORE}
    await hours.set_calendar(tx, text=story.B_CALENDAR, file="b.yaml", valid_from=SINCE, **said)
    for day in sorted(story.HOLIDAYS):
        if day > SINCE:
            await days.name_day(tx, kind=DayKind.JOINT_LEAVE, name="Libur", on=day, until=day, **said)
    for what, moments in story.B_DEADLINES.items():
        await reporting.state_deadline(tx, book, what=what, moments=moments, valid_from=SINCE, **said)
    agency, on = story.NEW_DEADLINES
    sooner = {**said, "agency_code": agency.code, "what": "health", "moments": ["mulai-60", "mulai+30"]}
    await reporting.state_deadline(tx, book, valid_from=on, **sooner)
    first, last = story.RAMADAN
    for agency in story.AGENCIES:
        who = {**said, "agency_code": agency.code}
        await reporting.name_season(tx, book, name="Ramadan", first=first, last=last, **who)


async def _person(tx: Tx, who: str, since: date, *, now: datetime = BEFORE) -> str:
    number = story.PEOPLE.index(who)
    person_id = await people.add(tx, nip=f"1990010120150110{number:02}", name=who, employment="pns", now=now)
    await memberships.assign(
        tx,
        person_id=person_id,
        unit_code=who[0],
        position="Pelaksana",
        job_level=JobLevel.PELAKSANA,
        valid_from=since,
        by=BY,
        now=now,
    )
    await identities.link(
        tx,
        person_id=person_id,
        channel=CHANNEL,
        address=str(100 + number),
        user_key=str(number),
        proved_by="code",
        now=now,
    )
    return person_id


async def _rota(tx: Tx, seal: Seal, ids: dict[str, str], monday: date) -> None:
    turns = [
        Turn(
            person_id=ids[f"C{number}"],
            on=monday + timedelta(days=day),
            arrangement=Arrangement(story.turn(f"C{number}", monday + timedelta(days=day))[0]),
            shift=story.turn(f"C{number}", monday + timedelta(days=day))[1],
            because="drawn",
        )
        for number in range(5)
        for day in range(5)
    ]
    draft = rotas.Draft(
        unit_code="C", week=monday, seed="", inputs={}, problems=(), days=turns, because="drawn"
    )
    await rotas.publish(tx, await rotas.propose(tx, seal, draft, by=BY, now=BEFORE), by=BY, now=BEFORE)


def _absent(ids: dict[str, str], away: story.Away) -> Deed:
    async def deed(tx: Tx) -> None:
        await absences.excuse(
            tx,
            person_id=ids[away.who],
            kind=AbsenceKind(away.kind),
            part=Part(away.part) if away.part else None,
            valid_from=away.first,
            valid_until=away.last,
            by=BY,
            now=away.known,
        )
        await _changed(tx, ids[away.who], away.first, away.known)

    return deed


def _letter(ids: dict[str, str], seal: Seal, who: str, place: str, first: date, last: date) -> Deed:
    now = _at(who[0], first - timedelta(days=20), time(10))

    async def deed(tx: Tx) -> None:
        decision = overrides.Decision(
            arrangement=Arrangement(place), letter="800/1", by_id=ids[f"{who[0]}0"], capacity="Kepala"
        )
        await overrides.decide(
            tx, seal, decision, person_id=ids[who], valid_from=first, valid_until=last, by=BY, now=now
        )
        await _changed(tx, ids[who], first, now)

    return deed


def _stands_in(ids: dict[str, str], who: str, first: date, last: date) -> Deed:
    return partial(
        appointments.appoint,
        unit_code=who[0],
        person_id=ids[who],
        post=Post.PLH,
        valid_from=first,
        valid_until=last,
        by=BY,
        now=_at(who[0], first.replace(day=1), time(10)),
    )


def _snooze(ids: dict[str, str], who: str, since: datetime, until: datetime) -> Deed:
    async def deed(tx: Tx) -> None:
        await snoozes.begin(tx, person_id=ids[who], until_at=until, now=since)

    return deed


def _named(agency: Agency, on: date, kind: DayKind) -> Deed:
    now = _at(agency.code, on, story.LATE_HOLIDAY[2])
    if kind is DayKind.WORKING:
        now = _at(agency.code, on - timedelta(days=7), time(10))

    async def deed(tx: Tx) -> None:
        await days.name_day(
            tx, agency_code=agency.code, kind=kind, name="Hari jadi", on=on, until=on, by=BY, now=now
        )

    return deed


def _hire(ids: dict[str, str], who: str, first: date) -> Deed:
    now = _at(who[0], first - timedelta(days=3), time(10))

    async def deed(tx: Tx) -> None:
        ids[who] = await _person(tx, who, first, now=now)
        await changes.note(tx, kind=ChangeKind.MEMBERSHIP, subject=who[0], first_day=first, by=BY, now=now)

    return deed


async def _changed(tx: Tx, person_id: str, first: date, now: datetime) -> None:
    await changes.note(tx, kind=ChangeKind.PERSON, subject=person_id, first_day=first, by=BY, now=now)


def _at(agency: str, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=OF[agency].zone)
