"""What stands under one name on one day, for the page of a demo. What is sealed leaves here only as it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import Row, Tx, Value
from db.moments import from_micros, to_micros
from db.two_clocks import with_clocks

_CIPHERTEXT_FROM = 17  # before it: format, key fingerprint and nonce (db/sealed.py)
_SHOWN_BYTES = 12
_NEWEST = 30


@dataclass(frozen=True, kw_only=True)
class Stored:
    """One row: its table, when it came, what it says, and the first bytes of what it holds sealed."""

    table: str
    id: str
    at: datetime
    facts: Mapping[str, Any]
    sealed: str = ""  # in hexadecimal


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One message of the outbox, without its words. `took` is milliseconds from being owed to its end."""

    id: str
    message: str
    urgency: int
    state: str
    at: datetime
    took: int | None
    is_repeat: bool


# In the order in which a day goes. A column named `sealed` is never opened.
_OF_PERSON: Mapping[str, str] = {
    "verdicts": """
SELECT id, told_at AS at, on_date, body AS sealed FROM verdicts
WHERE person_id = :person_id AND superseded_at IS NULL AND (on_date = :on OR told_at >= :since)
ORDER BY on_date, told_at""",
    "health_reports": """
SELECT id, reported_at AS at, code, version, withdrawn_at, answers AS sealed FROM health_reports
WHERE person_id = :person_id AND on_date = :on AND version = COALESCE(
  (SELECT MAX(n.version) FROM health_reports n
   WHERE n.person_id = :person_id AND n.on_date = :on AND n.withdrawn_at IS NULL),
  (SELECT MAX(n.version) FROM health_reports n WHERE n.person_id = :person_id AND n.on_date = :on))""",
    "health_cases": """
SELECT c.id, c.opened_at AS at, c.code, c.since, c.ended_at,
       (SELECT e.until FROM case_events e WHERE e.case_id = c.id AND e.until IS NOT NULL
        ORDER BY e.at DESC, e.id DESC LIMIT 1) AS until
FROM health_cases c
WHERE c.person_id = :person_id AND (c.ended_at IS NULL OR c.ended_at >= :since) ORDER BY c.opened_at""",
    "reports": """
SELECT r.id, r.reported_at AS at, r.kind, r.code, r.version, r.items, r.withdrawn_at,
       v.decision, b.name AS decided_by FROM reports r
LEFT JOIN verifications v ON v.report_id = r.id AND v.decided_at = (
  SELECT MAX(n.decided_at) FROM verifications n WHERE n.report_id = r.id)
LEFT JOIN people b ON b.id = v.by_id
WHERE r.person_id = :person_id AND r.on_date = :on AND r.version = COALESCE(
  (SELECT MAX(n.version) FROM reports n
   WHERE n.person_id = :person_id AND n.on_date = :on AND n.kind = r.kind AND n.withdrawn_at IS NULL),
  (SELECT MAX(n.version) FROM reports n
   WHERE n.person_id = :person_id AND n.on_date = :on AND n.kind = r.kind))
ORDER BY r.kind DESC""",
    "tasks": """
SELECT t.id, t.given_at AS at, t.on_date, t.activity, t.ended_as, b.name AS given_by FROM tasks t
JOIN people b ON b.id = t.given_by
WHERE t.person_id = :person_id AND (t.on_date = :on OR t.given_at >= :since OR t.ended_at >= :since)
ORDER BY t.given_at""",
    "absences": with_clocks("""
SELECT a.id, a.recorded_at AS at, a.kind, a.part, a.valid_from, a.valid_until FROM absences a
WHERE a.person_id = :person_id AND KNOWN(a) AND (a.valid_until IS NULL OR a.valid_until >= :on)
ORDER BY a.valid_from"""),
    "absence_requests": """
SELECT q.id, q.asked_at AS at, q.code, q.kind, q.valid_from, q.valid_until, q.state, b.name AS decided_by,
       q.reason AS sealed
FROM absence_requests q LEFT JOIN people b ON b.id = q.decided_by
WHERE q.person_id = :person_id AND (q.valid_until >= :on OR q.asked_at >= :since) ORDER BY q.asked_at""",
    "snoozes": """
SELECT id, made_at AS at, until_at FROM snoozes
WHERE person_id = :person_id AND ended_at IS NULL AND until_at > :known""",
    "files": """
SELECT id, created_at AS at, kind, name, size, state, body AS sealed FROM files
WHERE person_id = :person_id AND created_at >= :since ORDER BY created_at""",
    "threads": """
SELECT id, opened_at AS at, code, answered_at, closed_at FROM threads
WHERE person_id = :person_id AND (closed_at IS NULL OR closed_at >= :since) ORDER BY opened_at""",
    "verified": """
SELECT v.id, v.decided_at AS at, v.kind, v.decision, p.name FROM verifications v
JOIN people p ON p.id = v.person_id
WHERE v.by_id = :person_id AND v.decided_at >= :since ORDER BY v.decided_at""",
    "given": """
SELECT t.id, t.given_at AS at, t.on_date, t.activity, p.name FROM tasks t JOIN people p ON p.id = t.person_id
WHERE t.given_by = :person_id AND t.person_id <> :person_id AND t.given_at >= :since ORDER BY t.given_at""",
}
_OF_CHAT: Mapping[str, str] = {
    "identities": """
SELECT id, linked_at AS at, proved_by FROM identities
WHERE channel = :channel AND address = :address AND unlinked_at IS NULL""",
    "notices": """
SELECT id, shown_at AS at, version, accepted_at FROM notices
WHERE channel = :channel AND address = :address AND shown_at >= :since ORDER BY shown_at""",
}
_SENT = """
SELECT id, message, class, state, created_at, not_before, ended_at, is_repeat FROM outbox
WHERE channel = :channel AND address = :address AND created_at >= :since
ORDER BY created_at DESC, id DESC LIMIT :newest
"""


