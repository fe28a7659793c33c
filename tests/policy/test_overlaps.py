"""Two rules can meet one person, unless it is certain that nobody can meet both."""

import pytest

from policy.checking.overlaps import can_meet, meets_all_of
from policy.model import Rule
from tests.policy.circular_texts import WFO, circular, looked_at, rule

TOGETHER = {
    "nothing said": ("", "", True),
    "one value in common": ("when: {zone: [hijau, kuning]}", "when: {zone: [kuning, merah]}", True),
    "no value in common": ("when: {zone: hijau}", "when: {zone: [kuning, merah]}", False),
    "different keys": ("when: {zone: hijau}", "when: {employment: PNS}", True),
    "one keeps out whom the other meets": ("when: {zone: hijau}", "unless: {zone: hijau}", False),
    "one keeps out a part of them": ("when: {zone: [hijau, kuning]}", "unless: {zone: hijau}", True),
    "together they leave no value": (
        "unless: {psbb: ya}",
        "unless: {psbb: tidak}",
        False,
    ),
    "somebody can have two traits": ("when: {trait: hamil}", "when: {trait: komorbid}", True),
    "a trait that is kept out": ("when: {trait: hamil}", "unless: {trait: hamil}", False),
    "another trait kept out": ("when: {trait: hamil}", "unless: {trait: komorbid}", True),
    "a unit below another": ("when: {unit: Bapenda}", "when: {unit: UPTD Bapenda}", True),
    "ages that meet": ("when: {age: di atas 50}", "when: {age: maksimal 51}", True),
    "ages that touch but do not meet": ("when: {age: di atas 50}", "when: {age: maksimal 50}", False),
    "an exact age": ("when: {age: tepat 50}", "when: {age: di atas 50}", False),
    "an age that is kept out": ("when: {age: di atas 55}", "unless: {age: di atas 50}", False),
    "two weeks of the month": ('when: {week_of_month: "1"}', 'when: {week_of_month: "2"}', False),
    "the fourth may be the last": ('when: {week_of_month: "4"}', "when: {week_of_month: terakhir}", True),
    "the fifth is the last": ('when: {week_of_month: "5"}', "unless: {week_of_month: terakhir}", False),
    "a date of another week": ("when: {date: 2026-06-12}", 'when: {week_of_month: "1"}', False),
    "a date of that week": ("when: {date: 2026-06-12}", 'when: {week_of_month: "2"}', True),
    "leading and not": ("when: {leads: ya}", "unless: {leads: ya}", False),
    "periods apart": (
        "during: {from: 2020-06-01, until: 2020-06-30}",
        "during: {from: 2020-07-01, until: not stated}",
        False,
    ),
    "periods that share a day": (
        "during: {from: 2020-06-01, until: 2020-06-30}",
        "during: {from: 2020-06-30, until: not stated}",
        True,
    ),
    "weekdays apart": ("when: {weekday: Senin}", "when: {weekday: [Selasa, Jumat]}", False),
    "a date that is not that weekday": ("when: {date: 2020-06-15}", "when: {weekday: Jumat}", False),
    "a date that is that weekday": ("when: {date: 2020-06-15}", "when: {weekday: Senin}", True),
    "a date outside the period": (
        "when: {date: 2020-06-15}",
        "during: {from: 2020-07-01, until: not stated}",
        False,
    ),
    "a short period without that weekday": (
        "during: {from: 2020-06-15, until: 2020-06-17}",
        "when: {weekday: Jumat}",
        False,
    ),
    "a date kept out": ("when: {date: [2020-06-15, 2020-06-16]}", "unless: {date: 2020-06-15}", True),
    "every date kept out": ("when: {date: 2020-06-15}", "unless: {weekday: Senin}", False),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "can"), TOGETHER.values(), ids=TOGETHER)
def test_whether_two_rules_can_meet_one_person(first: str, second: str, can: bool) -> None:
    one, other = _rules(first, second)
    assert can_meet([one, other]) is can
    assert can_meet([other, one]) is can


WIDER = {
    "the same": ("when: {zone: hijau}", "when: {zone: hijau}", True),
    "everybody": ("", "when: {zone: hijau}", True),
    "not everybody": ("when: {zone: hijau}", "", False),
    "more values": ("when: {zone: [hijau, kuning]}", "when: {zone: hijau}", True),
    "fewer values": ("when: {zone: hijau}", "when: {zone: [hijau, kuning]}", False),
    "a later age": ("when: {age: di atas 50}", "when: {age: minimal 55}", True),
    "somebody is kept out": ("unless: {trait: hamil}", "when: {zone: hijau}", False),
    "both keep them out": ("unless: {trait: hamil}", "unless: {trait: [hamil, komorbid]}", True),
    "nobody there to keep out": ("unless: {zone: merah}", "when: {zone: hijau}", True),
    "a shorter time": ("during: {from: 2020-06-01, until: 2020-06-30}", "", False),
}


@pytest.mark.parametrize(("wide", "narrow", "does"), WIDER.values(), ids=WIDER)
def test_whether_a_rule_meets_everybody_whom_another_meets(wide: str, narrow: str, does: bool) -> None:
    assert meets_all_of(*_rules(wide, narrow)) is does


def _rules(first: str, second: str) -> tuple[Rule, Rule]:
    examined = looked_at(circular(rule("satu", WFO, more=first), rule("dua", WFO, more=second)))
    assert examined.circular is not None, examined.problems
    one, other = examined.circular.rules
    return one, other
