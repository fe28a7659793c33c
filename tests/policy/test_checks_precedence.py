"""Rules that can meet one person and say different things need a word on which one holds, and no others do."""

import pytest

from tests.policy.circular_texts import WFH, WFO, circular, quota, rule, sentences

MAY_HOME = "{arrangement: WFH, modality: dapat}"
FIRST_HOME = "{arrangement: WFH, modality: diprioritaskan}"
OFFICIALS = "when: {job_level: Administrator}"
SHIFTS = '{shifts: [{name: "1", arrive: "07.30", leave: "15.30"}], division: even}'
LATER = SHIFTS.replace("07.30", "10.00").replace("15.30", "18.00")
HALF = quota('at_least: "50 %"')

OPEN = {
    "two places": (rule("satu", WFO), rule("dua", WFH, more=OFFICIALS), "they say different things"),
    "two places side by side": (rule("satu", WFO), rule("dua", WFH, more="beside: satu"), "use `excepts`"),
    "two quotas": (rule("satu", quota()), rule("dua", quota('at_most: "50 %"')), "these are two quotas"),
    "a quota of days and one of heads": (
        rule("satu", quota()),
        rule(
            "dua",
            '{quota: {of: WFH, at_most: "2 hari", per: pegawai, counted: hari sepekan, rounding: not stated, '
            "modality: dapat}}",
        ),
        "these are two quotas",
    ),
    "two sets of shifts": (rule("satu", SHIFTS), rule("dua", LATER), "they say different things"),
    "all in the office under a cap": (rule("satu", WFO), rule("dua", quota()), "leaves too little room"),
    "all at home under a cap of those at home": (
        rule("satu", quota(of="WFH")),
        rule("dua", WFH),
        "leaves too little room",
    ),
    "all at home though some must come": (rule("satu", WFH), rule("dua", HALF), "leaves too little room"),
    "the same people, more widely said": (
        rule("satu", WFO, more="when: {zone: [hijau, kuning]}"),
        rule("dua", quota(), more="when: {zone: hijau}"),
        "leaves too little room",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "words"), OPEN.values(), ids=OPEN)
def test_two_rules_that_fight_unseen_are_named(first: str, second: str, words: str) -> None:
    for text in (circular(first, second), circular(second, first)):
        found = [each for each in sentences(text) if "can both meet one person" in each]
        assert len(found) == 1, sentences(text)
        assert "`satu`" in found[0]
        assert "`dua`" in found[0]
        assert words in found[0]


AT_PEACE = {
    "an exception": (rule("satu", WFO), rule("dua", WFH, more=f"{OFFICIALS}, excepts: satu")),
    "people who are kept out": (
        rule("satu", WFO, more="unless: {job_level: Administrator}"),
        rule("dua", WFH, more=OFFICIALS),
    ),
    "zones apart": (
        rule("satu", WFO, more="when: {zone: hijau}"),
        rule("dua", WFH, more="when: {zone: merah}"),
    ),
    "months apart": (
        rule("satu", WFO, more="during: {from: 2020-06-01, until: 2020-06-30}"),
        rule("dua", WFH, more="during: {from: 2020-07-01, until: not stated}"),
    ),
    "the same place twice": (rule("satu", WFO), rule("dua", WFO, more=OFFICIALS)),
    "a permission": (rule("satu", WFO), rule("dua", MAY_HOME)),
    "a preference": (rule("satu", WFO), rule("dua", FIRST_HOME)),
    "two preferences": (rule("satu", FIRST_HOME), rule("dua", FIRST_HOME.replace("WFH", "WFO"))),
    "quotas that both hold": (
        rule("satu", quota()),
        rule("dua", quota('at_most: "50 %"'), more="beside: satu"),
    ),
    "one quota said twice": (rule("satu", quota()), rule("dua", quota(), more=OFFICIALS)),
    "officials always in the office under a cap": (rule("satu", quota()), rule("dua", WFO, more=OFFICIALS)),
    "all at home under a cap of the office": (rule("satu", WFH), rule("dua", quota())),
    "all in the office under a cap of all": (rule("satu", WFO), rule("dua", quota('at_most: "100 %"'))),
    "a quota that is only a permission": (rule("satu", WFO), rule("dua", quota().replace("wajib", "dapat"))),
    "a quota beside": (rule("satu", WFO), rule("dua", quota(), more="beside: satu")),
    "a change of another circular": (rule("satu", WFO), rule("dua", '{revokes: "9/2020"}')),
}


@pytest.mark.parametrize(("first", "second"), AT_PEACE.values(), ids=AT_PEACE)
def test_rules_that_get_along_raise_no_alarm(first: str, second: str) -> None:
    assert sentences(circular(first, second)) == []
    assert sentences(circular(second, first)) == []


def test_exceptions_that_go_round_in_a_circle_are_named() -> None:
    rules = (
        rule("satu", WFO, more="excepts: tiga"),
        rule("dua", WFH, more="excepts: satu"),
        rule("tiga", WFO, more="excepts: dua"),
    )
    found = sentences(circular(*rules))
    assert len(found) == 1
    assert "each except the other" in found[0]


def test_two_exceptions_of_one_rule_still_need_a_word_between_them() -> None:
    found = sentences(
        circular(
            rule("satu", WFO),
            rule("dua", WFH, more="when: {trait: hamil}, excepts: satu"),
            rule(
                "tiga", "{arrangement: WFA, modality: wajib}", more="when: {trait: komorbid}, excepts: satu"
            ),
        )
    )
    assert [each.split(":")[0] for each in found] == ["`dua` and `tiga` can both meet one person"]
