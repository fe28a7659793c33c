"""The evidence of a report for its superior: files are sent, links are shown as text that nothing opens by itself."""

from collections.abc import Iterator

from db import files
from handlers.flow import Context
from handlers.itemized import FILE
from handlers.unit.service import Day
from handlers.update import Look, Say


def evidence_in(day: Day) -> list[tuple[int, str, str]]:
    """Return (number of the line, activity, evidence) of all that the day's reports hold."""
    return list(_each(day))


async def evidence_says(ctx: Context, day: Day) -> tuple[Say, ...]:
    """Return a message for every file that can be opened, and a last one with the links."""
    sent, missing = [], 0
    for number, activity, proof in evidence_in(day):
        if not proof.startswith(FILE):
            continue
        kept = await files.of(ctx.db, file_id=proof.removeprefix(FILE))
        if kept is None or kept.state != "kept" or kept.person_id != day.person.id:
            missing += 1
            continue
        params = {"number": number, "activity": activity}
        sent.append(Say(message="unit/proof", params=params, look=Look.BUTTONS, file=kept.id))
    links = [
        {"number": number, "link": proof}
        for number, _, proof in evidence_in(day)
        if not proof.startswith(FILE)
    ]
    last = {"files": len(sent), "links": links, "missing": missing}
    return (*sent, Say(message="unit/proofs", params=last))


def _each(day: Day) -> Iterator[tuple[int, str, str]]:
    for part in day.parts:
        for number, item in enumerate(part.report.items, 1):
            for proof in item.evidence:
                yield number, item.activity, proof
