"""Several circulars at once: changes, extensions, and the written order of precedence."""

from dataclasses import replace
from datetime import date

import pytest

from policy.engine import decide
from policy.model import (
    Arrangement,
    Ask,
    Change,
    ChangeKind,
    Circular,
    Extension,
    Fact,
    JobLevel,
    Period,
    Rank,
    Verdict,
)
from tests.policy.made import JUNE_1, circular, duty, quota, rule, settles, when
from tests.policy.people import MONDAY, ana, keys, reason

WFO, WFH, UNDECIDED = Arrangement.WFO, Arrangement.WFH, Arrangement.UNDECIDED
OFFICE = rule("office", settles(WFO))
HOME = rule("home", settles(WFH))
NEWER = date(2020, 6, 8)


def told(*circulars: Circular, **changes: object) -> Verdict:
    return decide(ana(circulars=circulars, **changes))


@pytest.mark.parametrize("order", [1, -1])
def test_the_higher_issuer_wins_even_if_older_and_the_verdict_says_so(order: int) -> None:
    minister = circular("menteri", HOME, rank=Rank.MENTERI)
    governor = circular("gubernur", OFFICE, signed=NEWER)
    verdict = told(*(minister, governor)[::order])
    assert (verdict.arrangement, keys(verdict)) == (WFH, ["rule", "outranked"])
    gave_way = reason(verdict, "outranked")
    assert gave_way.params == {"by": "menteri", "because": "rank"}
    assert gave_way.citation is not None
    assert gave_way.citation.circular == "gubernur"


def test_of_one_rank_the_newer_wins_and_an_undated_one_is_the_oldest() -> None:
    older, newer = circular("lama", OFFICE), circular("baru", HOME, signed=NEWER)
    assert reason(told(older, newer), "outranked").params == {"by": "baru", "because": "newer"}
    undated = circular("tanpa-tanggal", HOME, signed=None)
    assert told(older, undated).arrangement is WFO


def test_of_one_day_the_rule_for_fewer_people_wins() -> None:
    general = circular("umum", OFFICE)
    narrow = circular("khusus", replace(HOME, when=when(zone="hijau")))
    verdict = told(general, narrow)
    assert (verdict.arrangement, reason(verdict, "outranked").params["because"]) == (WFH, "specific")


def test_what_cannot_be_ordered_is_a_conflict_with_both_paragraphs() -> None:
    by_zone = circular("satu", replace(HOME, when=when(zone="hijau")))
    by_level = circular("dua", replace(OFFICE, when=when(job_level="Pelaksana")))
    verdict = told(by_zone, by_level)
    assert (verdict.arrangement, keys(verdict), verdict.ask) == (
        UNDECIDED,
        ["conflict", "rule", "rule"],
        Ask.ADMIN,
    )


def test_a_higher_circular_decides_a_conflict_below_it() -> None:
    by_zone = circular("satu", replace(HOME, when=when(zone="hijau")))
    by_level = circular("dua", replace(OFFICE, when=when(job_level="Pelaksana")))
    assert told(by_zone, by_level, circular("menteri", HOME, rank=Rank.MENTERI)).arrangement is WFH


def test_a_fact_that_only_a_lower_circular_wants_is_not_missed() -> None:
    governor = circular("gubernur", replace(OFFICE, when=when(zone="hijau")))
    minister = circular("menteri", HOME, rank=Rank.MENTERI)
    assert told(governor, minister, region_facts={}).arrangement is WFH
    assert told(replace(governor, rank=Rank.PRESIDEN), minister, region_facts={}).arrangement is UNDECIDED


def test_an_amendment_replaces_the_paragraph_it_names_and_no_other() -> None:
    base = circular("58", replace(OFFICE, paragraph="1 (a)"), duties=(duty("1 (b)"), duty("2")))
    change = rule("change", Change(ChangeKind.AMENDS, "58", ("1",)))
    amending = circular("67", change, HOME, signed=NEWER)
    verdict = told(base, amending)
    assert (verdict.arrangement, keys(verdict)) == (WFH, ["rule", "replaced"])
    assert reason(verdict, "replaced").params == {"by": "67", "paragraph": "change"}
    assert [each.id for each in verdict.duties] == ["2"]


def test_a_paragraph_that_only_begins_alike_is_not_replaced() -> None:
    base = circular("58", replace(OFFICE, paragraph="11"))
    change = rule("change", Change(ChangeKind.AMENDS, "58", ("1",)))
    assert keys(told(base, circular("67", change, signed=NEWER))) == ["rule"]


def test_a_revoked_circular_says_nothing_more_and_is_named() -> None:
    change = rule("change", Change(ChangeKind.REVOKES, "58", ()))
    verdict = told(circular("58", OFFICE, duties=(duty("mask"),)), circular("67", change, signed=NEWER))
    assert (verdict.arrangement, verdict.duties) == (UNDECIDED, ())
    assert reason(verdict, "replaced").params["by"] == "67"


