"""What the bot would print of Ana's days as the demo's records stand, as pictures: its own forms, its own press."""

from datetime import UTC, date, datetime
from pathlib import Path

from bot.demo.folder import DemoFolder
from bot.documents.forms import Sheet, day_form
from bot.documents.picture import calendar
from bot.documents.printing import Printing
from bot.documents.wording import Wording
from db import files, overview, people
from db.opening import open_db
from db.sealed import seal_from
from handlers.history.days import days_between
from handlers.history.showing import file_ids
from policy.book import Book

ANA = "199004172015032001"
MONDAY, TUESDAY = date(2020, 6, 15), date(2020, 6, 16)
FIRST, LAST = date(2020, 6, 1), date(2020, 6, 30)
NOW = datetime(2020, 6, 16, 0, 0, tzinfo=UTC)  # 07.00 WIB
DAY_PPI, CALENDAR_PPI = 78.0, 72.0


async def papers(folder: Path) -> dict[str, bytes]:
    """Return the form of Monday and the calendar of the month, by the names of their pictures."""
    demo, wording = DemoFolder(folder / ".demo"), Wording(locale="id", timezone="Asia/Jakarta")
    db, seal, printing = await open_db(demo.database), seal_from(demo.key()), Printing()
    try:
        async with db.reading() as tx:
            person = await people.by_nip(tx, nip=ANA, now=NOW)
            assert person is not None
            days = await days_between(
                tx, seal, person_id=person.id, first=FIRST, last=LAST, today=TUESDAY, now=NOW,
                book=Book.shipped(),
            )  # fmt: skip
            monday = next(day for day in days if day.on == MONDAY)
            named = await files.named(tx, ids=file_ids(monday.plan, monday.output))
            held = await overview.papers(tx, person_id=person.id, on=MONDAY, now=NOW)
        assert held is not None
        sheet = Sheet(papers=held, wording=wording, files=named, now=NOW, printed_on=TUESDAY)
        month = calendar(days, name=person.name, today=TUESDAY, now=NOW, wording=wording)
        return {
            "laporan-harian": await printing.document(
                "day", day_form(monday, sheet), format="png", ppi=DAY_PPI
            ),
            "kalender": await printing.document("calendar", month, format="png", ppi=CALENDAR_PPI),
        }
    finally:
        await printing.close()
        await db.close()
