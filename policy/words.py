"""The closed lists and small values that circulars, facts and verdicts share."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Arrangement(StrEnum):
    WFO = "WFO"
    WFH = "WFH"
    WFA = "WFA"
    FIELD = "field"
    TRAVEL = "travel"
    OFF = "off"
    UNDECIDED = "undecided"


class Audience(StrEnum):
    """Who may read a reason."""

    SELF = "self"
    HEAD = "head"
    HEALTH = "health"


EVERYONE = frozenset(Audience)
SELF_AND_HEALTH = frozenset({Audience.SELF, Audience.HEALTH})
HEAD_ONLY = frozenset({Audience.HEAD})


class Ask(StrEnum):
    """Whom a person should ask where the rules leave an answer open."""

    HEAD = "head"
    ADMIN = "admin"
    HEALTH = "health"


class Step(StrEnum):
    """The steps of a decision, in the order in which they are taken."""

    CALENDAR = "calendar"
    ABSENCE = "absence"
    CIRCULAR = "circular"
    ROTA = "rota"
    OVERRIDE = "override"
    HEALTH = "health"


class Modality(StrEnum):
    """How strongly a rule speaks; only WAJIB settles one person's day by itself."""

    WAJIB = "wajib"
    DAPAT = "dapat"
    DIPRIORITASKAN = "diprioritaskan"
    DIPERTIMBANGKAN = "dipertimbangkan"
    HANYA_BAGI = "hanya bagi"  # only these people may be given it
    NOT_STATED = (
        "not stated"  # the text names the place, but not whether it orders or allows it: it settles nothing
    )


class Rank(StrEnum):
    """How high an issuer stands, the highest first; a lower text cannot set a higher one aside."""

    PRESIDEN = "Presiden"
    MENTERI = "Menteri"
    GUBERNUR = "Gubernur"
    BUPATI_WALI_KOTA = "Bupati/Wali Kota"
    PIMPINAN_INSTANSI = "Pimpinan instansi"


class Per(StrEnum):
    """What a quota is counted in."""

    UNIT = "unit kerja"
    OFFICE = "perangkat daerah"
    PERSON = "pegawai"
    NOT_STATED = "not stated"  # read as UNIT


class Counted(StrEnum):
    """Over what time a quota counts heads, or for one person days."""

    DAY = "sehari"
    SHIFT = "satu shift"
    MOMENT = "satu waktu"
    WEEK = "hari sepekan"
    NOT_STATED = "not stated"  # read as DAY


class Rounding(StrEnum):
    """How a share of people becomes a number; where it is not stated, a cap is never exceeded nor a floor missed."""

    DOWN = "ke bawah"
    UP = "ke atas"
    NEAREST = "terdekat"
    NOT_STATED = "not stated"


class Addressee(StrEnum):
    """Whom a circular asks something of."""

    EMPLOYEE = "pegawai"
    HEAD = "pimpinan unit"
    PPK = "PPK"
    AGENCY = "instansi"


class ChangeKind(StrEnum):
    """What a rule does to another circular."""

    AMENDS = "amends"
    REVOKES = "revokes"
    SETS_ASIDE = "sets_aside"  # not applied here, though it stays in force elsewhere


class Trait(StrEnum):
    """What is recorded of a person, from a day on; a trait that nobody recorded does not hold."""

    HAMIL = "hamil"
    MENYUSUI = "menyusui"
    KOMORBID = "komorbid"
    RENTAN = "rentan"
    DIVAKSIN = "divaksin"
    PERJALANAN = "perjalanan 14 hari"
    KONTAK = "kontak 14 hari"
    HUKUMAN_DISIPLIN = "hukuman disiplin"
    PEGAWAI_BARU = "pegawai baru"


class Function(StrEnum):
    """What somebody, or a section, is there for inside their unit."""

    LAYANAN = "layanan"
    ADMINISTRASI = "administrasi"
    LAPANGAN = "lapangan"


