"""What a circular leaves open: whom to ask, which paragraphs contradict each other, and what yields to a rule."""

from datetime import date, timedelta

import pytest

from policy.engine import decide
from policy.model import Arrangement, Ask, Fact, JobLevel, Lasts, Override, Rule, Silence, Turn, Verdict
from tests.policy.circular_texts import HEAD, WFH, WFO, circular, rule, sentences
from tests.policy.made import circular as made
from tests.policy.made import duty, quota, settles, silence, when
from tests.policy.made import rule as made_rule
from tests.policy.people import MONDAY, MORNING, ana, keys, on, reason

UNDECIDED = Arrangement.UNDECIDED
OFFICE = made_rule("office", settles(Arrangement.WFO))
HOME = made_rule("home", settles(Arrangement.WFH), conflicts_with=("office",))
SOME = made_rule("some", quota("1/5", outside=when(job_level="Administrator")))
OFFICIAL = when(job_level="Administrator")


def told(*rules: Rule, gaps: tuple[Silence, ...] = (), **changes: object) -> Verdict:
    return decide(ana(circulars=(made("satu", *rules, not_stated=gaps),), **changes))


def test_where_no_rule_speaks_the_note_on_such_people_says_whom_to_ask() -> None:
    general = silence("seluruh surat", is_open=False, ask=Ask.ADMIN)
    officials = silence("pejabat", is_open=False, ask=Ask.HEAD, when=OFFICIAL)
    verdict = told(SOME, gaps=(general, officials), job_level=JobLevel.ADMINISTRATOR)
    assert (verdict.arrangement, keys(verdict), verdict.ask) == (UNDECIDED, ["no_rule"], Ask.HEAD)
    assert told(SOME, gaps=(general,), job_level=JobLevel.ADMINISTRATOR).ask is Ask.ADMIN


def test_a_contradiction_says_whom_its_note_names() -> None:
    read = silence("mana", "office", "home", is_open=False, ask=Ask.HEAD)
    verdict = told(OFFICE, HOME, gaps=(read,))
    assert (keys(verdict), verdict.ask) == (["conflict", "rule", "rule"], Ask.HEAD)
    beside_it = silence("lain", "office", is_open=False, ask=Ask.HEALTH)
    assert told(OFFICE, HOME, gaps=(beside_it,)).ask is Ask.ADMIN


def test_an_undecided_answer_to_a_contradiction_cites_both_paragraphs() -> None:
    open_ = silence("mana", "office", "home", ask=Ask.HEAD)
    verdict = told(OFFICE, HOME, gaps=(open_,))
    assert (verdict.arrangement, verdict.ask) == (UNDECIDED, Ask.HEAD)
    assert keys(verdict) == ["conflict", "rule", "rule", "not_stated"]
    assert reason(verdict, "conflict").params["arrangements"] == "WFH, WFO"


def test_where_the_rota_or_a_letter_decides_no_paragraph_is_said_to() -> None:
    open_ = silence("mana", "office", "home")
    turn = Turn(arrangement=Arrangement.WFH, rota="r", published_at=MORNING)
    assert "rule" not in keys(told(OFFICE, HOME, gaps=(open_,), turn=turn))
    letter = Override(arrangement=Arrangement.WFH, letter="1", by="Budi", since=MONDAY, until=None)
    departs = told(OFFICE, HOME, gaps=(open_,), override=letter)
    cited = [
        each.citation and each.citation.rule for each in departs.reasons if each.key == "override_departs"
    ]
    assert cited == ["office"]


def test_an_open_point_that_yields_leaves_to_a_rule_or_a_quota_what_it_decides() -> None:
    gap = silence("pejabat", when=OFFICIAL, yields=True)
    official = {"job_level": JobLevel.ADMINISTRATOR}
    assert keys(told(SOME, gaps=(gap,), **official)) == ["not_stated"]
    assert told(SOME, OFFICE, gaps=(gap,), **official).arrangement is Arrangement.WFO
    assert told(SOME, OFFICE, gaps=(gap,), **official).not_stated == ()
    counted = made_rule("counted", quota("1/5"))
    assert keys(told(counted, gaps=(gap,), **official)) == ["quota", "no_turn"]
    strict = silence("pejabat", when=OFFICIAL)
    assert keys(told(SOME, OFFICE, gaps=(strict,), **official)) == ["not_stated"]


