"""The rules as plain lines in other engines: a figure beside theirs counts only while all give the same answers."""

from dataclasses import replace

import pytest

from benchmarks.policy.bench import BESIDE
from benchmarks.policy.beside import agree, ways_of
from benchmarks.policy.lines import lines
from benchmarks.policy.questions import questions
from policy.loader import shipped
from policy.model import Arrangement

EVERY = {"menpanrb-25-2021": 41}  # of its ten thousand combinations; the others have few


@pytest.mark.parametrize("name", BESIDE)
def test_every_engine_gives_our_answers_to_the_circulars_that_are_compared(name: str) -> None:
    rules = lines(shipped()[name])
    asked = questions(shipped()[name], rules, every=EVERY.get(name, 1))
    assert len(asked) > 100
    agree(ways_of(rules), asked)


def test_a_line_that_answers_otherwise_does_not_pass() -> None:
    circular = shipped()[BESIDE[0]]
    rules = lines(circular)
    settling = next(number for number, line in enumerate(rules) if line.answer[0] == Arrangement.WFO)
    rules[settling] = replace(rules[settling], answer=(Arrangement.WFH.value, rules[settling].answer[1]))
    with pytest.raises(ValueError, match="Different answers"):
        agree(ways_of(rules), questions(circular, rules))
