"""`piket circular add|use|show|list`: a circular without a release, and what a new agency goes by."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.files import FOLDER
from db.opening import open_db
from policy.book import FROM_THE_START, Book
from policy.loader import SHIPPED
from tests.bot.operating import Operator, new_operator

DAY = timedelta(days=1)
CIRCULAR = "lampung-2020-06-04"
BODY = (
    (SHIPPED / f"{CIRCULAR}.yaml").read_text(encoding="utf-8").replace("045.2/1656/06/2020", "045.2/7/2020")
)


@pytest.fixture
def operator(db_url: str) -> Operator:
    made = new_operator(db_url)
    made.imports_everything()
    return made


def write(tmp_path: Path, body: str, name: str = "se-kami.yaml") -> str:
    file = tmp_path / name
    file.write_text(body, encoding="utf-8")
    return str(file)


def test_an_added_circular_is_used_by_its_name_and_a_newer_version_takes_its_place(
    operator: Operator, tmp_path: Path
) -> None:
    said = operator.succeeds("circular", "add", write(tmp_path, BODY))
    assert "Added as se-kami@1: 045.2/7/2020 (Gubernur Lampung), 3 rules" in said
    assert "nothing was added" in operator.succeeds("circular", "add", write(tmp_path, BODY))
    used = ("circular", "use", "se-kami", "--unit", "DINKES", "--from")
    assert "045.2/7/2020 (Gubernur Lampung) binds" in operator.succeeds(*used, "2020-06-04")
    newer = BODY.replace("title: ", "title: Perbaikan ")
    assert "Added as se-kami@2" in operator.succeeds("circular", "add", write(tmp_path, newer))
    assert "se-kami@2 takes the place of se-kami@1 there." in operator.succeeds(*used, "2020-06-10")
    listed = operator.succeeds("circular", "list").splitlines()
    bound = {line.split()[0]: line.split()[-1] for line in listed if line.startswith("se-kami")}
    assert bound == {"se-kami@1": "-", "se-kami@2": "DINKES"}
    operator.succeeds("circular", "stop", "se-kami", "--unit", "DINKES", "--from", "2020-07-01")
    assert "DINKES" not in operator.succeeds("circular", "list")


def test_what_it_says_can_be_read_paragraph_by_paragraph(operator: Operator, tmp_path: Path) -> None:
    operator.succeeds("circular", "add", write(tmp_path, BODY))
    for name in ("se-kami", "se-kami@1"):
        said = operator.succeeds("circular", "show", name)
        assert said.startswith("SE 045.2/7/2020: ")
        assert "  1 (a)  Di daerah yang oleh Gugus Tugas Pusat dinyatakan zona hijau" in said
        assert "      where zone is hijau" in said
        assert "-> WFO (wajib)" in said
        assert "LEFT OPEN BY THE TEXT" in said
    assert "045.2/1656/06/2020" in operator.succeeds("circular", "show", CIRCULAR)


@pytest.mark.parametrize("name", sorted(Book.shipped().circulars))
def test_every_shipped_circular_can_be_shown(operator: Operator, name: str) -> None:
    known = Book.shipped().circulars[name]
    said = operator.succeeds("circular", "show", name)
    assert all(rule.says in said for rule in known.rules)
    assert all(duty.says in said for duty in known.duties)


@pytest.mark.parametrize(
    "printed", ["045.2103/VII/POSKO/2021", "045.2/103/VII/POSKO/2021", "045.2/103//VII/POSKO/2021"]
)
def test_a_number_means_its_circular_however_the_press_prints_it(operator: Operator, printed: str) -> None:
    assert "045.2/103/VII/POSKO/2021" in operator.succeeds("circular", "show", printed)
    operator.succeeds("circular", "use", printed, "--unit", "DINKES", "--from", "2021-07-12")
    assert "DINKES" in operator.succeeds("circular", "list")
    operator.succeeds("circular", "stop", printed, "--unit", "DINKES", "--from", "2021-07-21")


def test_a_quota_is_shown_with_what_the_text_does_not_say_of_it(operator: Operator) -> None:
    in_words = {
        "kaltim-2020": "-> WFO: at most 1/5, per: not stated, counted: not stated, rounding: not stated",
        "permenpanrb-4-2025": "-> WFA or WFH: at most 2 days, per: pegawai, counted: hari sepekan",
    }
    for name, words in in_words.items():
        assert words in operator.succeeds("circular", "show", name)


def test_whom_a_circular_speaks_of_by_its_own_text_is_said_when_it_is_used(operator: Operator) -> None:
    said = operator.succeeds("circular", "use", CIRCULAR, "--unit", "DINKES", "--from", "2020-06-04")
    assert "By its own text it speaks only where region is " in said


def test_a_circular_that_is_not_sound_is_not_added(operator: Operator, tmp_path: Path) -> None:
    outcome = "then: {arrangement: WFO, modality: wajib}"
    wrong = {
        write(tmp_path, BODY.replace(outcome, outcome.replace("WFO", "WFH"))): "case",
        write(tmp_path, BODY.replace("wajib}", "wajibb}"), "x.yaml"): "wajibb",
        write(tmp_path, BODY, f"{CIRCULAR}.yaml"): "has a circular",
        write(tmp_path, BODY, "SE Kami.yaml"): "small letters",
    }
    for file, says in wrong.items():
        assert says in operator.fails("circular", "add", file)
    assert "se-kami" not in operator.succeeds("circular", "list")
    assert "Did you mean" in operator.fails("circular", "show", CIRCULAR[:-1])


def test_a_new_agency_goes_by_the_circular_of_the_day_unless_told_otherwise(
    db_url: str, tmp_path: Path
) -> None:
    fresh = new_operator(db_url)
    first = Book.shipped().circulars[FROM_THE_START]
    for name in ("wilayah.csv", "unit.csv"):
        said = fresh.succeeds("people", "import", str(FOLDER / name), "--apply")
    assert f"goes by {first.form} {first.number} ({first.issuer}) from {first.in_force.start} on" in said
    assert "KOMINFO" in next(
        line for line in fresh.succeeds("circular", "list").splitlines() if line.startswith(FROM_THE_START)
    )
    fresh.succeeds("people", "import", str(FOLDER / "pegawai.csv"), "--apply")
    said = fresh.succeeds("explain", "198501102009122001", "--on", str(datetime.now(UTC).date() + DAY))
    assert first.number in said or "Weekend" in said or "holiday" in said
    changed = (FOLDER / "unit.csv").read_text(encoding="utf-8").replace("Statistik;", "Statistika;")
    again = fresh.succeeds("people", "import", write(tmp_path, changed, "unit.csv"), "--apply")
    assert "goes by" not in again
    fresh.succeeds(
        "circular", "stop", FROM_THE_START, "--unit", "KOMINFO", "--from", str(first.in_force.start)
    )
    assert "KOMINFO" not in next(
        line for line in fresh.succeeds("circular", "list").splitlines() if line.startswith(FROM_THE_START)
    )


def test_an_agency_that_is_to_begin_bare_does(operator: Operator) -> None:
    assert "KOMINFO" not in operator.succeeds("circular", "list")


def test_doctor_names_a_circular_that_can_be_read_no_more(operator: Operator, tmp_path: Path) -> None:
    operator.succeeds("circular", "add", write(tmp_path, BODY))
    operator.succeeds("circular", "use", "se-kami", "--unit", "DINKES", "--from", "2020-06-04")
    assert "se-kami" not in operator.runs("doctor").output

    async def break_it() -> None:
        db = await open_db(operator.url)
        async with db.transaction() as tx:
            await tx.run("UPDATE circular_texts SET body = 'number: ['")
        await db.close()

    asyncio.run(break_it())
    said = operator.runs("doctor")
    assert said.exit_code != 0
    assert "[WRONG ] Circular se-kami@1 is switched on, but this release cannot read it" in said.output
