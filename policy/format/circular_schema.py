"""The circular's YAML as a JSON Schema (draft 2020-12), made from the same closed lists, so that an editor helps.

It describes the form; what a form cannot say (names that lead nowhere, rules that fight, failing cases) only
the loader can find.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from policy.conditions import KEYS, Key
from policy.format.cases import NO_LIMIT, NOT_COVERED
from policy.format.conditions import NOT_STATED
from policy.format.loading import MAY, NEEDS
from policy.words import (
    Addressee,
    Arrangement,
    Ask,
    ChangeKind,
    Counted,
    Modality,
    Obligation,
    Per,
    Rank,
    Rounding,
)

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string", "minLength": 1}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_DATE: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}$",
    "description": "A day, such as 2020-06-04.",
}
_DATE_OR_NOT: Schema = {"anyOf": [_DATE, {"const": NOT_STATED}]}
_AMOUNT: Schema = {
    "type": "string",
    "pattern": r"^(\d{1,3}([.,]\d+)? ?%|\d{1,4}/\d{1,4}|\d{1,5} (orang|hari))$",
    "description": 'In quotes: "25 %", "1/5", "15 orang", or "2 hari" of a week.',
}
_WINDOW: Schema = {
    "type": "string",
    "pattern": r"^\d\d\.\d\d(-\d\d\.\d\d)?$",
    "description": 'In quotes: "07.30", or from the earliest to the latest: "07.00-07.30".',
}
_PLACES = (Arrangement.WFO, Arrangement.WFH, Arrangement.WFA)


def schema() -> Schema:
    """The whole schema, ready to be written as JSON."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A circular (surat edaran) for Piket",
        **_object(_top(), needs=NEEDS),
        "$defs": {
            "conditions": _conditions(),
            "given": _given(),
            "lasts": _object({"days": _WHOLE, "after": {"enum": _facts()}}, needs=("days", "after")),
            "period": _object({"from": _DATE_OR_NOT, "until": _DATE_OR_NOT}, needs=("from", "until")),
            "rule": _rule(),
            "then": _then(),
            "duty": _duty(),
            "judgement": _judgement(),
            "silence": _silence(),
            "case": _case(),
            "unit_case": _unit_case(),
        },
    }


def _top() -> Mapping[str, Schema]:
    parts = {
        "number": _says("The number as printed, in quotes.", _TEXT),
        "form": _says("What kind of text it is: SE, Keputusan, Permen …", _TEXT),
        "issuer": _says("Who signed it.", _TEXT),
        "rank": _word(Rank),
        "title": _TEXT,
        "signed": _says(f"The day it was signed, or `{NOT_STATED}`.", _DATE_OR_NOT),
        "in_force": _object(
            {"from": _DATE_OR_NOT, "until": _DATE_OR_NOT, "while": _ref("conditions")},
            needs=("from", "until"),
        ),
        "based_on": _says("The texts it names as its basis.", _one_or_many(_TEXT)),
        "binds": _says("Whom it binds; left out: everybody for whom it is switched on.", _ref("conditions")),
        "asks": _says("Who is only asked to follow it.", _ref("conditions")),
        "asks_paragraph": _says("The paragraph that asks them.", _TEXT),
        "sources": _list(_source()),
        "rules": _list(_ref("rule")),
        "duties": _says("What it asks of people; shown and cited.", _list(_ref("duty"))),
        "not_automated": _says("What only a person can judge.", _list(_ref("judgement"))),
        "not_stated": _says("What it does not say, and how that is read, if it is.", _list(_ref("silence"))),
        "cases": _says("Worked examples; the file is used only while they pass.", _list(_ref("case"))),
        "unit_cases": _says("Worked examples of quotas.", _list(_ref("unit_case"))),
    }
    return {name: parts[name] for name in (*NEEDS, *MAY)}


def _conditions() -> Schema:
    """All keys must hold, each with one of its values."""
    made = {key.name: _says(key.says, _one_or_many(_value(key))) for key in KEYS.values()}
    return _object(made) | {"minProperties": 1, "description": _first_line(_conditions)}


def _given() -> Schema:
    """The person and day of a worked case; of what is left out, somebody whom the circular binds."""
    made = {key.name: _says(key.says, _given_value(key)) for key in KEYS.values()}
    return _object(made) | {"description": _first_line(_given)}


def _value(key: Key) -> Schema:
    if key.pattern is not None:
        return {"type": "string", "pattern": f"^({key.pattern.pattern})$"}
    if key.words is None:
        return {"type": ["string", "integer"]}
    return {"enum": [*key.words, *(int(word) for word in key.words if word.isdigit())]}


def _given_value(key: Key) -> Schema:
    if key.name == "age":
        return {"anyOf": [_WHOLE, _DATE]}
    return _one_or_many(_value(key)) if key.is_many else _value(key)


def _source() -> Schema:
    keys = ("title", "url", "checked_on")
    url = {"type": "string", "pattern": "^https?://"}
    return _object({"title": _TEXT, "url": url, "checked_on": _DATE}, needs=keys)


def _rule() -> Schema:
    others = _one_or_many(_TEXT)
    keys = {
        "id": _says("A short name of the rule, for other rules and for messages.", _TEXT),
        "paragraph": _says('Where it stands, in quotes: "1 (a)".', _TEXT),
        "says": _says("What the paragraph says, in your own words; people read it.", _TEXT),
        "when": _ref("conditions"),
        "unless": _says("Not for people who meet one of these.", _ref("conditions")),
        "during": _ref("period"),
        "lasts": _ref("lasts"),
        "then": _ref("then"),
        "excepts": _says("Rules that this one replaces where both apply.", others),
        "beside": _says("Rules that hold together with this one.", others),
        "conflicts_with": _says("A contradiction in the text; `not_stated` says how it is read.", others),
    }
    return _object(keys, needs=("id", "paragraph", "says", "then"))


