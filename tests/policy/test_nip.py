from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.nip import Nip, NipFault, NipKind, NipProblem, grouped, parse

PNS = "198609262015051001"
PPPK = "199009132025242014"


def read(text: str) -> Nip:
    found = parse(text)
    assert isinstance(found, Nip)
    return found


def fault(text: str) -> NipFault:
    found = parse(text)
    assert isinstance(found, NipProblem)
    assert found.sentence.endswith(".")
    return found.fault


def test_a_number_of_a_pns_is_read_and_shown_in_groups() -> None:
    nip = read(PNS)
    assert (nip.birth_date, nip.kind, nip.warnings) == (date(1986, 9, 26), NipKind.LIKE_PNS, ())
    assert nip.display == "19860926 201505 1 001"


def test_a_number_of_a_pppk_has_no_month_and_is_as_good() -> None:
    nip = read(PPPK)
    assert (nip.birth_date, nip.kind) == (date(1990, 9, 13), NipKind.LIKE_PPPK)


@pytest.mark.parametrize(
    "typed",
    [
        "19860926 201505 1 001",
        "19860926.201505.1.001",
        " 19860926-201505-1-001 ",
        "19860926\u00a0201505\u00a01\u00a0001",
        "\u200b198609262015051001",
        "１９８６０９２６２０１５０５１００１",
        "'198609262015051001",
    ],
)
def test_the_ways_in_which_people_type_it_are_one_number(typed: str) -> None:
    assert read(typed).value == PNS


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", NipFault.EMPTY),
        (" .. ", NipFault.EMPTY),
        ("1.98609E+17", NipFault.ROUNDED),
        ("1,98609262015051E+17", NipFault.ROUNDED),
        ("19860926201505100A", NipFault.NOT_DIGITS),
        ("٣٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", NipFault.NOT_DIGITS),
        ("19860926201505100", NipFault.LENGTH),
        ("1986092620150510011", NipFault.LENGTH),
        ("130123456", NipFault.LENGTH),
        ("198602302015051001", NipFault.BIRTH_DATE),
        ("198613012015051001", NipFault.BIRTH_DATE),
        ("000001012015051001", NipFault.BIRTH_DATE),
        ("198609261985051001", NipFault.APPOINTMENT_YEAR),
        ("198609261986051001", NipFault.APPOINTMENT_YEAR),
        ("198609269999051001", NipFault.APPOINTMENT_YEAR),
        ("198609262015053001", NipFault.SEX),
        ("198609262015050001", NipFault.SEX),
    ],
)
def test_what_is_wrong_is_named(typed: str, expected: NipFault) -> None:
    assert fault(typed) is expected


def test_serial_000_is_only_a_warning() -> None:
    assert "000" in read("198609262015051000").warnings[0]


def test_a_child_at_appointment_is_only_a_warning() -> None:
    assert "15" in read("200009262015051001").warnings[0]


def test_a_problem_never_repeats_the_number() -> None:
    found = parse("198602302015051001")
    assert isinstance(found, NipProblem)
    assert "1986" not in found.sentence


@given(
    st.dates(date(1950, 1, 1), date(2004, 12, 31)),
    st.integers(18, 57),
    st.integers(0, 99),
    st.sampled_from("12"),
    st.integers(1, 999),
)
def test_every_number_of_the_right_form_is_taken_grouped_or_not(
    born: date, age: int, two: int, sex: str, serial: int
) -> None:
    value = f"{born:%Y%m%d}{born.year + age}{two:02}{sex}{serial:03}"
    assert read(value) == read(grouped(value))
    assert read(value).value == value


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_it(text: str) -> None:
    assert isinstance(parse(text), Nip | NipProblem)