def test_numbers_that_lost_a_slash_are_one_number() -> None:
    change = rule("change", Change(ChangeKind.REVOKES, "045.2103/VII", ()))
    base = circular("a", OFFICE, number="045.2/103/VII")
    assert "replaced" in keys(told(base, circular("67", change, signed=NEWER)))


def test_a_revocation_that_is_itself_revoked_revokes_nothing() -> None:
    first = circular("67", rule("change", Change(ChangeKind.REVOKES, "58", ())), signed=NEWER)
    second = circular("68", rule("change", Change(ChangeKind.REVOKES, "67", ())), signed=date(2020, 6, 9))
    assert told(circular("58", OFFICE), first, second).arrangement is WFO


def test_a_change_holds_only_for_whom_it_meets() -> None:
    local = rule("local", Change(ChangeKind.SETS_ASIDE, "58", ()), when=when(region="Metro"))
    here = rule("local", Change(ChangeKind.SETS_ASIDE, "58", ()), when=when(region="Bandar Lampung"))
    base = circular("58", OFFICE, rank=Rank.MENTERI)
    assert told(base, circular("wali kota", local, rank=Rank.BUPATI_WALI_KOTA)).arrangement is WFO
    aside = told(base, circular("wali kota", here, rank=Rank.BUPATI_WALI_KOTA))
    assert (aside.arrangement, keys(aside)) == (UNDECIDED, ["replaced", "no_rule"])


def test_a_change_that_may_apply_for_all_we_know_leaves_it_undecided() -> None:
    change = rule("change", Change(ChangeKind.AMENDS, "58", ("office",)), when=when(zone="merah"))
    verdict = told(circular("58", OFFICE), circular("67", change, signed=NEWER), region_facts={})
    assert reason(verdict, "fact_missing").params["fact"] == "zone"


def test_a_lower_issuer_revokes_nothing_above_it_and_that_is_said() -> None:
    change = rule("change", Change(ChangeKind.REVOKES, "58", ()))
    verdict = told(circular("58", OFFICE, rank=Rank.MENTERI), circular("gubernur", change, signed=NEWER))
    assert verdict.arrangement is WFO
    assert reason(verdict, "outranked").params == {"by": "58", "because": "rank"}


@pytest.mark.parametrize(
    ("until", "day", "place"),
    [
        (None, date(2020, 9, 1), WFH),
        (date(2020, 6, 20), date(2020, 6, 19), WFH),
        (date(2020, 6, 20), date(2020, 6, 22), UNDECIDED),
    ],
)
def test_an_extension_lets_an_older_period_go_on(until: date | None, day: date, place: Arrangement) -> None:
    old = circular("57", HOME, in_force=Period(JUNE_1, date(2020, 6, 4)))
    longer = circular("58", rule("longer", Extension("57", JUNE_1, until)), signed=NEWER)
    facts = ana(circulars=(old, longer))
    day_kind = replace(facts.day, on=day)
    assert decide(replace(facts, on=day, day=day_kind)).arrangement is place


def test_without_the_older_circular_at_hand_an_extension_settles_nothing() -> None:
    assert keys(told(circular("58", rule("longer", Extension("57", JUNE_1, None))))) == ["no_rule"]


def test_a_cap_of_another_circular_gives_way_or_wins_by_the_same_order() -> None:
    everybody = circular("gubernur", OFFICE)
    capped = circular("menteri", rule("cap", quota("1/4")), rank=Rank.MENTERI)
    verdict = told(everybody, capped)
    assert (verdict.arrangement, keys(verdict)) == (UNDECIDED, ["quota", "outranked", "no_turn"])
    lower = told(everybody, replace(capped, rank=Rank.BUPATI_WALI_KOTA))
    assert (lower.arrangement, keys(lower)) == (WFO, ["rule", "outranked"])


def test_a_cap_that_nobody_can_order_against_a_full_office_is_a_conflict() -> None:
    everybody = circular("satu", replace(OFFICE, when=when(zone="hijau")))
    capped = circular("dua", rule("cap", quota("1/4"), when=when(region="Lampung")))
    verdict = told(everybody, capped)
    assert (verdict.arrangement, keys(verdict)) == (UNDECIDED, ["conflict", "rule", "rule"])


def test_home_for_all_agrees_with_a_cap_and_officials_in_the_office_do_too() -> None:
    capped = circular("dua", rule("cap", quota("1/4")), signed=NEWER)
    assert told(circular("satu", HOME), capped).arrangement is WFH
    officials = circular("satu", replace(OFFICE, when=when(job_level="Administrator")))
    assert told(officials, capped, job_level=JobLevel.ADMINISTRATOR).arrangement is WFO


