"""The law a second time, in plain Python: what each circular says of somebody, written from the texts alone.

It shares nothing with the engine: no YAML is read, and nothing looks at `policy.Facts`. A circular that is not in
force or not about somebody is None; one that is, and leaves their place open, is `OPEN`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

ASN = ("PNS", "CPNS", "PPPK")
STAFF = ("Pelaksana", "Fungsional")
BAPENDA = "Badan Pendapatan Daerah"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Somebody on a working day, in the words of the texts; what nobody recorded is None."""

    on: date
    region: str = "Lampung"
    agency: str = "pemprov"
    zone: str | None = None
    psbb: bool = False
    ppkm: str | None = None
    island: str | None = None
    jabodetabek: bool = False
    status: str | None = None
    sector: str | None = None
    office: str = "Biro Umum"
    unit_kind: str | None = None
    function: str | None = None
    strategic: bool = False
    urgent: bool = False
    cluster: date | None = None
    employment: str | None = "PNS"
    job: str | None = "Pelaksana"
    born: date | None = None
    traits: tuple[str, ...] = ()
    turn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    place: str | None = None  # settles the day
    is_of_a_section: bool = False  # not of everybody, so that others of the unit may make room
    share: Fraction | None = (
        None  # at most this share of the base, in which the person is, may be in the office
    )
    is_exact: bool = False  # and no fewer
    of: str = "unit"  # what the share is counted in: unit or office
    whose: str = ""  # which class of the text the base is
    days: int | None = None  # at most so many working days a week elsewhere
    unknown: bool = False  # a fact that the text asks for is not recorded
    can_call_in: bool = True  # of what is unknown: whatever the fact, it may put them in the office
    gap: bool = False  # the text does not say whether or how they are meant


OPEN = Says()
UNKNOWN = Says(unknown=True)
HOME_OR_CAP = Says(unknown=True, can_call_in=False)
GAP = Says(gap=True)


def at_most(share: str, whose: str = "", of: str = "unit") -> Says:
    return Says(share=Fraction(share), whose=whose, of=of)


def lampung(who: Who) -> Says | None:
    """S0: green at the office, yellow and red at home; no other colour is named, and only ASN are."""
    if who.on < date(2020, 6, 4) or who.region != "Lampung":
        return None
    if who.agency != "pemprov" or who.employment == "non-ASN":
        return GAP  # the others are "hoped" to follow it, or not among the addressees
    places = {"hijau": "WFO", "kuning": "WFH", "merah": "WFH"}
    if who.zone is None:
        return UNKNOWN
    return Says(place=places[who.zone]) if who.zone in places else GAP


def kaltim(who: Who) -> Says | None:
    """S1: a fifth outside JPT Pratama and Administrator, of whom it does not say that they must come."""
    if who.region != "Kalimantan Timur" or who.agency != "pemprov":
        return None
    if who.employment == "non-ASN" or who.job in ("JPT Pratama", "Administrator"):
        return GAP
    return at_most("1/5") if who.job else UNKNOWN


def menpanrb_58(who: Who) -> Says | None:
    """S2: no number; where PSBB holds everybody is at home but for strategic functions, at the minimum."""
    if who.on < date(2020, 6, 5) or who.employment not in ASN:
        return None
    return Says(place="WFH") if who.psbb and not who.strategic else OPEN


def menpanrb_58_after_67(who: Who) -> Says | None:
    """From 4 September 2020 the PPK only may consider what SE 58 made a duty."""
    said = menpanrb_58(who)
    return OPEN if said is not None and who.on >= date(2020, 9, 4) else said


def lampung_ppkm(who: Who) -> Says | None:
    """S3: staff at home; 25 % of the essential; the critical by what they do there."""
    if not date(2021, 7, 12) <= who.on <= date(2021, 7, 20) or who.status not in ("PPKM Darurat", None):
        return None
    if who.region != "Lampung" or who.agency != "pemprov":
        return None
    if who.status is None:
        return UNKNOWN
    if who.job is not None and who.job not in STAFF:
        return GAP  # "staf": whether officials are meant is not said
    if who.sector is None:  # a critical service is in the office, everybody else at home or under a cap
        return UNKNOWN if who.function in ("layanan", None) else HOME_OR_CAP
    if who.sector == "esensial":
        return _essential(who)
    return _critical(who) if who.sector == "kritikal" else Says(place="WFH")


def _essential(who: Who) -> Says:
    if who.office == BAPENDA and who.unit_kind == "UPTD":
        if who.function is None:
            return UNKNOWN
        if who.function == "layanan":
            return at_most("1/2", "layanan UPTD")
    return at_most("1/4", "esensial", "office")


def _critical(who: Who) -> Says:
    if who.function is None:
        return UNKNOWN
    if who.function == "administrasi":
        return at_most("1/4", "administrasi", "office")
    if who.function == "lapangan":
        return at_most("1", "lapangan", "office") if who.urgent else GAP
    if who.office == "Dinas Sosial" and who.unit_kind == "panti sosial":
        return Says(share=Fraction(1, 2), is_exact=True, whose="panti")
    return Says(place="WFO", is_of_a_section=True)


def menpan(who: Who) -> Says | None:
    """S4: "reminds", "for instance", "be allowed": it settles nothing for anybody."""
    return OPEN if who.on >= date(2020, 6, 3) and who.employment in ASN else None


def menpanrb_65(who: Who) -> Says | None:
    if who.on < date(2020, 7, 14) or not who.jabodetabek or who.employment not in ASN:
        return None
    return at_most("1/2")


