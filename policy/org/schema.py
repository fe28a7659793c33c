"""The form of ORG.json: an organisation as data, with every fact that a circular's conditions can look at.

`SCHEMA` is printed by `piket org schema` and is the very schema by which `policy.org.people` checks a file. What a
circular may say of a region or a unit comes from `policy.conditions`, so a new condition is here at once.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from policy.conditions import KEYS, WEEKDAYS
from policy.model import (
    AbsenceKind,
    Arrangement,
    DayKind,
    Employment,
    Function,
    JobLevel,
    Part,
    Trait,
    Yes,
)

_Schema = dict[str, Any]
PLACES = (Arrangement.WFO, Arrangement.WFH, Arrangement.WFA, Arrangement.FIELD, Arrangement.TRAVEL)
REGIONAL = tuple(key.name for key in KEYS.values() if key.regional == key.name)
OF_UNIT = (*(key.name for key in KEYS.values() if key.of_unit), "function", "strategic")


def _text(description: str) -> _Schema:
    return {"type": "string", "pattern": r"\S", "description": description}


def _word(words: Iterable[str], description: str) -> _Schema:
    return {"type": "string", "enum": [str(word) for word in words], "description": description}


def _day(description: str) -> _Schema:
    return {"type": "string", "format": "date", "description": description}


def _whole(description: str) -> _Schema:
    return {"type": "integer", "minimum": 0, "description": description}


def _list(items: _Schema, description: str) -> _Schema:
    return {"type": "array", "items": items, "description": description}


def _object(needs: Mapping[str, _Schema], may: Mapping[str, _Schema], description: str) -> _Schema:
    return {
        "type": "object",
        "properties": {**needs, **may},
        "required": list(needs),
        "additionalProperties": False,
        "description": description,
    }


def _or_null(schema: _Schema) -> _Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}


_SINCE = {"since": _day("The first day.")}
_UNTIL = {"until": _or_null(_day("The last day, included; left out or null: open."))}


def _fact(name: str) -> _Schema:
    """One value that always holds, or the values one after the other."""
    words = KEYS[name].words
    says = f"{KEYS[name].says}."
    value = _word(words, says) if words else _text(says)
    entry = _object(
        {"value": value, **_SINCE}, {"source": _text("Who said so.")}, "It holds from `since` on."
    )
    history = {**_list(entry, "The values one after the other, each until the next begins."), "minItems": 1}
    return {"anyOf": [value, history], "description": says}


def _facts(names: Iterable[str], of: str) -> _Schema:
    says = f"What is said of the {of} and of all below it that say nothing of their own."
    return _object({}, {name: _fact(name) for name in names}, says)


_REGION = _object(
    {"code": _text("Its code, such as 18.71."), "name": _text("Its name, such as Bandar Lampung.")},
    {
        "parent": _or_null(_text("The code of the region it lies in.")),
        "timezone": _text(
            "WIB, WITA, WIT or a name such as Asia/Jakarta; else as the region above, else WIB."
        ),
        "facts": _facts(REGIONAL, "region"),
    },
    "A province, regency or city.",
)
_UNIT = _object(
    {
        "code": _text("Its code."),
        "name": _text("Its name."),
        "kind": _text(
            "Of an agency (a unit without a parent): what sort of body it is; else in its own words."
        ),
    },
    {
        "parent": _or_null(_text("The code of the unit above; an agency has none.")),
        "region": _text("The code of the regency or city it sits in; else that of the unit above."),
        "facts": _facts(OF_UNIT, "unit"),
    },
    "An agency, or a unit somewhere below one.",
)
_NIP = _text("18 digits of a NIP or of a PPPK's number; spaces, dots and hyphens are overlooked.")
_ABSENCE = _object(
    {"kind": _word(AbsenceKind, "What sort."), **_SINCE},
    {**_UNTIL, "part": _word(Part, "Away for this half of each day; else the whole day.")},
    "Days on which the person is away.",
)
_OVERRIDE = _object(
    {
        "arrangement": _word(PLACES, "Where the person works."),
        "letter": _text("The letter's number."),
        "by": _text("The head's name and capacity."),
        **_SINCE,
    },
    {**_UNTIL, "considerations": _list(_text("One of them."), "What the head considered.")},
    "What a head decided for this person by letter.",
)
_TRAIT = _object({"trait": _word(Trait, "What is recorded."), **_SINCE}, _UNTIL, "It holds from `since` on.")
_GATE = _object(
    _SINCE,
    {**_UNTIL, "code": _text("Why, such as kmk328:besar; else: unfit.")},
    "Days on which health keeps the person out of the office.",
)
_PERSON = _object(
    {"unit": _text("The code of the unit.")},
    {
        "nip": _NIP,
        "id": _text("Who has no NIP needs this. Elsewhere in the file either names the person."),
        "name": _text("Never shown."),
        "employment": _word(Employment, KEYS["employment"].says),
        "job_level": _word(JobLevel, KEYS["job_level"].says),
        "function": _word(Function, "The person's own, where it differs from the unit's."),
        "strategic": _word(Yes, "The person's own, where it differs from the unit's."),
        "born": _day("Date of birth; else as the NIP says."),
        "leads": {"type": "boolean", "description": "Whether they head their unit."},
        "traits": _list(_TRAIT, "What is recorded of the person."),
        "absences": _list(_ABSENCE, "Leave, travel and the like."),
        "overrides": _list(_OVERRIDE, "The head's letters."),
        "health_gates": _list(_GATE, "When health keeps them out of the office."),
    },
    "Somebody who works in a unit; needs a NIP or an id.",
)
_SPECIAL = _object(
    {
        "on": _day("The day."),
        "kind": _word([kind for kind in DayKind if kind is not DayKind.WEEKEND], "What it is."),
        "name": _text("What it is called."),
    },
    {},
    "A day that the agency's calendar names itself.",
)
_CALENDAR = _object(
    {},
    {
        "name": _text("A calendar shipped with Piket; else: default."),
        "days": _list(_SPECIAL, "Days laid over it."),
    },
    "Working days and hours.",
)
_TURN = _object(
    {
        "person": _text("NIP or id."),
        "on": _day("The day."),
        "arrangement": _word(PLACES, "Where they work."),
    },
    {
        "shift": _text("The shift's name."),
        "swapped": {"type": "boolean", "description": "Whether it comes from a swap."},
    },
    "One person's turn of a published rota.",
)
_BINDING = _object(
    {"circular": _text("A circular's number, or its file's name without .yaml.")},
    {
        "unit": _text("It binds this unit and all below it; else everybody."),
        "since": _SINCE["since"],
        **_UNTIL,
    },
    "Whom a circular binds, and when. A circular that no entry names binds everybody, as far as its text goes.",
)

_DAYS = _object(
    {"person": _text("NIP or id.")},
    {
        "office": _list(_word(WEEKDAYS, "Always in the office."), "The head's fixed office days."),
        "home": _list(_word(WEEKDAYS, "Never in the office."), "The head's fixed days elsewhere."),
        "wishes": _list(_day("A day."), "Days on which they asked to work elsewhere."),
    },
    "Days of one person.",
)
_SERVICE = _object(
    {
        "name": _text("What it is called."),
        "people": _list(_text("NIP or id."), "Who can give it."),
        "count": _whole("How many of them must be in the office every day."),
    },
    {},
    "A service that needs people in the office.",
)
_ROTA = _object(
    {"unit": _text("The code of the unit whose rota it is.")},
    {
        "seed": _text("What breaks ties; else the file's seed."),
        "target": _whole("How many the head wants in the office each day, as far as the law allows."),
        "office_minimum": _whole("How many there must be in the office each day."),
        "services": _list(_SERVICE, "Services of the unit."),
        "needed": _list(_text("NIP or id."), "Whom a service needs: called in first."),
        "days": _list(_DAYS, "Fixed days and wishes, by person."),
        "elsewhere": _word((Arrangement.WFH, Arrangement.WFA), "What a day outside the office is; else WFH."),
    },
    "How a unit's rota is planned where none is published.",
)
_TALLY = _object(
    {"person": _text("NIP or id.")},
    {
        "days": _whole("In the office in this cycle."),
        "fridays": _whole("Fridays in the office."),
        "bridges": _whole("Bridge days in the office."),
        "debt": {"type": "integer", "description": "What earlier cycles left."},
    },
    "What one person has done, in thousandths of a day: 1000 is one day.",
)
_LEDGER = _object(
    {"people": _list(_TALLY, "Who is left out has done nothing yet.")},
    {"cycle": _day("The Monday on which the four-week cycle began; else it begins with the run.")},
    "What the rotas before have left.",
)

SCHEMA: _Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "ORG.json: an organisation for `piket simulate`",
    **_object(
        {
            "regions": {**_list(_ref("region"), "Regions, in any order."), "minItems": 1},
            "units": {**_list(_ref("unit"), "Agencies and units, in any order."), "minItems": 1},
            "people": _list(_ref("person"), "Everybody, in any order."),
        },
        {
            "$schema": _text("Where an editor finds this schema; not read."),
            "title": _text("What this file shows; not read."),
            "calendar": {
                "anyOf": [_text("A calendar shipped with Piket."), _CALENDAR],
                "description": "Else default.",
            },
            "circulars": _list(_ref("binding"), "Which circulars bind whom."),
            "turns": _list(_ref("turn"), "Published rotas. Where there is none, one is proposed."),
            "seed": _text("What breaks ties in proposed rotas; else: piket."),
            "rotas": _list(_ref("rota"), "How units plan their rotas."),
            "ledger": _LEDGER,
        },
        "An organisation: its regions, units and people, with what is known of them.",
    ),
    "$defs": {
        "region": _REGION,
        "unit": _UNIT,
        "person": _PERSON,
        "binding": _BINDING,
        "turn": _TURN,
        "rota": _ROTA,
    },
}