def test_an_open_point_that_yields_waits_for_a_fact_that_a_rule_wants() -> None:
    gap = silence("pejabat", when=OFFICIAL, yields=True)
    red = made_rule("red", settles(Arrangement.WFH), when=when(zone="merah"))
    verdict = decide(
        ana(None, circulars=(made("satu", red, not_stated=(gap,)),), job_level=JobLevel.ADMINISTRATOR)
    )
    assert keys(verdict) == ["fact_missing"]


@pytest.mark.parametrize(("days_ago", "holds"), [(0, True), (6, True), (7, False)])
def test_an_open_point_and_a_duty_may_last_a_few_days_of_a_fact(days_ago: int, *, holds: bool) -> None:
    week = {"when": when(cluster="ya"), "lasts": Lasts(7, "cluster")}
    text = made("satu", OFFICE, not_stated=(silence("klaster", **week),), duties=(duty("lapor", **week),))
    facts = ana(
        circulars=(text,), unit_facts={"cluster": Fact("ya", since=MONDAY - timedelta(days=days_ago))}
    )
    verdict = decide(facts)
    assert (verdict.arrangement is UNDECIDED, bool(verdict.duties)) == (holds, holds)
    assert all(each.lasts is None for each in verdict.duties)


def test_days_of_a_duty_are_told_apart_although_the_same_circular_was_asked_before() -> None:
    text = made("satu", OFFICE, duties=(duty("lapor", when=when(cluster="ya"), lasts=Lasts(2, "cluster")),))
    first = ana(circulars=(text,), unit_facts={"cluster": Fact("ya", since=MONDAY)})
    assert [len(decide(on(MONDAY + timedelta(days=n), first)).duties) for n in (0, 1, 2)] == [1, 1, 0]
    earlier = ana(circulars=(text,), unit_facts={"cluster": Fact("ya", since=date(2020, 6, 1))})
    assert (len(decide(first).duties), len(decide(earlier).duties)) == (1, 0)


def entry(more: str) -> str:
    return f"not_stated:\n  - {{id: soal, about: sesuatu, ask: admin, {more}}}\n"


def test_a_failing_case_names_the_entry_that_leaves_it_open() -> None:
    case = "  - {name: c, on: 2020-06-15, given: {zone: hijau}, expect: WFO}\n"
    text = circular(rule("satu", WFO), cases=case, rest=entry("answer: undecided, when: {zone: hijau}"))
    assert sentences(text) == [
        "The case `c` fails: WFO is expected, but the rules give undecided "
        "(cited: nothing; left open by your entry `soal`)."
    ]
    unmet = text.replace("when: {zone: hijau}", "when: {zone: hijau}, yields: true")
    assert sentences(unmet) == []


def test_a_reading_yields_to_nothing() -> None:
    text = circular(rule("satu", WFO), rest=entry("answer: reading, reading: Begini., yields: true"))
    assert sentences(text) == ["`yields` is for the answer `undecided`: a reading leaves nothing open."]


def test_two_rules_that_clash_may_be_a_contradiction_in_the_text() -> None:
    (found,) = sentences(circular(rule("satu", WFO), rule("dua", WFH)))
    assert "if the text contradicts itself, say `conflicts_with`" in found


ASKED = HEAD + "binds: {agency_kind: [pemprov, BUMD]}\nasks: {agency_kind: BUMD}\n"
BUMD = "  - {name: c, on: 2020-06-15, given: {agency_kind: BUMD}, expect: undecided, because: '9'}\n"


def test_the_paragraph_that_only_asks_is_cited() -> None:
    said = ASKED + 'asks_paragraph: "9"\n'
    assert sentences(circular(rule("satu", WFO), cases=BUMD, head=said)) == []
    assert sentences(circular(rule("satu", WFO), cases=BUMD, head=ASKED)) == [
        "The case `c` cites paragraph 9, which no rule here has."
    ]
    nobody = HEAD + 'asks_paragraph: "9"\n'
    assert sentences(circular(rule("satu", WFO), head=nobody)) == [
        "`asks_paragraph` says where it only asks; then `asks` says whom."
    ]
