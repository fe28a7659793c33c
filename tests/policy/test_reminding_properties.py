"""Whatever somebody wishes and does, however late one looks: never in quiet hours, never too often, all with reason."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from policy.deadlines import Owed, State
from policy.reminder_stages import Day, Profile, Quiet, Stage, planned
from policy.reminding import BUDGETS, Fate, Move, first_look, next_move
from policy.words import Hours
from tests.policy.days import after, day_of, done

ZONES = tuple(map(ZoneInfo, ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")))
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 17, 30]))


@dataclass(frozen=True)
class Looked:
    at: datetime
    day: Day  # as it was then
    move: Move


@st.composite
def days(draw: st.DrawFn) -> Day:
    """Somebody's day in any of the three zones, with any hours, wishes and reports that are owed."""
    start = draw(st.integers(0, 23 * 60 + 59))
    end = (start + draw(st.integers(60, 12 * 60))) % (24 * 60)  # shifts of the night go past midnight
    hours = Hours(time(*divmod(start, 60)), time(*divmod(end, 60)))
    day = day_of(
        hours,
        zone=draw(st.sampled_from(ZONES)),
        kinds=tuple(draw(st.lists(st.sampled_from(list(Owed)), unique=True))),
        person_id=draw(st.text(max_size=5)),
        is_in_office=draw(st.booleans()),
        people=draw(st.sampled_from([0, 300, 20_000])),
    )
    pause = draw(st.none() | st.integers(0, 36 * 60))
    midnight = datetime.combine(day.on, time(0), tzinfo=day.zone)
    return replace(
        day,
        profile=draw(st.sampled_from(Profile)),
        quiet=draw(st.builds(Quiet, clocks, clocks)),
        snoozed_until=None if pause is None else midnight + timedelta(minutes=pause),
        is_reachable=draw(st.sampled_from([True, True, True, False])),
        pings=draw(st.sampled_from([0, 0, 3, 8])),
    )


@st.composite
def lives(draw: st.DrawFn) -> tuple[Day, list[Looked]]:
    """A day lived to its end: looked at on time or late, some things reported meanwhile."""
    day, looked = draw(days()), []
    look = first_look(day)
    while look is not None:
        now = look + timedelta(minutes=draw(st.sampled_from([0, 0, 0, 1, 45, 150])))
        day = done(day, *draw(st.sampled_from([(), (), tuple(Owed)[:1], tuple(Owed)])))
        move = next_move(day, now)
        looked.append(Looked(now, day, move))
        day, look = after(day, move), move.look_at
    return day, looked


@given(lives())
def test_nothing_is_said_in_quiet_hours_while_paused_or_to_nobody(life: tuple[Day, list[Looked]]) -> None:
    for each in life[1]:
        if each.move.said:
            assert each.day.quiet.end(each.at.astimezone(each.day.zone)) is None
            assert each.day.snoozed_until is None or each.day.snoozed_until <= each.at
            assert each.day.is_reachable


@given(lives())
def test_never_more_pings_than_the_budget(life: tuple[Day, list[Looked]]) -> None:
    end, looked = life
    assert looked == [] or end.pings <= max(BUDGETS[end.profile], looked[0].day.pings)


@given(lives())
def test_every_stage_ends_once_said_or_with_a_reason(life: tuple[Day, list[Looked]]) -> None:
    end, looked = life
    fates = [(one.name, fate) for each in looked for one, fate in each.move.ended]
    assert Counter(name for name, _ in fates) == Counter(each.name for each in planned(end))
    said = {each.name for one in looked for each in one.move.said}
    assert said == {name for name, fate in fates if fate is Fate.SENT}


@given(lives())
def test_the_next_look_is_always_later_and_a_day_ends(life: tuple[Day, list[Looked]]) -> None:
    looks = [each.move.look_at for each in life[1]]
    assert all(look is not None and look > each.at for look, each in zip(looks[:-1], life[1], strict=False))
    assert looks == [] or looks[-1] is None


@given(lives())
def test_whatever_is_missing_at_its_deadline_is_overdue_and_nothing_else(
    life: tuple[Day, list[Looked]],
) -> None:
    end, looked = life
    for todo in end.owed:
        marked = [each.at for each in looked if todo.kind in {one.kind for one in each.move.overdue}]
        assert len(marked) <= 1
        assert all(at >= todo.span.due for at in marked)
        assert (todo.state is State.OVERDUE) == (todo.is_missing and bool(marked))
        assert not todo.is_missing or marked


@given(lives())
def test_only_what_is_missing_is_named_and_all_that_a_stage_is_about(life: tuple[Day, list[Looked]]) -> None:
    for each in life[1]:
        named = {todo.kind for todo in each.move.named}
        missing = {todo.kind for todo in each.day.open(each.at)}
        about = {kind for one in each.move.said for kind in one.kinds}
        assert named <= missing
        assert about & missing <= named
        alone = {one.stage for one in each.move.said} <= {Stage.EVE, Stage.START}
        assert named or not each.move.said or alone


@given(lives())
def test_a_message_is_of_use_until_it_expires_and_no_deadline_is_spoken_of_too_early(
    life: tuple[Day, list[Looked]],
) -> None:
    for each in life[1]:
        for one in each.move.said:
            assert each.at < one.until
            if one.stage in (Stage.HEALTH_DUE, Stage.PLAN_DUE, Stage.OUTPUT_DUE):
                due = [todo.span.due for todo in each.day.owed if todo.kind in one.kinds]
                assert due[0] <= each.at
        expiry = each.move.expires_at
        assert (expiry is not None and expiry > each.at) if each.move.said else expiry is None
