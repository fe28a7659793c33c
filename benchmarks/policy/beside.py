"""The same rules in zen-engine and in Rego: equal answers first, then microseconds an answer, in turn."""

import statistics
from collections.abc import Callable, Sequence
from time import perf_counter

from benchmarks.policy.lines import Answer, Line, answer_of, lines
from benchmarks.policy.questions import Question, questions
from benchmarks.policy.rego_module import Rego
from benchmarks.policy.zen_table import Zen
from policy.engine import decide
from policy.model import Circular

ROUNDS = 7
AT_LEAST = 2_000  # answers a round of the quick ones; Rego, being slower, gives each question once
Way = Callable[[Sequence[Question]], list[Answer]]


def compare(circular: Circular) -> str:
    """Return the table for one circular. Raises ValueError if two answer differently: then no figure counts."""
    rules = lines(circular)
    asked = questions(circular, rules)
    ways = _ways(rules)
    _agree(ways, asked)
    many = asked * max(1, AT_LEAST // len(asked))
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            taken[name].append(_microseconds(way, asked if name.startswith("Rego") else many))
    title = (
        f"\n{circular.form} {circular.number}: {len(asked)} combinations, {len(rules)} lines, equal answers"
    )
    return "\n".join([title, *_rows(taken)])


def _ways(rules: Sequence[Line]) -> dict[str, Way]:
    table, module = Zen(rules), Rego(rules)
    return {
        "Piket": lambda asked: [answer_of(decide(each.facts)) for each in asked],
        "zen-engine, many at once": lambda asked: table.batch(each.plain for each in asked),
        "zen-engine, one by one": lambda asked: [table.one(each.plain) for each in asked],
        "Rego (regopy)": lambda asked: [module.one(each.plain) for each in asked],
    }


def _agree(ways: dict[str, Way], asked: Sequence[Question]) -> None:
    answers = {name: way(asked) for name, way in ways.items()}
    for number, each in enumerate(asked):
        given = {name: found[number] for name, found in answers.items()}
        if len(set(given.values())) > 1:
            raise ValueError(f"Different answers to {dict(each.plain)}: {given}.")


def _microseconds(way: Way, asked: Sequence[Question]) -> float:
    began = perf_counter()
    way(asked)
    return 1_000_000 * (perf_counter() - began) / len(asked)


def _rows(taken: dict[str, list[float]]) -> list[str]:
    ours = taken["Piket"]
    rows = []
    for name, each in taken.items():
        ratios = [theirs / mine for theirs, mine in zip(each, ours, strict=True)]
        ratio = f"{statistics.median(ratios):7.1f} x ({min(ratios):.1f} to {max(ratios):.1f})"
        rows.append(f"  {name:28}{statistics.median(each):9.1f} us  {ratio}")
    return rows
