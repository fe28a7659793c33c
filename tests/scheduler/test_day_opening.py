"""What a day asks of somebody, from the verdict and the agency's data alone."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from db.facts import facts_for
from db.reporting import Reporting, of_agency
from policy.engine import decide
from policy.model import Arrangement, Facts, Hours, Verdict
from scheduler.days.planning import gist_of, opening_for
from tests.factories import AGENCY
from tests.scheduler.days import MONDAY, asks, opens, times
from tests.stage import BOOK, Stage

LATE, NIGHT = Hours(time(10), time(18)), Hours(time(22), time(6))


@pytest.fixture
async def day(stage: Stage) -> tuple[Facts, Verdict, Reporting]:
    """Ana's Monday, and what her agency asks."""
    await asks(stage, "reporting", "plan,output")
    ana, now = stage.players["ana"], stage.clock.now()
    async with stage.db.reading() as tx:
        facts = await facts_for(tx, stage.seal, person_id=ana.person_id, on=MONDAY, now=now, book=BOOK)
        return facts, decide(facts), await of_agency(tx, agency_code=AGENCY, on=MONDAY, now=now)


def worded(facts: Facts, verdict: Verdict, asked: Reporting) -> dict[str, str]:
    planned = opening_for(facts, verdict, asked, person_id="ana")
    assert planned is not None
    return {each.kind.value: f"{each.span.opens:%H.%M}-{each.span.due:%H.%M}" for each in planned.owing}


def test_a_shift_of_the_rota_has_its_own_hours(day: tuple[Facts, Verdict, Reporting]) -> None:
    facts, verdict, asked = day
    shift = replace(verdict, shift="2", hours=LATE)
    assert worded(facts, shift, asked) == {
        "health": "09.30-11.00",
        "plan": "09.30-11.30",
        "output": "17.30-19.00",
    }
    assert gist_of(shift) == "WFO|2|10:00-18:00" != gist_of(verdict)


def test_a_night_shift_ends_the_next_day(day: tuple[Facts, Verdict, Reporting]) -> None:
    facts, verdict, asked = day
    planned = opening_for(facts, replace(verdict, hours=NIGHT), asked, person_id="ana")
    assert planned is not None
    opening = planned.opening
    assert f"{opening.starts_at:%d %H.%M} {opening.ends_at:%d %H.%M}" == "15 15.00 15 23.00"  # UTC
    output = planned.owing[-1].span
    assert (output.due.date(), f"{output.due:%H.%M}") == (date(2020, 6, 16), "07.00")


@pytest.mark.parametrize("where", [each for each in Arrangement if each is not Arrangement.OFF])
def test_wherever_one_works_the_same_is_owed_also_when_kept_out_of_the_office(
    day: tuple[Facts, Verdict, Reporting], where: Arrangement
) -> None:
    facts, verdict, asked = day
    kept_out = replace(verdict, arrangement=where, barred_from_office=True)
    assert worded(facts, kept_out, asked).keys() == {"health", "plan", "output"}


def test_who_does_not_work_owes_nothing(day: tuple[Facts, Verdict, Reporting]) -> None:
    facts, verdict, asked = day
    assert opening_for(facts, replace(verdict, arrangement=Arrangement.OFF), asked, person_id="ana") is None


def test_where_nothing_is_owed_only_a_day_in_the_office_is_looked_at(
    day: tuple[Facts, Verdict, Reporting],
) -> None:
    facts, verdict, _ = day
    in_office = opening_for(facts, verdict, Reporting(), person_id="ana")
    at_home = opening_for(facts, replace(verdict, arrangement=Arrangement.WFH), Reporting(), person_id="ana")
    assert in_office is not None
    assert at_home is not None
    assert in_office.opening.look_at == datetime.fromisoformat("2020-06-14T19:00+07:00")
    assert at_home.opening.look_at is None


async def test_who_is_kept_out_by_health_owes_it_the_next_day_too(stage: Stage) -> None:
    ana = stage.players["ana"]
    await ana.says("lapor kesehatan")
    await ana.says("6")
    await ana.taps("Selesai")
    await ana.taps("Kirim")
    ana.sees("Laporan kesehatan tercatat", "jangan ke kantor dulu")
    await opens(stage, "2020-06-15 18:00")
    assert await times(stage, ana, on=date(2020, 6, 16)) == {"health": "07.00-08.30"}
