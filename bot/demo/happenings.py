"""What a visitor of the demo can let the office decide: carried out as an admin would, and told without waiting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.demo import files
from db.engine import Db
from db.sealed import Seal
from handlers.admin import decisions
from policy.book import Book
from policy.calendar import local_date
from policy.words import Zone
from scheduler import changes

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
        async with self.db.transaction() as tx:
            await decisions.set_zone(
                tx,
                region_code=found["region"],
                zone=Zone(found["zone"]),
                valid_from=local_date(now, HOME) + timedelta(days=found["in_days"]),
                source=found["source"],
                by=BY,
                now=now,
            )
        await changes.look(self.db, self.seal, self.book, now, settles=timedelta())
        self.told()
        return True
