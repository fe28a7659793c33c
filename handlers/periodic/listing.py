"""A list of reports to pick from, the same for who sends them and who receives them."""

from collections.abc import Sequence

from db.periodic_reports.reports import Report
from db.units import Unit
from handlers.paging import Page
from handlers.text import fitted
from handlers.update import Look, Say, Turn, ask, done

_MOST_OF_A_NAME = 30  # so that eight rows and their choices stay one message


def ask_which(found: Sequence[tuple[Report, Unit]], *, page: int, empty: str) -> Turn:
    """Ask which report; say `empty` where there is none."""
    if not found:
        return done(Say(message=empty, look=Look.BUTTONS))
    shown = Page(page, len(found))
    rows = [
        {
            "number": place + 1,
            "report": report.number,
            "unit": fitted(unit.name, most=_MOST_OF_A_NAME),
            "first": report.period.first.isoformat(),
            "last": report.period.last.isoformat(),
            "state": report.state.value,
        }
        for place, (report, unit) in enumerate(found)
        if shown.first <= place < shown.last
    ]
    names = [report.number.removeprefix("LAP-") for report, _ in found]
    draft = {"_page": page, "_reports": [report.id for report, _ in found]}
    return ask(
        "periodic/list",
        step="list",
        choices=shown.choices(names),
        draft=draft,
        rows=rows,
        count=len(found),
        waiting=sum(not report.received_at for report, _ in found),
    )
