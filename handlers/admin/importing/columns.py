"""The columns that a file may have, and the words by which people head them.

| column | holds | where |
|---|---|---|
| nip | 18 digits, as text; only non-ASN have none | pegawai |
| nama | the name, kept as it is written | pegawai |
| jenis | PNS, CPNS, PPPK or non-ASN | pegawai |
| jabatan | the post, in the agency's words | pegawai |
| jenjang | JPT Utama, JPT Madya, JPT Pratama, Administrator, Pengawas, Fungsional or Pelaksana | pegawai |
| telepon | any usual way of writing it; kept as +62… | pegawai |
| nip_atasan | the NIP of the direct superior | pegawai |
| kepala | ya for whoever leads the unit in kode_unit | pegawai |
| fungsi | layanan, administrasi or lapangan, where it differs from the unit's; empty: as the unit | pegawai |
| strategis | ya or tidak; empty: as the unit | pegawai |
| lahir | the date of birth, of who has no NIP; else the NIP tells it | pegawai |
| kode_unit | the unit's code | pegawai, unit |
| unit | its name | pegawai, unit |
| jenis_unit | of an agency: pemprov, pemkab/pemkot, …; below it: bidang, UPTD, … | pegawai, unit |
| kode_unit_induk | the unit above it; empty for an agency | pegawai, unit |
| kode_wilayah | code of the regency or city where the unit is | pegawai, unit, wilayah |
| wilayah, jenis_wilayah | its name; provinsi, kabupaten or kota | pegawai, unit, wilayah |
| kode_wilayah_induk | the region above it, such as the province | pegawai, unit, wilayah |
| zona_waktu | WIB, WITA or WIT | pegawai, unit, wilayah |
| zona, zona_sejak, zona_sumber | its colour, since which day, and who said so | wilayah |
| jenis (jenis_absen), dari, sampai, bagian, surat | an absence: kind, days, half of the day, letter | absen |

A CSV file, or an XLSX file with one sheet, is the sheet `pegawai`; a CSV named unit.csv or wilayah.csv is that one.
"""

import difflib
import re
import unicodedata
from enum import StrEnum


class Column(StrEnum):
    NIP = "nip"
    NAME = "nama"
    EMPLOYMENT = "jenis"
    POSITION = "jabatan"
    LEVEL = "jenjang"
    PHONE = "telepon"
    SUPERIOR = "nip_atasan"
    HEAD = "kepala"
    FUNCTION = "fungsi"
    STRATEGIC = "strategis"
    BORN = "lahir"
    UNIT_CODE = "kode_unit"
    UNIT = "unit"
    UNIT_KIND = "jenis_unit"
    UNIT_PARENT = "kode_unit_induk"
    REGION_CODE = "kode_wilayah"
    REGION = "wilayah"
    REGION_KIND = "jenis_wilayah"
    REGION_PARENT = "kode_wilayah_induk"
    TIMEZONE = "zona_waktu"
    ZONE = "zona"
    ZONE_SINCE = "zona_sejak"
    ZONE_SOURCE = "zona_sumber"
    ABSENCE = "jenis_absen"
    FIRST = "dari"
    LAST = "sampai"
    PART = "bagian"
    LETTER = "surat"


class Kind(StrEnum):
    """The sheets that a file may have."""

    PEOPLE = "pegawai"
    UNITS = "unit"
    REGIONS = "wilayah"
    ABSENCES = "absen"  # a file of its own, never a sheet beside people


