"""Health cases whose moment has come: the health officers are asked, and who stays out hears that it is so."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db import cases, cases_waiting, people, roles
from db.cases import Case
from db.engine import Db, Tx, transact
from db.people import Person
from db.roles import Role
from db.sealed import Seal
from db.sending.outbox import Class
from policy.book import Book
from policy.calendar import local_date
from policy.follow_up import OFFICE
from scheduler.telling import Word, tell

MOST_NAMED = 7  # a message names so many; the list in the chat has them all
_ALERT_KEPT = timedelta(days=30)
_NOT_HERE = timedelta(days=1)  # somebody who left has nobody to be told; they may come back


@dataclass(frozen=True, kw_only=True)
class Due:
    """A case to be looked at, and whom it keeps out."""

    case: Case
    person: Person

    def today(self, now: datetime) -> date:
        return local_date(now, ZoneInfo(self.person.timezone))

    def is_over(self, now: datetime) -> bool:
        return self.case.until is not None and self.case.until < self.today(now)


async def follow_up(db: Db, seal: Seal, book: Book, now: datetime) -> int:
    """Look at every case that is due, once, whatever process does it; return how many there were."""

    async def work(tx: Tx) -> int:
        claimed = await cases_waiting.claim_due(tx, now=now)
        due = [each for case_id in claimed if (each := await _due(tx, case_id, now)) is not None]
        moments = dict.fromkeys(claimed, now + _NOT_HERE)
        for each in due:
            moments[each.case.id] = await cases_waiting.when_to_look(
                tx, book, person=each.person, since=each.case.since, until=each.case.until, now=now
            )
        await cases_waiting.look_again(tx, moments)
        await _tell_the_kept_out(tx, seal, [each for each in due if each.is_over(now)], now)
        await _ask_officers(tx, seal, [each for each in due if _is_office_time(each, now)], now)
        return len(claimed)

    async with db.reading() as tx:  # mostly nothing is due: then nobody's answer waits for a look
        is_any_due = await cases_waiting.is_any_due(tx, now=now)
    return await transact(db, work) if is_any_due else 0


async def _due(tx: Tx, case_id: str, now: datetime) -> Due | None:
    case = await cases.by_id(tx, case_id=case_id)
    person = await people.by_id(tx, person_id=case.person_id, now=now) if case else None
    return Due(case=case, person=person) if case and person else None


def _is_office_time(due: Due, now: datetime) -> bool:
    return now.astimezone(ZoneInfo(due.person.timezone)).time() >= OFFICE


async def _tell_the_kept_out(tx: Tx, seal: Seal, due: list[Due], now: datetime) -> None:
    """Once for each day that was stated and is over."""
    for each in due:
        until = each.case.until.isoformat() if each.case.until else ""
        officers = [officer.name for officer in await _officers(tx, each, now)]
        word = Word(
            message="cases/still_closed",
            params={"until": until, "code": each.case.code, "officers": officers},
            once=f"case_over:{each.case.id}:{until}",
            urgency=Class.ALERT,
            expires_at=now + timedelta(days=1),
        )
        await tell(tx, seal, each.person, word, now=now)


async def _ask_officers(tx: Tx, seal: Seal, due: list[Due], now: datetime) -> None:
    """One message to each officer a morning, however many cases wait."""
    asked: dict[str, list[Due]] = defaultdict(list)
    officers: dict[str, Person] = {}
    for each in due:
        for officer in await _officers(tx, each, now):
            officers[officer.id] = officer
            asked[officer.id].append(each)
    for officer_id, theirs in asked.items():
        await tell(tx, seal, officers[officer_id], _question(theirs, now), now=now)


async def _officers(tx: Tx, due: Due, now: datetime) -> list[Person]:
    ids = await roles.holders(
        tx, role=Role.HEALTH, on=due.today(now), as_known_at=now, unit_code=due.person.unit_code
    )
    found = [await people.by_id(tx, person_id=each, now=now) for each in ids if each != due.person.id]
    return [officer for officer in found if officer is not None]


def _question(due: list[Due], now: datetime) -> Word:
    is_one = len(due) == 1
    return Word(
        message="cases/due",
        params={"cases": [_line(each, now) for each in due[:MOST_NAMED]], "total": len(due)},
        once=f"cases_due:{due[0].case.id}:{now:%Y%m%d%H%M}",
        urgency=Class.ALERT,
        expires_at=now + _ALERT_KEPT,
        opens="cases:case" if is_one else "cases:start",
        label="open_case" if is_one else "cases",
        args={"case": due[0].case.id} if is_one else {},
        role_needed=Role.HEALTH.value,
    )


def _line(due: Due, now: datetime) -> dict[str, object]:
    until = due.case.until
    return {
        "name": due.person.name,
        "since": due.case.since.isoformat(),
        "until": until and until.isoformat(),
        "is_over": due.is_over(now),
    }
