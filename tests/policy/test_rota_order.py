"""From facts and circulars to the order of a unit's rota, on circulars made up for the purpose."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from policy.model import (
    Absence,
    AbsenceKind,
    Arrangement,
    CalendarDay,
    Circular,
    Counted,
    DayKind,
    Facts,
    HealthGate,
    JobLevel,
    Override,
    Part,
    Trait,
    Turn,
)
from policy.roster import Division, Hours, Order, Slot, plan
from policy.rota.order import Need, Settings, bridge_days, order_from
from tests.policy.people import HOURS, MONDAY, MORNING, PLAIN, ana, written

UNIT = "1.02.01"
RULE = """\
  - id: office
    paragraph: "1"
    says: Semua bekerja dari kantor.
    then: {arrangement: WFO, modality: wajib}
"""
WEEK = [MONDAY + timedelta(days=day) for day in range(5)]
SEED = Settings(seed="s")


def circular(folder: Path, *effects: str, per: str = "per: unit kerja") -> Circular:
    """A circular with a cap of half, and what else is said."""
    half = f'    then: {{quota: {{of: WFO, at_most: "50 %", {per}, counted: sehari, rounding: not stated, '
    half += "modality: wajib}}"
    rules = [_rule(number, text) for number, text in enumerate((half, *effects), start=1)]
    return written(folder, PLAIN.replace(RULE, "".join(rules)))


def _rule(number: int, text: str) -> str:
    return f'  - id: r{number}\n    paragraph: "{number}"\n    says: Contoh.\n{text}\n'


def unit(
    circulars: tuple[Circular, ...], people: int = 6, **of: Mapping[str, Any]
) -> dict[date, dict[str, Facts]]:
    """A week of so many people; what is known of single ones by their id (p0, p1, …)."""
    plain = ana("hijau", circulars=circulars)
    return {
        on: {
            who: replace(plain, on=on, day=CalendarDay(on, DayKind.WORKING, hours=HOURS), **of.get(who, {}))
            for who in (f"p{number}" for number in range(people))
        }
        for on in WEEK
    }


def member(order: Order, who: str) -> Any:
    return next(each for each in order.members if each.id == who)


def test_a_quota_becomes_a_limit_for_each_day_and_the_rota_keeps_it(tmp_path: Path) -> None:
    order = order_from(UNIT, unit((circular(tmp_path),)), SEED)
    assert order.days == tuple(WEEK)
    assert {(limit.cap, limit.floor, limit.group) for limit in order.limits} == {
        (3, None, f"contoh/r1@{UNIT}")
    }
    assert {len(plan(order).in_office(day)) for day in order.days} == {3}


def test_people_outside_the_base_are_not_counted(tmp_path: Path) -> None:
    text = """\
    then:
      quota:
        of: WFO
        at_most: "1/5"
        per: unit kerja
        counted: sehari
        rounding: ke bawah
        modality: wajib
        outside: {job_level: Administrator}"""
    fifth = written(tmp_path, _only(text))
    order = order_from(UNIT, unit((fifth,), p0={"job_level": JobLevel.ADMINISTRATOR}), SEED)
    assert {limit.cap for limit in order.limits} == {1}
    assert not any("@" in group for group in member(order, "p0").groups)
    assert {len(plan(order).in_office(day)) for day in order.days} == {2}


def _only(effect: str) -> str:
    return PLAIN.replace(RULE, _rule(1, effect))


@pytest.mark.parametrize(
    ("known", "slot"),
    [
        ({"absence": Absence(AbsenceKind.SICK_LEAVE, MONDAY)}, Slot.AWAY),
        ({"absence": Absence(AbsenceKind.ANNUAL_LEAVE, MONDAY, MONDAY, Part.MORNING)}, Slot.FREE),
        ({"absence": Absence(AbsenceKind.ANNUAL_LEAVE, WEEK[1])}, Slot.FREE),
        ({"health_gate": HealthGate(MONDAY, None, "unfit")}, Slot.HOME),
        ({"override": (Arrangement.WFO, None)}, Slot.OFFICE),
        ({"override": (Arrangement.WFH, None)}, Slot.HOME),
        ({"override": (Arrangement.WFO, None), "health_gate": HealthGate(MONDAY, None, "unfit")}, Slot.HOME),
        ({"day": CalendarDay(MONDAY, DayKind.HOLIDAY, name="libur")}, Slot.AWAY),
    ],
)
def test_what_is_known_of_a_day_before_the_rota(tmp_path: Path, known: dict[str, Any], slot: Slot) -> None:
    if "override" in known:
        arrangement, until = known["override"]
        letter = Override(arrangement=arrangement, letter="800/1", by="Boris", since=MONDAY, until=until)
        known = {**known, "override": letter}
    facts = unit((circular(tmp_path),))
    facts[MONDAY]["p0"] = replace(facts[MONDAY]["p0"], **known)
    assert member(order_from(UNIT, facts, SEED), "p0").slots.get(MONDAY, Slot.FREE) is slot


def test_a_settled_day_is_not_the_rotas_to_give(tmp_path: Path) -> None:
    settled = circular(
        tmp_path,
        "    when: {job_level: Administrator}\n    excepts: r1\n    then: {arrangement: WFO, modality: wajib}",
        "    when: {job_level: Pengawas}\n    excepts: r1\n    then: {arrangement: WFH, modality: wajib}",
    )
    facts = unit((settled,), p0={"job_level": JobLevel.ADMINISTRATOR}, p1={"job_level": JobLevel.PENGAWAS})
    order = order_from(UNIT, facts, SEED)
    assert set(member(order, "p0").slots.values()) == {Slot.OFFICE}
    assert set(member(order, "p1").slots.values()) == {Slot.HOME}


def test_vulnerable_people_and_those_whom_a_rule_prefers_are_first_for_home(tmp_path: Path) -> None:
    older = circular(tmp_path, "    when: {age: di atas 50}\n    then: {arrangement: WFH, modality: dapat}")
    facts = unit((older,), p0={"traits": {Trait.HAMIL: MONDAY}}, p1={"born": date(1965, 1, 1)})
    order = order_from(UNIT, facts, SEED)
    assert [each.id for each in order.members if each.home_first] == ["p0", "p1"]
    assert all({"p0", "p1"}.isdisjoint(plan(order).in_office(day)) for day in order.days)


def test_a_rule_that_lets_the_whole_unit_stay_home_puts_nobody_first(tmp_path: Path) -> None:
    """Else a mere permission would leave the office empty."""
    anybody = circular(tmp_path, "    then: {arrangement: WFH, modality: dapat}")
    order = order_from(UNIT, unit((anybody,)), SEED)
    assert not any(each.home_first for each in order.members)
    assert all(len(plan(order).in_office(day)) == 3 for day in order.days)


def test_needed_people_come_first_and_fixed_days_are_kept(tmp_path: Path) -> None:
    said = replace(
        SEED, needed=frozenset({"p0"}), fixed={"p1": frozenset({0})}, fixed_home={"p2": frozenset({0, 1})}
    )
    rota = plan(order_from(UNIT, unit((circular(tmp_path),)), said))
    assert all("p0" in rota.in_office(day) for day in WEEK)
    assert "p1" in rota.in_office(MONDAY)
    assert all("p2" not in rota.in_office(day) for day in WEEK[:2])


def test_a_service_and_a_target_of_the_head_are_limits(tmp_path: Path) -> None:
    said = replace(SEED, target=2, needs=(Need(name="loket", people=frozenset({"p4", "p5"}), count=1),))
    rota = plan(order_from(UNIT, unit((circular(tmp_path),)), said))
    assert {len(rota.in_office(day)) for day in WEEK} == {2}
    assert all({"p4", "p5"}.intersection(rota.in_office(day)) for day in WEEK)


def of_one_office(circular: Circular, of: Mapping[str, Any]) -> dict[date, dict[str, Facts]]:
    """p0 and p1 belong to another unit of the same perangkat daerah."""
    facts = unit((circular,), p0={"unit_code": "1.02.02", **of}, p1={"unit_code": "1.02.02", **of})
    return {
        on: {who: replace(each, office_code="1.02") for who, each in people.items()}
        for on, people in facts.items()
    }


def test_places_that_other_units_of_the_office_use_are_taken(tmp_path: Path) -> None:
    turn = Turn(arrangement=Arrangement.WFO, rota="R1", published_at=MORNING)
    facts = of_one_office(circular(tmp_path, per="per: perangkat daerah"), {"turn": turn})
    order = order_from(UNIT, facts, SEED)
    assert [each.id for each in order.members] == ["p2", "p3", "p4", "p5"]
    assert {(limit.cap, limit.taken) for limit in order.limits} == {(3, 2)}
    assert {len(plan(order).in_office(day)) for day in WEEK} == {1}


def test_a_unit_without_a_rota_keeps_its_share_of_the_offices_places(tmp_path: Path) -> None:
    facts = of_one_office(circular(tmp_path, per="per: perangkat daerah"), {})
    ours = plan(order_from(UNIT, facts, SEED))
    theirs = plan(order_from("1.02.02", facts, SEED))
    assert {(len(ours.in_office(day)), len(theirs.in_office(day))) for day in WEEK} == {(2, 1)}


def test_of_one_place_for_two_units_each_has_it_on_some_days(tmp_path: Path) -> None:
    whole = circular(tmp_path, per="per: perangkat daerah")
    facts = of_one_office(whole, {})
    pairs = {on: {who: people[who] for who in ("p0", "p2")} for on, people in facts.items()}
    both = [plan(order_from(code, pairs, SEED)) for code in (UNIT, "1.02.02")]
    for day in WEEK:
        assert sum(len(rota.in_office(day)) for rota in both) == 1
    assert all(any(rota.in_office(day) for day in WEEK) for rota in both)


def test_flexible_days_are_wishes_up_to_the_weeks_most(tmp_path: Path) -> None:
    flexible = written(
        tmp_path,
        _only(
            '    then: {quota: {of: [WFH, WFA], at_most: "2 hari", per: pegawai, counted: hari sepekan,'
            " rounding: not stated, modality: dapat}}"
        ),
    )
    said = replace(SEED, least=4, wishes={f"p{number}": frozenset(WEEK[:3]) for number in range(4)})
    order = order_from(UNIT, unit((flexible,)), said)
    assert member(order, "p0").elsewhere_most == 2
    rota = plan(order)
    assert all(len(rota.in_office(day)) >= 4 for day in WEEK)
    elsewhere = [sum(not rota.days[day][who].is_office for day in WEEK) for who in ("p0", "p1", "p2", "p3")]
    assert max(elsewhere) <= 2
    assert max(elsewhere) - min(elsewhere) <= 1
    assert sum(elsewhere) == 6  # two places a day on three days
    assert all(who in rota.in_office(day) for who in ("p4", "p5") for day in WEEK)


def test_who_may_have_no_day_elsewhere_is_not_told_from_who_is_needed(tmp_path: Path) -> None:
    never = written(
        tmp_path,
        _only(
            "    when: {trait: hukuman disiplin}\n"
            '    then: {quota: {of: WFH, at_most: "0 hari", per: pegawai, counted: hari sepekan,'
            " rounding: not stated, modality: wajib}}"
        ),
    )
    said = replace(SEED, wishes={"p0": frozenset(WEEK)}, needed=frozenset({"p1"}))
    order = order_from(UNIT, unit((never,), p0={"traits": {Trait.HUKUMAN_DISIPLIN: MONDAY}}), said)
    assert replace(member(order, "p0"), id="") == replace(member(order, "p1"), id="")


def test_without_a_rule_that_opens_it_nobody_is_planned_elsewhere(tmp_path: Path) -> None:
    office = written(tmp_path, PLAIN.replace("WFO, modality: wajib", "WFO, modality: dapat"), "dapat")
    free = unit((replace(office, rules=()),))
    order = order_from(UNIT, free, replace(SEED, wishes={"p0": frozenset(WEEK)}))
    assert member(order, "p0").wishes == frozenset()


def test_shifts_of_a_circular_divide_the_day(tmp_path: Path) -> None:
    shifts = circular(
        tmp_path,
        """\
    then:
      shifts:
        - {name: "1", arrive: "07.00-07.30", leave: "15.00-15.30"}
        - {name: "2", arrive: "10.00-10.30", leave: "18.00-18.30"}
      division: even""",
    )
    order = order_from(UNIT, unit((shifts,), people=8), SEED)
    both = (Hours("1", time(7), time(15, 30)), Hours("2", time(10), time(18, 30)))
    assert set(order.divisions.values()) == {Division(both, is_even=True)}
    rota = plan(order)
    for places in rota.days.values():
        assert sorted(each.shift for each in places.values() if each.shift) == ["1", "1", "2", "2"]


def test_a_cap_per_shift_is_of_each_shift(tmp_path: Path) -> None:
    per_shift = circular(tmp_path)
    rule = per_shift.rules[0]
    counted = replace(rule.then, counted=Counted.SHIFT)  # type: ignore[arg-type]
    order = order_from(UNIT, unit((replace(per_shift, rules=(replace(rule, then=counted),)),)), SEED)
    assert {limit.counted for limit in order.limits} == {Counted.SHIFT}


def test_the_day_between_a_holiday_and_a_weekend_is_a_bridge() -> None:
    working = dict.fromkeys(WEEK, DayKind.WORKING)
    assert bridge_days(working) == frozenset()
    assert bridge_days({**working, WEEK[1]: DayKind.HOLIDAY}) == {WEEK[0]}
    assert bridge_days({**working, WEEK[3]: DayKind.JOINT_LEAVE}) == {WEEK[4]}
