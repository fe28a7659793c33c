"""A random small organisation in the words of ORG.json, over a few weeks in which shipped circulars hold."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from policy.keys import KEYS
from policy.model import AbsenceKind, AgencyKind, DayKind, Employment, Function, JobLevel, Part, Sector, Trait
from policy.org.people import Org, load_org
from policy.org.schema import OF_UNIT, PLACES, REGIONAL

Doc = dict[str, Any]
# Around the days on which circulars begin or end, with a Monday first.
ERAS = (
    date(2020, 6, 1),
    date(2020, 7, 13),
    date(2020, 9, 7),
    date(2021, 7, 12),
    date(2021, 11, 15),
    date(2026, 3, 2),
)
CIRCULARS = (
    "kaltim-2020", "lampung-2020-06-04", "lampung-ppkm-2021", "menpan-2020-06-03", "menpanrb-25-2021",
    "menpanrb-58-2020", "menpanrb-65-2020", "menpanrb-67-2020", "permenpanrb-4-2025",
)  # fmt: skip
_PROVINCES = (("18", "Lampung", "WIB"), ("64", "Kalimantan Timur", "WITA"), ("91", "Papua", "WIT"))
_KINDS = ("dinas", "UPTD", "Badan", "seksi", "sekretariat", "layanan")
_FREE_WORDS = {"status": ("PPKM Darurat", "PPKM Mikro"), "stage": ("1", "2")}
_OF_UNIT = {"function": tuple(Function), "strategic": ("ya", "tidak"), "sector": tuple(Sector)}


def near(era: date, *, back: int = 25, on: int = 12) -> st.SearchStrategy[date]:
    """A day around the first one asked about."""
    return st.integers(-back, on).map(lambda days: era + timedelta(days=days))


@st.composite
def documents(draw: st.DrawFn) -> tuple[date, Doc]:
    """A Monday, and an organisation of which something happens around it."""
    era = draw(st.sampled_from(ERAS))
    province = draw(st.sampled_from(_PROVINCES))
    regions = [_region(draw, era, *province, parent=None)]
    regions += [
        _region(draw, era, f"{province[0]}.{number}", name, province[2], parent=province[0])
        for number, name in ((71, "Kota"), (2, "Kabupaten"))
    ]
    units = _units(draw, era, [each["code"] for each in regions])
    people = [_person(draw, era, number, units) for number in range(draw(st.integers(2, 5)))]
    _heads(draw, people)
    found = {
        "regions": regions,
        "units": units,
        "people": people,
        "circulars": _bindings(draw, era, units),
        "calendar": {"days": _special_days(draw, era)},
        "turns": _turns(draw, era, people),
    }
    return era, found


def _histories(draw: st.DrawFn, era: date, names: Sequence[str]) -> Doc:
    """Of some facts the values one after the other; a value may follow itself."""
    found = {}
    for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=4)):
        words = KEYS[name].words or _FREE_WORDS.get(name) or _OF_UNIT[name]
        days = draw(st.lists(near(era), min_size=1, max_size=3, unique=True))
        found[name] = [
            {"value": str(draw(st.sampled_from(words))), "since": day.isoformat(), "source": f"SK {day}"}
            for day in days
        ]
    return found


def _region(draw: st.DrawFn, era: date, code: str, name: str, zone: str, *, parent: str | None) -> Doc:
    return {
        "code": code,
        "name": name,
        "parent": parent,
        "timezone": zone,
        "facts": _histories(draw, era, REGIONAL),
    }


def _units(draw: st.DrawFn, era: date, regions: Sequence[str]) -> list[Doc]:
    """One agency, at times two, with a few units below."""
    found: list[Doc] = []
    for number in range(draw(st.integers(2, 5))):
        is_agency = number == 0 or (number == 1 and draw(st.integers(0, 4)) == 0)
        kind = draw(st.sampled_from(list(AgencyKind) if is_agency else _KINDS))
        unit = {"code": f"U{number}", "name": f"Unit {number}", "kind": str(kind)}
        unit["facts"] = _histories(draw, era, OF_UNIT)
        if not is_agency:
            unit["parent"] = draw(st.sampled_from(found))["code"]
        if is_agency or draw(st.booleans()):
            unit["region"] = draw(st.sampled_from(regions))
        if "sector" not in unit["facts"] and draw(st.booleans()):
            unit["facts"]["sector"] = str(draw(st.sampled_from(list(Sector))))  # as the tree has it
        found.append(unit)
    return found


def _person(draw: st.DrawFn, era: date, number: int, units: Sequence[Doc]) -> Doc:
    born = draw(st.dates(date(1958, 1, 1), date(2000, 12, 31)) | near(era.replace(year=era.year - 50)))
    told: Doc = {
        "id": f"p{number}",
        "name": f"Orang {number}",
        "unit": draw(st.sampled_from(units))["code"],
        "employment": str(draw(st.sampled_from([*Employment, Employment.PNS, Employment.PNS]))),
        "job_level": str(draw(st.sampled_from(list(JobLevel)))),
    }
    if draw(st.booleans()):
        told["nip"] = f"{born:%Y%m%d}{born.year + 22}011{number + 1:03}"
    elif draw(st.booleans()):
        told["born"] = born.isoformat()
    if draw(st.booleans()):
        told["function"] = str(draw(st.sampled_from(list(Function))))
    if draw(st.booleans()):
        told["strategic"] = draw(st.sampled_from(["ya", "tidak"]))
    told["traits"] = [
        {"trait": str(trait), **_span(draw, era)}
        for trait in draw(st.lists(st.sampled_from(list(Trait)), unique=True, max_size=2))
    ]
    told["absences"] = [_absence(draw) | span for span in _spans(draw, era)]
    told["overrides"] = [_letter(draw, number) | span for span in _spans(draw, era)]
    told["health_gates"] = _gates(draw, era)
    return told


def _span(draw: st.DrawFn, era: date) -> Doc:
    since = draw(near(era))
    length = draw(st.none() | st.integers(0, 20))
    until = None if length is None else (since + timedelta(days=length)).isoformat()
    return {"since": since.isoformat(), "until": until}


def _spans(draw: st.DrawFn, era: date) -> list[Doc]:
    """None, one, or two that do not meet."""
    days = sorted(draw(st.lists(near(era), max_size=4, unique=True)))
    pairs = zip(days[::2], days[1::2], strict=False)
    found: list[Doc] = [{"since": first.isoformat(), "until": last.isoformat()} for first, last in pairs]
    if len(days) % 2:
        found.append({"since": days[-1].isoformat(), "until": None})
    return found if draw(st.integers(0, 2)) == 2 else []


def _absence(draw: st.DrawFn) -> Doc:
    found = {"kind": str(draw(st.sampled_from(list(AbsenceKind))))}
    part = draw(st.none() | st.sampled_from(list(Part)))
    return found | ({"part": str(part)} if part else {})


def _letter(draw: st.DrawFn, number: int) -> Doc:
    return {
        "arrangement": str(draw(st.sampled_from(PLACES))),
        "letter": f"800/{number}/2020",
        "by": "Orang 0 (Kepala)",
        "considerations": draw(st.lists(st.sampled_from(["jarak rumah", "beban kerja"]), unique=True)),
    }


def _gates(draw: st.DrawFn, era: date) -> list[Doc]:
    """Now and then one: by a report that says unfit, which is open, or by a case."""
    which = draw(st.integers(0, 8))
    if which == 7:
        return [{"since": draw(near(era)).isoformat(), "until": None, "code": "unfit"}]
    return [_span(draw, era) | {"code": "kmk328:besar"}] if which == 8 else []


def _heads(draw: st.DrawFn, people: Sequence[Doc]) -> None:
    led = set()
    for person in people:
        if person["unit"] not in led and draw(st.integers(0, 2)) == 0:
            led.add(person["unit"])
            person["leads"] = True


def _bindings(draw: st.DrawFn, era: date, units: Sequence[Doc]) -> list[Doc]:
    """Some circulars, each for everybody of an agency or for a unit or two."""
    codes, since = [each["code"] for each in units], (era - timedelta(days=60)).isoformat()
    found = []
    for circular in draw(st.lists(st.sampled_from(CIRCULARS), unique=True, min_size=2, max_size=6)):
        if draw(st.booleans()):
            found.append({"circular": circular, "unit": codes[0], "since": since, "until": None})
        else:
            bound = draw(st.lists(st.sampled_from(codes), unique=True, min_size=1, max_size=2))
            found += [{"circular": circular, "unit": unit, **_span(draw, era)} for unit in bound]
    return found


def _special_days(draw: st.DrawFn, era: date) -> list[Doc]:
    kinds = [str(kind) for kind in DayKind if kind is not DayKind.WEEKEND]
    return [
        {"on": day.isoformat(), "kind": draw(st.sampled_from(kinds)), "name": f"Hari {day.day}"}
        for day in draw(st.lists(near(era, back=1, on=8), unique=True, max_size=2))
    ]


def _turns(draw: st.DrawFn, era: date, people: Sequence[Doc]) -> list[Doc]:
    """Of some people the days of the week asked about, and of some of these another shift or a swap."""
    found = []
    for person in people:
        for day in range(5) if draw(st.booleans()) else ():
            told = {"person": person["id"], "on": (era + timedelta(days=day)).isoformat()}
            told["arrangement"] = str(draw(st.sampled_from(PLACES[:3])))
            shift = draw(st.none() | st.sampled_from(["1", "2"]))
            swapped = draw(st.integers(0, 3)) == 0
            found.append(told | ({"shift": shift} if shift else {}) | ({"swapped": True} if swapped else {}))
    return found


def from_file(document: Doc, folder: Path) -> Org:
    """The organisation as `piket simulate` would read it."""
    path = folder / "ORG.json"
    path.write_text(json.dumps(document))
    return load_org(path)
