"""What is known of many people's days beside the writers: their wishes, their chats, and where the rules put them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from db import identities, looks, obligations, outages, preferences, snoozes
from db.engine import Tx
from db.facts import facts_for_some
from db.identities import Chat
from db.obligations import Obligation
from db.preferences import DEFAULT, Preferences
from db.sealed import Seal
from db.workdays import Workday
from policy.deadlines import Span, extended
from policy.engine import decide
from policy.model import Arrangement, Facts, Verdict
from policy.reminder_stages import Day, Todo

Owing = Mapping[tuple[str, date], Sequence[Obligation]]  # by person and day
Units = dict[tuple[str, date], Facts]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a batch of days shares or has of its own, as read at `now`."""

    now: datetime
    wishes: Mapping[str, Preferences]
    pauses: Mapping[str, datetime]
    chats: Mapping[str, Sequence[Chat]]
    sizes: Mapping[tuple[str, date, str], int]
    gaps: Sequence[tuple[datetime, datetime]]  # outages: what they took is given back

    def day(self, workday: Workday, owed: Sequence[Obligation]) -> Day:
        """Return a day as the rules of reminding see it."""
        wish = self.wishes.get(workday.person_id, DEFAULT)
        return Day(
            person_id=workday.person_id,
            on=workday.on,
            zone=ZoneInfo(workday.timezone),
            is_in_office=workday.arrangement is Arrangement.WFO,
            starts=workday.starts_at,
            ends=workday.ends_at,
            owed=tuple(self.todo(each) for each in owed),
            people=self.sizes.get(_place(workday), 0),
            profile=wish.profile,
            quiet=wish.quiet,
            snoozed_until=self.pauses.get(workday.person_id),
            is_reachable=workday.person_id in self.chats,
            pings=workday.pings,
            ended=frozenset(stage for stage, _, _ in workday.log),
        )

    def todo(self, owed: Obligation) -> Todo:
        """Return what is owed with its deadline as it is by now."""
        return Todo(owed.kind, Span(owed.opens_at, extended(owed.span, self.gaps)), owed.state)


async def known(tx: Tx, found: Sequence[Workday], owing: Owing, *, now: datetime) -> Known:
    """Read what is known of these days, a hundred or so."""
    people = sorted({each.person_id for each in found})
    first = min((each.opens_at for owed in owing.values() for each in owed), default=now)
    lost = await outages.between(tx, start=first, end=now) if first < now else []
    return Known(
        now=now,
        wishes=await preferences.of_people(tx, people=people),
        pauses=await snoozes.last_of_people(tx, people=people, since=min(now, _morning(found))),
        chats=await identities.chats_of(tx, people=people, are_reachable=True),
        sizes=await looks.sizes(tx, days={_place(each) for each in found}),
        gaps=[(each.began_at, each.ended_at) for each in lost],
    )


async def owing(tx: Tx, found: Sequence[Workday]) -> Owing:
    """Return what is owed on these days."""
    owed: dict[tuple[str, date], Sequence[Obligation]] = {}
    for on, people in by_day(found):
        of_day = await obligations.of_people(tx, people=people, on=on)
        owed |= {(person, on): of_day[person] for person in people}
    return owed


async def judged(
    tx: Tx, seal: Seal, found: Sequence[Workday], *, now: datetime, units: Units
) -> dict[tuple[str, date], Verdict]:
    """Ask the rules again where these people work on these days. Who works nowhere any more is left out."""
    verdicts: dict[tuple[str, date], Verdict] = {}
    for on, people in by_day(found):
        facts = await facts_for_some(tx, seal, people=people, on=on, now=now, units=units)
        verdicts |= {(person, on): decide(each) for person, each in facts.items()}
    return verdicts


def by_day(found: Sequence[Workday]) -> Iterator[tuple[date, list[str]]]:
    """The people of these days, by day."""
    people: dict[date, list[str]] = defaultdict(list)
    for each in found:
        people[each.on].append(each.person_id)
    yield from sorted(people.items())


def _place(workday: Workday) -> tuple[str, date, str]:
    return workday.agency_code, workday.on, workday.timezone


def _morning(found: Sequence[Workday]) -> datetime:
    """The beginning of the first of these days: a pause that was over before has nothing to do with them."""
    return min(datetime.combine(each.on, time(0), tzinfo=ZoneInfo(each.timezone)) for each in found)