def menpanrb_67(who: Who) -> Says | None:
    if who.on < date(2020, 9, 4) or who.employment not in ASN:
        return None
    shares = {"hijau": "1", "tidak terdampak": "1", "kuning": "3/4", "oranye": "1/2", "merah": "1/4"}
    return at_most(shares[who.zone]) if who.zone else HOME_OR_CAP


def menpanrb_25(who: Who) -> Says | None:
    """The table of 13 November 2021; the essential outside Java and Bali, and the critical, were not reported."""
    if who.on < date(2021, 11, 13) or who.employment not in ASN:
        return None
    if who.sector in ("kritikal", "layanan langsung"):
        return GAP
    if who.sector == "esensial" and who.island == "luar Jawa-Bali":
        return GAP
    if _is_unaffected_outside(who):
        return GAP  # in every sector
    if who.sector is None or who.island is None or who.ppkm is None:
        return UNKNOWN
    return _java(who, who.ppkm) if who.island == "Jawa-Bali" else _outside(who, who.ppkm)


def _is_unaffected_outside(who: Who) -> bool:
    return who.island == "luar Jawa-Bali" and who.ppkm in ("1", "2") and who.zone == "tidak terdampak"


def _java(who: Who, level: str) -> Says:
    if who.sector == "esensial":
        return at_most({"1": "1", "2": "3/4", "3": "1/2", "4": "1/2"}[level], "esensial")
    return Says(place="WFH") if level == "4" else at_most({"1": "3/4", "2": "1/2", "3": "1/4"}[level])


def _outside(who: Who, level: str) -> Says:
    if level in "12":
        if who.zone is None:
            return UNKNOWN
        return at_most({"hijau": "3/4", "kuning": "1/2", "oranye": "1/2", "merah": "1/4"}[who.zone])
    if who.cluster is not None and who.cluster <= who.on < who.cluster + timedelta(days=5):
        return Says(place="WFH")
    return at_most("1/2" if level == "3" else "1/4")


def permenpanrb(who: Who) -> Says | None:
    """Two working days a week elsewhere, none for the punished and the new; else the office."""
    if who.on < date(2025, 4, 21) or who.employment not in ASN:
        return None
    return Says(days=0 if {"hukuman disiplin", "pegawai baru"} & set(who.traits) else 2)


Reads = Callable[[Who], Says | None]
# By the file's name: the text, and what orders it: the issuer's height, then the day it was signed.
TEXTS: dict[str, tuple[Reads, tuple[int, date]]] = {
    "lampung-2020-06-04": (lampung, (1, date(2020, 6, 4))),
    "kaltim-2020": (kaltim, (1, date.min)),
    "menpanrb-58-2020": (menpanrb_58, (2, date(2020, 5, 29))),
    "lampung-ppkm-2021": (lampung_ppkm, (1, date(2021, 7, 9))),
    "menpan-2020-06-03": (menpan, (2, date.min)),
    "menpanrb-65-2020": (menpanrb_65, (2, date.min)),
    "menpanrb-67-2020": (menpanrb_67, (2, date(2020, 9, 4))),
    "menpanrb-25-2021": (menpanrb_25, (2, date.min)),
    "permenpanrb-4-2025": (permenpanrb, (2, date(2025, 4, 16))),
}


def expected(who: Who, names: Sequence[str]) -> str | None:
    """Where they work under these circulars together: a place, "undecided", or None where none is about them."""
    said = [(TEXTS[name][1], says) for name in names if (says := _text(name, names)(who)) is not None]
    if not said:
        return None
    settled = max((each for each in said if each[1].place), key=lambda each: each[0], default=None)
    unknown = [says for height, says in said if says.unknown and (settled is None or settled[0] <= height)]
    if unknown and (settled is None or not all(_agrees(settled[1], says) for says in unknown)):
        return "undecided"
    if settled is not None and not _has_no_room(settled, said):
        return settled[1].place
    return _by_turn(who, [says for _, says in said])


def counted(who: Who, names: Sequence[str]) -> list[tuple[str, Says]]:
    """The texts that count them in a base, whether or not their own day is settled."""
    said = ((name, _text(name, names)(who)) for name in names)
    return [(name, says) for name, says in said if says is not None and says.share is not None]


def _text(name: str, names: Sequence[str]) -> Reads:
    is_changed = name == "menpanrb-58-2020" and "menpanrb-67-2020" in names
    return menpanrb_58_after_67 if is_changed else TEXTS[name][0]


def _agrees(settled: Says, unknown: Says) -> bool:
    """Whether they are where they are, whatever the fact: at home, or of a section for which others make room."""
    return not unknown.can_call_in and (settled.place == "WFH" or settled.is_of_a_section)


def _has_no_room(
    settled: tuple[tuple[int, date], Says], said: Sequence[tuple[tuple[int, date], Says]]
) -> bool:
    """Everybody in the office, where a text that stands higher lets only a part of them in."""
    is_for_all = settled[1].place == "WFO" and not settled[1].is_of_a_section
    return is_for_all and any(
        says.share is not None and says.share < 1 and height > settled[0] for height, says in said
    )


def _by_turn(who: Who, said: Sequence[Says]) -> str:
    """A published turn speaks where the texts do not, except for days elsewhere that are not for this person."""
    may_be_elsewhere = all(says.days != 0 for says in said)
    if who.turn is not None and (may_be_elsewhere or who.turn == "WFO"):
        return who.turn
    if any(says.share is not None or says.gap for says in said):
        return "undecided"
    return "WFO" if any(says.days is not None for says in said) else "undecided"