REQUIRED = {
    Kind.PEOPLE: (Column.NIP, Column.NAME, Column.EMPLOYMENT, Column.LEVEL, Column.UNIT_CODE),
    Kind.UNITS: (Column.UNIT_CODE, Column.UNIT),
    Kind.REGIONS: (Column.REGION_CODE,),
    Kind.ABSENCES: (Column.NIP, Column.ABSENCE, Column.FIRST, Column.LAST),
}
_REGIONAL = frozenset(
    {
        Column.REGION_CODE,
        Column.REGION,
        Column.REGION_KIND,
        Column.REGION_PARENT,
        Column.TIMEZONE,
        Column.ZONE,
        Column.ZONE_SINCE,
        Column.ZONE_SOURCE,
    }
)
_OF_UNIT = frozenset({Column.UNIT_CODE, Column.UNIT, Column.UNIT_KIND, Column.UNIT_PARENT}) | _REGIONAL
_OF_ABSENCE = frozenset({Column.NIP, Column.ABSENCE, Column.FIRST, Column.LAST, Column.PART, Column.LETTER})
COLUMNS = {
    Kind.PEOPLE: frozenset(Column) - _OF_ABSENCE | {Column.NIP},
    Kind.UNITS: _OF_UNIT,
    Kind.REGIONS: _REGIONAL,
    Kind.ABSENCES: _OF_ABSENCE,
}
_SYNONYMS = {
    Column.NIP: ("nip/ni pppk", "nip pegawai", "nomor induk pegawai", "ni pppk"),
    Column.NAME: ("nama lengkap", "nama pegawai"),
    Column.EMPLOYMENT: ("jenis pegawai", "status pegawai", "status kepegawaian", "jenis asn"),
    Column.POSITION: ("nama jabatan",),
    Column.LEVEL: ("jenjang jabatan", "jenis jabatan", "eselon"),
    Column.PHONE: ("no telepon", "nomor telepon", "no hp", "nomor hp", "hp", "telp", "whatsapp", "no wa"),
    Column.SUPERIOR: ("nip atasan langsung", "atasan", "atasan langsung"),
    Column.HEAD: ("kepala unit", "pimpinan", "pimpinan unit"),
    Column.FUNCTION: ("fungsi pegawai", "jenis fungsi"),
    Column.STRATEGIC: ("fungsi strategis",),
    Column.BORN: ("tanggal lahir", "tgl lahir"),
    Column.UNIT_CODE: ("kode unit kerja", "kode unor", "kode opd"),
    Column.UNIT: ("nama unit", "unit kerja", "nama unit kerja", "unor"),
    Column.UNIT_KIND: ("jenis unit kerja",),
    Column.UNIT_PARENT: ("kode induk", "unit induk", "induk unit"),
    Column.REGION_CODE: ("kode kab/kota", "kode kabupaten/kota"),
    Column.REGION: ("nama wilayah", "kab/kota", "kabupaten/kota"),
    Column.REGION_PARENT: ("kode provinsi", "wilayah induk"),
    Column.TIMEZONE: ("zona jam", "timezone"),
    Column.ZONE: ("warna zona", "zona covid", "zona covid-19"),
    Column.ZONE_SINCE: ("sejak", "zona mulai", "berlaku sejak"),
    Column.ZONE_SOURCE: ("sumber", "sumber zona"),
}
_SHORT = {
    Kind.UNITS: {
        "kode": Column.UNIT_CODE,
        "nama": Column.UNIT,
        "jenis": Column.UNIT_KIND,
        "induk": Column.UNIT_PARENT,
    },
    Kind.REGIONS: {
        "kode": Column.REGION_CODE,
        "nama": Column.REGION,
        "jenis": Column.REGION_KIND,
        "induk": Column.REGION_PARENT,
    },
    Kind.ABSENCES: {"jenis": Column.ABSENCE, "mulai": Column.FIRST, "nosurat": Column.LETTER},
}
_SHEETS = {"pegawai": Kind.PEOPLE, "unit": Kind.UNITS, "unitkerja": Kind.UNITS, "wilayah": Kind.REGIONS}


def plain(text: object) -> str:
    """A header without case, spaces, underscores and signs, for comparing."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(text)).casefold())


_WORDS = {plain(word): column for column in Column for word in (column.value, *_SYNONYMS.get(column, ()))}


def kind_of_sheet(name: str) -> Kind | None:
    """Which of the sheets this name means, if any."""
    return _SHEETS.get(plain(name))


def column_named(header: object, *, kind: Kind) -> Column | None:
    """The column that this header means on such a sheet, if any."""
    word = plain(header) if isinstance(header, str) else ""
    column = _SHORT.get(kind, {}).get(word) or _WORDS.get(word)
    return column if column in COLUMNS[kind] else None


def closest(word: str, known: list[str], *, cutoff: float = 0.6) -> str | None:
    """The known word nearest to this one, for a sentence that offers it."""
    by_plain = {plain(each): each for each in known}
    found = difflib.get_close_matches(plain(word), list(by_plain), n=1, cutoff=cutoff)
    return by_plain[found[0]] if found else None
