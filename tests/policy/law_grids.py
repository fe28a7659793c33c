"""Grids of people for `law_oracle`, and the same people as the engine is told of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import product
from typing import Any

from policy.loader import shipped
from policy.model import (
    AgencyKind,
    Arrangement,
    CalendarDay,
    DayKind,
    Employment,
    Fact,
    Facts,
    JobLevel,
    Turn,
)
from tests.policy.law_oracle import BAPENDA, Who

Grid = dict[str, list[Any]]


def facts_of(who: Who, names: tuple[str, ...], unit: str = "u.1", office: str = "u") -> Facts:
    """The same person, under the shipped circulars of these names."""
    morning = datetime.combine(who.on, time(0), tzinfo=UTC)
    region = {"zone": who.zone, "ppkm_level": who.ppkm, "island": who.island, "status": who.status}
    region |= {"psbb": "ya" if who.psbb else None, "jabodetabek": "ya" if who.jabodetabek else None}
    return Facts(
        on=who.on,
        as_of=morning,
        day=CalendarDay(who.on, DayKind.WORKING),
        circulars=tuple(shipped()[name] for name in names),
        unit_code=unit,
        unit_kind=who.unit_kind,
        unit_chain=(unit, office, "prov"),
        unit_names=("Unit", who.office, "Provinsi"),
        agency_kind=AgencyKind(who.agency),
        region_chain=("18.71", "Kota", "18", who.region),
        region_facts={name: Fact(value) for name, value in region.items() if value},
        office_code=office,
        unit_facts=_of_unit(who),
        employment=who.employment and Employment(who.employment),
        job_level=who.job and JobLevel(who.job),
        function=who.function,
        is_strategic=who.strategic,
        born=who.born,
        traits=dict.fromkeys(who.traits, who.on),
        turn=who.turn and Turn(arrangement=Arrangement(who.turn), rota="R-1", published_at=morning),
    )


def _of_unit(who: Who) -> dict[str, Fact]:
    told = {"sector": Fact(who.sector)} if who.sector else {}
    told |= {"urgent": Fact("ya")} if who.urgent else {}
    return told | ({"cluster": Fact("ya", since=who.cluster)} if who.cluster else {})


def people(grid: Grid) -> Iterator[Who]:
    """Everybody of the grid: each value of each fact with each other one."""
    return (Who(**dict(zip(grid, values, strict=True))) for values in product(*grid.values()))


def days(*written: str) -> list[date]:
    return [date.fromisoformat(each) for each in written]


def grid(*parts: Grid, **more: list[Any]) -> Grid:
    return {name: values for part in (*parts, more) for name, values in part.items()}


LEVELS = {"job": ["JPT Madya", "JPT Pratama", "Administrator", "Pengawas", "Fungsional", "Pelaksana"]}
OFFICIAL_OR_NOT = {"job": ["JPT Pratama", "Pelaksana"]}
KINDS = {
    "agency": [
        "pemprov",
        "pemkab/pemkot",
        "instansi vertikal",
        "perguruan tinggi",
        "BUMD",
        "kementerian/lembaga",
    ]
}
PAID = {"employment": ["PNS", "CPNS", "PPPK", "non-ASN"]}
TURNS = {"turn": [None, "WFO", "WFH"]}
COLOURS = {"zone": ["hijau", "kuning", "oranye", "merah", "tidak terdampak", None], **TURNS}
PSBB = {"psbb": [True, False], "strategic": [True, False]}
TRAITS = {"traits": [(), ("hukuman disiplin",), ("pegawai baru",), ("komorbid",), ("divaksin",)]}
# Fifty on the Monday of June 2020, a day short of it, fifty-one, a day short of it, and young.
BIRTHDAYS = {
    "born": [*days("1970-06-15", "1970-06-16", "1969-06-15", "1969-06-16", "1990-01-01"), None],
    "traits": [(), ("rentan",), ("komorbid",)],
}
PPKM = {
    "on": days("2021-07-14"),
    "status": ["PPKM Darurat"],
    "sector": ["non-esensial", "esensial", "kritikal", "layanan langsung", None],
    "function": ["layanan", "administrasi", "lapangan", None],
    "urgent": [True, False],
    **TURNS,
}
PPKM_DAYS = {
    "on": days("2021-07-09", "2021-07-11", "2021-07-12", "2021-07-20", "2021-07-21"),
    "status": ["PPKM Darurat", "PPKM Level 4", None],
    "agency": ["pemprov", "pemkab/pemkot"],
    "region": ["Lampung", "Banten"],
    "sector": ["non-esensial", "esensial"],
}
UNITS = {
    "office": [BAPENDA, "Dinas Sosial", "Dinas Kesehatan"],
    "unit_kind": ["UPTD", "panti sosial", "laboratorium", "bidang"],
}
TABLE_25 = {
    "on": days("2021-11-22"),
    "ppkm": ["1", "2", "3", "4", None],
    "island": ["Jawa-Bali", "luar Jawa-Bali", None],
    "sector": ["non-esensial", "esensial", "kritikal", "layanan langsung", None],
    "cluster": [*days("2021-11-17", "2021-11-18", "2021-11-22", "2021-11-23"), None],
    **COLOURS,
}
LEVEL_4 = {"ppkm": ["1", "4"], "sector": ["non-esensial"], "island": ["Jawa-Bali"]}
ANYWHERE = {"turn": [None, "WFO", "WFH", "WFA"]}
S0, S1, S2 = "lampung-2020-06-04", "kaltim-2020", "menpanrb-58-2020"
S3, S4, SE65, SE67 = "lampung-ppkm-2021", "menpan-2020-06-03", "menpanrb-65-2020", "menpanrb-67-2020"
SE25, PERMEN = "menpanrb-25-2021", "permenpanrb-4-2025"
JUNE = days("2020-06-02", "2020-06-03", "2020-06-04", "2020-06-05", "2020-06-15")
SEPTEMBER = days("2020-09-03", "2020-09-04")
TODAY = days("2026-11-25")

GRIDS: list[tuple[tuple[str, ...], Grid]] = [
    ((S0,), grid(COLOURS, OFFICIAL_OR_NOT, KINDS, on=JUNE, region=["Lampung", "Banten"])),
    ((S0,), grid(COLOURS, LEVELS, PAID, on=days("2020-06-15"))),
    ((S1,), grid(LEVELS, PAID, KINDS, TURNS, on=days("2020-06-15"), region=["Kalimantan Timur", "Banten"])),
    ((S1,), grid(TURNS, on=days("2020-06-15"), region=["Kalimantan Timur"], job=[None])),
    ((S2,), grid(PSBB, PAID, TURNS, TRAITS, OFFICIAL_OR_NOT, on=[*JUNE, *days("2021-01-04")])),
    ((S3,), grid(PPKM, UNITS)),
    ((S3,), grid(PPKM, LEVELS, employment=["PNS", "non-ASN"])),
    ((S3,), grid(PPKM_DAYS, TURNS)),
    ((S4,), grid(BIRTHDAYS, PAID, TURNS, OFFICIAL_OR_NOT, on=JUNE, psbb=[True, False])),
    ((SE65,), grid(PAID, TURNS, on=days("2020-07-13", "2020-07-14"), jabodetabek=[True, False])),
    ((SE67,), grid(COLOURS, PSBB, PAID, OFFICIAL_OR_NOT, on=SEPTEMBER)),
    ((SE25,), grid(TABLE_25)),
    ((SE25,), grid(TRAITS, PAID, TURNS, LEVEL_4, on=days("2021-11-12", "2021-11-13"))),
    ((PERMEN,), grid(TRAITS, PAID, OFFICIAL_OR_NOT, ANYWHERE, on=[*days("2025-04-18", "2025-04-21"), *TODAY])),
    ((S0, S2), grid(COLOURS, PSBB, PAID, on=JUNE, agency=["pemprov", "BUMD"])),
    ((S2, SE67), grid(COLOURS, PSBB, PAID, on=SEPTEMBER)),
    ((SE65, SE67), grid(COLOURS, PAID, on=[*days("2020-07-14"), *SEPTEMBER], jabodetabek=[True, False])),
    ((S0, SE67), grid(COLOURS, PAID, KINDS, on=SEPTEMBER)),
    ((S0, S3), grid(PPKM, zone=["hijau", "merah", "oranye", None])),
    ((S3, SE67), grid(PPKM, zone=["hijau", "merah", None])),
    ((S4, S0), grid(BIRTHDAYS, COLOURS, on=JUNE, employment=["PPPK", "non-ASN"])),
    ((S1, SE67), grid(COLOURS, LEVELS, PAID, on=SEPTEMBER, region=["Kalimantan Timur"])),
    ((PERMEN, S0), grid(COLOURS, TRAITS, on=TODAY, employment=["PNS", "non-ASN"])),
    ((PERMEN, SE67), grid(COLOURS, TRAITS, on=TODAY, employment=["PNS", "non-ASN"])),
    ((PERMEN, S2), grid(PSBB, TURNS, TRAITS, on=TODAY)),
]  # fmt: skip
