"""What a visitor of the demo can let the office decide: carried out as an admin would, and told without waiting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.demo import files
from db.engine import Db, Tx
from db.rota import drawing as rota_drawing
from db.rota import rotas as stored
from db.sealed import Seal
from handlers.admin import circulars, said
from policy.book import Book
from policy.calendar import WEEK, local_date, monday_of
from scheduler import changes, rotas

HOME = ZoneInfo("Asia/Jakarta")  # where the example province lies
BY = "demo"


@dataclass(frozen=True, kw_only=True)
class Happenings:
    """The happenings of province.yaml, at work in a running demo."""

    db: Db
    seal: Seal
    book: Book
    clock: Clock
    told: Callable[[], None]  # somebody is to be written to

    async def happen(self, name: str) -> bool:
        """Let this one happen at the played moment, and whoever it touches hear of it. False if there is no such."""
        found = next((each for each in files.province()["happenings"] if each["id"] == name), None)
        if found is None:
            return False
        now = self.clock.now()
        today = local_date(now, HOME)
        async with self.db.transaction() as tx:
            if "zone" in found:
                await _zone(tx, found, today + timedelta(days=1), now=now)
            else:
                await self._quota(tx, found, monday_of(today) + WEEK, now=now)
        await changes.look(self.db, self.seal, self.book, now, settles=timedelta())
        self.told()
        return True

    async def _quota(self, tx: Tx, found: Mapping[str, Any], monday: date, *, now: datetime) -> None:
        """Add the agency's own circular, switch it on, and publish its first rota, as the unit's head would."""
        name, unit = found["circular"], found["unit"]
        body = (files.FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
        _, is_new = await circulars.add(tx, name=name, body=body, by=BY, now=now)
        if not is_new:
            return
        on: dict[str, Any] = {"unit_code": unit, "by": BY, "now": now}
        await circulars.adopt(tx, self.book, circular=name, valid_from=monday, **on)
        rota = await rota_drawing.draw_if_needed(tx, self.seal, self.book, monday=monday, **on)
        if rota is not None:
            await stored.schedule(
                tx, rota_id=rota.id, publish_at=now
            )  # the visitor shall not wait until Friday
            await rotas.publish(tx, self.seal, self.book, rota.id, now)


async def _zone(tx: Tx, found: Mapping[str, Any], first: date, *, now: datetime) -> None:
    await said.set_region_fact(
        tx,
        region_code=found["region"],
        name="zone",
        value=found["zone"],
        valid_from=first,
        source=found["source"],
        by=BY,
        now=now,
    )
