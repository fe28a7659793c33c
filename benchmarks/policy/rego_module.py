"""The same lines as a Rego module, by regopy: compiled once into a bundle, the first body that holds answers."""

import json
from collections.abc import Mapping, Sequence

from regopy import Bundle, Interpreter

from benchmarks.policy.lines import NOTHING, Answer, Line
from policy.conditions import KEYS
from policy.model import Condition


class Rego:
    """A module with one `answer`."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._interpreter = Interpreter()
        self._interpreter.add_module("piket", module(lines))
        self._bundle: Bundle = self._interpreter.build("data.piket.answer")

    def one(self, plain: Mapping[str, object]) -> Answer:
        self._interpreter.set_input(plain)
        output = self._interpreter.query_bundle(self._bundle)
        arrangement, rule = json.loads(str(output))["expressions"][0]
        return arrangement, rule


def module(lines: Sequence[Line]) -> str:
    """Return the module's text."""
    bodies = [f"{_head(line.answer)} if {{ {_body(line)} }}" for line in lines]
    helpers = dict.fromkeys(_helper(each) for line in lines for each in (*line.when, *line.unless))
    answer = "\nelse := ".join([*bodies, _head(NOTHING)])
    return "\n".join(["package piket", *helpers, f"answer := {answer}"])


def _head(answer: Answer) -> str:
    return json.dumps(list(answer))


def _body(line: Line) -> str:
    dated = [f"input.on >= {line.first}", f"input.on <= {line.last}"]
    if line.lasts:
        dated.append(f"input.days_of_{line.lasts.after} < {line.lasts.days}")
    wanted = [_name(condition) for condition in line.when]
    unwanted = [f"not {_name(condition)}" for condition in line.unless]
    return "; ".join([*dated, *wanted, *unwanted])


def _helper(condition: Condition) -> str:
    values = "{" + ", ".join(json.dumps(each, ensure_ascii=False) for each in sorted(condition.values)) + "}"
    field = f"input.{condition.key}"
    if KEYS[condition.key].is_many:
        return f"{_name(condition)} if {{ some each in {field}; each in {values} }}"
    return f"{_name(condition)} if {{ {field} in {values} }}"


def _name(condition: Condition) -> str:
    words = "_".join(sorted(condition.values))
    return "is_" + "".join(letter if letter.isalnum() else "_" for letter in f"{condition.key}_{words}")
