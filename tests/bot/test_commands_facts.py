"""`piket region|unit fact`, `piket people trait|function|override`: what rules ask for, recorded from a day on."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from db.opening import open_db
from tests.bot.operating import Operator, new_operator

DEWI = "198501102009122001"


@pytest.fixture
def operator(db_url: str) -> Operator:
    made = new_operator(db_url)
    made.imports_everything()
    return made


def rows(operator: Operator, sql: str) -> Sequence[Any]:
    async def run() -> Sequence[Any]:
        db = await open_db(operator.url)
        async with db.reading() as tx:
            found = [tuple(dict(row).values()) for row in await tx.all(sql)]
        await db.close()
        return found

    return asyncio.run(run())


def noted(operator: Operator) -> Sequence[Any]:
    """The changes that wait to be looked at, without those of the import."""
    return rows(
        operator, "SELECT kind, subject, first_day FROM changes WHERE kind <> 'membership' ORDER BY kind"
    )


def test_facts_of_regions_and_units_are_recorded_and_noted_as_changes(operator: Operator) -> None:
    before = len(noted(operator))
    said = operator.succeeds("region", "fact", "18.71", "PPKM_level", "4", "--from", "2021-07-03")
    assert said.startswith("Kota Bandar Lampung: PPKM_level is 4 from 2021-07-03 on")
    operator.succeeds("region", "fact", "18.71", "status", " PPKM   Darurat", "--from", "2021-07-03")
    said = operator.succeeds(
        "unit", "fact", "DINKES.LAB", "urgent", "YA", "--from", "2021-07-05", "--until", "2021-07-09"
    )
    assert "urgent is YA from 2021-07-05 until 2021-07-09" in said
    assert rows(operator, "SELECT name, value FROM region_facts WHERE name <> 'zone' ORDER BY name") == [
        ("ppkm_level", "4"),
        ("status", "PPKM Darurat"),
    ]
    assert rows(operator, "SELECT unit_code, name, value, valid_until FROM unit_facts") == [
        ("DINKES.LAB", "urgent", "ya", "2021-07-09")
    ]
    assert len(noted(operator)) == before + 3
    assert ("unit_fact", "DINKES.LAB", "2021-07-05") in noted(operator)
    assert ("zone", "18.71", "2021-07-03") in noted(operator)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("region", "fact", "18.71", "ppkm", "4", "--from", "2021-07-03"), "Did you mean `ppkm_level`?"),
        (("region", "fact", "18.71", "ppkm_level", "5", "--from", "2021-07-03"), "Known are: 1, 2, 3, 4."),
        (("region", "fact", "18.17", "psbb", "ya", "--from", "2021-07-03"), "There is no region 18.17."),
        (("unit", "fact", "DINKS", "urgent", "ya", "--from", "2021-07-03"), "Did you mean DINKES?"),
        (("unit", "fact", "DINKES", "sektor", "x", "--from", "2021-07-03"), "Did you mean `sector`?"),
        (
            ("unit", "fact", "DINKES", "sector", "esential", "--from", "2021-07-03"),
            "Did you mean `esensial`?",
        ),
        (
            ("unit", "fact", "DINKES", "urgent", "ya", "--from", "2021-07-03", "--until", "2021-07-01"),
            "cannot end on 2021-07-01",
        ),
        (("people", "trait", DEWI, "hamil", "--from", "2020-06-10"), "need a legal basis"),
        (("people", "trait", DEWI, "hamill", "--from", "2020-06-10"), "Did you mean `hamil`?"),
        (("people", "trait", DEWI, "hamil", "--from", "2020-06-10", "--stop"), "is not recorded of Dewi"),
        (("people", "override", DEWI, "WFH", "--from", "2020-06-10"), "decides by a letter"),
        (("people", "override", DEWI, "--letter", "1", "--from", "2020-06-10"), "Say where they work"),
        (
            ("people", "override", DEWI, "off", "--letter", "1", "--from", "2020-06-10"),
            "recorded as absences",
        ),
        (("people", "override", DEWI, "--stop", "--from", "2020-06-10"), "No letter decides for Dewi"),
        (
            ("people", "override", DEWI, "WFH", "--letter", "1", "--by", DEWI, "--from", "2020-06-10"),
            "leads neither",
        ),
        (("people", "function", DEWI, "--is", "layanan", "--from", "2019-06-10"), "belongs to no unit"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(operator: Operator, words: tuple[str, ...], says: str) -> None:
    assert says in " ".join(operator.fails(*words).split())


def test_a_health_trait_is_sealed_and_says_who_will_read_it(operator: Operator) -> None:
    words = ("people", "trait", DEWI, "hamil", "--from", "2020-06-10")
    said = operator.succeeds(*words, "--basis", "SK 800/2/2020")
    assert "The person and the health officers can read it" in said
    for table in ("traits", "audit", "changes"):
        assert all("hamil" not in str(row) for row in rows(operator, f"SELECT * FROM {table}"))
    assert [row[:2] for row in noted(operator) if row[0] == "person"] == [
        ("person", rows(operator, f"SELECT id FROM people WHERE nip = '{DEWI}'")[0][0])
    ]
    operator.succeeds(*words[:-1], "2020-07-01", "--stop")
    assert rows(operator, "SELECT valid_from, valid_until FROM traits WHERE superseded_at IS NULL") == [
        ("2020-06-10", "2020-06-30")
    ]


def test_a_trait_of_work_needs_no_basis(operator: Operator) -> None:
    assert "names it to the person and their head" in operator.succeeds(
        "people", "trait", DEWI, "pegawai baru", "--from", "2020-06-10"
    )


def test_a_function_of_one_s_own_holds_from_its_day_on(operator: Operator) -> None:
    said = operator.succeeds(
        "people", "function", DEWI, "--is", "lapangan", "--strategic", "ya", "--from", "2020-06-10"
    )
    assert "function lapangan, strategic ya, from 2020-06-10 on" in said
    assert rows(
        operator,
        "SELECT m.valid_from, m.function, m.is_strategic FROM memberships m JOIN people p ON p.id = m.person_id"
        f" WHERE p.nip = '{DEWI}' AND m.superseded_at IS NULL ORDER BY m.valid_from",
    ) == [("2020-05-25", None, None), ("2020-06-10", "lapangan", 1)]


def test_a_letter_is_recorded_with_the_head_who_leads_them(operator: Operator) -> None:
    said = operator.succeeds(
        "people", "override", DEWI, "wfh", "--letter", "800/9/2020", "--from", "2020-06-10", "--until", "2020-06-12",
        "--consider", "jarak rumah", "--consider", "kondisi keluarga",
    )  # fmt: skip
    assert "Dewi Anggraini: WFH from 2020-06-10 until 2020-06-12, by letter 800/9/2020 of " in said
    assert "(Kepala " in said
    assert [row[0] for row in noted(operator) if row[0] == "override"] == ["override"]
    operator.succeeds("people", "override", DEWI, "--stop", "--from", "2020-06-11")
    assert rows(operator, "SELECT valid_from, valid_until FROM overrides WHERE superseded_at IS NULL") == [
        ("2020-06-10", "2020-06-10")
    ]
