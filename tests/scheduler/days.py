"""What an agency asks for, and the job that opens days and keeps them to the verdict."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from db import absences, changes, obligations, settings, workdays
from db.changes import ChangeKind
from db.obligations import Obligation
from db.sending import outbox
from db.sending.outbox import Class
from db.sending.reminders import once_key
from db.workdays import Workday
from handlers.admin import days
from policy.model import AbsenceKind, DayKind, Part
from scheduler import changes as changing
from scheduler.days import workday as job
from scheduler.days.workday import Refreshed
from tests.chat import Player
from tests.factories import AGENCY, SINCE
from tests.stage import BOOK, Stage

MONDAY = date(2020, 6, 15)
KNOWN = datetime(2020, 6, 13, 8, tzinfo=UTC)
BASIS = "SK Kepala Dinas 800/15/2020"


async def asks(
    stage: Stage,
    name: str,
    value: str,
    *,
    basis: str | None = BASIS,
    since: date = SINCE,
    known: datetime = KNOWN,
) -> None:
    """Let the agency have decided something from a day on."""
    async with stage.db.transaction() as tx:
        await settings.set_value(
            tx, unit_code=AGENCY, name=name, value=value, basis=basis, valid_from=since, by="clara",
            now=known,
        )  # fmt: skip


async def opens(stage: Stage, local: str = "") -> int:
    """Let the job look at that moment."""
    if local:
        stage.moves_to(local)
    return await job.open_due(stage.db, stage.seal, BOOK, stage.clock.now())


async def refreshes(stage: Stage, *players: Player, day: date = MONDAY, local: str = "") -> Refreshed:
    """Let these people's day be judged again, and show everybody what is sent."""
    if local:
        stage.moves_to(local)
    for player in stage.players.values():
        player._since = len(player.seen)
    people = [player.person_id for player in players]
    done = await job.refresh(stage.db, stage.seal, BOOK, people=people, day=day, now=stage.clock.now())
    await stage.drains()
    return done


async def owed(stage: Stage, player: Player, *, on: date = MONDAY) -> list[Obligation]:
    async with stage.db.reading() as tx:
        return await obligations.of(tx, person_id=player.person_id, on=on)


async def states(stage: Stage, player: Player, *, on: date = MONDAY) -> dict[str, str]:
    return {each.kind.value: each.state.value for each in await owed(stage, player, on=on)}


async def times(stage: Stage, player: Player, *, on: date = MONDAY) -> dict[str, str]:
    """When each opens and is due, in the local time of the day's row."""
    day = await the_day(stage, player, on=on)
    return {
        each.kind.value: f"{_clock(each.opens_at, day)}-{_clock(each.due_at, day)}"
        for each in await owed(stage, player, on=on)
    }


async def the_day(stage: Stage, player: Player, *, on: date = MONDAY) -> Workday:
    async with stage.db.reading() as tx:
        found = await workdays.of(tx, person_id=player.person_id, on=on)
    assert found is not None, f"{player.name} has no open day on {on}."
    return found


async def pinged(
    stage: Stage, player: Player, stages: Sequence[str] = ("start",), *, on: date = MONDAY
) -> None:
    """Let somebody have been reminded of these stages by now."""
    day = await the_day(stage, player, on=on)
    now = stage.clock.now()
    async with stage.db.transaction() as tx:
        assert await workdays.move(
            tx, day, look_at=day.look_at, log=[(each, now, "sent") for each in stages], pinged_at=now
        )


def _clock(moment: datetime, day: Workday) -> str:
    return f"{moment.astimezone(ZoneInfo(day.timezone)):%H.%M}"


async def days_change(stage: Stage, local: str = "") -> None:
    """Let the job of changes look at what was decided a minute ago, and show everybody what is sent."""
    if local:
        stage.moves_to(local)
    else:
        stage.passes(60)
    for player in stage.players.values():
        player._since = len(player.seen)
    await changing.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()


async def holiday(stage: Stage, day: date = MONDAY) -> None:
    async with stage.db.transaction() as tx:
        await days.name_day(
            tx, agency_code=AGENCY, kind=DayKind.HOLIDAY, name="Hari jadi", on=day, until=day, by="clara",
            now=stage.clock.now(),
        )  # fmt: skip


async def away(stage: Stage, player: Player, *, part: Part | None = None, on: date = MONDAY) -> None:
    async with stage.db.transaction() as tx:
        now = stage.clock.now()
        await absences.excuse(
            tx, person_id=player.person_id, kind=AbsenceKind.PERMISSION, part=part, valid_from=on, valid_until=on,
            letter=None, by="boris", now=now,
        )  # fmt: skip
        await changes.note(
            tx, kind=ChangeKind.PERSON, subject=player.person_id, first_day=on, by="boris", now=now
        )


async def queued(stage: Stage, player: Player, said: str = "start") -> None:
    """A reminder waits to be sent to somebody, and counts as said."""
    day, now = await the_day(stage, player), stage.clock.now()
    async with stage.db.transaction() as tx:
        await outbox.add(
            tx, stage.seal, channel="telegram", address=player.address, person_id=player.person_id,
            urgency=Class.REMINDER, message="menu/others", locale="id", body={"params": {}, "look": "plain"}, now=now,
            once=f"{once_key(day.id, said)}:{player.person_id}:telegram", not_before=now + timedelta(minutes=5),
        )  # fmt: skip
    await pinged(stage, player, [said])


async def reminders(stage: Stage) -> list[tuple[str, str | None]]:
    rows = await stage.rows("SELECT state, ended_because FROM outbox WHERE class = 3 ORDER BY id")
    return [(row["state"], row["ended_because"]) for row in rows]


async def overdue(stage: Stage, player: Player) -> None:
    """What is past its deadline was marked."""
    async with stage.db.transaction() as tx:
        await tx.run(
            "UPDATE obligations SET state = 'overdue', overdue_at = due_at WHERE person_id = :person AND due_at < :now",
            person=player.person_id,
            now=int(stage.clock.now().timestamp() * 1_000_000),
        )
