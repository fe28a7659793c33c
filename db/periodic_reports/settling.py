"""Looking again at who is named: what was done late or excused since counts no more, and who had no chance to answer.

Nobody is added after the draft, for they could not answer; and whoever was told that they are not named any more
stays so.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from db.engine import Tx
from db.periodic_reports import ground as periodic_ground
from db.periodic_reports import lines as periodic_lines
from db.periodic_reports import readers as periodic_readers
from db.periodic_reports.lines import AWAY, UNTOLD, Line
from db.periodic_reports.reports import Report
from db.sealed import Seal
from policy.nonperformance import missed_days


async def settle(tx: Tx, seal: Seal, report: Report, *, now: datetime) -> list[Line]:
    """Bring the lines of a report that is not sent up to date; return those of whom nobody is named any more."""
    lines = [each for each in await periodic_lines.of(tx, seal, report_id=report.id) if not each.is_settled]
    people = [each.person_id for each in lines]
    ground = await periodic_ground.ground_of(tx, people=people, period=report.period, now=now)
    gone: list[Line] = []
    for line in lines:
        days = missed_days(ground.missed.get(line.person_id, ()), report.rule)
        looked = replace(line, days=days, is_settled=len(days) < report.rule.missed)
        if looked != line:
            await periodic_lines.write(tx, seal, looked)
        if looked.is_settled:
            gone.append(looked)
    return gone


async def note_no_chance(tx: Tx, seal: Seal, report: Report, *, days: Sequence[date], now: datetime) -> None:
    """Write down who of those who did not answer could not: away on all of these days, or never reached."""
    for line in await periodic_lines.of(tx, seal, report_id=report.id):
        if line.answer or line.is_settled:
            continue
        is_away = await periodic_ground.is_away(tx, person_id=line.person_id, days=days, now=now)
        is_reached = await periodic_readers.is_reached(tx, person_id=line.person_id)
        why = UNTOLD if line.told_at is None or not is_reached else AWAY if is_away else ""
        if why != line.no_chance:
            await periodic_lines.write(tx, seal, replace(line, no_chance=why))
