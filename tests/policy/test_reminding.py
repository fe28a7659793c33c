"""What is said when, to whom: the day of somebody who answers nothing, some, or all; paused, in quiet hours, late."""

from dataclasses import replace
from datetime import time

from policy.deadlines import Owed, Span, State
from policy.reminder_stages import Profile, Quiet, Stage, Todo, planned
from policy.reminding import BUDGETS, Fate, Move, first_look, next_move
from policy.words import Hours
from tests.policy.days import after, day_of, lived, local


def fates(move: Move) -> dict[str, Fate]:
    return {each.name: fate for each, fate in move.ended}


def test_the_whole_day_of_somebody_who_answers_nothing() -> None:
    assert lived(day_of()) == [
        "19.00 shift_eve: ",
        "07.00 start: health, plan",
        "08.12 health_80: health, plan",
        "08.30 health_due+plan_80: health, plan",
        "09.00 plan_due: health, plan",
        "15.30 output_open: health, plan, output",
        "17.00 output_due: health, plan, output",
    ]


def test_only_what_is_missing_is_named_and_who_is_done_hears_nothing() -> None:
    assert lived(day_of(), doing={"07:10": (Owed.HEALTH,), "15:00": (Owed.PLAN, Owed.OUTPUT)}) == [
        "19.00 shift_eve: ",
        "07.00 start: health, plan",
        "08.36 plan_80: plan",
        "09.00 plan_due: plan",
    ]
    assert lived(day_of(), doing={"06:50": tuple(Owed)}) == ["19.00 shift_eve: "]


def test_at_home_nobody_is_told_of_a_shift() -> None:
    assert lived(day_of(is_in_office=False), doing={"07:10": tuple(Owed)}) == ["07.00 start: health, plan"]
    assert lived(day_of(is_in_office=False, kinds=())) == []


def test_in_the_office_where_nothing_is_owed_the_shift_alone_is_said() -> None:
    assert lived(day_of(kinds=())) == ["19.00 shift_eve: ", "07.00 start: "]


def test_a_second_shift_and_half_a_day_move_it_all() -> None:
    second = day_of(Hours(time(13), time(20)), kinds=(Owed.HEALTH, Owed.OUTPUT))
    assert [line.split()[0] for line in lived(second)] == [
        "19.00", "12.30", "13.42", "14.00", "19.30"
    ]  # fmt: skip
    # Its output is due at 21.00: from then on the evening is quiet.
    half = day_of(Hours(time(7, 30), time(12)))
    assert lived(half)[-2:] == [
        "11.30 output_open: health, plan, output",
        "13.00 output_due: health, plan, output",
    ]


def test_a_night_shift_is_asked_for_what_is_still_taken() -> None:
    night = replace(day_of(Hours(time(22), time(6))), quiet=Quiet(time(8), time(20)))
    assert lived(night) == [
        "20.00 shift_eve: ",  # until then it was quiet
        "21.30 start: health, plan",
        "22.42 health_80: health, plan",
        "23.00 health_due+plan_80: health, plan",
        "23.30 plan_due: health, plan",
        "05.30 output_open: plan, output",
        "07.00 output_due: plan, output",
    ]


def test_friday_and_ramadan_go_by_their_hours() -> None:
    clocks = ["19.00", "07.00", "08.12", "08.30", "09.00", "11.00", "12.30"]
    assert [line.split()[0] for line in lived(day_of(Hours(time(7, 30), time(11, 30))))] == clocks
    ramadan = ["19.00", "07.30", "08.42", "09.00", "09.30", "14.30", "16.00"]
    assert [line.split()[0] for line in lived(day_of(Hours(time(8), time(15))))] == ramadan


def test_the_light_profile_hears_of_openings_and_shortly_before_deadlines() -> None:
    light = replace(day_of(), profile=Profile.LIGHT)
    assert [line.split(":")[0] for line in lived(light)] == [
        "07.00 start", "08.12 health_80", "08.36 plan_80", "15.30 output_open"
    ]  # fmt: skip


