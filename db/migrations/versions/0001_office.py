"""The office: units and regions, people and their records with two clocks, what the agency has decided.

Code of the release before must run on the schema after: add first, fill, remove in a later release.
"""

from alembic import op

from db.migrations.columns import key, moment, points_to, text, two_clocks

revision = "0001"
down_revision = None


def upgrade() -> None:
    _meta()
    _organisation()
    _people()
    _rules()


def _meta() -> None:
    op.create_table("meta", key("name"), text("value"))


def _organisation() -> None:
    op.create_table(
        "regions",
        key("code"),
        text("name"),
        text("kind"),
        text("parent_code", optional=True),
        text("timezone"),
    )
    op.create_table(
        "region_facts",
        key(),
        points_to("region_code", "regions.code"),
        text("name"),
        text("value"),
        text("source", optional=True),
        *two_clocks(),
    )
    op.create_index("region_facts_by_region", "region_facts", ["region_code", "name", "valid_from"])
    op.create_table(
        "units",
        key("code"),
        text("name"),
        text("kind"),
        points_to("parent_code", "units.code", optional=True),
        points_to("region_code", "regions.code"),
        text("sector", optional=True),
        moment("recorded_at"),
    )


def _people() -> None:
    op.create_table(
        "people",
        key(),
        text("nip", optional=True, unique=True),
        text("name"),
        text("phone", optional=True),
        text("employment"),
        text("locale"),
        moment("recorded_at"),
        moment("left_at", optional=True),
    )
    op.create_index("people_by_phone", "people", ["phone"])
    person = ("person_id", "people.id")
    op.create_table(
        "memberships",
        key(),
        points_to(*person),
        points_to("unit_code", "units.code"),
        text("position"),
        text("job_level"),
        *two_clocks(),
    )
    op.create_index("memberships_by_person", "memberships", ["person_id", "valid_from"])
    op.create_index("memberships_by_unit", "memberships", ["unit_code", "valid_from"])
    op.create_table(
        "appointments",
        key(),
        points_to("unit_code", "units.code"),
        points_to(*person),
        text("kind"),
        text("letter", optional=True),
        *two_clocks(),
    )
    op.create_index("appointments_by_unit", "appointments", ["unit_code", "valid_from"])
    op.create_index("appointments_by_person", "appointments", ["person_id"])
    op.create_table(
        "superiors", key(), points_to(*person), points_to("superior_id", "people.id"), *two_clocks()
    )
    op.create_index("superiors_by_person", "superiors", ["person_id", "valid_from"])
    op.create_table(
        "roles", key(), points_to(*person), text("role"), text("unit_code", optional=True), *two_clocks()
    )
    op.create_index("roles_by_person", "roles", ["person_id", "role"])
    op.create_table(
        "absences",
        key(),
        points_to(*person),
        text("kind"),
        text("letter", optional=True),
        *two_clocks(),
    )
    op.create_index("absences_by_person", "absences", ["person_id", "valid_from"])


def _rules() -> None:
    op.create_table("adoptions", key(), text("circular"), points_to("unit_code", "units.code"), *two_clocks())
    op.create_table(
        "settings",
        key(),
        points_to("unit_code", "units.code"),
        text("name"),
        text("value"),
        text("basis", optional=True),
        *two_clocks(),
    )
    op.create_table(
        "calendar_days",
        key(),
        points_to("unit_code", "units.code"),
        text("kind"),
        text("name"),
        *two_clocks(),
    )
