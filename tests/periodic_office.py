"""An office in June 2020 in which Ana owes plans and outputs, and the periodic report that comes of it on 1 July."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from db import obligations, roles, workdays
from db.obligations import Owing
from db.roles import Role
from db.workdays import Opening
from policy.deadlines import Owed, Span
from policy.model import Arrangement
from scheduler.reporting import periodic
from tests.chat import Player
from tests.factories import AGENCY, BY, SINCE
from tests.stage import BOOK, LOCAL, Stage

FIRST, ASKED = "2020-07-01 08:00", "2020-07-07 08:00"
NUMBER = "LAP-001/DISKOMINFO/VII/2020"
ANSWER = "Tanggal 16 dan 18 tidak ada sinyal; laporan di kertas."
WORKED = [date(2020, 6, day) for day in (15, 16, 17, 18, 19, 22, 23, 24, 25, 26, 29, 30)]


async def owes(
    stage: Stage, person_id: str, *, missed: Sequence[int] = (), late: Sequence[int] = (), unit: str = AGENCY
) -> None:
    """Let somebody have owed plan and output on every working day from 15 June; all done in time, but for these."""
    now = stage.clock.now()
    for on in WORKED:
        owing = [
            Owing(kind=kind, basis="SE 58/2020 B.9", span=_span(on, kind))
            for kind in (Owed.PLAN, Owed.OUTPUT)
        ]
        opening = Opening(
            person_id=person_id,
            on=on,
            unit_code=unit,
            agency_code=AGENCY,
            timezone="Asia/Jakarta",
            arrangement=Arrangement.WFH,
            shift=None,
            gist="WFH",
            starts_at=_at(on, 7.5),
            ends_at=_at(on, 16),
            look_at=None,
        )
        state = "overdue" if on.day in missed else "late" if on.day in late else "closed"
        async with stage.db.transaction() as tx:
            await obligations.open_many(tx, on=on, unit_of={person_id: unit}, owing={person_id: owing})
            await workdays.open_many(tx, [opening], now=now)
            await tx.run(
                "UPDATE obligations SET state = :state WHERE person_id = :person AND on_date = :on",
                state=state,
                person=person_id,
                on=on.isoformat(),
            )


async def becomes(stage: Stage, person_id: str, day: int, state: str) -> None:
    """Let what somebody owed on that day of June stand otherwise from now on."""
    async with stage.db.transaction() as tx:
        await tx.run(
            "UPDATE obligations SET state = :state WHERE person_id = :person AND on_date = :on",
            state=state,
            person=person_id,
            on=date(2020, 6, day).isoformat(),
        )


async def names_pyb(stage: Stage, player: Player) -> None:
    """Name somebody the authorised official of the agency."""
    async with stage.db.transaction() as tx:
        await roles.grant(
            tx,
            person_id=player.person_id,
            role=Role.PYB,
            unit_code=AGENCY,
            valid_from=SINCE,
            by=BY,
            now=stage.clock.now() - timedelta(minutes=1),
        )


async def looks(stage: Stage, local: str) -> int:
    """Look at that moment in Lampung, and show everybody what comes of it."""
    stage.moves_to(local)
    for player in stage.players.values():
        player._since = len(player.seen)
    found = await periodic.look(stage.db, stage.seal, BOOK, stage.clock.now())
    await stage.drains()
    return found


async def drafted(stage: Stage, ana: Player) -> None:
    await owes(stage, ana.person_id, missed=(16, 18, 23))
    await looks(stage, FIRST)


async def answered(stage: Stage, ana: Player, text: str = ANSWER) -> None:
    await ana.taps("Jawab")
    await ana.says(text)
    await ana.taps("Kirim")


async def ready(stage: Stage, ana: Player, dewi: Player) -> None:
    """Dewi is the PyB, Ana has answered, and Boris is asked to send."""
    await names_pyb(stage, dewi)
    await drafted(stage, ana)
    await answered(stage, ana)
    await looks(stage, ASKED)


async def sent(stage: Stage, ana: Player, boris: Player, dewi: Player) -> None:
    await ready(stage, ana, dewi)
    await boris.taps("Buka laporan")
    await boris.taps("Kirim ke PyB")
    listens(ana, dewi)
    await boris.taps("Kirim")


def listens(*players: Player) -> None:
    for player in players:
        player._since = len(player.seen)


async def reports(stage: Stage) -> list[tuple[str, str]]:
    """Return the number and state of every report."""
    rows = await stage.rows("SELECT number, state FROM periodic_reports ORDER BY number")
    return [(row["number"], row["state"]) for row in rows]


def _span(on: date, kind: Owed) -> Span:
    return Span(_at(on, 7), _at(on, 9)) if kind is Owed.PLAN else Span(_at(on, 15.5), _at(on, 17))


def _at(on: date, hours: float) -> datetime:
    return datetime.combine(on, time(0), tzinfo=LOCAL) + timedelta(hours=hours)