async def of_person(tx: Tx, *, person_id: str, on: date, since: datetime, now: datetime) -> list[Stored]:
    """Return what is held of a person for the day, and what came since that moment, in the day's order."""
    values: dict[str, Value] = {"on": on.isoformat(), "since": to_micros(since), "known": to_micros(now)}
    found: list[Stored] = []
    for table, sql in _OF_PERSON.items():
        named = {name: value for name, value in values.items() if f":{name}" in sql}
        found += [_stored(table, row) for row in await tx.all(sql, person_id=person_id, **named)]
    return found


async def of_chat(tx: Tx, *, channel: str, address: str, since: datetime) -> list[Stored]:
    """Return to whom a chat belongs, and which privacy notice it was shown since that moment."""
    found: list[Stored] = []
    for table, sql in _OF_CHAT.items():
        named: dict[str, Value] = {"since": to_micros(since)} if ":since" in sql else {}
        rows = await tx.all(sql, channel=channel, address=address, **named)
        found += [_stored(table, row) for row in rows]
    return found


async def sent(tx: Tx, *, channel: str, address: str, since: datetime) -> list[Sent]:
    """Return the newest messages owed to a chat since that moment, the newest first."""
    rows = await tx.all(_SENT, channel=channel, address=address, since=to_micros(since), newest=_NEWEST)
    return [_sent(row) for row in rows]


def _stored(table: str, row: Row) -> Stored:
    facts: dict[str, Any] = dict(row)
    sealed = facts.pop("sealed", None)
    return Stored(
        table=table,
        id=facts.pop("id"),
        at=from_micros(facts.pop("at")),
        facts=facts,
        sealed=bytes(sealed)[_CIPHERTEXT_FROM:][:_SHOWN_BYTES].hex(" ") if sealed else "",
    )


def _sent(row: Row) -> Sent:
    owed = max(row["created_at"], row["not_before"])
    took = None if row["ended_at"] is None else max(0, row["ended_at"] - owed) // 1000
    return Sent(
        id=row["id"],
        message=row["message"],
        urgency=row["class"],
        state=row["state"],
        at=from_micros(row["created_at"]),
        took=took,
        is_repeat=bool(row["is_repeat"]),
    )
