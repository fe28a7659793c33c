"""An agency's own hours and seasons, as the facts of its people have them."""

from datetime import UTC, date, datetime, time

from db import calendars
from db.engine import Db
from db.facts import facts_between, facts_for, facts_for_all
from db.sealed import Seal
from handlers.admin import hours, reporting
from policy.book import Book
from policy.model import Facts
from tests import factories

NOW = datetime(2020, 6, 12, 2, 0, tzinfo=UTC)
MONDAY, SATURDAY, SEASON = date(2020, 6, 15), date(2020, 6, 20), date(2020, 6, 22)
SIX_DAYS = """
title: Enam hari kerja
week:
  Senin: {from: "07.00", to: "14.30"}
  Sabtu: {from: "07.00", to: "11.00"}
season_weeks:
  Ramadan:
    Senin: {from: "08.00", to: "14.00"}
"""


async def test_hours_and_seasons_are_the_agencys_own(db: Db, seal: Seal) -> None:
    book = Book.shipped()
    ana = (await factories.open_office(db, now=NOW))["ana"]
    agency = factories.AGENCY
    async with db.transaction() as tx:
        await hours.set_calendar(
            tx, agency_code=agency, text=SIX_DAYS, file="x.yaml", valid_from=SATURDAY, by="clara", now=NOW
        )
        await reporting.name_season(
            tx, book, agency_code=agency, name="Ramadan", first=SEASON, last=SEASON, by="clara", now=NOW
        )
    shipped = book.calendars["default"]
    async with db.reading() as tx:
        last = date(2020, 6, 29)
        found = await facts_between(tx, seal, person_id=ana, first=MONDAY, last=last, now=NOW, book=book)
        for on in (MONDAY, SATURDAY, SEASON, last):
            alone = await facts_for(tx, seal, person_id=ana, on=on, now=NOW, book=book)
            together = await facts_for_all(tx, seal, on=on, now=NOW, book=book)
            assert alone.day == together[ana].day == found[on].day
        laid = await calendars.laid_over(tx, shipped, unit_code=agency, around=SATURDAY, now=NOW)
    assert found[MONDAY].day.hours == shipped.day(MONDAY).hours
    assert _ends(found[SATURDAY]) == time(11)
    assert (_ends(found[SEASON]), found[SEASON].day.season) == (time(14), "Ramadan")
    assert (_ends(found[last]), found[last].day.season) == (time(14, 30), None)
    assert laid.day(SATURDAY).is_working


def _ends(facts: Facts) -> time:
    assert facts.day.hours is not None
    return facts.day.hours.end
