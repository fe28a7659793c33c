"""What a rule does is read strictly: shares, places, days of a week, shifts, changes of other circulars."""

from datetime import time
from fractions import Fraction

import pytest

from policy.model import Amount, Arrangement, Change, ChangeKind, Extension, Quota, Shifts
from tests.policy.circular_texts import circular, looked_at, quota, rule, sentences

WEEK = "per: pegawai, counted: hari sepekan, rounding: not stated, modality: dapat"
SHIFTS = (
    '{shifts: [{name: "1", arrive: "07.00-07.30", leave: "15.00-15.30"}, '
    '{name: "2", arrive: "10.00", leave: "18.00"}], division: even}'
)

BROKEN = {
    "a share without quotes": (quota("at_most: 25 %"), 'written in quotes: "25 %"'),
    "a fraction without quotes": (quota("at_most: 1/5"), 'written in quotes: "1/5"'),
    "a bare number": (quota("at_most: 25"), 'written in quotes: "25"'),
    "a number of nothing": (quota('at_most: "25"'), 'is written "25 %", "1/5"'),
    "more than all": (quota('at_most: "120 %"'), "more than all of them"),
    "a fifth of nothing": (quota('at_most: "1/0"'), 'is written "25 %", "1/5"'),
    "no limit": (quota("outside: {job_level: Administrator}"), "`at_most`, `at_least` or `exactly`"),
    "exactly and at most": (quota('exactly: "25 %", at_most: "50 %"'), "leaves no room"),
    "a floor above the cap": (quota('at_most: "25 %", at_least: "50 %"'), "no number fits"),
    "more people than the cap": (quota('at_most: "3 orang", at_least: "4 orang"'), "no number fits"),
    "office and home mixed": (quota(of="[WFO, WFH]"), "counts the office or what is not the office"),
    "a quota of travel": (quota(of="travel"), "counts the office or what is not the office"),
    "no place at all": (quota(of="[]"), "counts the office or what is not the office"),
    "days of a unit": (
        quota().replace("counted: sehari", "counted: hari sepekan"),
        "`counted: hari sepekan` and `per: pegawai` go together",
    ),
    "a day of one person": (quota(per="pegawai"), "`counted: hari sepekan` and `per: pegawai` go together"),
    "days where people are counted": (quota('at_most: "2 hari"'), "must be people (orang) or a share"),
    "people where days are counted": (f'{{quota: {{of: WFH, at_most: "2 orang", {WEEK}}}}}', "must be days (hari)"),
    "a share of a week": (f'{{quota: {{of: WFH, at_most: "50 %", {WEEK}}}}}', "is a number of days"),
    "eight days a week": (f'{{quota: {{of: WFH, at_most: "8 hari", {WEEK}}}}}', "more days than a week has"),
    "a time that YAML reads as a number": (SHIFTS.replace('"10.00"', "10.00"), 'written in quotes: "10.00"'),
    "a window without quotes": (SHIFTS.replace('"07.00-07.30"', "07.00-07.30"), "written in quotes"),
    "a time with a colon": (SHIFTS.replace('"10.00"', '"10:00"'), "is a time or two"),
    "an hour that is none": (SHIFTS.replace('"10.00"', '"25.00"'), "is a time or two"),
    "a window the wrong way round": (SHIFTS.replace("07.00-07.30", "07.30-07.00"), "ends before it begins"),
    "a shift that ends before it begins": (SHIFTS.replace('"18.00"', '"09.00"'), "ends before it has begun"),
    "two shifts of one name": (SHIFTS.replace('name: "2"', 'name: "1"'), "Two entries of `shifts` are called `1`"),
    "two shifts all but of one name": (
        SHIFTS.replace('name: "1"', "name: Pagi").replace('name: "2"', 'name: "pagi "'),
        "Two shifts are called `pagi`",
    ),
    "a division that is none": (SHIFTS.replace("even", "rata"), "one of even, not stated"),
    "an extension that ended before": (
        '{extends: "9/2020", signed: 2020-05-01, until: 2020-04-01}',
        "before that circular was signed",
    ),
    "a change with a word too many": ('{amends: "9/2020", pasal: "2"}', "`pasal` is not a key of `then`"),
    "a paragraph named twice": ('{amends: "9/2020", paragraphs: ["2", "2"]}', "names 2 twice"),
}  # fmt: skip


@pytest.mark.parametrize(("then", "words"), BROKEN.values(), ids=BROKEN)
def test_what_is_doubtful_in_an_effect_is_said(then: str, words: str) -> None:
    examined = looked_at(circular(rule("satu", then)))
    assert any(words in problem.sentence for problem in examined.problems)
    assert {problem.line for problem in examined.problems} == {10}


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ('at_most: "25 %"', Amount(share=Fraction(1, 4))),
        ('at_most: "12,5%"', Amount(share=Fraction(1, 8))),
        ('at_most: "1/5"', Amount(share=Fraction(1, 5))),
        ('at_most: "15 orang"', Amount(number=15)),
        ('at_most: "0 %"', Amount(share=Fraction(0))),
    ],
)
def test_an_amount_is_read_exactly(words: str, amount: Amount) -> None:
    effect = _effect(quota(words))
    assert isinstance(effect, Quota)
    assert effect.at_most == amount
    assert effect.at_least is None


def test_exactly_is_a_cap_and_a_floor() -> None:
    effect = _effect(quota('exactly: "50 %"', of="[WFH, WFA]"))
    assert isinstance(effect, Quota)
    assert effect.at_most == effect.at_least == Amount(share=Fraction(1, 2))
    assert effect.of == {Arrangement.WFH, Arrangement.WFA}


def test_shifts_are_windows_or_single_times() -> None:
    effect = _effect(SHIFTS)
    assert isinstance(effect, Shifts)
    assert effect.is_even
    assert effect.shifts[0].arrive == (time(7), time(7, 30))
    assert effect.shifts[1].leave == (time(18), time(18))


def test_a_change_names_a_circular_and_perhaps_paragraphs() -> None:
    assert _effect('{revokes: "9/2020"}') == Change(ChangeKind.REVOKES, "9/2020", ())
    assert _effect('{sets_aside: "9/2020", paragraphs: "2"}') == Change(
        ChangeKind.SETS_ASIDE, "9/2020", ("2",)
    )
    assert isinstance(_effect('{extends: "9/2020", signed: 2020-05-01, until: not stated}'), Extension)


def _effect(then: str) -> object:
    examined = looked_at(circular(rule("satu", then)))
    assert examined.circular is not None, sentences(circular(rule("satu", then)))
    return examined.circular.rules[0].then
