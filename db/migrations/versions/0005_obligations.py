"""What is owed on a day and until when, who is reminded of it, alerts, digests and the reports of unit heads.

Code of the release before must run on the schema after: it only adds, and what is new may be absent.
"""

import sqlalchemy as sa
from alembic import op

from db.migrations.columns import key, moment, number, points_to, sealed, text

revision = "0005"
down_revision = "0004"

_PERSON = ("person_id", "people.id")
_UNIT = ("unit_code", "units.code")


def upgrade() -> None:
    _days()
    _alerts()
    _digests()
    _reports()
    op.create_table(
        "skipped",  # what time should have brought and did not, with the reason: nothing is left out silently
        key(),
        text("once_key", unique=True),
        text("what"),
        text("subject"),
        moment("due_at"),
        moment("at"),
        text("because"),
    )
    op.create_index("skipped_by_time", "skipped", ["at"])


def _days() -> None:
    op.create_table(
        "days_opened",  # once an agency and day: whose days were opened in bulk
        key(),  # "AGENCY:2020-06-15"
        moment("opened_at"),
        number("people"),
    )
    op.create_table(
        "workdays",  # a person's day as the clock sees it: when to look next, and what was said of it
        key(),
        points_to(*_PERSON),
        text("on_date"),
        points_to(*_UNIT),
        text("agency_code"),
        text("timezone"),
        text("arrangement"),
        text("shift", optional=True),
        text("gist"),  # of the verdict that it was opened by: another gist is another day
        moment("starts_at"),
        moment("ends_at"),
        moment("look_at", optional=True),  # null: nothing more to say
        number("pings", default=0),
        moment("pinged_at", optional=True),
        text("log"),  # a list of [stage, microseconds, what became of it]
        moment("opened_at"),
        moment("closed_at", optional=True),  # it is no working day any more
    )
    op.create_index("workdays_by_person", "workdays", ["person_id", "on_date"], unique=True)
    op.create_index("workdays_by_unit", "workdays", ["unit_code", "on_date"])
    waits = sa.text("look_at IS NOT NULL")
    op.create_index(
        "workdays_to_look_at", "workdays", ["look_at"], sqlite_where=waits, postgresql_where=waits
    )
    op.create_table(
        "obligations",
        key(),
        points_to(*_PERSON),
        text("on_date"),
        text("kind"),  # health, plan, output, verification
        points_to(*_UNIT),
        text("basis"),  # the duty: "SE … No. …, angka …", or the legal basis that the agency recorded
        moment("opens_at"),
        moment("due_at"),
        text("state"),  # open, reminded, overdue, closed, late, excused
        moment("done_at", optional=True),  # by the platform's time, not by ours
        moment("overdue_at", optional=True),
        moment("ended_at", optional=True),
        text("because", optional=True),  # of an excuse
        text("by_id", optional=True),
    )
    op.create_index("obligations_by_person", "obligations", ["person_id", "on_date", "kind"], unique=True)
    op.create_index("obligations_by_unit", "obligations", ["unit_code", "on_date", "kind"])
    is_missed = sa.text("state = 'overdue'")
    op.create_index(
        "obligations_overdue",
        "obligations",
        ["on_date", "unit_code"],
        sqlite_where=is_missed,
        postgresql_where=is_missed,
    )
    waits = sa.text("ended_at IS NULL AND class = 3")
    op.create_index("outbox_reminders", "outbox", ["person_id"], sqlite_where=waits, postgresql_where=waits)
    op.create_table(
        "preferences",
        key("person_id"),
        text("profile"),  # light or standard
        text("quiet_from", optional=True),
        text("quiet_until", optional=True),
        moment("changed_at"),
    )


def _alerts() -> None:
    op.add_column("appointments", text("powers", optional=True))  # by the letter; null: what the post brings
    op.create_table(
        "alerts",
        key(),
        points_to(*_UNIT),
        text("on_date"),
        text("part"),  # morning (health and plan), evening (output), verification, headless
        text("state"),  # open, acknowledged, closed
        number("level"),  # how far up it has been told: 0 the head, 1 the level above, 2 the personnel office
        number("times"),  # how often it was told at this level
        points_to("told_id", "people.id", optional=True),
        moment("opened_at"),
        moment("look_at", optional=True),
        points_to("acknowledged_by", "people.id", optional=True),
        moment("acknowledged_at", optional=True),
        points_to("delegated_to", "people.id", optional=True),
        moment("ended_at", optional=True),
        text("log"),
    )
    op.create_index("alerts_by_unit", "alerts", ["unit_code", "on_date", "part"], unique=True)
    op.create_index("alerts_by_day", "alerts", ["on_date"])
    waits = sa.text("look_at IS NOT NULL")
    op.create_index("alerts_to_look_at", "alerts", ["look_at"], sqlite_where=waits, postgresql_where=waits)


def _digests() -> None:
    op.create_table(
        "digests",  # figures as they stood; a correction is a version of its own
        key(),
        points_to(*_UNIT),
        text("kind"),  # morning, evening, weekly, monthly
        text("on_date"),  # the day, or the last day of the week or month
        number("version"),
        points_to("told_id", "people.id", optional=True),
        moment("as_of"),
        sealed("figures"),
        text("sum"),  # a digest of the figures: the same again is no correction
    )
    op.create_index("digests_by_unit", "digests", ["unit_code", "kind", "on_date", "version"], unique=True)
    op.create_table(
        "digest_rounds",  # until which day an agency's digests are settled
        key(),  # "AGENCY:Asia/Jakarta:morning"
        text("on_date"),
    )


def _reports() -> None:
    op.create_table(
        "periodic_reports",
        key(),
        text("number", unique=True),
        points_to(*_UNIT),
        text("first_day"),
        text("last_day"),
        text("rule"),  # the rule by which people are listed, as it was
        text("state"),  # answering, ready, sent, received
        moment("made_at"),
        moment("answers_until"),
        moment("look_at", optional=True),
        points_to("sent_by", "people.id", optional=True),
        moment("sent_at", optional=True),
        points_to("received_by", "people.id", optional=True),
        moment("received_at", optional=True),
        sealed("figures"),
        text("log"),
    )
    op.create_index(
        "periodic_reports_by_unit", "periodic_reports", ["unit_code", "first_day", "last_day"], unique=True
    )
    waits = sa.text("look_at IS NOT NULL")
    op.create_index(
        "periodic_reports_to_look_at",
        "periodic_reports",
        ["look_at"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_table(
        "periodic_lines",
        key(),
        points_to("report_id", "periodic_reports.id"),
        points_to(*_PERSON),
        sealed("missed"),  # which days and what, and the reason of who is left out
        moment("told_at", optional=True),
        sealed("answer", optional=True),
        moment("answered_at", optional=True),
    )
    op.create_index("periodic_lines_by_report", "periodic_lines", ["report_id", "person_id"], unique=True)
    op.create_index("periodic_lines_by_person", "periodic_lines", ["person_id"])
