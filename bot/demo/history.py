"""Two weeks of ordinary working days: what everybody was told and reported, the same in every demo."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from bot.demo import files
from bot.demo.verified import verify
from db import cases, cases_waiting, health, people, reporting, reports, verdicts
from db.cases import Kind
from db.engine import Tx
from db.facts import facts_for, facts_for_all
from db.items import Item, keyed
from db.sealed import Seal
from policy.book import Book
from policy.engine import decide
from policy.health import HIGH_RISK, assess
from policy.model import Arrangement, Audience, Facts, Verdict, visible_to
from scheduler.days.planning import opening_for
from scheduler.days.writing import write_openings

CHANNEL = "telegram"
SEED = 58_2020
_BEFORE = timedelta(hours=6)  # 18.00 of the evening before
_MORNING = timedelta(hours=6, minutes=40)
_VERIFYING = timedelta(minutes=80)  # after the morning has begun
_AFTERNOON = timedelta(hours=15, minutes=25)
# Most mornings nothing is to report; now and then somebody was among people (KMK 328, questions 1 to 4).
_ANSWERS = ((),) * 8 + ((1,), (1, 2), (4,))
_SYMPTOMS = (6,)
_CALLS = timedelta(hours=10, minutes=15)


@dataclass(frozen=True, kw_only=True)
class Played:
    """Where the history is written, and the people's keys by NIP."""

    tx: Tx
    seal: Seal
    book: Book
    ids: Mapping[str, str]
    chance: Random


async def play_history(
    tx: Tx, seal: Seal, book: Book, *, ids: Mapping[str, str], turn_to: Callable[[date], Awaitable[None]]
) -> None:
    """Play every working day; `turn_to` records what the office had learnt before each morning."""
    played = Played(tx=tx, seal=seal, book=book, ids=ids, chance=Random(SEED))
    linked = [nip for nip in files.chats() if nip not in files.unlinked()]
    before: date | None = None
    for day in files.province()["working_days"]:
        await turn_to(day)
        dawn = _midnight(day) + _MORNING
        if before is not None:
            await verify(tx, [ids[nip] for nip in linked], on=before, at=dawn + _VERIFYING)
        before = day
        known = await facts_for_all(tx, seal, on=day, now=dawn, book=book)
        await _open_day(played, {ids[nip]: known[ids[nip]] for nip in linked}, on=day)
        for nip in linked:
            await _play_day(played, nip, known[ids[nip]], dawn=dawn)
    await turn_to(files.start().date())


async def _open_day(played: Played, known: Mapping[str, Facts], *, on: date) -> None:
    """What each of them owes that day, as it was opened the evening before; the clock has nothing left to say of it."""
    eve = _midnight(on) - _BEFORE
    asked = await reporting.of_agencies(played.tx, on=on, now=eve)
    found = [
        planned
        for person, facts in known.items()
        if (
            planned := opening_for(
                facts, decide(facts), asked.get(facts.unit_chain[-1], reporting.NOTHING), person_id=person
            )
        )
    ]
    past = [replace(each, opening=replace(each.opening, look_at=None)) for each in found]
    await write_openings(played.tx, planned=past, on=on, now=eve)


async def _play_day(played: Played, nip: str, facts: Facts, *, dawn: datetime) -> None:
    """One person's day, in its order: told where to work, health, plan, and in the afternoon the output."""
    morning = dawn + timedelta(seconds=played.chance.randrange(45 * 60))
    person_id = played.ids[nip]
    verdict = await _tell(played, person_id, replace(facts, as_of=morning))
    if verdict.arrangement is Arrangement.OFF:
        return
    await _report_health(played, nip, on=facts.on, at=morning + timedelta(seconds=50))
    work = played.chance.sample(files.work_of(facts.unit_code), k=played.chance.choice((2, 2, 3)))
    plan = keyed((Item(activity=planned) for planned, *_ in work), like=())
    output = [
        replace(item, output=came, volume=volume, unit=unit)
        for item, (_, came, volume, unit) in zip(plan, work, strict=True)
    ]
    evening = _midnight(facts.on) + _AFTERNOON + timedelta(seconds=played.chance.randrange(70 * 60))
    await _report(played, person_id, "plan", plan, on=facts.on, at=morning + timedelta(seconds=140))
    await _report(played, person_id, "output", output, on=facts.on, at=evening)


async def _tell(played: Played, person_id: str, facts: Facts) -> Verdict:
    verdict = visible_to(decide(facts), Audience.SELF)
    await verdicts.tell(
        played.tx, played.seal, person_id=person_id, on=facts.on, verdict=verdict, now=facts.as_of
    )
    return verdict


async def _report_health(played: Played, nip: str, *, on: date, at: datetime) -> None:
    unwell, person_id = files.province()["unwell"], played.ids[nip]
    drawn = played.chance.choice(_ANSWERS)
    yes = _SYMPTOMS if nip == unwell["nip"] and on >= unwell["from"] else drawn
    found = assess(yes)
    fit = found.may_enter_office
    saved = await health.save(
        played.tx,
        played.seal,
        person_id=person_id,
        on=on,
        answers={"mode": "kmk328", "yes": list(yes), "risk": found.risk, "fit": fit},
        channel=CHANNEL,
        reported_at=at,
        now=at,
    )
    if not fit:
        await _follow_up(played, person_id, saved.id, on=on, at=at)
        now = at + timedelta(seconds=1)
        facts = await facts_for(played.tx, played.seal, person_id=person_id, on=on, now=now, book=played.book)
        await _tell(played, person_id, facts)


async def _follow_up(played: Played, person_id: str, report_id: str, *, on: date, at: datetime) -> None:
    """A report of high risk opens a case; the health officer calls that morning, and has yet to decide."""
    tx, seal = played.tx, played.seal
    person = await people.by_id(tx, person_id=person_id, now=at)
    assert person is not None
    look_at = await cases_waiting.when_to_look(tx, played.book, person=person, since=on, until=None, now=at)
    case, is_new = await cases.open_case(
        tx, seal, person_id=person_id, report_id=report_id, since=on, until=None, look_at=look_at, now=at
    )
    if not is_new:
        await cases.add_event(
            tx, seal, case_id=case.id, kind=Kind.REPORTED, by=person_id, note=HIGH_RISK, now=at
        )
        return
    officer = next(played.ids[each["nip"]] for each in files.province()["roles"] if each["role"] == "health")
    called = _midnight(on) + _CALLS
    await cases.add_event(
        tx,
        seal,
        case_id=case.id,
        kind=Kind.CONTACTED,
        by=officer,
        note=files.province()["unwell"]["note"],
        now=called,
    )


async def _report(
    played: Played, person_id: str, kind: reports.Kind, items: Sequence[Item], *, on: date, at: datetime
) -> None:
    await reports.save(
        played.tx,
        person_id=person_id,
        on=on,
        kind=kind,
        items=items,
        channel=CHANNEL,
        source_message=None,
        reported_at=at,
        now=at,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=files.start().tzinfo)
