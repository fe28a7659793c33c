"""The working day: health cases, items with evidence, verification, tasks, files, absences that are asked for.

Code of the release before must run on the schema after: it only adds, and what is new may be absent.
While a process of it still runs, it reads the lines of a plan or report that this release stored (`reports.items`)
as they are, JSON objects, and cannot word them: that message falls back to a plain one, and nothing is lost. It also
counts what was withdrawn. It is not started on this schema (db/migrate.py), so let such processes end soon.
"""

import sqlalchemy as sa
from alembic import op

from db.migrations.columns import key, moment, number, points_to, sealed, text

revision = "0003"
down_revision = "0002"

_PERSON = ("person_id", "people.id")


def upgrade() -> None:
    _health()
    _files()
    _reports()
    _absences()
    _threads()
    op.create_index("superiors_by_superior", "superiors", ["superior_id"])


def _health() -> None:
    op.add_column("health_reports", moment("withdrawn_at", optional=True))
    op.create_table(
        "health_cases",
        key(),
        points_to(*_PERSON),
        points_to("report_id", "health_reports.id"),
        text("code", unique=True),
        text("cause"),
        text("since"),
        moment("opened_at"),
        moment("ended_at", optional=True),
        text("ended_as", optional=True),
        moment("look_at", optional=True),
    )
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "health_cases_one_open",
        "health_cases",
        ["person_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index(
        "health_cases_to_look_at", "health_cases", ["look_at"], sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_index("health_cases_by_person", "health_cases", ["person_id", "opened_at"])
    op.create_table(
        "case_events",
        key(),
        points_to("case_id", "health_cases.id"),
        moment("at"),
        text("by"),
        text("kind"),
        text("until", optional=True),
        sealed("note", optional=True),
    )
    op.create_index("case_events_by_case", "case_events", ["case_id", "at"])


def _files() -> None:
    op.create_table(
        "files",
        key(),
        points_to(*_PERSON, optional=True),
        text("kind"),
        text("name"),
        text("type", optional=True),
        number("size", optional=True),
        text("sha256", optional=True),
        text("state"),
        text("refused_because", optional=True),
        moment("created_at"),
        moment("ended_at", optional=True),
        sealed("body", optional=True),  # last: SQLite reads through it to whatever stands behind it
    )
    op.create_index("files_by_person", "files", ["person_id", "created_at"])
    is_made = sa.text("state = 'made' AND body IS NOT NULL")
    op.create_index("files_made", "files", ["created_at"], sqlite_where=is_made, postgresql_where=is_made)
    op.create_table(
        "work",
        key(),
        text("kind"),
        sealed("task"),
        text("once_key", optional=True, unique=True),
        moment("created_at"),
        moment("not_before"),
        text("lease_owner", optional=True),
        moment("lease_until", optional=True),
        number("tries", default=0),
        moment("ended_at", optional=True),
        text("ended_because", optional=True),
    )
    op.create_index("work_by_end", "work", ["ended_at"])
    waiting = sa.text("ended_at IS NULL")
    op.create_index(
        "work_waiting", "work", ["not_before", "id"], sqlite_where=waiting, postgresql_where=waiting
    )


def _reports() -> None:
    op.add_column("reports", moment("withdrawn_at", optional=True))
    op.create_table(
        "tasks",
        key(),
        points_to(*_PERSON),
        points_to("given_by", "people.id"),
        text("on_date"),
        text("activity"),
        moment("given_at"),
        moment("ended_at", optional=True),
        text("ended_as", optional=True),
    )
    op.create_index("tasks_by_person", "tasks", ["person_id", "on_date"])
    op.create_index("tasks_by_giver", "tasks", ["given_by", "on_date"])
    op.create_table(
        "verifications",
        key(),
        points_to(*_PERSON),
        text("on_date"),
        text("kind"),
        points_to("report_id", "reports.id"),
        text("decision"),
        points_to("by_id", "people.id"),
        text("capacity"),
        number("score", optional=True),
        text("note", optional=True),
        moment("due_at", optional=True),
        moment("decided_at"),
    )
    op.create_index("verifications_by_day", "verifications", ["person_id", "on_date", "kind", "decided_at"])
    op.create_index("verifications_by_report", "verifications", ["report_id", "decided_at"])


def _absences() -> None:
    op.add_column("absences", text("part", optional=True))
    op.create_table(
        "absence_requests",
        key(),
        points_to(*_PERSON),
        text("code", unique=True),
        text("kind"),
        text("part", optional=True),
        text("valid_from"),
        text("valid_until"),
        text("letter", optional=True),
        points_to("file_id", "files.id", optional=True),
        sealed("reason", optional=True),
        text("state"),
        moment("asked_at"),
        points_to("decided_by", "people.id", optional=True),
        moment("decided_at", optional=True),
        sealed("note", optional=True),
    )
    op.create_index("absence_requests_by_person", "absence_requests", ["person_id", "asked_at"])
    is_asked = sa.text("state = 'asked'")
    op.create_index(
        "absence_requests_waiting",
        "absence_requests",
        ["asked_at"],
        sqlite_where=is_asked,
        postgresql_where=is_asked,
    )
    op.create_table(
        "snoozes",
        key(),
        points_to(*_PERSON),
        moment("until_at"),
        moment("made_at"),
        moment("ended_at", optional=True),
    )
    op.create_index("snoozes_by_person", "snoozes", ["person_id", "until_at"])


def _threads() -> None:
    op.create_table(
        "threads",
        key(),
        points_to(*_PERSON),
        points_to("unit_code", "units.code"),
        text("code", unique=True),
        moment("opened_at"),
        moment("answered_at", optional=True),
        moment("closed_at", optional=True),
    )
    op.create_index("threads_by_person", "threads", ["person_id", "opened_at"])
    is_waiting = sa.text("answered_at IS NULL AND closed_at IS NULL")
    op.create_index(
        "threads_waiting",
        "threads",
        ["unit_code", "opened_at"],
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )
    op.create_table(
        "thread_messages",
        key(),
        points_to("thread_id", "threads.id"),
        points_to("by_id", "people.id"),
        moment("at"),
        sealed("words"),
    )
    op.create_index("thread_messages_by_thread", "thread_messages", ["thread_id", "at"])
