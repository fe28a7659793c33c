"""The same rules in zen-engine and in Rego: equal answers first, then microseconds of processor an answer, in turn."""

import statistics
from collections.abc import Callable, Sequence
from time import process_time

from benchmarks.policy.lines import Answer, Line, answer_of, lines
from benchmarks.policy.questions import Question, questions
from benchmarks.policy.rego_module import Rego
from benchmarks.policy.zen_table import Zen
from policy.engine import decide
from policy.model import Circular
from policy.weighing import standing

ROUNDS = 7
TIMED = 400  # questions a round; that the answers are equal is seen for all of them
Way = Callable[[Sequence[Question]], list[Answer]]


def compare(circular: Circular) -> str:
    """Return the table for one circular. Raises ValueError if two answer differently: then no figure counts."""
    rules = lines(circular)
    asked = questions(circular, rules)
    ways = ways_of(rules)
    agree(ways, asked)
    timed = (asked * (1 + TIMED // len(asked)))[:: max(1, len(asked) // TIMED)]
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            taken[name].append(_microseconds(way, timed))
    title = (
        f"\n{circular.form} {circular.number}: {len(asked)} combinations, {len(rules)} lines, equal answers"
    )
    return "\n".join([title, *_rows(taken)])


def ways_of(rules: Sequence[Line]) -> dict[str, Way]:
    """Return ours and the others', which know the rules only as these lines."""
    table, module = Zen(rules), Rego(rules)
    return {
        "Piket": lambda asked: [answer_of(decide(each.facts)) for each in asked],
        "Piket, nothing remembered": lambda asked: [_anew(each) for each in asked],
        "zen-engine, many at once": lambda asked: table.batch(each.plain for each in asked),
        "zen-engine, one by one": lambda asked: [table.one(each.plain) for each in asked],
        "Rego (regopy)": lambda asked: [module.one(each.plain) for each in asked],
    }


def _anew(question: Question) -> Answer:
    """As for the first person under these circumstances: what is kept for the next is forgotten."""
    standing._stands.clear()
    return answer_of(decide(question.facts))


def agree(ways: dict[str, Way], asked: Sequence[Question]) -> None:
    """Raises ValueError for the first question that two of them answer differently."""
    answers = {name: way(asked) for name, way in ways.items()}
    for number, each in enumerate(asked):
        given = {name: found[number] for name, found in answers.items()}
        if len(set(given.values())) > 1:
            raise ValueError(f"Different answers to {dict(each.plain)}: {given}.")


def _microseconds(way: Way, asked: Sequence[Question]) -> float:
    way(asked)  # ours has just forgotten everything, in its other row
    began = process_time()
    way(asked)
    return 1_000_000 * (process_time() - began) / len(asked)


def _rows(taken: dict[str, list[float]]) -> list[str]:
    ours = taken["Piket"]
    rows = []
    for name, each in taken.items():
        ratios = [theirs / mine for theirs, mine in zip(each, ours, strict=True)]
        ratio = f"{statistics.median(ratios):7.1f} x ({min(ratios):.1f} to {max(ratios):.1f})"
        rows.append(f"  {name:28}{statistics.median(each):9.1f} us  {ratio}")
    return rows
