"""What is allowed and yet often not meant: said once, and never an error."""

import pytest

from tests.policy.circular_texts import HEAD, WFH, WFO, circular, looked_at, quota, rule

WEEKLY = quota("at_most: '3 hari'", of="WFH", per="pegawai").replace("sehari", "hari sepekan")
HALF = quota('exactly: "50 %"').replace("ke bawah", "not stated")
FRIDAYS = "2020-06-12, 2020-06-19, 2020-06-26, 2020-07-03"
FOR_A_WHILE = HEAD.replace("2020-12-31}", "2020-12-31, while: {status: kabut}}")
OPEN_START = HEAD.replace("{from: 2020-06-01", "{from: not stated")
FEW = rule("tiga-hari", WEEKLY, more="when: {employment: PPPK}")
CLUSTER = "when: {cluster: ya}"

NASTY = {
    "a revocation for a while": (
        circular(rule("cabut", '{revokes: "9/2020"}'), head=FOR_A_WHILE),
        "`cabut` revokes for good, but this circular is in force only `while` status lasts",
    ),
    "exactly a half": (
        circular(rule("paruh", HALF)),
        "`paruh` wants exactly 1/2 of them",
    ),
    "home for longer than a week allows": (
        circular(FEW, rule("klaster", WFH, more=CLUSTER)),
        "`klaster` may put somebody there on more days of a week than the 3 of `tiga-hari`",
    ),
    "four dates of one week": (
        circular(
            FEW, rule("tanggal", WFH, more=f"when: {{date: [2020-06-15, 2020-06-16, 2020-06-17, {FRIDAYS}]}}")
        ),
        "`tanggal` may put somebody there on more days",
    ),
    "no first day": (circular(rule("satu", WFO), head=OPEN_START), "before it was signed, on 2020-06-01"),
    "no day at all": (
        circular(rule("satu", WFO), head=OPEN_START.replace("signed: 2020-06-01", "signed: not stated")),
        "`signed` is not stated either",
    ),
}

PLAIN = {
    "a revocation that stays": circular(rule("cabut", '{revokes: "9/2020"}')),
    "a setting aside for a while": circular(rule("tidak", '{sets_aside: "9/2020"}'), head=FOR_A_WHILE),
    "exactly so many people": circular(rule("lima", quota('exactly: "5 orang"'))),
    "exactly a half, rounded": circular(rule("paruh", quota('exactly: "50 %"'))),
    "exactly everybody": circular(rule("semua", HALF.replace("50 %", "100 %"))),
    "from a half to a half more": circular(rule("paruh", quota('at_least: "50 %", at_most: "75 %"'))),
    "days settled by an exception": circular(
        FEW, rule("klaster", WFH, more=f"{CLUSTER}, excepts: tiga-hari")
    ),
    "days of other people": circular(FEW, rule("pns", WFH, more="when: {employment: PNS}")),
    "three days of the week": circular(FEW, rule("hari", WFH, more="when: {weekday: [Senin, Rabu, Jumat]}")),
    "three days in a row": circular(
        FEW, rule("klaster", WFH, more=f"{CLUSTER}, lasts: {{days: 3, after: cluster}}")
    ),
    "a day of each of four weeks": circular(FEW, rule("tanggal", WFH, more=f"when: {{date: [{FRIDAYS}]}}")),
    "days in the office": circular(FEW, rule("kantor", WFO)),
}


@pytest.mark.parametrize(("text", "words"), NASTY.values(), ids=NASTY)
def test_it_is_said_once_and_is_no_error(text: str, words: str) -> None:
    found = looked_at(text)
    assert len(found.worth_a_look) == 1
    assert words in found.worth_a_look[0].sentence
    assert words not in "".join(each.sentence for each in found.problems)


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_the_ordinary_raises_no_eyebrow(text: str) -> None:
    assert looked_at(text).worth_a_look == ()