def test_half_an_hour_after_the_wish_is_half_an_hour() -> None:
    day = replace(day_of(), ended=frozenset({"shift_eve", "start"}), snoozed_until=local("07:35"))
    assert lived(day)[0] == "07.35 awake: health, plan"


def test_while_paused_nothing_is_said_and_what_it_took_has_its_reason() -> None:
    day = replace(day_of(), ended=frozenset({"shift_eve", "start"}), snoozed_until=local("08:20"))
    move = next_move(day, local("08:12"))
    assert (move.said, fates(move)) == ((), {"health_80": Fate.SNOOZED})
    assert move.look_at == local("08:20")
    move = next_move(after(day, move), local("08:20"))
    assert [each.name for each in move.said] == ["awake:082000"]
    assert move.expires_at == local("08:30")  # with the next stage


def test_a_pause_of_days_ends_without_a_word_at_midnight() -> None:
    day = replace(day_of(), snoozed_until=local("00:00"))
    assert not any("awake" in line for line in lived(day))


def test_what_falls_into_quiet_hours_waits_or_is_left_out() -> None:
    day = replace(day_of(), quiet=Quiet(time(20), time(7, 30)), ended=frozenset({"shift_eve"}))
    move = next_move(day, local("07:00"))
    assert (move.said, move.ended, move.look_at) == ((), (), local("07:30"))
    assert [each.stage for each in next_move(day, local("07:30")).said] == [Stage.START]
    late = replace(day, quiet=Quiet(time(20), time(8, 15)))
    assert fates(next_move(late, local("07:00"))) == {"start": Fate.QUIET}


def test_p05_two_hours_asleep_the_right_ones_are_said_once_and_the_rest_has_its_reason() -> None:
    day = replace(day_of(), ended=frozenset({"shift_eve"}))
    move = next_move(day, local("09:05"))
    assert [each.name for each in move.said] == ["health_due", "plan_due"]
    assert [name for name, fate in fates(move).items() if fate is Fate.LATE] == [
        "start",
        "health_80",
        "plan_80",
    ]
    assert {each.kind for each in move.overdue} == {Owed.HEALTH, Owed.PLAN}


def test_what_is_overdue_is_marked_though_nothing_is_said() -> None:
    for day in (
        replace(day_of(), is_reachable=False),
        replace(day_of(), pings=BUDGETS[Profile.STANDARD]),
        replace(day_of(), snoozed_until=local("12:00")),
        replace(day_of(), quiet=Quiet(time(8), time(12))),
    ):
        move = next_move(day, local("09:00"))
        assert move.said == ()
        assert {each.kind for each in move.overdue} == {Owed.HEALTH, Owed.PLAN}


def test_the_deadline_that_an_outage_moved_is_the_one_that_counts() -> None:
    due = local("08:50")
    day = day_of(kinds=(Owed.HEALTH,))
    day = replace(day, owed=(Todo(Owed.HEALTH, Span(day.owed[0].span.opens, due), State.REMINDED),))
    move = next_move(day, local("08:30"))
    assert (move.overdue, move.look_at) == ((), due)
    assert next_move(day, due).overdue == day.owed


def test_twenty_thousand_are_spread_and_no_deadline_is_spoken_of_before_it_has_passed() -> None:
    days = [day_of(person_id=str(number), people=20_000) for number in range(2_000)]
    minutes: dict[int, int] = {}
    for day in days:
        look = first_look(replace(day, ended=frozenset({"shift_eve"})))
        assert look is not None
        assert local("07:00") <= look <= local("07:13:20")
        minutes[look.minute] = minutes.get(look.minute, 0) + 1
    assert max(minutes.values()) < 2 * 2_000 / 14
    assert all(
        local("08:30") <= each.at < local("08:43:20")
        for day in days
        for each in planned(day)
        if each.stage is Stage.HEALTH_DUE
    )


def test_near_stages_are_one_message_and_expire_with_the_next() -> None:
    day = replace(day_of(), ended=frozenset({"shift_eve", "start", "health_80"}))
    move = next_move(day, local("08:30"))
    assert [each.stage for each in move.said] == [Stage.HEALTH_DUE, Stage.PLAN_80]
    assert move.expires_at == local("09:00")
    assert move.look_at == local("09:00")
