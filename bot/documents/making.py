"""Making the document that somebody asked for, and sending it to them (the work `document`)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.documents.forms import Sheet, day_form, month_form
from bot.documents.picture import calendar
from bot.documents.printing import NotPrinted, Printing
from bot.documents.telling import tell
from bot.documents.wording import Wording
from bot.work import Ended, Later
from db import files, overview, people
from db.engine import Db, Tx
from db.files import File
from db.overview import Papers
from db.people import Person
from db.sealed import Seal
from db.work import Work
from handlers.history.days import Day, days_between
from handlers.history.showing import file_ids
from policy.book import Book
from policy.calendar import local_date

PDF, PNG = "application/pdf", "image/png"
PICTURE_PPI = 144.0  # 540 points wide: 1080 pixels


class Making:
    """Makes forms and pictures of one's own days."""

    most_tries = 5

    def __init__(self, db: Db, seal: Seal, printing: Printing, *, book: Book, clock: Clock) -> None:
        self._db = db
        self._seal = seal
        self._printing = printing
        self._book = book
        self._clock = clock

    async def do(self, work: Work) -> Ended | Later:
        """Make the document as things stand now, and owe it to whoever asked."""
        task, now = work.task, self._clock.now()
        async with self._db.reading() as tx:
            person = await people.by_id(tx, person_id=task["person"], now=now)
            if person is None:
                return Ended(because="the person does not work here any more")
            owner = await people.by_address(tx, channel=task["channel"], address=task["address"], now=now)
            if owner is None or owner.id != person.id:  # whoever has the chat now did not ask for it (A04)
                return Ended(because="the chat is not the person's any more")
            read = await self._read(tx, person, task, now)
        try:
            body = await self._printed(task, person, *read, now)
        except NotPrinted as error:
            return Later(says=str(error))
        return Ended(because="made", write=partial(self._owe, work, person.timezone, body))

    def give_up(self, work: Work, *, because: str) -> Ended:
        """Say that it could not be made."""
        return Ended(because=because, write=partial(self._apologise, work))

    async def _read(
        self, tx: Tx, person: Person, task: Mapping[str, Any], now: datetime
    ) -> tuple[list[Day], Papers | None, dict[str, File]]:
        first = date.fromisoformat(task["day"])
        last = first if task["form"] == "day" else _month_end(first)
        days = await days_between(
            tx,
            self._seal,
            person_id=person.id,
            first=first,
            last=last,
            today=_today(person, now),
            now=now,
            book=self._book,
        )
        reports = [report for day in days for report in (day.plan, day.output)]
        named = await files.named(tx, ids=file_ids(*reports)) if task["form"] == "day" else {}
        held = await overview.papers(tx, person_id=person.id, on=min(last, _today(person, now)), now=now)
        return (
            days,
            held or await overview.papers(tx, person_id=person.id, on=_today(person, now), now=now),
            named,
        )

    async def _printed(
        self,
        task: Mapping[str, Any],
        person: Person,
        days: Sequence[Day],
        papers: Papers | None,
        named: Mapping[str, File],
        now: datetime,
    ) -> bytes:
        wording, today = Wording(locale=task["locale"], timezone=person.timezone), _today(person, now)
        if task["form"] == "calendar":
            data = calendar(days, name=person.name, today=today, now=now, wording=wording)
            return await self._printing.document("calendar", data, format="png", ppi=PICTURE_PPI)
        papers = papers or Papers(
            name=person.name,
            nip=person.nip,
            position="–",
            unit=person.unit_name,
            agency=person.unit_name,
            place="–",
        )
        sheet = Sheet(papers=papers, wording=wording, files=named, now=now, printed_on=today)
        data = day_form(days[0], sheet) if task["form"] == "day" else month_form(days, sheet)
        return await self._printing.document(task["form"], data)

    async def _owe(self, work: Work, timezone: str, body: bytes, tx: Tx, now: datetime) -> None:
        task = work.task
        is_picture = task["form"] == "calendar"
        file = await files.add_made(
            tx,
            self._seal,
            person_id=task["person"],
            name=_name(task),
            type=PNG if is_picture else PDF,
            body=body,
            now=now,
        )
        params = {"form": task["form"], "day": task["day"], "at": now.isoformat(), "timezone": timezone}
        await tell(
            tx,
            self._seal,
            work,
            "history/document",
            {"params": params, "file": file},
            once="document",
            now=now,
        )

    async def _apologise(self, work: Work, tx: Tx, now: datetime) -> None:
        params = {"form": work.task["form"], "day": work.task["day"]}
        await tell(tx, self._seal, work, "history/not_made", {"params": params}, once="document", now=now)


def _name(task: Mapping[str, Any]) -> str:
    """Return a file name that says what it is and sorts by its day."""
    names = {
        "id": {"day": "laporan-harian", "month": "rekap-bulanan", "calendar": "kalender"},
        "en": {"day": "daily-report", "month": "monthly-summary", "calendar": "calendar"},
    }
    form, day = task["form"], task["day"]
    kind = names.get(task["locale"], names["id"])[form]
    return f"{kind}-{day if form == 'day' else day[:7]}.{'png' if form == 'calendar' else 'pdf'}"


def _today(person: Person, now: datetime) -> date:
    return local_date(now, ZoneInfo(person.timezone))


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
