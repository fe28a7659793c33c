"""A circular as a whole: names that lead nowhere, rules that meet nobody, silences that are missing."""

import pytest

from tests.policy.circular_texts import HEAD, WFH, WFO, circular, quota, rule, sentences

GREEN = "when: {zone: hijau}"
OPEN = (
    "not_stated:\n  - {id: a, about: sesuatu, ask: admin, answer: reading, reading: Begini., rules: satu}\n"
)


def unit_case(name: str) -> str:
    people, expect = "[{count: 20}]", "{base: 20, cap: 5, floor: none}"
    return f"unit_cases:\n  - {{name: a, on: 2020-06-15, rule: {name}, people: {people}, expect: {expect}}}\n"


def case(more: str) -> str:
    return f"  - {{name: c, on: 2020-06-15, given: {{}}, expect: WFO, {more}}}\n"


WRONG = {
    "an exception to nothing": (circular(rule("satu", WFO, more="excepts: dua")), "`excepts` of `satu` names `dua`"),
    "an exception to itself": (circular(rule("satu", WFO, more="excepts: satu")), "which is not another rule"),
    "beside nothing": (circular(rule("satu", quota(), more="beside: dua")), "`beside` of `satu` names `dua`"),
    "a base of nothing": (
        circular(rule("satu", quota('at_most: "25 %", counts_also: dua'))),
        "`counts_also` of `satu` names `dua`",
    ),
    "a silence about nothing": (
        circular(rule("dua", WFO), rest=OPEN),
        "`rules` of `a` names `satu`, which is not another rule here; the others are dua.",
    ),
    "a case that cites nothing": (
        circular(rule("satu", WFO), cases=case("because: dua")),
        "cites paragraph dua, which no rule here has",
    ),
    "a case that shows no silence": (
        circular(rule("satu", WFO), cases=case("not_stated: b")),
        "names `b`, which is not an id under `not_stated`",
    ),
    "a case beside nothing": (circular(rule("satu", WFO), cases=case("beside: jauh")), "stands beside `jauh`"),
    "a case beside itself": (circular(rule("satu", WFO), cases=case("beside: contoh")), "stands beside `contoh`"),
    "a shift of nothing": (
        circular(rule("satu", WFO), cases=case('rota: WFO, shift: "3"')),
        "names shift 3, which no rule here sets",
    ),
    "a shift without a rota": (circular(rule("satu", WFO), cases=case('shift: "1"')), "so the case also says `rota`"),
    "a unit case of nothing": (circular(rule("satu", WFO), rest=unit_case("dua")), "which is not a rule here"),
    "a unit case of no quota": (circular(rule("satu", WFO), rest=unit_case("satu")), "sets no quota of a unit's"),
    "a rule after its circular": (
        circular(rule("satu", WFO, more="during: {from: 2021-01-01, until: not stated}")),
        "`during` of `satu` lies wholly outside",
    ),
    "a rule before its circular": (
        circular(rule("satu", WFO, more="during: {from: not stated, until: 2020-05-31}")),
        "`during` of `satu` lies wholly outside",
    ),
    "a rule for nobody": (
        circular(rule("satu", WFO, more=f"{GREEN}, unless: {{zone: [hijau, merah]}}")),
        "`satu` can never meet anybody",
    ),
    "a rule for nobody whom the circular binds": (
        circular(rule("satu", WFO, more="when: {agency_kind: BUMD}"), head=HEAD + "binds: {agency_kind: pemprov}\n"),
        "`satu` can never meet anybody",
    ),
    "a rule on no day": (
        circular(rule("satu", WFO, more="when: {date: 2021-06-15}")),
        "`satu` can never meet anybody",
    ),
    "a quota of nobody says what": (
        circular(rule("satu", quota(per="not stated"))),
        "leaves `per` not stated, so an entry under `not_stated` must name it in `rules`",
    ),
    "a quota over nobody says how long": (
        circular(rule("satu", quota().replace("sehari", "not stated"))),
        "leaves `counted` not stated",
    ),
    "a place of nobody says whether it is ordered": (
        circular(rule("satu", WFO.replace("wajib", "not stated"))),
        "leaves `modality` not stated",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_what_does_not_hold_together_is_said(text: str, words: str) -> None:
    assert any(words in sentence for sentence in sentences(text)), sentences(text)


RIGHT = {
    "a rule for some whom the circular only asks": circular(
        rule("satu", WFO, more="when: {agency_kind: BUMD}"),
        head=HEAD + "binds: {agency_kind: [pemprov, BUMD]}\nasks: {agency_kind: BUMD}\n",
    ),
    "a quota that is read": circular(rule("satu", quota(per="not stated")), rest=OPEN),
    "a period that begins with the circular's last day": circular(
        rule("satu", WFO, more="during: {from: 2020-12-31, until: not stated}")
    ),
    "a contradiction that is read": circular(
        rule("satu", WFO),
        rule("dua", WFH, more="conflicts_with: satu"),
        rest=OPEN.replace("rules: satu", "rules: [satu, dua]"),
    ),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_holds_together_is_no_error(text: str) -> None:
    assert sentences(text) == []
