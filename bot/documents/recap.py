"""Making a recap for whoever leads these people now (the work `recap`): a workbook, or paper as agencies send it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.documents import recap_days
from bot.documents.printing import NotPrinted, Printing
from bot.documents.recap_form import form
from bot.documents.recap_parts import Recap
from bot.documents.recap_sheet import file_name, workbook
from bot.documents.telling import tell
from bot.documents.wording import Wording
from bot.filetypes import EXCEL, PDF
from bot.work import Ended, Later
from db import appointments, audit, files, overview, people, settings, team, units
from db.engine import Db, Tx
from db.overview import Papers
from db.people import Person
from db.sealed import Seal
from db.subordinates import Capacity
from db.team import Member
from db.work import Work
from policy.book import Book
from policy.calendar import local_date, zone_named


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """Who asked, of whom they may know, and what stands at the head and foot of the paper."""

    person: Person
    members: list[Member]
    papers: Papers
    capacity: Capacity
    leads: str  # the unit that they lead those people by; "" where they are their superior only
    keeps_health: bool
    today: date


class RecapMaking:
    """Makes recaps. Reads in short pieces, outside every transaction that writes."""

    most_tries = 5

    def __init__(self, db: Db, seal: Seal, printing: Printing, *, book: Book, clock: Clock) -> None:
        self._db, self._seal, self._printing = db, seal, printing
        self._book, self._clock = book, clock

    async def do(self, work: Work) -> Ended | Later:
        """Make it as things stand, of those who are under whoever asked at this moment, and owe it to them (V05)."""
        task, now = work.task, self._clock.now()
        async with self._db.reading() as tx:
            asked = await self._asked(tx, task, now)
        if isinstance(asked, str):
            return Ended(because=asked)
        days = await recap_days.read(
            self._db,
            self._seal,
            self._book,
            members=asked.members,
            first=date.fromisoformat(task["first"]),
            last=min(date.fromisoformat(task["last"]), asked.today),
            now=now,
        )
        try:
            body = await self._printed(task, _recap(task, asked, days, now))
        except NotPrinted as error:
            return Later(says=str(error))
        return Ended(because="made", write=partial(self._owe, work, asked, body))

    def give_up(self, work: Work, *, because: str) -> Ended:
        """Say that it could not be made."""
        return Ended(because=because, write=partial(self._apologise, work))

    async def _asked(self, tx: Tx, task: Mapping[str, Any], now: datetime) -> _Asked | str:
        """Return what is needed, or why nothing is made."""
        person = await people.by_address(tx, channel=task["channel"], address=task["address"], now=now)
        if person is None or person.id != task["person"]:  # whoever has the chat now did not ask for it (A04)
            return "the chat is not the person's any more"
        today = local_date(now, zone_named(person.timezone))
        own = await team.of(tx, person_id=person.id, on=today, now=now)
        members = [each for each in own if task["unit"] in ("", each.unit_code)]
        if not members:
            return "nobody of the unit is under them any more"
        mode = await settings.value(tx, unit_code=person.agency_code, name="health_mode", on=today, now=now)
        papers = await overview.papers(tx, person_id=person.id, on=today, now=now)
        if papers is None:
            return "they belong to no unit any more"
        keeps_health = mode is not None and mode.value != "off"
        post, unit = await _leads(tx, person, members[0].unit_code, on=today, now=now)
        return _Asked(
            person=person,
            members=members,
            papers=papers,
            capacity=post,
            leads=unit,
            keeps_health=keeps_health,
            today=today,
        )

    async def _printed(self, task: Mapping[str, Any], recap: Recap) -> bytes:
        """Counting a large unit takes a second: in a thread, so that whoever writes meanwhile is answered."""
        if task["form"] == "xlsx":
            data = await asyncio.to_thread(workbook, recap)
            return await self._printing.document("sheet", data, format="xlsx")
        return await self._printing.document("recap", await asyncio.to_thread(form, recap))

    async def _owe(self, work: Work, asked: _Asked, body: bytes, tx: Tx, now: datetime) -> None:
        task = work.task
        first, last = date.fromisoformat(task["first"]), date.fromisoformat(task["last"])
        file = await files.add_made(
            tx,
            self._seal,
            person_id=asked.person.id,
            name=file_name(first, last, locale=task["locale"], ending=task["form"]),
            type=EXCEL if task["form"] == "xlsx" else PDF,
            body=body,
            now=now,
        )
        detail = {
            **{name: task[name] for name in ("form", "unit", "first", "last")},
            "people": len(asked.members),
        }
        await audit.note(tx, actor=asked.person.id, action="recap_made", subject=file, detail=detail, now=now)
        params = {
            "form": task["form"],
            "first": task["first"],
            "last": task["last"],
            "people": len(asked.members),
            "at": now.isoformat(),
            "timezone": asked.person.timezone,
        }
        message = {"params": params, "file": file}
        await tell(tx, self._seal, work, "recap/document", message, once="recap", now=now)

    async def _apologise(self, work: Work, tx: Tx, now: datetime) -> None:
        params = {name: work.task[name] for name in ("first", "last")}
        await tell(tx, self._seal, work, "recap/not_made", {"params": params}, once="recap", now=now)


async def _leads(tx: Tx, person: Person, unit_code: str, *, on: date, now: datetime) -> tuple[Capacity, str]:
    """Return as what somebody signs for a unit: by which post, and of what unit, it or the nearest above it."""
    held = await appointments.of_person(tx, person_id=person.id, on=on, as_known_at=now)
    for code in await units.chain(tx, code=unit_code):
        post = next((each.post for each in held if each.unit_code == code), None)
        unit = await units.by_code(tx, code=code) if post else None
        if post is not None and unit is not None:
            return post.value, unit.name
    return "superior", ""


def _recap(task: Mapping[str, Any], asked: _Asked, days: recap_days.Days, now: datetime) -> Recap:
    return Recap(
        days=days,
        wording=Wording(locale=task["locale"], timezone=asked.person.timezone),
        papers=asked.papers,
        capacity=asked.capacity,
        leads=asked.leads or asked.papers.unit,
        unit=asked.members[0].unit_name if task["unit"] else "",
        keeps_health=asked.keeps_health,
        now=now,
        printed_on=asked.today,
    )