class DayKind(StrEnum):
    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint_leave"  # cuti bersama


class AbsenceKind(StrEnum):
    ANNUAL_LEAVE = "annual_leave"  # cuti tahunan
    LONG_LEAVE = "long_leave"  # cuti besar
    IMPORTANT_LEAVE = "important_leave"  # cuti karena alasan penting
    UNPAID_LEAVE = "unpaid_leave"  # cuti di luar tanggungan negara
    SICK_LEAVE = "sick_leave"
    MATERNITY_LEAVE = "maternity_leave"
    PERMISSION = "permission"  # izin
    TRAINING = "training"  # diklat
    STUDY = "study"  # tugas belajar
    SUSPENDED = "suspended"  # as a disciplinary measure
    TRAVEL = "travel"  # dinas luar


class Part(StrEnum):
    """The half of a day that somebody is away."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class Employment(StrEnum):
    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    NON_ASN = "non-ASN"


class JobLevel(StrEnum):
    """The levels of UU 20/2023, articles 13 and 14; stored with the person, never guessed from a title."""

    JPT_UTAMA = "JPT Utama"
    JPT_MADYA = "JPT Madya"
    JPT_PRATAMA = "JPT Pratama"
    ADMINISTRATOR = "Administrator"
    PENGAWAS = "Pengawas"
    FUNGSIONAL = "Fungsional"
    PELAKSANA = "Pelaksana"


class AgencyKind(StrEnum):
    PEMPROV = "pemprov"
    PEMKAB_PEMKOT = "pemkab/pemkot"
    INSTANSI_VERTIKAL = "instansi vertikal"
    PERGURUAN_TINGGI = "perguruan tinggi"
    BUMD = "BUMD"
    KEMENTERIAN_LEMBAGA = "kementerian/lembaga"


class Zone(StrEnum):
    HIJAU = "hijau"
    KUNING = "kuning"
    ORANYE = "oranye"
    MERAH = "merah"
    TIDAK_TERDAMPAK = "tidak terdampak"


class Sector(StrEnum):
    NON_ESENSIAL = "non-esensial"
    ESENSIAL = "esensial"
    KRITIKAL = "kritikal"
    LAYANAN_LANGSUNG = "layanan langsung"


class Island(StrEnum):
    JAWA_BALI = "Jawa-Bali"
    LUAR_JAWA_BALI = "luar Jawa-Bali"


class Yes(StrEnum):
    """The values of what either holds or does not."""

    YA = "ya"
    TIDAK = "tidak"


class Obligation(StrEnum):
    """What a duty can make a person owe on a day."""

    HEALTH = "health"
    PLAN = "plan"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours of one day, local time; the break, where there is one, lies inside them."""

    start: time
    end: time
    break_start: time | None = None
    break_end: time | None = None

    @property
    def minutes(self) -> int:
        """Minutes of work, the break not counted."""
        rest = 0
        if self.break_start is not None and self.break_end is not None:
            rest = _minute(self.break_end) - _minute(self.break_start)
        return _minute(self.end) - _minute(self.start) - rest

    def without(self, part: Part) -> "Hours":
        """The hours that are left when somebody is away for half a day: cut at the break, or in the middle."""
        middle = (_minute(self.start) + _minute(self.end)) // 2
        noon = time(middle // 60, middle % 60)
        if part is Part.MORNING:
            return Hours(self.break_end or noon, self.end)
        return Hours(self.start, self.break_start or noon)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of an agency's calendar: its kind, its name if it has one, and its hours if it is worked."""

    on: date
    kind: DayKind
    name: str | None = None
    hours: Hours | None = None
    checked_on: date | None = None  # when a special day was last compared with a source
    season: str | None = None  # such as Ramadan, where it has hours of its own

    @property
    def is_working(self) -> bool:
        return self.kind is DayKind.WORKING


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said of a place: its value, since when it holds, and who said so."""

    value: str
    since: date | None = None
    source: str | None = None
