"""The JSON Schema names the same keys and words as the loader: neither may forget what the other knows."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from policy.format import cases as loading_cases
from policy.format import conditions as loading_conditions
from policy.format import effects as loading_effects
from policy.format import loading
from policy.format import rules as loading_rules
from policy.format.circular_schema import schema
from policy.format.strict_yaml import Entry, LoaderError, read_text
from policy.keys import KEYS
from policy.words import Modality, Rank, Trait

SCHEMA = schema()
DEFS = SCHEMA["$defs"]
THEN = {next(iter(each["properties"])): each for each in DEFS["then"]["oneOf"]}
NUMBER = "1/2020"


def top(entry: Entry) -> object:
    return loading._circular(entry, file="a.yaml", id="a")


def duty(entry: Entry) -> object:
    return loading_rules.duty(entry, number=NUMBER)


def silence(entry: Entry) -> object:
    return loading_rules.silence(entry, number=NUMBER)


READERS: dict[str, tuple[Callable[[Entry], object], str, dict[str, Any]]] = {
    "a.yaml": (top, "{zzz: 1}", SCHEMA),
    "in_force": (top, "{in_force: {zzz: 1}}", SCHEMA["properties"]["in_force"]),
    "sources": (top, "{sources: [{zzz: 1, url: a}]}", SCHEMA["properties"]["sources"]["items"]),
    "rule": (loading_rules.rule, "{zzz: 1}", DEFS["rule"]),
    "duty": (duty, "{zzz: 1}", DEFS["duty"]),
    "judgement": (loading_rules.judgement, "{zzz: 1}", DEFS["judgement"]),
    "silence": (silence, "{zzz: 1}", DEFS["silence"]),
    "case": (loading_cases.case, "{zzz: 1}", DEFS["case"]),
    "unit_case": (loading_cases.unit_case, "{zzz: 1}", DEFS["unit_case"]),
    "period": (loading_conditions.period, "{zzz: 1}", DEFS["period"]),
    "quota": (loading_effects.then, "{quota: {zzz: 1}}", THEN["quota"]["properties"]["quota"]),
    "then": (loading_effects.then, "{zzz: 1}", THEN["arrangement"]),
    "shifts": (loading_effects.then, "{shifts: [], zzz: 1}", THEN["shifts"]),
    "shift": (
        loading_effects.then,
        "{shifts: [{name: a, zzz: 1}], division: even}",
        THEN["shifts"]["properties"]["shifts"]["items"],
    ),
    "extends": (loading_effects.then, "{extends: a, zzz: 1}", THEN["extends"]),
    "amends": (loading_effects.then, "{amends: a, zzz: 1}", THEN["amends"]),
    "revokes": (loading_effects.then, "{revokes: a, zzz: 1}", THEN["revokes"]),
    "sets_aside": (loading_effects.then, "{sets_aside: a, zzz: 1}", THEN["sets_aside"]),
}


@pytest.mark.parametrize(("read", "text", "described"), READERS.values(), ids=READERS)
def test_the_schema_and_the_loader_know_the_same_keys(
    read: Callable[[Entry], object], text: str, described: dict[str, Any]
) -> None:
    told = " ".join(_complaints(read, text))
    known = re.search(r"`zzz` is not a key of `([^`]+)`[^;]*; the keys are ([^.]+)\.", told)
    assert known is not None, told
    assert set(known[2].split(", ")) == set(described["properties"])
    missing = set(re.findall(rf"`{known[1]}` has no `(\w+)`", told))
    assert missing <= set(described["required"])
    given = set(re.findall(r"(\w+):", text))
    assert set(described["required"]) - missing <= given


def _complaints(read: Callable[[Entry], object], text: str) -> list[str]:
    found: list[LoaderError] = []
    try:
        read(read_text(text, file="a.yaml", findings=found))
    except LoaderError as problem:
        found.append(problem)
    return [each.sentence for each in found]


def test_the_conditions_are_those_of_the_closed_list_with_their_words() -> None:
    described = DEFS["conditions"]["properties"]
    assert list(described) == list(KEYS)
    assert described["trait"]["anyOf"][0]["enum"] == list(Trait)
    assert described["trait"]["description"] == KEYS["trait"].says
    assert described["ppkm_level"]["anyOf"][0]["enum"] == ["1", "2", "3", "4", 1, 2, 3, 4]
    assert list(DEFS["given"]["properties"]) == list(KEYS)


def test_closed_lists_are_enumerated_and_explained() -> None:
    assert SCHEMA["properties"]["rank"]["enum"] == list(Rank)
    modality = THEN["arrangement"]["properties"]["modality"]
    assert modality["enum"] == list(Modality)
    assert modality["description"].startswith("How strongly a rule speaks")


def test_every_reference_leads_to_a_definition_and_the_whole_is_json() -> None:
    written = json.dumps(SCHEMA)
    assert set(re.findall(r'"#/\$defs/(\w+)"', written)) == set(DEFS)
