"""CSV files as offices save them (fault E02), and the columns by whatever name."""

import pytest

from handlers.admin.importing.cells import FileRefused
from handlers.admin.importing.columns import Column, Kind
from handlers.admin.importing.reading import read
from tests.admin.lists import ANA, GITA, HEAD, HEADER, csv_file, wrong


def names(file: bytes, name: str = "pegawai.csv") -> list[str]:
    return [row.name for row in read(file, name=name).people]


OFFICE = ["Boris Siregar", "Ana Lestari", "Gita Permata"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_e02_the_separator_is_found_out(delimiter: str) -> None:
    assert names(csv_file().replace(b";", delimiter.encode())) == OFFICE


def test_e02_commas_in_titles_do_not_mislead_the_search_for_the_separator() -> None:
    many = csv_file(
        HEAD.replace("Kepala Dinas", "Kepala, Dinas, Kominfo, dan, Statistik, Provinsi, a, b, c, d, e, f, g")
    )
    assert names(many) == ["Boris Siregar"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_e02_a_byte_order_mark_is_no_part_of_the_first_header(encoding: str) -> None:
    assert names(csv_file().decode().encode(encoding)) == OFFICE


def test_e02_windows_1252_is_read_and_said() -> None:
    content = read(csv_file(HEAD.replace("Boris", "Désirée")).decode().encode("cp1252"), name="p.csv")
    assert content.people[0].name == "Désirée Siregar"
    assert "Windows-1252" in content.findings.notes[0]


def test_e02_quotes_hold_separators_and_doubled_quotes() -> None:
    row = HEAD.replace("Boris Siregar", '"Siregar; Boris ""Bo"""')
    assert names(csv_file(row)) == ['Siregar; Boris "Bo"']


def test_e02_a_quote_that_is_never_closed_is_explained() -> None:
    with pytest.raises(FileRefused, match="quotation mark"):
        read(csv_file(HEAD, ANA.replace("Ana", '"Ana')), name="p.csv")


def test_e02_two_header_rows_are_explained_with_their_row() -> None:
    upper = ";".join(["NIP", "Nama", "Unit Kerja", "", "", ""])
    lower = ";".join(["", "", "kode_unit", "unit", "jenis_unit", "jenjang"])
    content = read("\n".join([upper, lower, ANA]).encode(), name="p.csv")
    assert wrong(content) == [
        "pegawai!A2: This is a second row of headers. Write the name of every column into one row."
    ]


def test_e02_titles_above_and_numbers_below_the_header_are_left_out() -> None:
    numbering = ";".join(f"({number})" for number in range(1, 16))
    content = read("\n".join(["DAFTAR PEGAWAI", "", HEADER, numbering, HEAD]).encode(), name="p.csv")
    assert [row.name for row in content.people] == ["Boris Siregar"]
    assert content.people[0].record.where(Column.NIP) == "pegawai!A5"
    assert len(content.findings.notes) == 2


def test_e02_excels_own_line_about_the_separator_is_believed() -> None:
    content = read(b"sep=;\r\n" + csv_file(), name="p.csv")
    assert content.people[0].record.where(Column.NIP) == "pegawai!A3"


def test_headers_may_be_written_in_many_ways() -> None:
    header = (
        HEADER.replace("kode_unit;", " KODE Unit Kerja ;")
        .replace("nip;", "Nomor Induk Pegawai;")
        .replace("telepon", "No. HP")
    )
    assert names(csv_file(header=header)) == OFFICE


def test_a_misspelt_header_is_not_passed_over() -> None:
    content = read(csv_file(header=HEADER.replace("kepala", "kepla")), name="p.csv")
    assert wrong(content) == ["pegawai!O1: There is no column `kepla`. Did you mean `kepala`?"]


def test_a_column_that_is_needed_and_missing_is_named() -> None:
    content = read(csv_file(header=HEADER.replace("jenjang", "golongan")), name="p.csv")
    assert any("The column `jenjang` is missing." in line for line in wrong(content))


def test_a_row_with_more_cells_than_the_header_is_named() -> None:
    content = read(csv_file(HEAD, ANA + ";x"), name="p.csv")
    assert any(line.startswith("pegawai!P3: This row has more cells") for line in wrong(content))


def test_a_file_is_known_by_its_name() -> None:
    regions = read(b"kode;nama;zona waktu\n18;Lampung;WIB\n", name="Wilayah.csv")
    assert regions.regions["18"].get(Column.REGION) == "Lampung"
    assert regions.columns.keys() == {Kind.REGIONS}


@pytest.mark.parametrize("file", [b"", b"  \n", b"\x00\x01\x02", b"%PDF-1.7 \x00", b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_list_is_refused_with_a_sentence(file: bytes) -> None:
    with pytest.raises(FileRefused, match=r"\.$"):
        read(file, name="p.csv")


@pytest.mark.parametrize(
    ("column", "spoilt", "says"),
    [
        ("1.98609E+17", "A2", "rounded"),
        ("199004172015032000", "A2", "lost its last digits"),
        ("19900417201503200", "A2", "has 18 digits; this has 17"),
        ("198613452015032001", "A2", "not a date of birth"),
    ],
)
def test_e01_a_spoilt_number_is_refused_at_its_cell(column: str, spoilt: str, says: str) -> None:
    content = read(csv_file(ANA.replace("199004172015032001", column, 1)), name="p.csv")
    assert len(wrong(content)) == 1
    assert wrong(content)[0].startswith(f"pegawai!{spoilt}: ")
    assert says in wrong(content)[0]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("PPPK", "PPK", "Did you mean `PPPK`?"),
        ("Fungsional", "Fungsionl", "Did you mean `Fungsional`?"),
        ("Gita Permata", "", "`nama` is empty"),
        ("tidak", "mungkin", "`mungkin` is not known as kepala"),
        (";;;;;;;;1977", ";;;;;;;12;1977", "not a phone number"),
    ],
)
def test_unknown_words_offer_the_closest(before: str, after: str, says: str) -> None:
    content = read(csv_file(HEAD, GITA.replace(before, after)), name="p.csv")
    assert [line for line in wrong(content) if says in line and "3: " in line], wrong(content)


def test_pns_and_pppk_numbers_are_both_valid() -> None:
    assert [row.employment for row in read(csv_file(), name="p.csv").people] == ["PNS", "PNS", "PPPK"]


@pytest.mark.parametrize(
    "written", ["0812-0000-1001", "+62 812 0000 1001", "62 81200001001", "'081200001001"]
)
def test_telephones_are_kept_in_one_form(written: str) -> None:
    rows = read(csv_file(ANA.replace("0812-0000-1001", written)), name="p.csv").people
    assert rows[0].phone == "+6281200001001"


@pytest.mark.parametrize("name", ["pegawai.xlsx", "pegawai.pdf"])
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str) -> None:
    with pytest.raises(FileRefused, match=f"{name} is neither a CSV nor an XLSX file"):
        read(b"%PDF-1.4 nip;nama", name=name)
