"""The same lines as a decision table of GoRules (zen-engine): a column for each condition, the first row that fits."""

import json
from collections.abc import Iterable, Mapping, Sequence

import zen

from benchmarks.policy.lines import NOTHING, Answer, Line
from policy.conditions import KEYS

_AT = {"x": 0, "y": 0}


class Zen:
    """A table, compiled once. One call answers for one person, `batch` for many, as it is fastest."""

    def __init__(self, lines: Sequence[Line]) -> None:
        compiled = zen.ZenDecisionContent(json.dumps(_graph(lines)))
        self._engine = zen.ZenEngine({"loader": lambda _: compiled})

    def one(self, plain: Mapping[str, object]) -> Answer:
        return _answer(self._engine.evaluate("table", plain)["result"])

    def batch(self, plains: Iterable[Mapping[str, object]]) -> list[Answer]:
        asked = [{"key": "table", "context": plain} for plain in plains]
        return [_answer(each["data"]["result"]) for each in self._engine.evaluate_batch(asked)]


def _answer(result: Mapping[str, str]) -> Answer:
    return result["arrangement"], result["rule"]


def _graph(lines: Sequence[Line]) -> dict[str, object]:
    keys = sorted({condition.key for line in lines for condition in (*line.when, *line.unless)})
    columns = [*keys, *{f"days_of_{line.lasts.after}" for line in lines if line.lasts}, "on"]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": f"in_{name}", "name": name, "field": name} for name in columns],
        "outputs": [{"id": f"out_{name}", "name": name, "field": name} for name in ("arrangement", "rule")],
        "rules": [*(_row(line, number) for number, line in enumerate(lines)), _last(columns)],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": _AT},
        {"id": "table", "type": "decisionTableNode", "name": "table", "position": _AT, "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "position": _AT},
    ]
    edges = [
        {"id": "asked", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "answered", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return {"nodes": nodes, "edges": edges}


def _row(line: Line, number: int) -> dict[str, str]:
    cells: dict[str, list[str]] = {"on": [f"$ >= {line.first} and $ <= {line.last}"]}
    if line.lasts:
        cells[f"days_of_{line.lasts.after}"] = [f"$ < {line.lasts.days}"]
    for condition in line.when:
        cells.setdefault(condition.key, []).append(_cell(condition.key, condition.values))
    for condition in line.unless:
        cells.setdefault(condition.key, []).append(f"not ({_cell(condition.key, condition.values)})")
    row = {f"in_{name}": " and ".join(each) for name, each in cells.items()}
    return {"_id": f"row {number}", **row, **_out(line.answer)}


def _last(columns: Iterable[str]) -> dict[str, str]:
    return {"_id": "last", **{f"in_{name}": "" for name in columns}, **_out(NOTHING)}


def _out(answer: Answer) -> dict[str, str]:
    return {"out_arrangement": json.dumps(answer[0]), "out_rule": json.dumps(answer[1])}


def _cell(key: str, values: Iterable[str]) -> str:
    listed = json.dumps(sorted(values), ensure_ascii=False)
    return f"some($, # in {listed})" if _is_list(key) else f"$ in {listed}"


def _is_list(key: str) -> bool:
    return KEYS[key].is_many
