"""The numbered report that a unit head owes the authorised official (PyB) for every period: its recap and its names.

answering (the people named may answer) -> ready (the head decides) -> sent -> received. It is never sent by itself.
Figures, notes, days, answers and reasons are sealed. Who is in it is in db/periodic_reports/lines.py.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from db.engine import Row, Tx, Value, locked
from db.ids import new_id
from db.moments import from_micros, to_micros
from db.periodic_reports.content import Content, Figures, closed, opened
from db.sealed import Seal
from db.two_clocks import hold
from policy.nonperformance import Period, Rule, report_number, rule_from


class ReportState(StrEnum):
    ANSWERING = "answering"
    READY = "ready"
    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report. `log`: (what, when, detail), the oldest first."""

    id: str
    number: str
    unit_code: str
    period: Period
    rule: Rule
    state: ReportState
    made_at: datetime
    answers_until: datetime
    look_at: datetime | None
    sent_by: str | None
    sent_at: datetime | None
    received_by: str | None
    received_at: datetime | None
    content: Content = field(repr=False)
    log: tuple[tuple[str, datetime, str], ...]

    @property
    def is_sent(self) -> bool:
        return self.state in (ReportState.SENT, ReportState.RECEIVED)

    def count_of(self, what: str) -> int:
        """Return how often something is in the log."""
        return sum(entry[0] == what for entry in self.log)


_COLUMNS = (
    "id, number, unit_code, first_day, last_day, rule, state, made_at, answers_until, look_at, sent_by, sent_at,"
    " received_by, received_at, figures, log"
)
_ALL = f"SELECT {_COLUMNS} FROM periodic_reports"


async def draft(
    tx: Tx,
    seal: Seal,
    *,
    unit_code: str,
    period: Period,
    rule: Rule,
    figures: Figures,
    state: ReportState,
    answers_until: datetime,
    look_at: datetime,
    made_on: date,
    now: datetime,
) -> Report | None:
    """Keep a unit's report under the next number of its year. None if it has one for the period already."""
    await hold(tx, "units", key=unit_code)
    if await has_one(tx, unit_code=unit_code, period=period):
        return None
    key = new_id()
    await tx.run(
        "INSERT INTO periodic_reports (id, number, unit_code, first_day, last_day, rule, state, made_at,"
        " answers_until, look_at, figures, log) VALUES (:id, :number, :unit, :first, :last, :rule, :state, :now,"
        " :until, :look_at, :figures, '[]')",
        id=key,
        number=await _next_number(tx, unit_code=unit_code, on=made_on),
        unit=unit_code,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        rule=json.dumps(rule.as_data()),
        state=state.value,
        now=to_micros(now),
        until=to_micros(answers_until),
        look_at=to_micros(look_at),
        figures=closed(seal, Content(figures=figures), report_id=key),
    )
    return await by_id(tx, seal, report_id=key)


async def _next_number(tx: Tx, *, unit_code: str, on: date) -> str:
    """The unit is held, so that no two reports can be given the same."""
    rows = await tx.all(
        "SELECT number FROM periodic_reports WHERE unit_code = :unit AND number LIKE :year",
        unit=unit_code,
        year=f"%/{on.year}",
    )
    serials = [int(row["number"].removeprefix("LAP-").partition("/")[0]) for row in rows]
    return report_number(serial=max(serials, default=0) + 1, unit_code=unit_code, on=on)


async def has_one(tx: Tx, *, unit_code: str, period: Period) -> bool:
    """Whether a unit has a report for this period."""
    row = await tx.one(
        "SELECT 1 AS found FROM periodic_reports WHERE unit_code = :unit AND first_day = :first"
        " AND last_day = :last",
        unit=unit_code,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
    )
    return row is not None


async def by_id(tx: Tx, seal: Seal, *, report_id: str, is_held: bool = False) -> Report | None:
    """Return a report, or None; held: nobody else changes it until the transaction ends."""
    row = await tx.one(_ALL + " WHERE id = :id" + (locked(tx) if is_held else ""), id=report_id)
    return _report(seal, row) if row else None


