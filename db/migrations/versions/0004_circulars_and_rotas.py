"""Circulars that an agency adds, facts of units and people, a head's overrides, rotas with their swaps, and changes.

Code of the release before must run on the schema after: it only adds, and what is new may be absent.
"""

import sqlalchemy as sa
from alembic import op

from db.migrations.columns import key, moment, number, points_to, sealed, text, two_clocks

revision = "0004"
down_revision = "0003"

_PERSON = ("person_id", "people.id")


def upgrade() -> None:
    _circulars()
    _facts()
    _rotas()
    _swaps()
    _changes()


def _circulars() -> None:
    op.create_table(
        "circular_texts",  # never changed: a corrected text is another version with an id of its own
        key(),  # what adoptions.circular holds: "se-gubernur-10-2026@2"
        text("name"),
        number("version"),
        text("body"),
        text("sha256"),
        moment("recorded_at"),
        text("recorded_by"),
    )
    op.create_index("circular_texts_by_name", "circular_texts", ["name", "version"], unique=True)


def _facts() -> None:
    op.create_table(
        "unit_facts",
        key(),
        points_to("unit_code", "units.code"),
        text("name"),
        text("value"),
        text("source", optional=True),
        *two_clocks(),
    )
    op.create_index("unit_facts_by_unit", "unit_facts", ["unit_code", "name", "valid_from"])
    op.add_column("memberships", text("function", optional=True))
    op.add_column("memberships", number("is_strategic", optional=True))
    op.add_column("people", text("born", optional=True))  # where no NIP tells it
    op.create_table(
        "traits",  # which trait it is stands sealed: some are of health, some of discipline
        key(),
        points_to(*_PERSON),
        text("kind"),  # whose it is to record: health, discipline, work; says no more
        sealed("body"),
        *two_clocks(),
    )
    op.create_index("traits_by_person", "traits", ["person_id", "valid_from"])
    op.create_table(
        "overrides",
        key(),
        points_to(*_PERSON),
        text("arrangement"),
        text("letter"),
        points_to("by_id", "people.id"),
        text("capacity"),
        sealed("considerations"),
        *two_clocks(),
    )
    op.create_index("overrides_by_person", "overrides", ["person_id", "valid_from"])


def _rotas() -> None:
    op.create_table(
        "rotas",
        key(),
        points_to("unit_code", "units.code"),
        text("week"),  # its Monday
        number("version"),
        text("code", unique=True),
        text("state"),  # proposed, published, superseded, discarded
        text("seed"),
        sealed("inputs"),  # the list by which anybody recomputes it, in the form of policy.roster
        sealed("problems"),
        moment("made_at"),
        text("made_by"),
        text("made_because"),
        moment("publish_at", optional=True),  # when it publishes itself, if the head does not before
        moment("published_at", optional=True),
        text("published_by", optional=True),
        moment("ended_at", optional=True),
    )
    op.create_index("rotas_by_unit", "rotas", ["unit_code", "week", "version"], unique=True)
    is_proposed = sa.text("state = 'proposed'")
    op.create_index(
        "rotas_to_publish", "rotas", ["publish_at"], sqlite_where=is_proposed, postgresql_where=is_proposed
    )
    op.create_table(
        "rota_days",
        key(),
        points_to("rota_id", "rotas.id"),
        points_to(*_PERSON),
        text("on_date"),
        text("arrangement"),
        text("shift", optional=True),
        text("because"),  # why the rota says so: a word of policy.roster
        moment("published_at", optional=True),  # null while it is only proposed
        moment("superseded_at", optional=True),
    )
    op.create_index("rota_days_by_person", "rota_days", ["person_id", "on_date", "published_at"])
    op.create_index("rota_days_by_rota", "rota_days", ["rota_id", "on_date"])
    # A unit's rota reads its seed, and of each of its people the fixed days: settings are many from now on.
    op.create_index("settings_by_unit", "settings", ["unit_code", "name", "valid_from"])


def _swaps() -> None:
    op.create_table(
        "swaps",
        key(),
        text("code", unique=True),
        points_to("unit_code", "units.code"),
        points_to("asked_by", "people.id"),
        points_to("partner_id", "people.id"),
        text("gives_date"),  # the day whose turn the asker gives away
        text("takes_date"),  # the day whose turn they take over
        text("state"),  # asked, agreed, refused, approved, done, withdrawn, overtaken
        moment("asked_at"),
        moment("answered_at", optional=True),
        points_to("decided_by", "people.id", optional=True),
        moment("ended_at", optional=True),
    )
    op.create_index("swaps_by_asker", "swaps", ["asked_by", "asked_at"])
    op.create_index("swaps_by_partner", "swaps", ["partner_id", "asked_at"])
    is_open = sa.text("state IN ('asked', 'agreed')")
    op.create_index(
        "swaps_open", "swaps", ["asked_at"], sqlite_where=is_open, postgresql_where=is_open
    )  # looked through every minute


def _changes() -> None:
    op.create_table(
        "changes",  # what was decided and may change somebody's day: looked at once, by a job
        key(),
        text("kind"),  # zone, circular, calendar, unit_fact, rota, override, membership
        text("subject"),  # a region or unit code, or a person's id
        text("first_day"),
        moment("recorded_at"),
        text("recorded_by"),
        moment("looked_at", optional=True),
        number("told", optional=True),  # how many people were told
    )
    is_new = sa.text("looked_at IS NULL")
    op.create_index(
        "changes_to_look_at", "changes", ["recorded_at"], sqlite_where=is_new, postgresql_where=is_new
    )