def _facts() -> list[str]:
    return [key.name for key in KEYS.values() if key.regional or key.of_unit]


def _then() -> Schema:
    outcome = _object(
        {"arrangement": _enum(each for each in Arrangement if each is not Arrangement.UNDECIDED)}
        | {"modality": _word(Modality)},
        needs=("arrangement", "modality"),
    )
    shifts = {"shifts": _list(_shift()), "division": {"enum": ["even", NOT_STATED]}}
    extends = {"extends": _TEXT, "signed": _DATE_OR_NOT, "until": _DATE_OR_NOT}
    changes = [
        _object({kind.value: _TEXT, "paragraphs": _one_or_many(_TEXT)}, needs=(kind.value,))
        for kind in ChangeKind
    ]
    rest = [_object({"quota": _quota()}, needs=("quota",)), _object(shifts, needs=tuple(shifts))]
    return {"oneOf": [outcome, *rest, _object(extends, needs=tuple(extends)), *changes]}


def _quota() -> Schema:
    keys = {
        "of": _says("WFO, or WFH, WFA or both.", _one_or_many(_enum(_PLACES))),
        "at_most": _AMOUNT,
        "at_least": _AMOUNT,
        "exactly": _AMOUNT,
        "per": _word(Per),
        "counted": _word(Counted),
        "rounding": _word(Rounding),
        "modality": _word(Modality),
        "outside": _says("Neither in the base nor counted.", _ref("conditions")),
        "counts_also": _says("Rules whose people are in the base too.", _one_or_many(_TEXT)),
    }
    limits = [{"required": [name]} for name in ("at_most", "at_least", "exactly")]
    return _object(keys, needs=("of", "per", "counted", "rounding", "modality")) | {"anyOf": limits}


def _shift() -> Schema:
    keys = {"name": _TEXT, "arrive": _WINDOW, "leave": _WINDOW}
    return _object(keys, needs=tuple(keys))


def _duty() -> Schema:
    keys = {
        "id": _TEXT,
        "paragraph": _TEXT,
        "says": _TEXT,
        "for": _one_or_many(_word(Arrangement)),
        "obligation": _word(Obligation),
        "who": _word(Addressee),
        "when": _ref("conditions"),
        "lasts": _ref("lasts"),
    }
    return _object(keys, needs=("id", "paragraph", "says", "for"))


def _judgement() -> Schema:
    keys = {
        "id": _TEXT,
        "paragraph": _TEXT,
        "says": _TEXT,
        "who": _word(Addressee),
        "considers": _one_or_many(_TEXT),
        "when": _ref("conditions"),
    }
    return _object(keys, needs=("id", "paragraph", "says", "who"))


def _silence() -> Schema:
    keys = {
        "id": _TEXT,
        "about": _TEXT,
        "answer": {"enum": ["undecided", "reading"]},
        "reading": _says("How it is read; people read this.", _TEXT),
        "ask": _word(Ask),
        "when": _ref("conditions"),
        "rules": _one_or_many(_TEXT),
        "during": _ref("period"),
        "lasts": _ref("lasts"),
        "yields": {"type": "boolean", "description": "Open only where no rule decides."},
    }
    return _object(keys, needs=("id", "about", "answer", "ask"))


def _case() -> Schema:
    keys = {
        "name": _TEXT,
        "on": _DATE,
        "given": _ref("given"),
        "expect": {"enum": [*Arrangement, NOT_COVERED]},
        "because": _says("Paragraphs that must be cited.", _one_or_many(_TEXT)),
        "not_stated": _says("Open questions that must be shown.", _one_or_many(_TEXT)),
        "rota": _says("What the unit's published rota says.", _word(Arrangement)),
        "taken_on": {
            "type": "boolean",
            "description": "Whether an agency that is only asked has decided to follow it.",
        },
        "shift": _says("The shift that the rota gives, by its name.", _TEXT),
        "since": _object({name: _DATE for name in _facts() if name != "zone_since"}),
        "beside": _says("Other circulars in force with this one, by their file's name.", _one_or_many(_TEXT)),
    }
    return _object(keys, needs=("name", "on", "given", "expect"))


def _unit_case() -> Schema:
    people = _given() | {"required": ["count"]}
    people["properties"] = {"count": {"type": "integer", "minimum": 1}} | people["properties"]
    limit = {"anyOf": [_WHOLE, {"const": NO_LIMIT}]}
    expect = _object({"base": _WHOLE, "cap": limit, "floor": limit}, needs=("base", "cap", "floor"))
    keys = {"name": _TEXT, "on": _DATE, "rule": _TEXT, "people": _list(people), "expect": expect}
    return _object(keys, needs=tuple(keys))


def _object(properties: Mapping[str, Schema], *, needs: Iterable[str] = ()) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(needs),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items, "minItems": 1}


def _one_or_many(value: Schema) -> Schema:
    return {"anyOf": [value, _list(value)]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _says(words: str, schema: Schema) -> Schema:
    return schema | {"description": words}


def _enum(words: Iterable[str]) -> Schema:
    return {"enum": [str(word) for word in words]}


def _word(words: type[StrEnum]) -> Schema:
    """One of a closed list, described by the list's own docstring if it has one."""
    doc = words.__doc__ or ""
    return _enum(words) | ({"description": doc.splitlines()[0]} if doc else {})


def _first_line(of: object) -> str:
    return (of.__doc__ or "").splitlines()[0]
