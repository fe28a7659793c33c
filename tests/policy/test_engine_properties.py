"""What holds of every verdict, whatever the circulars, the person and the day."""

import json
from dataclasses import replace

from hypothesis import given

from policy.engine import decide
from policy.model import (
    REASONS,
    AbsenceKind,
    Arrangement,
    Audience,
    Facts,
    Modality,
    Quota,
    Trait,
    Verdict,
    visible_to,
)
from policy.weighing.precedence import height
from policy.what_if import what_if
from policy.words import Counted
from tests.policy.people import keys
from tests.policy.random_rules import days, people

WFO, UNDECIDED = Arrangement.WFO, Arrangement.UNDECIDED
STAYS_OPEN = {"conflict", "fact_missing"}
PRIVATE_WORDS = (
    "rahasia",
    "unfit",
    AbsenceKind.SICK_LEAVE.value,
    AbsenceKind.MATERNITY_LEAVE.value,
    AbsenceKind.SUSPENDED.value,
    *(trait.value for trait in Trait if trait is not Trait.PEGAWAI_BARU),
)


@given(days())
def test_every_reader_gets_a_reason_and_only_their_own(facts: Facts) -> None:
    verdict = decide(facts)
    for audience in Audience:
        seen = visible_to(verdict, audience)
        assert seen.reasons
        assert all(audience in each.audience for each in (*seen.reasons, *seen.not_stated, *seen.duties))


@given(days())
def test_no_private_word_reaches_the_head(facts: Facts) -> None:
    told = json.dumps(visible_to(decide(facts), Audience.HEAD).to_json())
    assert [word for word in PRIVATE_WORDS if word in told] == []


@given(days())
def test_a_verdict_depends_on_nothing_but_the_facts(facts: Facts) -> None:
    first = decide(facts)
    copied = replace(facts, circulars=tuple(replace(circular) for circular in facts.circulars))
    assert decide(copied) == first == decide(facts)


@given(days())
def test_every_reason_is_a_known_one_with_its_own_parameters(facts: Facts) -> None:
    verdict = decide(facts)
    for reason in verdict.reasons:
        assert set(reason.params) <= set(REASONS[reason.key])
        assert set(REASONS[reason.key]) - set(reason.params) <= {"until", "shift"}
    assert (verdict.ask is not None) == (verdict.arrangement is UNDECIDED)
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict


@given(people())
def test_what_a_circular_orders_never_gives_way_unsaid_nor_to_a_lower_one(facts: Facts) -> None:
    verdict = decide(facts)
    ranks = {circular.number: height(circular)[0] for circular in facts.circulars}
    for circular in facts.circulars:
        alone = decide(replace(facts, circulars=(circular,)))
        if alone.modality is not Modality.WAJIB or alone.arrangement is verdict.arrangement:
            continue
        said = [
            reason
            for reason in verdict.reasons
            if reason.key in ("outranked", "replaced")
            and reason.citation is not None
            and reason.citation.circular == circular.number
        ]
        assert said or (verdict.arrangement is UNDECIDED and STAYS_OPEN & set(keys(verdict)))
        for reason in said:
            if reason.key == "outranked":
                assert ranks[reason.params["by"]] >= ranks[circular.number]


@given(days())
def test_under_a_quota_only_a_turn_a_rule_or_a_letter_sends_anybody_in(facts: Facts) -> None:
    verdict = decide(facts)
    people_quotas = {
        (circular.number, rule.id)
        for circular in facts.circulars
        for rule in circular.rules
        if isinstance(rule.then, Quota) and rule.then.counted is not Counted.WEEK
    }
    cited = {
        (each.citation.circular, each.citation.rule)
        for each in verdict.reasons
        if each.key == "quota" and each.citation is not None
    }
    if verdict.arrangement is WFO and cited & people_quotas:
        assert {"turn", "rule", "override"} & set(keys(verdict))


@given(days())
def test_a_letter_settles_the_day_but_for_the_health_gate(facts: Facts) -> None:
    verdict = decide(facts)
    is_away = facts.absence is not None and facts.absence.part is None
    if facts.override is None or is_away:
        return
    is_barred = facts.health_gate is not None and facts.override.arrangement is WFO
    assert verdict.arrangement is (UNDECIDED if is_barred else facts.override.arrangement)


@given(days())
def test_what_would_change_the_answer_would_and_says_nothing_private(facts: Facts) -> None:
    told = decide(facts)
    for change in what_if(facts):
        assert change.arrangement not in (told.arrangement, UNDECIDED)
        assert "rahasia" not in str(change)
