"""Small organisations and circulars for tests of ORG.json, of simulations and of comparisons."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from policy.model import Audience, Circular
from policy.org.people import Org, load_org
from policy.simulation.days import SimulatedDay, simulate
from policy.simulation.lines import Line, Lines
from tests.policy.people import written

MONDAY = date(2020, 6, 15)
FRIDAY = date(2020, 6, 19)
ANA = "197006151995012001"
BORIS = "196501011990011001"
OVER = """\
number: "{number}"
form: SE
issuer: {issuer}
rank: {rank}
title: Contoh
signed: {signed}
in_force: {{from: 2020-06-01, until: not stated}}
sources: [{{title: Contoh, url: "https://example.org/1", checked_on: 2026-11-22}}]
rules:
{rules}
{rest}
cases:
  - {{name: biasa, on: 2020-06-15, given: {{}}, expect: not covered}}
"""


def nips(count: int, born: int = 1985) -> list[str]:
    """So many numbers of the right form."""
    return [f"{born}0715{born + 25}011{number:03}" for number in range(1, count + 1)]


def plain() -> dict[str, Any]:
    """A province with one office, a section of it, and Ana."""
    return {
        "regions": [
            {"code": "18", "name": "Lampung"},
            {"code": "18.71", "name": "Bandar Lampung", "parent": "18"},
        ],
        "units": [
            {"code": "prov", "name": "Pemprov", "kind": "pemprov", "region": "18.71"},
            {"code": "din", "name": "Dinas Contoh", "kind": "dinas", "parent": "prov"},
            {"code": "sek", "name": "Seksi", "kind": "seksi", "parent": "din"},
        ],
        "people": [{"nip": ANA, "unit": "sek", "employment": "PNS"}],
    }


def staffed(count: int, **more: Any) -> dict[str, Any]:
    """The same with so many equal people in the section."""
    return plain() | {
        "people": [{"nip": nip, "unit": "sek", "job_level": "Pelaksana"} for nip in nips(count)],
        **more,
    }


def loaded(folder: Path, told: dict[str, Any]) -> Org:
    file = folder / "ORG.json"
    file.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return load_org(file)


def rule(name: str, then: str, *, paragraph: str = "1", more: str = "") -> str:
    """One rule of a made-up circular; `more` are further keys, one a line."""
    extra = "".join(f"    {line}\n" for line in more.splitlines())
    return f'  - id: {name}\n    paragraph: "{paragraph}"\n    says: {name}.\n{extra}    then: {then}'


def quota(at_most: str, *, per: str = "unit kerja", of: str = "WFO", limit: str = "at_most") -> str:
    return (
        f"{{quota: {{of: {of}, {limit}: {at_most}, per: {per}, counted: sehari, rounding: not stated,"
        " modality: wajib}}"
    )


def circular(
    folder: Path,
    *rules: str,
    number: str = "1/2020",
    rank: str = "Gubernur",
    signed: str = "2020-06-01",
    rest: str = "",
) -> Circular:
    """A circular of these rules; its file is named after its number."""
    text = OVER.format(
        number=number, issuer=f"{rank} Contoh", rank=rank, signed=signed, rules="\n".join(rules), rest=rest
    )
    folder.mkdir(exist_ok=True)
    return written(folder, text, "".join(sign for sign in number if sign.isalnum()))


def days(org: Org, *circulars: Circular, first: date = MONDAY, last: date = MONDAY) -> list[SimulatedDay]:
    return list(simulate(org, circulars, first=first, last=last))


def lines(
    org: Org, *circulars: Circular, on: date = MONDAY, audience: Audience = Audience.HEAD
) -> dict[str, list[Line]]:
    """The lines of one day, by kind."""
    (day,) = days(org, *circulars, first=on, last=on)
    found: dict[str, list[Line]] = {}
    for line in Lines(audience).of(day):
        found.setdefault(line["kind"], []).append(line)
    return found


def only(found: list[Line]) -> Line:
    (line,) = found
    return line


def person(**more: Any) -> dict[str, Any]:
    """A file in which Ana is said to be this."""
    return plain() | {"people": [{"nip": ANA, "unit": "sek", **more}]}


def unit_says(**facts: Any) -> dict[str, Any]:
    """A file with these facts of Ana's unit."""
    told = plain()
    told["units"][2]["facts"] = facts
    return told


def region_says(**facts: Any) -> dict[str, Any]:
    """A file with these facts of her region."""
    told = plain()
    told["regions"][1]["facts"] = facts
    return told


def with_unit(**more: Any) -> dict[str, Any]:
    """A file in which her unit is said to be this."""
    told = plain()
    told["units"][2] |= more
    return told


def with_agency(**more: Any) -> dict[str, Any]:
    """A file in which her agency is said to be this."""
    told = plain()
    told["units"][0] |= more
    return told
