"""Making what somebody asked for of a rota (the work `rota`): a week's picture, or the list to recompute it by."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.documents.making import PICTURE_PPI, PNG
from bot.documents.printing import NotPrinted, Printing
from bot.documents.rota_pictures import own_week, unit_week
from bot.documents.telling import tell
from bot.documents.wording import Wording
from bot.work import Ended, Later
from db import files, people, units
from db.engine import Db, Tx
from db.facts import facts_between
from db.people import Person
from db.rota import days as rota_days
from db.rota import rotas
from db.rota import settings as rota_settings
from db.rota import units as rota_units
from db.rota import weeks as rota_weeks
from db.sealed import Seal
from db.work import Work
from policy.book import Book
from policy.calendar import WEEK, local_date, zone_named
from policy.engine import decide
from policy.model import Audience, visible_to
from policy.roster import plan
from policy.rota.checking import written
from policy.rota.published import order_in

JSON = "application/json"
_SIX_DAYS = timedelta(days=6)


class RotaMaking:
    """Makes pictures of weeks and lists of draws."""

    most_tries = 5

    def __init__(self, db: Db, seal: Seal, printing: Printing, *, book: Book, clock: Clock) -> None:
        self._db, self._seal, self._printing = db, seal, printing
        self._book, self._clock = book, clock

    async def do(self, work: Work) -> Ended | Later:
        """Make it as things stand now, if who asked may still see it, and owe it to them."""
        task, now = work.task, self._clock.now()
        async with self._db.reading() as tx:
            person = await people.by_address(tx, channel=task["channel"], address=task["address"], now=now)
            if person is None or person.id != task["person"]:  # whoever has the chat now did not ask for it
                return Ended(because="the chat is not the person's any more")
            read = await self._read(tx, person, task, now)
        if read is None:
            return Ended(because="they may not see it any more, or it is gone")
        try:
            body = await self._made(task, read)
        except NotPrinted as error:
            return Later(says=str(error))
        return Ended(because="made", write=partial(self._owe, work, person.timezone, body))

    def give_up(self, work: Work, *, because: str) -> Ended:
        """Say that it could not be made."""
        return Ended(because=because, write=partial(self._apologise, work))

    async def _read(self, tx: Tx, person: Person, task: Mapping[str, Any], now: datetime) -> Any:
        if task["form"] == "list":
            return await self._list(tx, person, task["rota"], now)
        monday = date.fromisoformat(task["week"])
        wording = Wording(locale=task["locale"], timezone=person.timezone)
        if task["form"] == "own":
            facts = await facts_between(
                tx,
                self._seal,
                person_id=person.id,
                first=monday,
                last=monday + _SIX_DAYS,
                now=now,
                book=self._book,
            )
            verdicts = [visible_to(decide(each), Audience.SELF) for _, each in sorted(facts.items())]
            today = local_date(now, zone_named(person.timezone))
            return own_week(verdicts, name=person.name, monday=monday, today=today, now=now, wording=wording)
        if task["unit"] not in await self._led(tx, person, now):
            return None
        week = await rota_weeks.read(
            tx, self._seal, self._book, unit_code=task["unit"], monday=monday, now=now
        )
        return unit_week(week, now=now, wording=wording) if week and week.days else None

    async def _list(self, tx: Tx, person: Person, rota_id: str, now: datetime) -> str | None:
        """For the unit's own people once it is published, and for who makes it."""
        rota = await rotas.by_id(tx, self._seal, rota_id=rota_id)
        unit = await units.by_code(tx, code=rota.unit_code) if rota else None
        is_published = rota is not None and rota.state in ("published", "superseded")
        if rota is None or unit is None or not rota.inputs:
            return None
        is_theirs = is_published and person.unit_code == unit.code
        if not is_theirs and unit.code not in await self._led(tx, person, now):
            return None
        order = order_in(rota.inputs["order"])
        drawn = {(who, on): place for on, all_ in plan(order).days.items() for who, place in all_.items()}
        stands = {
            (day.person_id, day.on): day.because
            for day in await self._stands(tx, rota, now)
            if (was := drawn.get((day.person_id, day.on))) is None or was.arrangement is not day.arrangement
        }
        names = await rota_units.names(tx, unit_code=unit.code, on=rota.week, now=now)
        after = await rota_settings.seed(tx, unit_code=unit.code, week=rota.week + rota_settings.CYCLE)
        return written(order, code=rota.code, unit=unit.name, names=names, stands=stands, next_seed=after)

    async def _stands(self, tx: Tx, rota: rotas.Rota, now: datetime) -> list[rota_days.Day]:
        if rota.is_open:
            return await rota_days.days_of(tx, rota_id=rota.id)
        last = rota.week + WEEK - timedelta(days=1)
        found = await rota_days.standing(
            tx, unit_code=rota.unit_code, first=rota.week, last=last, as_known_at=now
        )
        return list(found.values())

    async def _led(self, tx: Tx, person: Person, now: datetime) -> set[str]:
        today = local_date(now, zone_named(person.timezone))
        return {unit.code for unit in await rota_units.of_head(tx, person_id=person.id, on=today, now=now)}

    async def _made(self, task: Mapping[str, Any], read: Any) -> bytes:
        if task["form"] == "list":
            return str(read).encode()
        template = "rota" if task["form"] == "unit" else "week"
        return await self._printing.document(template, read, format="png", ppi=PICTURE_PPI)

    async def _owe(self, work: Work, timezone: str, body: bytes, tx: Tx, now: datetime) -> None:
        is_list = work.task["form"] == "list"
        file = await files.add_made(
            tx,
            self._seal,
            person_id=work.task["person"],
            name=_name(work.task, now),
            type=JSON if is_list else PNG,
            body=body,
            now=now,
        )
        params = {"form": work.task["form"], "at": now.isoformat(), "timezone": timezone}
        message = {"params": params, "file": file}
        await tell(tx, self._seal, work, "rota/document", message, once="rota", now=now)

    async def _apologise(self, work: Work, tx: Tx, now: datetime) -> None:
        await tell(tx, self._seal, work, "rota/not_made", {"params": {}}, once="rota", now=now)


def _name(task: Mapping[str, Any], now: datetime) -> str:
    if task["form"] == "list":
        return f"undian-{now:%Y-%m-%d}.json" if task["locale"] == "id" else f"draw-{now:%Y-%m-%d}.json"
    return f"jadwal-{task['week']}.png" if task["locale"] == "id" else f"rota-{task['week']}.png"
