from policy.engine import decide
from policy.model import Absence, AbsenceKind, Arrangement, Fact, HealthGate, Trait, Turn
from policy.what_if import what_if
from tests.policy.made import circular, quota, rule, settles, when
from tests.policy.people import MONDAY, MORNING, ana

WFO, WFH = Arrangement.WFO, Arrangement.WFH
HALF = circular("separuh", rule("half", quota("1/2")))


def test_another_zone_or_a_letter_would_send_ana_home_and_the_paragraph_is_named() -> None:
    found = {(one.key, one.value): one for one in what_if(ana("hijau"))}
    assert set(found) == {("zone", "kuning"), ("zone", "merah"), ("override", "WFH")}
    citation = found["zone", "merah"].citation
    assert citation is not None
    assert citation.paragraph == "1 (b)"


def test_a_rota_that_is_not_published_would_settle_the_day() -> None:
    found = [(one.key, one.value) for one in what_if(ana(circulars=(HALF,)))]
    assert found == [("turn", "WFO"), ("override", "WFO"), ("turn", "WFH"), ("override", "WFH")]


def test_no_rota_is_promised_where_no_quota_asks_for_one() -> None:
    """In an orange zone the letter of June 2020 leaves the day open, and no unit draws a rota for it."""
    assert {one.key for one in what_if(ana("oranye"))} == {"zone", "override"}


def test_where_there_is_a_turn_it_is_a_swap() -> None:
    turn = Turn(arrangement=WFO, rota="J-1", published_at=MORNING)
    found = [(one.key, one.value) for one in what_if(ana(circulars=(HALF,), turn=turn))]
    assert found == [("swap", "WFH"), ("override", "WFH")]


def test_no_swap_helps_where_a_rule_decides() -> None:
    turn = Turn(arrangement=WFO, rota="J-1", published_at=MORNING)
    assert "swap" not in [one.key for one in what_if(ana("hijau", turn=turn))]


def test_declared_urgency_is_tried_because_a_circular_names_it() -> None:
    home = rule("home", settles(WFH))
    urgent = rule("urgent", settles(WFO), when=when(urgent="ya"), excepts=("home",))
    found = what_if(ana(circulars=(circular("darurat", home, urgent),)))
    assert (found[0].key, found[0].value, found[0].arrangement) == ("urgent", "ya", WFO)


def test_of_many_levels_a_few_are_shown() -> None:
    home = rule("home", settles(WFH), when=when(ppkm_level="4"))
    office = rule("office", settles(WFO), when=when(ppkm_level=("1", "2", "3")))
    facts = ana(circulars=(circular("ppkm", home, office),), region_facts={"ppkm_level": Fact("4")})
    assert [one.value for one in what_if(facts) if one.key == "ppkm_level"] == ["1", "2"]
    assert len(what_if(facts, at_most=1)) == 1


def test_nothing_private_is_varied_nor_shown() -> None:
    office = rule("office", settles(WFO))
    private = rule("rahasia", settles(WFH), when=when(trait="hamil", zone="merah"), excepts=("office",))
    law = circular("satu", office, private)
    facts = ana("hijau", circulars=(law,), traits={Trait.HAMIL.value: MONDAY})
    assert decide(facts).arrangement is WFO
    assert [one.key for one in what_if(facts)] == ["override"]


def test_nothing_of_the_office_moves_who_is_away_or_barred_from_it() -> None:
    assert what_if(ana(absence=Absence(AbsenceKind.ANNUAL_LEAVE, MONDAY, MONDAY))) == ()
    barred = what_if(ana("hijau", health_gate=HealthGate(MONDAY, None, "unfit")))
    assert WFO not in [one.arrangement for one in barred]
