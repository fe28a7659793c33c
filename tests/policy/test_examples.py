"""docs/contoh: one organisation for each shipped circular, and the lines that must come out of it."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policy import nip as nips
from policy.loader import shipped
from policy.model import Audience
from policy.org.people import load_org
from policy.simulation.days import simulate
from policy.simulation.lines import Lines

FOLDER = Path(__file__).parents[2] / "docs" / "contoh"
_SECTION = re.compile(r"^## (\S+)\n(.*?)^```json\n(.*?)^```$", re.DOTALL | re.MULTILINE)
Line = dict[str, Any]


def promised() -> dict[str, list[Line]]:
    """The lines that README.md promises, by circular."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    return {
        name: [json.loads(line) for line in block.splitlines()] for name, _, block in _SECTION.findall(text)
    }


def printed(circular: str, days: set[str]) -> Iterator[Line]:
    """What `piket simulate --json` prints for this example and these days, under its own circular alone."""
    org = load_org(FOLDER / f"{circular}.json")
    lines = Lines(Audience.HEAD)
    first, last = (date.fromisoformat(pick(days)) for pick in (min, max))
    for day in simulate(org, [shipped()[circular]], first=first, last=last):
        yield from lines.of(day)


def keeps(promise: Line, line: Line) -> bool:
    """Whether the line has everything promised; lists may hold more than the entries named."""
    return all(key in line and _has(value, line[key]) for key, value in promise.items())


def _has(value: Any, found: Any) -> bool:
    return all(each in found for each in value) if isinstance(value, list) else bool(value == found)


def test_every_shipped_circular_has_an_example_and_a_promise() -> None:
    files = {path.stem for path in FOLDER.glob("*.json")}
    assert files == set(shipped()) == set(promised())


@pytest.mark.parametrize("circular", shipped())
def test_what_is_promised_comes_out(circular: str) -> None:
    promises = promised()[circular]
    found = list(printed(circular, {promise["date"] for promise in promises}))
    for promise in promises:
        name = "nip" if promise["kind"] == "verdict" else "unit"
        same = [
            line for line in found if all(line.get(key) == promise[key] for key in ("kind", "date", name))
        ]
        assert any(keeps(promise, line) for line in same), (promise, same)


@pytest.mark.parametrize("circular", shipped())
def test_nothing_in_an_example_looks_like_a_slip(circular: str) -> None:
    assert list(load_org(FOLDER / f"{circular}.json").doubts()) == []


def test_a_number_without_a_month_is_among_the_people() -> None:
    people = load_org(FOLDER / "kaltim-2020.json").people.values()
    numbers = [nips.parse(person.nip) for person in people if person.nip]
    assert nips.NipKind.LIKE_PPPK in {number.kind for number in numbers if isinstance(number, nips.Nip)}
