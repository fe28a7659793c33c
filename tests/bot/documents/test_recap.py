"""What a recap counts and what it says: late is not missing, what nobody knows is left blank, health is never named."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.documents.printing import Printing
from bot.documents.recap_counts import by_week, share, tally
from bot.documents.recap_days import Days, Line
from bot.documents.recap_form import form
from bot.documents.recap_parts import Recap
from bot.documents.recap_sheet import workbook
from bot.documents.wording import Wording, lists_of
from db.overview import Papers
from db.recap import Due, Kept
from db.subordinates import Capacity
from db.team import Member
from policy.deadlines import State
from tests.documents import pages, solid, text

MONDAY = date(2020, 6, 15)
NOW = datetime(2020, 6, 26, 12, 0, tzinfo=UTC)
BORIS = Papers(
    name="Boris Siregar", nip="197808212005011002", position="Kepala Dinas", unit="Dinas Kominfo",
    agency="Dinas Kominfo", place="Bandar Lampung",
)  # fmt: skip


def member(number: int, *, employment: str = "pns") -> Member:
    return Member(
        person_id=f"p{number}", name=f"Pegawai {number}", nip=f"1992031520150320{number:02d}", employment=employment,
        position="Arsiparis", unit_code="U", unit_name="Dinas Kominfo", capacity="head",
    )  # fmt: skip


def due(state: State, *, at: datetime = NOW - timedelta(days=1)) -> Due:
    return Due(state=state, due_at=at, basis="SK 1")


def line(who: int, day: int, *, place: str = "WFO", shift: str = "", **kept: object) -> Line:
    on = MONDAY + timedelta(days=day)
    return Line(person_id=f"p{who}", on=on, place=place, shift=shift, kept=Kept(**kept))  # type: ignore[arg-type]


def recap(
    lines: Sequence[Line],
    members: Sequence[Member],
    *,
    capacity: Capacity = "head",
    keeps_health: bool = True,
    locale: str = "id",
) -> Recap:
    days = Days(
        members=members, first=MONDAY, last=MONDAY + timedelta(days=13), lines=lines, circulars=["SE 1"]
    )
    return Recap(
        days=days, wording=Wording(locale=locale, timezone="Asia/Jakarta"), papers=BORIS, capacity=capacity,
        leads="Dinas Kominfo", unit="Dinas Kominfo", keeps_health=keeps_health, now=NOW, printed_on=date(2020, 6, 26),
    )  # fmt: skip


@pytest.fixture
async def printing() -> AsyncIterator[Printing]:
    opened = Printing()
    yield opened
    await opened.close()


def test_late_is_not_missing_and_what_is_not_due_yet_is_neither() -> None:
    states = (State.CLOSED, State.LATE, State.OVERDUE, State.EXCUSED)
    lines = [line(1, day, owed={"output": due(state)}) for day, state in enumerate(states)]
    lines.append(line(1, 4, owed={"output": due(State.OPEN, at=NOW + timedelta(hours=1))}))
    found = tally(lines, now=NOW)
    assert {word: count for (_, word), count in found.states.items()} == {
        "in_time": 1, "late": 1, "missing": 1, "excused": 1, "awaited": 1,
    }  # fmt: skip
    paper = form(recap(lines, [member(1)]))
    assert paper["reports"] == [["Hasil kerja", "3", "1", "1", "1", "1", "33,3"]]


def test_a_day_at_home_counts_when_plan_and_output_are_there() -> None:
    both, plan = {"reported": {"plan", "output"}}, {"reported": {"plan"}}
    lines = [
        line(1, 0, place="WFH", **both),
        line(2, 0, place="WFH", **plan),
        line(1, 1, **both),
        line(1, 7, place="leave"),
    ]
    found = tally(lines, now=NOW)
    assert (found.home, found.complete, found.worked) == (2, 1, 3)
    assert [len(each) for each in by_week(recap(lines, [member(1), member(2)]).days).values()] == [3, 1]
    first, second = form(recap(lines, [member(1), member(2, employment="pppk")]))["weeks"]
    assert first == ["Sen, 15 Jun – Sel, 16 Jun", "2", "1", "1", "2", "1", "2", "1", "50,0"]
    assert second[-3:] == ["0", "0", "–"]
    assert share(0, 0) == "–"


def test_the_mean_score_is_of_those_that_were_given() -> None:
    lines = [line(1, 0, score=90), line(1, 1, score=None), line(1, 2, score=75)]
    assert tally(lines, now=NOW).score == 82.5
    assert tally(lines[1:2], now=NOW).score is None


def test_shifts_are_counted_apart_where_there_are_any() -> None:
    lines = [line(1, 0, shift="1"), line(2, 0, shift="2"), line(3, 0)]
    means = dict(form(recap(lines, [member(number) for number in (1, 2, 3)]))["means"])
    assert (means["WFO"], means["WFO shift 1"], means["WFO shift 2"], means["WFO tanpa shift"]) == (
        "3,0", "1,0", "1,0", "1,0",
    )  # fmt: skip


@pytest.mark.parametrize("locale", ["id", "en"])
def test_v03_who_may_not_come_to_the_office_is_not_told_apart_on_paper_that_travels(locale: str) -> None:
    lines = [line(1, 0, place="stay_out"), line(2, 0, place="undecided"), line(3, 0, place="away")]
    made = recap(lines, [member(number) for number in (1, 2, 3)], locale=locale)
    barred = lists_of(locale)["places"]["stay_out"]
    daily = workbook(made)["sheets"][1]["rows"]
    assert daily[0][5] == daily[1][5] != barred
    assert barred not in str(workbook(made)["sheets"][0]["rows"])
    assert barred not in str(form(made)["persons"]) + str(form(made)["means"])


async def test_what_only_the_unit_knows_is_left_to_be_filled_in(printing: Printing) -> None:
    shown = solid(await printing.document("recap", form(recap([line(1, 0)], [member(1)]))))
    assert "Penyemprotandisinfektan(kali):....." in shown
    assert "CATATANDANREKOMENDASI....." in shown
    assert "Pangkat/Gol.:....." in shown
    plain = recap([line(1, 0)], [member(1)], keeps_health=False)
    assert "disinfektan" not in solid(await printing.document("recap", form(plain)))


@pytest.mark.parametrize(
    ("capacity", "signs"),
    [("head", "Pimpinan unit kerja"), ("plt", "Plt. pimpinan unit kerja"), ("superior", "Atasan langsung")],
)
async def test_it_is_signed_by_the_post(printing: Printing, capacity: Capacity, signs: str) -> None:
    paper = await printing.document("recap", form(recap([line(1, 0)], [member(1)], capacity=capacity)))
    assert f"Bandar Lampung, 26 Juni 2020 {signs} Dinas Kominfo" in text(paper)


async def test_a_large_unit_is_whole_and_its_head_is_on_every_page(printing: Printing) -> None:
    members = [member(number) for number in range(1, 100)]
    lines = [line(number, 0) for number in range(1, 100)]
    found = pages(await printing.document("recap", form(recap(lines, members))))
    assert len(found) > 2
    assert all(f"Pegawai {number}" in "".join(found) for number in range(1, 100))
    assert all("Disetujui" in page for page in found[1:-1])


def test_both_languages_have_the_same_words() -> None:
    for name in ("recap", "recap_short", "recap_signs"):
        assert lists_of("id")[name].keys() == lists_of("en")[name].keys()


def test_a_sheet_has_a_cell_for_every_column() -> None:
    made = workbook(recap([line(1, 0), line(2, 1, place="travel")], [member(1), member(2), member(3)]))
    for sheet in made["sheets"]:
        assert {len(row) for row in sheet["rows"]} == {len(sheet["columns"])}
    calendar = made["sheets"][2]
    assert [column["head"] for column in calendar["columns"]] == ["Nama", "Sen 15", "Sel 16"]
    assert [cell and cell["text"] for cell in calendar["rows"][1][1:]] == [None, "DL"]