def test_a_floor_in_the_office_does_not_agree_with_home_for_all() -> None:
    floor = circular("dua", rule("floor", quota(at_least="1/4")), signed=NEWER)
    verdict = told(circular("satu", HOME), floor)
    assert (verdict.arrangement, reason(verdict, "outranked").params["by"]) == (UNDECIDED, "dua")


def test_a_change_of_the_zone_is_seen_although_the_same_circulars_were_asked_before() -> None:
    law = circular("satu", replace(OFFICE, when=when(zone="hijau")), replace(HOME, when=when(zone="merah")))
    green = told(law, region_facts={"zone": Fact("hijau", since=MONDAY)})
    red = told(law, region_facts={"zone": Fact("merah", since=MONDAY)})
    assert (green.arrangement, red.arrangement) == (WFO, WFH)


def test_a_contradiction_inside_one_circular_is_decided_by_a_newer_one_that_sides_with_a_rule_of_it() -> None:
    torn = circular("satu", OFFICE, HOME)
    assert keys(told(torn)) == ["conflict", "rule", "rule"]
    sided = told(torn, circular("dua", OFFICE, signed=NEWER))
    assert (sided.arrangement, keys(sided)) == (WFO, ["rule", "rule", "outranked"])


LEVEL_3 = when(ppkm_level="3")
LOW_CAP = rule("cap", quota("1/2"), when=LEVEL_3)
NO_LEVEL = {"zone": Fact("hijau")}


@pytest.mark.parametrize(
    "unknown",
    [
        circular("menteri", LOW_CAP, rank=Rank.MENTERI, signed=NEWER),
        circular("menteri", replace(LOW_CAP, when=()), binds=LEVEL_3, rank=Rank.MENTERI),
        circular("menteri", replace(HOME, when=LEVEL_3), rank=Rank.MENTERI),
    ],
)
def test_a_fact_that_no_answer_could_turn_on_leaves_a_settled_day_settled(unknown: Circular) -> None:
    home = circular("gubernur", HOME)
    verdict = told(home, unknown, region_facts=NO_LEVEL)
    assert (verdict.arrangement, keys(verdict)[0]) == (WFH, "rule")
    assert told(circular("gubernur", OFFICE), unknown, region_facts=NO_LEVEL).arrangement is UNDECIDED


def test_a_fact_that_may_ask_for_people_in_the_office_or_replace_the_rule_is_still_missed() -> None:
    home = circular("gubernur", HOME)
    at_least = circular("menteri", rule("floor", quota(at_least="1/2"), when=LEVEL_3), rank=Rank.MENTERI)
    assert told(home, at_least, region_facts=NO_LEVEL).arrangement is UNDECIDED
    instead = circular("gubernur", HOME, replace(LOW_CAP, excepts=("home",)))
    assert told(instead, region_facts=NO_LEVEL).arrangement is UNDECIDED
    beside = circular("gubernur", HOME, LOW_CAP)
    assert told(beside, region_facts=NO_LEVEL).arrangement is WFH


REVOKES = rule("change", Change(ChangeKind.REVOKES, "58", ()))
PSBB_ON, PSBB_OFF = {"psbb": Fact("ya")}, {"psbb": Fact("tidak")}


@pytest.mark.parametrize(
    "ended",
    [
        circular("67", REVOKES, lasts_while=when(psbb="ya")),
        circular("67", REVOKES, in_force=Period(JUNE_1, NEWER)),
    ],
)
def test_a_revocation_outlasts_the_circular_that_says_it(ended: Circular) -> None:
    old = circular("58", HOME, in_force=Period(None, None))
    assert keys(told(old, ended, region_facts=PSBB_OFF)) == ["replaced"]
    amended = replace(
        ended, rules=(rule("change", Change(ChangeKind.AMENDS, "58", ())), rule("too", settles(WFO)))
    )
    assert told(old, amended, region_facts=PSBB_OFF).arrangement is WFH
    later = replace(ended, in_force=Period(date(2020, 6, 16), None))
    assert told(old, later, region_facts=PSBB_ON).arrangement is WFH


def test_what_was_revoked_does_not_come_back_with_the_end_of_what_revoked_it() -> None:
    first = circular("67", REVOKES, signed=NEWER)
    over = rule("change", Change(ChangeKind.REVOKES, "67", ()))
    after = circular("68", over, signed=date(2020, 6, 9), in_force=Period(date(2020, 6, 9), None))
    assert told(circular("58", HOME), first, after).arrangement is UNDECIDED


def test_a_first_day_that_is_not_stated_is_not_before_the_day_of_signing() -> None:
    undated = circular("satu", HOME, signed=date(2020, 6, 16), in_force=Period(None, None))
    assert reason(told(undated), "not_yet_in_force").params == {"circular": "satu", "start": "2020-06-16"}
    assert told(replace(undated, signed=MONDAY)).arrangement is WFH
    assert told(replace(undated, signed=None)).arrangement is WFH
