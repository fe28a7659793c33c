"""A day of the cast as the clock brings it: opened the evening before, and looked at whenever it is due."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db import days_opened, settings, workdays
from db.days_opened import Place
from db.moments import from_micros
from scheduler.days import workday
from scheduler.reminding import reminders
from tests.chat import Player
from tests.factories import AGENCY, BY, SINCE
from tests.stage import BOOK, LOCAL, Stage

TUESDAY = date(2020, 6, 16)


async def asks(stage: Stage, name: str = "reporting", value: str = "plan,output") -> None:
    """Let the agency record what it asks of its people, with its basis."""
    async with stage.db.transaction() as tx:
        await settings.set_value(
            tx, unit_code=AGENCY, name=name, value=value, basis="SK Kepala Dinas 800/14/2020", valid_from=SINCE,
            by=BY, now=stage.clock.now() - timedelta(days=1),
        )  # fmt: skip


async def opened(stage: Stage, local: str = "2020-06-15 18:00", *, timezone: str = LOCAL.key) -> None:
    """Let the evening come on which the next day is opened; the day before was of no concern."""
    await asks(stage)
    stage.moves_to(local)
    async with stage.db.transaction() as tx:
        place = Place(agency_code=AGENCY, timezone=timezone)
        await days_opened.note(tx, place=place, on=at(local).date(), people=0, now=stage.clock.now())
    await workday.open_due(stage.db, stage.seal, BOOK, stage.clock.now())


async def looked(stage: Stage) -> int:
    """Look until nothing is due."""
    found = 0
    while looked := await reminders.look(stage.db, stage.seal, BOOK, stage.clock.now()):
        found += looked
        assert found < 1000, "it looks for ever"
    return found


async def until(stage: Stage, local: str, *, sends: bool = True) -> None:
    """Let time pass to that moment, looking whenever something is due, and send what is said."""
    end = datetime.fromisoformat(local).replace(tzinfo=LOCAL)
    while (look := await _next(stage)) is not None and look <= end:
        stage.clock.move_to(max(look, stage.clock.now()))
        await looked(stage)
        if sends:
            await stage.drains()
    stage.clock.move_to(end)


async def day_of(stage: Stage, who: Player, on: date = TUESDAY) -> workdays.Workday:
    async with stage.db.reading() as tx:
        found = await workdays.of(tx, person_id=who.person_id, on=on)
    assert found is not None
    return found


async def owed(stage: Stage, who: Player) -> dict[str, tuple[str, datetime | None]]:
    """By kind: the state, and since when it is overdue."""
    rows = await stage.rows(
        "SELECT kind, state, overdue_at FROM obligations WHERE person_id = :who", who=who.person_id
    )
    return {row["kind"]: (row["state"], row["overdue_at"] and from_micros(row["overdue_at"])) for row in rows}


async def fates(stage: Stage, who: Player, on: date = TUESDAY) -> dict[str, str]:
    return {stage_: became for stage_, _, became in (await day_of(stage, who, on)).log}


def at(local: str, zone: ZoneInfo = LOCAL) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=zone)


def texts(who: Player, *, since: int = 0) -> list[str]:
    return [seen.text for seen in who.seen[since:]]


async def _next(stage: Stage) -> datetime | None:
    (row,) = await stage.rows("SELECT MIN(look_at) AS look FROM workdays")
    return from_micros(row["look"]) if row["look"] is not None else None
