"""A unit's day as whoever is above these people may see it: rights are read at this very moment (V05)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import team
from db.obligations import Obligation
from db.team import Member, OneDay
from handlers.flow import Context
from handlers.places import place_of
from policy.calendar import local_date, zone_named


@dataclass(frozen=True, kw_only=True)
class Group:
    """One's own people of one unit."""

    code: str
    name: str
    members: Sequence[Member]


@dataclass(frozen=True, kw_only=True)
class Board:
    """A group's day. `others`: how many more groups there are."""

    group: Group
    on: date
    days: Sequence[OneDay]
    others: int

    @property
    def places(self) -> list[tuple[str, int]]:
        """How many are where, the most first."""
        return Counter(place_of(each.verdict, for_others=True) for each in self.days).most_common()

    def missing(self, now: datetime) -> list[OneDay]:
        """Those of whom something is asked for by now and not done: the longest overdue first."""
        late = [each for each in self.days if asked(each, now)]
        return sorted(late, key=lambda each: min(owed.due_at for owed in asked(each, now)))


def here(ctx: Context) -> date:
    """Return the date by which rights are judged: that of the moment, however old the message is."""
    return local_date(ctx.now, zone_named(ctx.me.timezone))


def asked(day: OneDay, now: datetime) -> list[Obligation]:
    """What somebody is asked for by now and has not done, in the day's order."""
    return [owed for owed in day.owed if owed.is_missing and owed.opens_at <= now]


async def members(ctx: Context) -> list[Member]:
    """Return everybody who is under the person now."""
    return await team.of(ctx.db, person_id=ctx.me.id, on=here(ctx), now=ctx.now)


async def member(ctx: Context, person_id: str) -> Member | None:
    """Return one of them; None for anybody else."""
    return next((each for each in await members(ctx) if each.person_id == person_id), None)


def groups(ctx: Context, own: Sequence[Member]) -> list[Group]:
    """Return one's people by unit: one's own unit first, the others by name."""
    by_unit: dict[tuple[bool, str, str], list[Member]] = {}
    for each in own:
        key = (each.unit_code != ctx.me.unit_code, each.unit_name, each.unit_code)
        by_unit.setdefault(key, []).append(each)
    return [Group(code=code, name=name, members=by_unit[_, name, code]) for _, name, code in sorted(by_unit)]


async def board(ctx: Context, *, on: date, unit_code: str = "") -> Board | None:
    """Return the day of one unit's people, one's own unit's where none is named; None if nobody is under one there."""
    all_ = groups(ctx, await members(ctx))
    group = next((each for each in all_ if not unit_code or each.code == unit_code), None)
    if group is None:
        return None
    days = await team.day(ctx.db, ctx.seal, ctx.policy, members=group.members, on=on, now=ctx.now)
    return Board(group=group, on=on, days=days, others=len(all_) - 1)


async def one(ctx: Context, *, person_id: str, on: date) -> OneDay | None:
    """Return one person's day; None unless they are under the one who asks."""
    found = await member(ctx, person_id)
    if found is None:
        return None
    (day,) = await team.day(ctx.db, ctx.seal, ctx.policy, members=[found], on=on, now=ctx.now)
    return day
