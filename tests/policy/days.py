"""A working day of somebody who owes things by the usual deadlines, and living it: looking whenever it is due."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policy.deadlines import DEFAULT_DEADLINES, Owed, State
from policy.reminder_stages import Day, Todo
from policy.reminding import Move, first_look, next_move
from policy.words import Hours

MONDAY = date(2020, 6, 15)
WIB = ZoneInfo("Asia/Jakarta")
OFFICE_HOURS = Hours(time(7, 30), time(16))


def day_of(
    hours: Hours = OFFICE_HOURS,
    *,
    zone: ZoneInfo = WIB,
    kinds: tuple[Owed, ...] = tuple(Owed),
    person_id: str = "ana",
    is_in_office: bool = True,
    people: int = 0,
) -> Day:
    """A Monday of somebody who owes these things by the usual deadlines."""
    owed = tuple(
        Todo(kind, DEFAULT_DEADLINES.span(kind, day=MONDAY, hours=hours, zone=zone), State.OPEN)
        for kind in kinds
    )
    return Day(
        person_id=person_id, on=MONDAY, zone=zone, is_in_office=is_in_office, owed=owed, people=people,
        starts=datetime.combine(MONDAY, hours.start, tzinfo=zone),
        ends=datetime.combine(MONDAY, hours.end, tzinfo=zone) + timedelta(days=hours.end <= hours.start),
    )  # fmt: skip


def local(clock: str, *, day: date = MONDAY, zone: ZoneInfo = WIB) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)


def after(day: Day, move: Move) -> Day:
    """The day once a move was made."""
    marked, named = {each.kind for each in move.overdue}, {each.kind for each in move.named}
    owed = tuple(replace(each, state=_state(each, marked, named)) for each in day.owed)
    ended = day.ended | {each.name for each, _ in move.ended}
    return replace(day, owed=owed, ended=ended, pings=day.pings + bool(move.said))


def _state(each: Todo, marked: set[Owed], named: set[Owed]) -> State:
    if each.kind in marked:
        return State.OVERDUE
    return State.REMINDED if each.kind in named and each.state is State.OPEN else each.state


def done(day: Day, *kinds: Owed) -> Day:
    """The day once these were reported."""
    owed = (replace(each, state=State.CLOSED) if each.kind in kinds else each for each in day.owed)
    return replace(day, owed=tuple(owed))


def lived(day: Day, *, doing: dict[str, tuple[Owed, ...]] | None = None) -> list[str]:
    """Look whenever there is something to look at; return each message as "clock stages: what it names"."""
    lines, look = [], first_look(day)
    left = {local(clock): kinds for clock, kinds in (doing or {}).items()}
    while look is not None:
        for at in [at for at in left if at <= look]:
            day = done(day, *left.pop(at))
        move = next_move(day, look)
        if move.said:
            stages = "+".join(each.stage for each in move.said)
            named = ", ".join(each.kind for each in move.named)
            lines.append(f"{look.astimezone(day.zone):%H.%M} {stages}: {named}")
        day, look = after(day, move), move.look_at
    return lines
