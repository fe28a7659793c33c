"""Making the PDF of a periodic report (the work `periodic`): for who sends it, or receives it, and nobody else."""

from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.documents.making import PDF
from bot.documents.periodic_form import Paper, periodic_form
from bot.documents.printing import NotPrinted, Printing
from bot.documents.telling import tell
from bot.documents.wording import Wording
from bot.work import Ended, Later
from db import audit, files, people, regions, units
from db.engine import Db, Tx
from db.people import Person
from db.periodic_reports import lines as periodic_lines
from db.periodic_reports import readers as periodic_readers
from db.periodic_reports import reports as periodic
from db.periodic_reports.content import Signature
from db.periodic_reports.reports import Report
from db.rota import units as rota_units
from db.sealed import Seal
from db.units import Unit
from db.work import Work
from policy.book import Book
from policy.calendar import local_date


class PeriodicMaking:
    """Makes reports as they stand, if who asked may still read them."""

    most_tries = 5

    def __init__(self, db: Db, seal: Seal, printing: Printing, *, book: Book, clock: Clock) -> None:
        self._db, self._seal, self._printing, self._clock = db, seal, printing, clock
        del book  # a report stands as it was drafted: no rule is asked again

    async def do(self, work: Work) -> Ended | Later:
        """Make the report and owe it to whoever asked."""
        task, now = work.task, self._clock.now()
        async with self._db.reading() as tx:
            person = await people.by_address(tx, channel=task["channel"], address=task["address"], now=now)
            if person is None or person.id != task["person"]:  # whoever has the chat now did not ask for it
                return Ended(because="the chat is not the person's any more")
            paper = await self._paper(tx, work, person, now)
        if paper is None:
            return Ended(because="they may not read it any more, or it is gone")
        try:
            body = await self._printing.document("periodic", periodic_form(paper))
        except NotPrinted as error:
            return Later(says=str(error))
        return Ended(because="made", write=partial(self._owe, work, paper, body))

    def give_up(self, work: Work, *, because: str) -> Ended:
        """Say that it could not be made."""
        return Ended(because=because, write=partial(self._apologise, work))

    async def _paper(self, tx: Tx, work: Work, person: Person, now: datetime) -> Paper | None:
        report = await periodic.by_id(tx, self._seal, report_id=work.task["report"])
        unit = await units.by_code(tx, code=report.unit_code) if report else None
        if report is None or unit is None:
            return None
        lines = await periodic_lines.of(tx, self._seal, report_id=report.id)
        zone = await rota_units.zone_of(tx, unit_code=unit.code)
        is_heads, on = work.task["side"] == "head", local_date(now, zone)
        capacity = await periodic_readers.side_of(
            tx, report, person_id=person.id, is_heads=is_heads, on=on, now=now, lines=lines
        )
        if capacity is None:
            return None
        standing = [line for line in lines if not line.is_settled]
        asking = Signature(name=person.name, nip=person.nip, capacity=capacity)
        region = await regions.by_code(tx, code=unit.region_code)
        return Paper(
            report=report,
            lines=standing if is_heads else [line for line in standing if line.is_named],
            reasons=[] if is_heads else [line.left_out for line in standing if line.left_out],
            unit=unit.name,
            agency=await _agency(tx, unit),
            place=region.name if region else "–",
            signed=report.content.signature or asking,
            receiver=await _receiver(tx, report, now),
            wording=Wording(locale=work.task["locale"], timezone=zone.key),
            now=now,
            printed_on=on,
        )

    async def _owe(self, work: Work, paper: Paper, body: bytes, tx: Tx, now: datetime) -> None:
        report = paper.report
        name = f"{report.number.replace('/', '-')}.pdf"
        file = await files.add_made(
            tx, self._seal, person_id=work.task["person"], name=name, type=PDF, body=body, now=now
        )
        detail = {"report": report.number}
        await audit.note(
            tx,
            actor=work.task["person"],
            action="periodic_printed",
            subject=report.unit_code,
            detail=detail,
            now=now,
        )
        params = {"number": report.number, "at": now.isoformat(), "timezone": paper.wording.timezone}
        message = {"params": params, "file": file}
        await tell(tx, self._seal, work, "periodic/document", message, once="periodic", now=now)

    async def _apologise(self, work: Work, tx: Tx, now: datetime) -> None:
        report = await periodic.by_id(tx, self._seal, report_id=work.task["report"])
        params = {"number": report.number if report else "–"}
        await tell(tx, self._seal, work, "periodic/not_made", {"params": params}, once="periodic", now=now)


async def _agency(tx: Tx, unit: Unit) -> str:
    top = await units.by_code(tx, code=(await units.chain(tx, code=unit.code))[-1])
    return top.name if top else unit.name


async def _receiver(tx: Tx, report: Report, now: datetime) -> Signature | None:
    found = await people.by_id(tx, person_id=report.received_by, now=now) if report.received_by else None
    return Signature(name=found.name, nip=found.nip, capacity="pyb") if found else None
