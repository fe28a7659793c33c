"""Fills an empty database with the example province: imported, decided, linked, and with two weeks of reports.

Everything goes through the functions that the bot itself uses, at the moment at which it would have happened.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.demo import files
from bot.demo.files import cast
from bot.demo.history import play_history
from db import absences, calendars, changes, enrol, identities, meta, notices, people, roles, units
from db.engine import Db, Tx
from db.roles import Role
from db.sealed import Seal
from handlers import notice
from handlers.admin import circulars, decisions, reporting, said
from handlers.admin.importing.service import carry_out, look
from policy.book import Book
from policy.health import HealthMode
from policy.words import AbsenceKind, DayKind

CHANNEL = "telegram"
BY = "demo"
CODES_LAST = timedelta(days=30)

__all__ = ["cast", "seed", "start"]
start = files.start


async def seed(db: Db, seal: Seal, book: Book, now: datetime) -> None:
    """Make the database the demo's and fill it, all or nothing. A demo's database that is filled stays as it is.

    `now` is the played moment at which the demo begins. Raises Refused if there are people who may be real.
    """
    async with db.transaction() as tx:
        await meta.flag_demo(tx)
        if await people.ids_by_nip(tx):
            return
        seeding = Seeding(tx=tx, seal=seal, book=book)
        await seeding.found()
        await seeding.decide()
        await seeding.link()
        ids = await people.ids_by_nip(tx)
        await play_history(tx, seal, book, ids=ids, turn_to=seeding.turn_to)
        for change in await changes.waiting(tx):  # the past was told as it happened
            await changes.looked_at(tx, change_id=change.id, now=now)
        for nip, code in files.codes().items():
            await enrol.issue_code(
                tx,
                seal,
                person_id=ids[nip],
                issued_by=BY,
                now=now,
                valid_for=CODES_LAST,
                drawn=code.replace("-", ""),
            )
        for change in await changes.waiting(tx):  # of those weeks; whom they touched was told then
            await changes.looked_at(tx, change_id=change.id, now=now)


@dataclass(kw_only=True)
class Seeding:
    """The office's side of the example: what was imported and decided, in the order in which it became known."""

    tx: Tx
    seal: Seal
    book: Book
    known_until: datetime | None = None

    async def found(self) -> None:
        """Import the regions, units and people."""
        at = files.moment(files.province()["imported"])
        for name in files.IMPORTS:
            content = files.imported(name)
            outlook = await look(self.tx, content, valid_from=at.date(), now=at)
            await carry_out(self.tx, outlook, valid_from=at.date(), by=BY, now=at, file=name)

    async def decide(self) -> None:
        """Record what was decided once: roles, holidays, how health is reported, what is owed."""
        province, ids = files.province(), await people.ids_by_nip(self.tx)
        at = files.moment(province["imported"])
        for row in province["roles"]:
            role, person_id = Role(row["role"]), ids[row["nip"]]
            await roles.grant(
                self.tx,
                person_id=person_id,
                role=role,
                unit_code=row.get("unit"),
                valid_from=at.date(),
                by=BY,
                now=at,
            )
        health = province["health"]
        for agency in await self._agencies():
            await decisions.set_health_mode(
                self.tx,
                agency_code=agency,
                mode=HealthMode(health["mode"]),
                basis=health["basis"],
                valid_from=health["from"],
                by=BY,
                now=files.moment(health["known"]),
            )
            owed = province["reporting"]
            await reporting.ask_reports(
                self.tx,
                agency_code=agency,
                kinds=owed["kinds"],
                basis=owed["basis"],
                valid_from=owed["from"],
                by=BY,
                now=files.moment(owed["known"]),
            )
            for day in province["holidays"]:
                await calendars.name_day(
                    self.tx,
                    unit_code=agency,
                    kind=DayKind.HOLIDAY,
                    name=day["name"],
                    on=day["on"],
                    by=BY,
                    now=files.moment(day["known"]),
                )

    async def link(self) -> None:
        """Link everybody to their chat, but for those who still have to prove who they are."""
        at = files.moment(files.province()["health"]["known"])
        ids = await people.ids_by_nip(self.tx)
        for nip, chat in files.chats().items():
            if nip in files.unlinked():
                continue
            place = {"channel": CHANNEL, "address": str(chat)}
            await notices.shown(self.tx, version=notice.VERSION, locale="id", now=at, **place)
            await notices.accepted(self.tx, version=notice.VERSION, person_id=ids[nip], now=at, **place)
            await identities.link(
                self.tx, person_id=ids[nip], user_key=str(chat), proved_by="code", now=at, **place
            )

    async def turn_to(self, day: date) -> None:
        """Record what became known before the morning of that day: the circular, zones, leave."""
        province = files.province()
        rows = [("circular", province["circular"])]
        rows += [("zone", row) for row in province["zones"]] + [("leave", row) for row in province["leave"]]
        for what, row in rows:
            at = files.moment(row["known"])
            if at.date() < day and (self.known_until is None or at > self.known_until):
                await self._record(what, row, at)
        self.known_until = datetime.combine(day, datetime.min.time(), tzinfo=files.start().tzinfo)

    async def _record(self, what: str, row: dict[str, Any], at: datetime) -> None:
        if what == "circular":
            for agency in await self._agencies():
                await circulars.adopt(
                    self.tx,
                    self.book,
                    circular=row["id"],
                    unit_code=agency,
                    valid_from=row["from"],
                    by=BY,
                    now=at,
                )
        elif what == "zone":
            await said.set_region_fact(
                self.tx,
                region_code=row["region"],
                name="zone",
                value=row["zone"],
                valid_from=row["from"],
                source=row["source"],
                by=BY,
                now=at,
            )
        else:
            ids = await people.ids_by_nip(self.tx)
            await absences.excuse(
                self.tx,
                person_id=ids[row["nip"]],
                kind=AbsenceKind(row["kind"]),
                valid_from=row["from"],
                valid_until=row["until"],
                by=BY,
                now=at,
            )

    async def _agencies(self) -> list[str]:
        return [unit.code for unit in await units.all_units(self.tx) if unit.parent_code is None]
