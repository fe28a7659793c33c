"""What a day's limits ask and cannot have, once its seats are taken."""

from collections.abc import Iterable

from policy.rota.day import Room, Sitting
from policy.rota.shifts import at_once
from policy.rota.words import Because, Problem, Slot

_CANNOT_COME = frozenset({Slot.HOME, Slot.AWAY})


def problems(day: Sitting) -> list[Problem]:
    """Every duty of the day that cannot be met."""
    found = [problem for room in day.all_rooms for problem in _of_room(day, room)]
    for member in day.by_law:
        if member.id not in day.seated and day.has_used_week(member):
            elsewhere = day.books.accounts[member.id].elsewhere + 1
            numbers = {"most": member.elsewhere_most or 0, "elsewhere": elsewhere}
            found.append(Problem("week_exceeded", day.day, member.id, numbers))
    return found


def _of_room(day: Sitting, room: Room) -> Iterable[Problem]:
    able = [member for member in room.members if day.slots[member.id] not in _CANNOT_COME]
    cap = room.limit.cap
    if cap is not None:
        if room.seats == 0 and able:
            yield _problem(room, "no_seat", cap=cap, people=len(able))
        if (settled := _at_once(day, room)[1]) > max(0, cap - room.limit.taken):
            yield _problem(room, "settled_above_cap", settled=settled, cap=cap)
        fixed = [member for member in able if day.slots[member.id] is Slot.FIXED]
        if (kept := sum(member.id in day.seated for member in fixed)) < len(fixed):
            yield _problem(room, "fixed_above_cap", fixed=len(fixed), seated=kept)
    yield from _floor(room, _at_once(day, room)[0], people=len(able))
    for demand in (Because.NEED, Because.TARGET):
        yield from _unmet(room, demand, people=len(able))


def _at_once(day: Sitting, room: Room) -> tuple[int, int]:
    """The fewest and the most of the room's people who are in at once; only the settled exceed a cap."""
    shifts = [day.shifts.get(member.id) for member in room.members if member.id in day.seated]
    return at_once(room.limit.counted, day.division, shifts)


def _floor(room: Room, least: int, *, people: int) -> Iterable[Problem]:
    """A floor holds for the emptiest shift or moment, where it is counted so."""
    limit, wanted = room.limit, room.wants(Because.FLOOR)
    if limit.floor is None or wanted is None or limit.floor - limit.taken <= least:
        return
    if limit.cap is not None and limit.floor > limit.cap:
        yield _problem(room, "floor_above_cap", floor=limit.floor, cap=limit.cap)
    elif wanted > people:
        yield _problem(room, "floor_above_people", floor=wanted + limit.taken, people=people + limit.taken)
    else:
        yield _problem(room, "floor_missed", floor=limit.floor, seated=least + limit.taken)


def _unmet(room: Room, demand: Because, *, people: int) -> Iterable[Problem]:
    name, wanted = demand.value, room.wants(demand)
    if wanted is None or wanted <= room.seated:
        return
    taken = 0 if demand is Because.NEED else room.limit.taken
    asked = {name: wanted + taken}
    if room.seats is not None and wanted > room.seats:
        yield _problem(room, f"{name}_above_cap", **asked, cap=room.limit.cap or 0)
    elif wanted > people and demand is Because.NEED:
        yield _problem(room, f"{name}_above_people", **asked, people=people + taken)
    else:
        yield _problem(room, f"{name}_missed", **asked, seated=room.seated + taken)


def _problem(room: Room, key: str, **numbers: int) -> Problem:
    return Problem(key, room.limit.on, room.limit.group, numbers)
