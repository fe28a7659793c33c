"""`piket region|agency|circular …`: what decides who works where, from which day on."""

import pytest

from tests.bot.operating import Operator, new_operator
from tests.engines import SqliteMaker

CIRCULAR = "lampung-2020-06-04"


@pytest.fixture
def operator(sqlite_maker: SqliteMaker) -> Operator:
    made = new_operator(sqlite_maker.fresh())
    made.imports_everything()
    return made


def test_a_zone_holds_from_its_day_on(operator: Operator) -> None:
    said = operator.succeeds(
        "region", "zone", "18.71", "hijau", "--from", "2020-06-10", "--source", "Gugus Tugas"
    )
    assert said.startswith("Kota Bandar Lampung: zone is hijau from 2020-06-10 on, ")
    assert "Kota Bandar Lampung        Asia/Jakarta  hijau   2020-06-10" in operator.succeeds(
        "region", "list"
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("region", "zone", "18.71", "hijao", "--from", "2020-06-10"), "Did you mean `hijau`?"),
        (
            ("region", "zone", "18.17", "hijau", "--from", "2020-06-10"),
            "There is no region 18.17. Did you mean",
        ),
        (("region", "zone", "18.71", "hijau", "--from", "10/6/2020"), "Write it like 2020-06-15."),
        (("region", "zone", "18.71", "hijau"), "Missing option '--from'"),
        (("agency", "health", "DINKES", "kmk328"), "must name its legal basis"),
        (("agency", "health", "DINKES.LAB", "off"), "DINKES.LAB is a unit of DINKES"),
        (("agency", "health", "DINKS", "off"), "Did you mean DINKES?"),
        (("agency", "officer", "DINKES", "1985"), "18"),
        (("agency", "officer", "DINKS", "198501102009122001"), "There is no unit DINKS"),
        (("agency", "officer", "DINKES", "199001012015031001"), "works here"),
        (("agency", "officer", "DINKES", "198501102009122001", "--stop"), "is no health officer of DINKES"),
        (("agency", "days", "DINKES", "14"), "names no number of days"),
        (("agency", "days", "DINKES", "140", "--basis", "SK"), "from 0 to 92"),
        (("agency", "days", "DINKES.LAB", "14", "--basis", "SK"), "DINKES.LAB is a unit of DINKES"),
        (
            ("circular", "use", "lampung-2020", "--unit", "DINKES", "--from", "2020-06-04"),
            f"Did you mean {CIRCULAR}?",
        ),
        (
            ("circular", "stop", CIRCULAR, "--unit", "DINKES", "--from", "2020-06-04"),
            "was not switched on for DINKES",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(operator: Operator, words: tuple[str, ...], says: str) -> None:
    assert says in " ".join(operator.fails(*words).split())


def test_a_health_officer_is_named_and_dismissed(operator: Operator) -> None:
    named = operator.succeeds("agency", "officer", "DINKES", "198501102009122001", "--from", "2020-06-02")
    assert named.startswith("Dewi Anggraini is a health officer of DINKES from 2020-06-02 on.")
    gone = operator.succeeds("agency", "officer", "DINKES", "198501102009122001", "--stop")
    assert "Dewi Anggraini is no health officer of DINKES" in gone


def test_an_agency_may_say_for_how_many_days_high_risk_keeps_out(operator: Operator) -> None:
    said = operator.succeeds("agency", "days", "DINKES", "14", "--basis", "SK 800/2/2020")
    assert "for 14 days at first, and always until the health officer clears them" in said
    assert "with no date stated" in operator.succeeds("agency", "days", "DINKES", "0")


def test_health_is_off_until_a_basis_is_named(operator: Operator) -> None:
    assert "kmk328" not in operator.succeeds("agency", "list")
    said = operator.succeeds("agency", "health", "DINKES", "kmk328", "--basis", "SK 800/1/2020")
    assert "Recorded basis: SK 800/1/2020" in said
    assert "kmk328" in operator.succeeds("agency", "list")
    operator.succeeds("agency", "health", "DINKES", "off")
    assert "kmk328" not in operator.succeeds("agency", "list")


def test_a_circular_is_used_and_stopped(operator: Operator) -> None:
    said = operator.succeeds("circular", "use", CIRCULAR, "--unit", "KOMINFO", "--from", "2020-06-04")
    assert "binds Dinas Komunikasi, Informatika, dan Statistik from 2020-06-04 on: 14 people." in said
    assert "KOMINFO" in operator.succeeds("circular", "list")
    operator.succeeds("circular", "stop", CIRCULAR, "--unit", "KOMINFO", "--from", "2020-07-01")
    assert "KOMINFO" not in operator.succeeds("circular", "list")


def test_a_circular_from_before_anybody_was_imported_counts_those_of_today(operator: Operator) -> None:
    said = operator.succeeds("circular", "use", CIRCULAR, "--unit", "KOMINFO", "--from", "2019-01-01")
    assert "from 2019-01-01 on: 14 people." in said


def test_a_circular_from_before_its_time_is_used_with_a_word_about_it(operator: Operator) -> None:
    said = operator.succeeds("circular", "use", CIRCULAR, "--unit", "KOMINFO", "--from", "2020-06-01")
    assert "in force from 2020-06-04 on; it says nothing of other days" in said


@pytest.mark.parametrize("group", ["people", "region", "agency", "circular", "admin"])
def test_every_group_explains_itself(operator: Operator, group: str) -> None:
    said = operator.succeeds(group, "--help")
    assert "Commands:" in said
