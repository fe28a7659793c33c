"""The chat: who has proved who they are, what they reported, where each conversation stands, what is to be sent."""

import sqlalchemy as sa
from alembic import op

from db.migrations.columns import key, moment, number, points_to, sealed, text, versioned

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _proof()
    _reports()
    _conversations()
    _outbox()
    _keeping()


def _proof() -> None:
    op.create_table(
        "identities",
        key(),
        points_to("person_id", "people.id"),
        text("channel"),
        text("address"),
        text("user_key"),
        text("proved_by"),
        moment("linked_at"),
        moment("unlinked_at", optional=True),
        moment("unreachable_since", optional=True),
        text("unreachable_because", optional=True),
    )
    linked = sa.text("unlinked_at IS NULL")
    for name, columns in (("address", ["channel", "address"]), ("person", ["channel", "person_id"])):
        op.create_index(
            f"identities_one_by_{name}",
            "identities",
            columns,
            unique=True,
            sqlite_where=linked,
            postgresql_where=linked,
        )
    op.create_table(
        "notices",
        key(),
        points_to("person_id", "people.id", optional=True),
        text("channel"),
        text("address"),
        text("version"),
        text("locale"),
        moment("shown_at"),
        moment("accepted_at", optional=True),
    )
    op.create_table(
        "enrol_codes",
        key(),
        points_to("person_id", "people.id"),
        sealed("digest"),
        text("issued_by"),
        moment("issued_at"),
        moment("expires_at"),
        number("wrong_tries", default=0),
        moment("used_at", optional=True),
        moment("burnt_at", optional=True),
    )
    op.create_index("enrol_codes_by_person", "enrol_codes", ["person_id"])
    op.create_table(
        "enrol_tries", key(), text("channel"), text("address"), moment("tried_at"), number("matched")
    )
    op.create_index("enrol_tries_by_chat", "enrol_tries", ["channel", "address", "tried_at"])
    op.create_index("enrol_tries_by_time", "enrol_tries", ["tried_at"])


def _reports() -> None:
    person = ("person_id", "people.id")
    op.create_table(
        "health_reports",
        key(),
        points_to(*person),
        text("on_date"),
        number("version"),
        text("code", unique=True),
        sealed("answers"),
        *versioned(),
        sa.UniqueConstraint("person_id", "on_date", "version", name="health_reports_one_version"),
    )
    op.create_table(
        "reports",
        key(),
        points_to(*person),
        text("on_date"),
        text("kind"),
        number("version"),
        text("code", unique=True),
        text("items"),
        text("source_message", optional=True),
        *versioned(),
        sa.UniqueConstraint("person_id", "on_date", "kind", "version", name="reports_one_version"),
    )
    op.create_index("reports_by_source", "reports", ["person_id", "source_message"])
    op.create_table(
        "verdicts",
        key(),
        points_to(*person),
        text("on_date"),
        sealed("body"),
        moment("told_at"),
        moment("superseded_at", optional=True),
        text("superseded_because", optional=True),
    )
    op.create_index("verdicts_by_person", "verdicts", ["person_id", "on_date"])


def _conversations() -> None:
    op.create_table(
        "conversations",
        key("channel"),
        key("address"),
        sealed("state", optional=True),
        number("version", default=0),
        moment("updated_at"),
        moment("expires_at", optional=True),
        moment("burst_from", optional=True),
        number("burst", default=0),
    )
    op.create_table(
        "keyboards",
        key("nonce"),
        text("channel"),
        text("address"),
        sealed("choices"),
        moment("made_at"),
        moment("expires_at"),
        moment("used_at", optional=True),
    )
    op.create_index("keyboards_by_expiry", "keyboards", ["expires_at"])
    op.create_table("seen", key("channel"), key("update_key"), moment("seen_at"))
    op.create_index("seen_by_age", "seen", ["seen_at"])
    op.create_table(
        "attempts",
        key("channel"),
        key("update_key"),
        number("tries"),
        text("error"),
        moment("last_at"),
    )
    op.create_table(
        "quarantine",
        key(),
        text("channel"),
        text("update_key"),
        text("address", optional=True),
        sealed("body"),
        text("error"),
        moment("set_aside_at"),
        moment("settled_at", optional=True),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        key(),
        text("channel"),
        text("address"),
        points_to("person_id", "people.id", optional=True),
        number("class"),
        text("message"),
        text("locale"),
        sealed("body", optional=True),
        text("once_key", optional=True, unique=True),
        text("role_needed", optional=True),
        moment("created_at"),
        moment("not_before"),
        moment("expires_at", optional=True),
        text("state"),
        text("lease_owner", optional=True),
        moment("lease_until", optional=True),
        number("tries", default=0),
        number("parts_sent", default=0),
        number("is_repeat", default=0),
        text("platform_keys", optional=True),
        text("ended_because", optional=True),
        moment("ended_at", optional=True),
    )
    waiting = sa.text("ended_at IS NULL")
    for (
        name,
        columns,
    ) in (  # in the order in which they are sent; of one chat; by the time after which they are dropped
        ("waiting", ["channel", "state", "class", "not_before", "id"]),
        ("by_chat", ["channel", "address", "class", "id"]),
        ("by_expiry", ["channel", "expires_at"]),
    ):
        op.create_index(f"outbox_{name}", "outbox", columns, sqlite_where=waiting, postgresql_where=waiting)
    sending = sa.text("state = 'sending'")
    op.create_index(  # the database itself holds "one send in flight per chat"
        "outbox_one_in_flight",
        "outbox",
        ["channel", "address"],
        unique=True,
        sqlite_where=sending,
        postgresql_where=sending,
    )
    # Only what still has a body: else SQLite would use it for "not ended yet", and read every message that waits.
    has_body = sa.text("ended_at IS NOT NULL AND body IS NOT NULL")
    op.create_index("outbox_by_end", "outbox", ["ended_at"], sqlite_where=has_body, postgresql_where=has_body)
    op.create_table("pauses", key("channel"), key("class"), moment("until_at"), text("because"))
    op.create_table("channel_states", key("channel"), text("state"), text("detail"), moment("since"))


def _keeping() -> None:
    op.create_table(
        "outages",
        key(),
        text("cause"),
        moment("began_at"),
        moment("ended_at"),
        moment("recorded_at"),
    )
    op.create_table(
        "audit",
        key(),
        moment("at"),
        text("actor"),
        text("action"),
        text("subject", optional=True),
        text("detail"),
    )
    op.create_index("audit_by_time", "audit", ["at"])
