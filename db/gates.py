"""What keeps somebody out of the office: their health case, or where none was opened their own last report.

The columns and joins below are for db/facts.py; `:on` is the day asked about and `:known` the moment of knowing.
"""

from datetime import date

from db import health
from db.engine import Row
from db.sealed import Seal
from policy.health import HIGH_RISK
from policy.model import HealthGate

COLUMNS = """
h.id AS report_id, h.on_date, h.answers, h.recorded_at AS report_recorded_at,
k.since AS case_since, CASE WHEN k.ended_at <= :known THEN k.ended_at END AS case_ended_at,
(SELECT e.until FROM case_events e WHERE e.case_id = k.id AND e.until IS NOT NULL AND e.at <= :known
 ORDER BY e.at DESC, e.id DESC LIMIT 1) AS case_until
"""
# Each person's newest report and case are looked up by an index. Of the versions of a day the last one that was not
# withdrawn stands, so nothing needs to be known of when it was superseded.
JOINS = """
LEFT JOIN health_reports h ON h.id = (
  SELECT r.id FROM health_reports r WHERE r.person_id = p.id AND r.on_date <= :on
   AND r.recorded_at <= :known AND (r.withdrawn_at IS NULL OR r.withdrawn_at > :known)
  ORDER BY r.on_date DESC, r.version DESC LIMIT 1
)
LEFT JOIN health_cases k ON k.id = (
  SELECT c.id FROM health_cases c WHERE c.person_id = p.id AND c.opened_at <= :known AND c.since <= :on
   AND (c.ended_as IS NULL OR c.ended_as <> 'withdrawn' OR c.ended_at > :known)
  ORDER BY c.opened_at DESC LIMIT 1
)
"""


def gate(seal: Seal, row: Row, *, on: date) -> HealthGate | None:
    """Return what keeps the person of `row` out on that day, or None."""
    return _by_case(row, on=on) or _by_report(seal, row)


def _by_case(row: Row, *, on: date) -> HealthGate | None:
    """A stated day ends nothing: after it the gate stays, with no date, until the case is cleared."""
    if row["case_since"] is None:
        return None
    until = date.fromisoformat(row["case_until"]) if row["case_until"] else None
    is_over = until is not None and until < on
    if is_over and row["case_ended_at"] is not None:
        return None
    return HealthGate(
        since=date.fromisoformat(row["case_since"]), until=None if is_over else until, code=HIGH_RISK
    )


def _by_report(seal: Seal, row: Row) -> HealthGate | None:
    if row["report_id"] is None:
        return None
    found = health.gate(seal, report_id=row["report_id"], on_date=row["on_date"], answers=row["answers"])
    return None if found is not None and found.code == HIGH_RISK and _had_a_case(row) else found


def _had_a_case(row: Row) -> bool:
    """Whether the report was made while a case was open: then the case decides, and not the report."""
    if row["case_since"] is None:
        return False
    ended = row["case_ended_at"]
    return ended is None or bool(ended >= row["report_recorded_at"])
