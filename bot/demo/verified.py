"""Every morning the superiors of the example approve what was reported the working day before; Friday's still waits."""

from collections.abc import Iterable
from datetime import date, datetime

from db import reports, superiors, verifications
from db.engine import Tx


async def verify(tx: Tx, people: Iterable[str], *, on: date, at: datetime) -> None:
    """Let everybody's direct superior approve their plan and output of the day `on`, at this moment."""
    for person_id in people:
        superior_id = await superiors.of(tx, person_id=person_id, on=at.date(), as_known_at=at)
        for kind in ("plan", "output") if superior_id else ():
            report = await reports.latest(tx, person_id=person_id, on=on, kind=kind)
            if report is not None and superior_id is not None:
                await verifications.decide(
                    tx, report, decision="approved", by_id=superior_id, capacity="superior", now=at
                )