async def of_units(tx: Tx, seal: Seal, *, units: Collection[str] | None, most: int = 60) -> list[Report]:
    """Return the last reports of these units (None: of all), the newest first."""
    if units is not None and not units:
        return []
    codes: dict[str, Value] = {f"u{number}": code for number, code in enumerate(sorted(units or ()))}
    where = f" WHERE unit_code IN ({', '.join(f':{name}' for name in codes)})" if codes else ""
    rows = await tx.all(f"{_ALL}{where} ORDER BY last_day DESC, unit_code LIMIT :most", most=most, **codes)
    return [_report(seal, row) for row in rows]


async def asked_of(tx: Tx, seal: Seal, *, person_id: str) -> list[Report]:
    """Return the reports that wait to be sent and of which somebody was asked."""
    rows = await tx.all(
        _ALL + " WHERE state IN ('answering', 'ready') AND look_at IS NOT NULL AND log LIKE :them",
        them=f'%"{person_id}"%',
    )
    return [_report(seal, row) for row in rows]


async def due(tx: Tx, *, now: datetime) -> list[str]:
    """Return the keys of the reports that wait to be looked at, the longest waiting first."""
    rows = await tx.all(
        "SELECT id FROM periodic_reports WHERE look_at <= :now ORDER BY look_at, id", now=to_micros(now)
    )
    return [row["id"] for row in rows]


async def move(
    tx: Tx,
    seal: Seal,
    report: Report,
    *,
    look_at: datetime | None,
    now: datetime,
    state: ReportState | None = None,
    content: Content | None = None,
    log: Sequence[tuple[str, str]] = (),
) -> Report | None:
    """Move a report on, from how it was read: None if somebody moved it before. `log`: (what, detail)."""
    entries = (*report.log, *((what, now, detail) for what, detail in log))
    touched = await tx.run(
        "UPDATE periodic_reports SET state = :state, look_at = :look_at, figures = :figures, log = :log"
        " WHERE id = :id AND state = :was AND log = :log_was",
        id=report.id,
        state=(state or report.state).value,
        look_at=to_micros(look_at) if look_at else None,
        figures=closed(seal, content or report.content, report_id=report.id),
        log=_log(entries),
        was=report.state.value,
        log_was=_log(report.log),
    )
    moved = replace(
        report, state=state or report.state, look_at=look_at, content=content or report.content, log=entries
    )
    return moved if touched else None


async def mark_sent(tx: Tx, report: Report, *, by: str, now: datetime) -> None:
    """Write down who sent it; `move` has made it sent."""
    await tx.run(
        "UPDATE periodic_reports SET sent_by = :by, sent_at = :now WHERE id = :id AND sent_by IS NULL",
        id=report.id,
        by=by,
        now=to_micros(now),
    )


async def mark_received(tx: Tx, report: Report, *, by: str, now: datetime) -> None:
    """Write down who received it; `move` has made it received."""
    await tx.run(
        "UPDATE periodic_reports SET received_by = :by, received_at = :now WHERE id = :id AND received_by IS NULL",
        id=report.id,
        by=by,
        now=to_micros(now),
    )


def _log(entries: Sequence[tuple[str, datetime, str]]) -> str:
    return json.dumps([[what, to_micros(at), detail] for what, at, detail in entries])


def _report(seal: Seal, row: Row) -> Report:
    return Report(
        id=row["id"],
        number=row["number"],
        unit_code=row["unit_code"],
        period=Period(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])),
        rule=rule_from(json.loads(row["rule"])),
        state=ReportState(row["state"]),
        made_at=from_micros(row["made_at"]),
        answers_until=from_micros(row["answers_until"]),
        look_at=_moment(row["look_at"]),
        sent_by=row["sent_by"],
        sent_at=_moment(row["sent_at"]),
        received_by=row["received_by"],
        received_at=_moment(row["received_at"]),
        content=opened(seal, row["figures"], report_id=row["id"]),
        log=tuple((what, from_micros(at), detail) for what, at, detail in json.loads(row["log"])),
    )


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
