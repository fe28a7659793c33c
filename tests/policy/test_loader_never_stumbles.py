"""Whatever somebody writes, the loader answers in sentences: it never breaks down, and every line is in the file."""

from hypothesis import given
from hypothesis import strategies as st

from policy.loader import examine
from tests.policy.circular_texts import WFH, WFO, circular, quota, rule

TEXT = circular(
    rule(
        "satu",
        quota('at_most: "1/5", outside: {job_level: Administrator}'),
        more="when: {zone: hijau}, lasts: {days: 5, after: zone}",
    ),
    rule("dua", WFO, more="when: {zone: [hijau, kuning], age: di atas 50}, excepts: satu"),
    rule(
        "tiga",
        WFH,
        more="during: {from: 2020-07-01, until: not stated}, unless: {date: 2020-07-03}, beside: satu",
    ),
    rule("empat", '{shifts: [{name: "1", arrive: "07.00-07.30", leave: "15.00"}], division: even}'),
    rule("lima", '{amends: "9/2020", paragraphs: ["2"]}'),
    cases='  - {name: a, on: 2020-06-15, given: {zone: hijau, age: 52}, rota: WFO, shift: "1", expect: WFO}\n',
    rest="unit_cases:\n  - {name: b, on: 2020-06-15, rule: satu, people: [{count: 7}], "
    "expect: {base: 7, cap: 1, floor: none}}\n"
    "not_stated:\n  - {id: c, about: x, when: {zone: merah}, answer: undecided, ask: admin}\n"
    "duties:\n  - {id: d, paragraph: a, says: x, for: [WFO], obligation: plan}\n"
    "not_automated:\n  - {id: e, paragraph: a, says: x, who: PPK, considers: [y]}\n",
)
ODD = [
    "", " ", "{}", "[]", "~", "0", "-1", "1.5", "07.30", "true", "2020-02-30", "not stated", "[a, b]", "{a: b}", "none",
    '""', "- x", "WFO", "a: b", ":", '"25 %"', "|", "*a", "&a", "!!int x", "<<: {a: 1}", "umur", "\t", "\x00", "satu",
]  # fmt: skip


def test_the_text_that_is_tried_has_the_right_form() -> None:
    (examined,) = examine({"contoh.yaml": TEXT})
    assert examined.circular is not None, examined.problems


PIECES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12), st.sampled_from(ODD))


@given(st.lists(PIECES, min_size=1, max_size=3))
def test_a_text_with_pieces_replaced_is_answered_in_sentences(pieces: list[tuple[int, int, str]]) -> None:
    text = TEXT
    for start, length, odd in pieces:
        text = text[:start] + odd + text[start + length :]
    (examined,) = examine({"contoh.yaml": text})
    for problem in examined.problems:
        assert 1 <= problem.line <= text.count("\n") + 1
        assert problem.sentence.endswith(".")
