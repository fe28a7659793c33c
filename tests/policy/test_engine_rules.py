"""What one circular's rules can say: conditions, exceptions, periods, duties, and who may read it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from policy.engine import decide
from policy.model import (
    Addressee,
    AgencyKind,
    Arrangement,
    Ask,
    Audience,
    Fact,
    Facts,
    JobLevel,
    Lasts,
    Modality,
    Period,
    Rule,
    Trait,
    visible_to,
)
from tests.policy.made import circular, duty, judgement, quota, rule, settles, silence, when
from tests.policy.people import MONDAY, ana, keys, on, reason

WFO, WFH, UNDECIDED = Arrangement.WFO, Arrangement.WFH, Arrangement.UNDECIDED
OFFICE = rule("office", settles(WFO))
PREGNANT = {Trait.HAMIL.value: MONDAY}


def under(*rules: Rule, **changes: object) -> Facts:
    return ana(circulars=(circular("satu", *rules),), **changes)


def test_who_meets_an_unless_is_not_met_and_who_may_meet_it_is_asked_for() -> None:
    home = rule("home", settles(WFH), unless=when(job_level="Administrator"))
    assert decide(under(home)).arrangement is WFH
    official = decide(under(home, job_level=JobLevel.ADMINISTRATOR))
    assert keys(official) == ["no_rule"]
    assert reason(decide(under(home, job_level=None)), "fact_missing").params["fact"] == "job_level"


def test_a_rule_holds_only_during_its_own_period() -> None:
    home = rule("home", settles(WFH), during=Period(MONDAY, MONDAY), excepts=("office",))
    assert decide(under(OFFICE, home)).arrangement is WFH
    assert decide(on(MONDAY + timedelta(days=1), under(OFFICE, home))).arrangement is WFO


@pytest.mark.parametrize(("days_ago", "place"), [(0, WFH), (4, WFH), (5, WFO)])
def test_a_cluster_closes_the_office_for_five_days(days_ago: int, place: Arrangement) -> None:
    closed = rule(
        "closed", settles(WFH), when=when(cluster="ya"), lasts=Lasts(5, "cluster"), excepts=("office",)
    )
    since = MONDAY - timedelta(days=days_ago)
    found = decide(under(OFFICE, closed, unit_facts={"cluster": Fact("ya", since=since)}))
    assert found.arrangement is place


def test_a_cluster_nobody_declared_closes_nothing_and_one_without_a_day_is_asked_for() -> None:
    closed = rule(
        "closed", settles(WFH), when=when(cluster="ya"), lasts=Lasts(5, "cluster"), excepts=("office",)
    )
    assert decide(under(OFFICE, closed)).arrangement is WFO
    undated = decide(under(OFFICE, closed, unit_facts={"cluster": Fact("ya")}))
    assert reason(undated, "fact_missing").params["fact"] == "cluster"


def test_an_exception_that_could_only_say_the_same_leaves_nothing_in_doubt() -> None:
    officials = rule("officials", settles(WFO), when=when(job_level="Administrator"), excepts=("office",))
    assert decide(under(OFFICE, officials, job_level=None)).arrangement is WFO


def test_a_rule_that_an_exception_replaces_is_not_missed() -> None:
    zoned = rule("zoned", settles(WFH), when=when(zone="merah"))
    everybody = rule("everybody", settles(WFO), excepts=("zoned",))
    assert decide(under(zoned, everybody, region_facts={})).arrangement is WFO


def test_a_status_that_has_ended_takes_the_circular_with_it_and_an_unknown_one_is_asked_for() -> None:
    emergency = circular("darurat", OFFICE, lasts_while=when(status="PPKM Darurat"))
    during = decide(ana(circulars=(emergency,), region_facts={"status": Fact("PPKM Darurat")}))
    after = decide(ana(circulars=(emergency,), region_facts={"status": Fact("PPKM level 4")}))
    assert during.arrangement is WFO
    assert keys(after) == ["no_circular", "status_ended"]
    assert reason(after, "status_ended").params == {
        "circular": "darurat",
        "fact": "status",
        "value": "PPKM Darurat",
    }
    assert reason(decide(ana(circulars=(emergency,))), "fact_missing").params["fact"] == "status"


def test_who_is_only_asked_is_not_bound() -> None:
    asking = circular("imbauan", OFFICE, asks=when(agency_kind="BUMD"))
    asked = decide(ana(circulars=(asking,), agency_kind=AgencyKind.BUMD))
    assert (asked.arrangement, keys(asked)) == (Arrangement.UNDECIDED, ["permitted", "only_asked"])
    assert asked.ask is Ask.HEAD
    assert decide(ana(circulars=(asking,), agency_kind=AgencyKind.PEMPROV)).arrangement is WFO


def test_what_only_a_person_can_judge_is_said_where_nothing_settles_the_day() -> None:
    considering = circular("pertimbangan", not_automated=(judgement("A.4"),))
    open_day = decide(ana(circulars=(considering,)))
    assert (open_day.arrangement, keys(open_day), open_day.ask) == (
        Arrangement.UNDECIDED,
        ["judgement"],
        Ask.HEAD,
    )
    assert reason(open_day, "judgement").params == {"id": "A.4", "who": "PPK"}
    settled = decide(ana(circulars=(considering, circular("satu", OFFICE))))
    assert keys(settled) == ["rule"]


def test_a_preference_is_shown_beside_the_rule_and_settles_nothing_alone() -> None:
    elder = rule("elder", settles(WFH, Modality.DIPRIORITASKAN), when=when(age="di atas 50"))
    person = under(elder, born=date(1965, 1, 1))
    assert keys(decide(person)) == ["permitted"]
    both = decide(under(OFFICE, elder, born=date(1965, 1, 1)))
    assert (both.arrangement, keys(both)) == (WFO, ["rule", "permitted"])


def test_what_the_text_neither_orders_nor_allows_is_said_so_and_settles_nothing() -> None:
    person = under(rule("home", settles(WFH, Modality.NOT_STATED)))
    alone = decide(person)
    assert (alone.arrangement, keys(alone)) == (Arrangement.UNDECIDED, ["force_not_stated"])
    both = decide(under(OFFICE, rule("home", settles(WFH, Modality.NOT_STATED))))
    assert (both.arrangement, keys(both)) == (WFO, ["rule", "force_not_stated"])


def test_duties_are_for_the_employee_and_for_heads_also_those_of_heads() -> None:
    duties = (
        duty("mask"),
        duty("watch", who=Addressee.HEAD),
        duty("provide", who=Addressee.AGENCY),
        duty("red", when=when(zone="merah")),
    )
    facts = ana(circulars=(circular("satu", OFFICE, duties=duties),))
    assert [each.id for each in decide(facts).duties] == ["mask"]
    assert [each.id for each in decide(replace(facts, leads_unit=True)).duties] == ["mask", "watch"]
    red = replace(facts, region_facts={"zone": Fact("merah")})
    assert [each.id for each in decide(red).duties] == ["mask", "red"]


def test_the_head_reads_no_rule_exception_duty_or_gap_that_rests_on_a_private_condition() -> None:
    private = when(trait="hamil")
    pregnant = rule("rahasia", settles(WFH), when=private, excepts=("office",))
    gap = silence("rahasia-juga", "rahasia", is_open=False)
    duties = (duty("rahasia-pula", when=private), duty("mask"))
    law = circular("satu", OFFICE, pregnant, duties=duties, not_stated=(gap,))
    verdict = decide(ana(circulars=(law,), traits=PREGNANT))
    own, head = visible_to(verdict, Audience.SELF), visible_to(verdict, Audience.HEAD)
    assert keys(own) == ["rule", "set_aside"]
    assert [note.id for note in own.not_stated] == ["rahasia-juga"]
    assert keys(head) == ["private"]
    assert [each.id for each in head.duties] == ["mask"]
    assert "rahasia" not in str(head.to_json())
    assert head.arrangement is WFH


def test_a_missing_fact_that_only_a_private_rule_wants_is_not_the_heads_to_read() -> None:
    both = rule("rahasia", settles(WFH), when=when(trait="hamil", zone="merah"), excepts=("office",))
    verdict = decide(under(OFFICE, both, traits=PREGNANT, region_facts={}))
    assert reason(verdict, "fact_missing").params["fact"] == "zone"
    assert "fact_missing" not in keys(visible_to(verdict, Audience.HEAD))
    assert visible_to(verdict, Audience.HEAD).reasons


def test_officials_outside_a_quota_are_not_told_that_it_is_about_them() -> None:
    fifth = rule("fifth", quota("1/5", outside=when(job_level="Administrator")))
    gap = silence("officials", "fifth", when=when(job_level="Administrator"), ask=Ask.HEAD)
    law = circular("kaltim", fifth, not_stated=(gap,))
    official = decide(ana(circulars=(law,), job_level=JobLevel.ADMINISTRATOR))
    assert (keys(official), official.ask) == (["not_stated"], Ask.HEAD)
    assert keys(decide(ana(circulars=(law,)))) == ["quota", "no_turn"]
    unknown = decide(ana(circulars=(law,), job_level=None))
    assert reason(unknown, "fact_missing").params["fact"] == "job_level"


def test_whom_an_open_question_may_be_about_is_open_until_the_fact_is_known() -> None:
    question = silence("posts", when=when(job_level="Administrator"))
    office = circular("satu", rule("office", settles(WFO)), not_stated=(question,))
    unknown = decide(ana(circulars=(office,), job_level=None))
    assert (unknown.arrangement, reason(unknown, "fact_missing").params["fact"]) == (UNDECIDED, "job_level")
    assert decide(ana(circulars=(office,))).arrangement is WFO
    other = circular("dua", rule("too", settles(WFO)))
    assert decide(ana(circulars=(office, other), job_level=None)).arrangement is WFO
    read = circular("satu", *office.rules, not_stated=(silence("posts", is_open=False, when=question.when),))
    assert decide(ana(circulars=(read,), job_level=None)).arrangement is WFO


@pytest.mark.parametrize(
    ("day", "week", "place"),
    [
        (12, "2", WFH),
        (5, "2", WFO),
        (19, "2", WFO),
        (26, "terakhir", WFH),
        (19, "terakhir", WFO),
        (26, "4", WFH),
    ],
)
def test_the_second_friday_and_the_last_of_a_month(day: int, week: str, place: Arrangement) -> None:
    friday = rule("friday", settles(WFH), when=when(weekday="Jumat", week_of_month=week), excepts=("office",))
    assert decide(on(date(2020, 6, day), under(OFFICE, friday))).arrangement is place


def test_who_leads_their_unit_is_met_as_such() -> None:
    heads = rule("heads", settles(WFH), when=when(leads="ya"), excepts=("office",))
    assert decide(under(OFFICE, heads)).arrangement is WFO
    assert decide(under(OFFICE, heads, leads_unit=True)).arrangement is WFH
