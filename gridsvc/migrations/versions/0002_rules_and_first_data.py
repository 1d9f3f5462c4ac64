"""Rules that tables alone cannot hold, the first data, and the job queue's own tables."""

import json
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

from gridsvc.access.roles import PERMISSIONS, ROLES
from gridsvc.incidents.catalogue import CATEGORIES, CHANNELS
from gridsvc.patrols.catalogue import VISIT_KINDS

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("routing", "incident_event", "grid_code")

REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""

# A living grid has a main row, a worker's or a named vacancy, at every moment as known now.
MAIN_WITHOUT_GAP = """
CREATE FUNCTION check_main_without_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.grid_id ELSE NEW.grid_id END;
    lived tstzmultirange;
    answered tstzmultirange;
BEGIN
    SELECT range_agg(valid) INTO lived FROM grid_version WHERE grid_id = checked;
    SELECT range_agg(valid) INTO answered FROM responsibility
        WHERE grid_id = checked AND role = 'main' AND upper_inf(recorded);
    IF lived IS NOT NULL AND NOT isempty(lived - coalesce(answered, '{}'::tstzmultirange)) THEN
        RAISE EXCEPTION 'grid % has no main row for a time in which it lives', checked
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$
"""

SCHEMES = (
    {
        "key": "standard15",
        "name_zh": "15位标准网格编码",
        "name_en": "Standard 15-digit grid code",
        "rules": {
            "segments": [["county", 6], ["street", 3], ["community", 3], ["sequence", 3]],
            "charset": "0123456789",
        },
    },
    {"key": "local", "name_zh": "地方自定编码", "name_en": "Local code, any text", "rules": {"segments": []}},
)


def upgrade() -> None:
    op.execute(REFUSE_CHANGE)
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(MAIN_WITHOUT_GAP)
    for table in ("responsibility", "grid_version"):
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_main_without_gap AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_main_without_gap()"
        )
    fill_catalogues()
    # The raw driver sends a script of many statements, which a prepared statement cannot be.
    op.get_bind().connection.cursor().execute(SchemaManager.get_schema())


def fill_catalogues() -> None:
    """The lists a city starts with; from here on they are its own data."""
    names = ("name_zh", "name_en")
    insert("role", ("code", *names), ROLES)
    insert(
        "role_permission",
        ("role_code", "permission"),
        [(role, permission) for permission, roles in PERMISSIONS.items() for role in roles],
    )
    insert("channel", ("key", *names), CHANNELS)
    insert("category", ("key", "kind", *names), CATEGORIES)
    insert("visit_kind", ("key", "kind_group", *names), VISIT_KINDS)
    insert(
        "code_scheme",
        ("key", *names, "rules"),
        [(s["key"], s["name_zh"], s["name_en"], json.dumps(s["rules"])) for s in SCHEMES],
    )


def insert(table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Insert plain rows."""
    values = ", ".join(f"CAST(:{name} AS jsonb)" if name == "rules" else f":{name}" for name in columns)
    statement = sa.text(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})")
    op.get_bind().execute(statement, [dict(zip(columns, row, strict=True)) for row in rows])


def downgrade() -> None:
    for table in ("responsibility", "grid_version"):
        op.execute(f"DROP TRIGGER {table}_main_without_gap ON {table}")
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute("DROP FUNCTION check_main_without_gap()")
    op.execute("DROP FUNCTION refuse_change()")
    for table in ("role_permission", "role", "channel", "category", "visit_kind", "code_scheme"):
        op.execute(f"DELETE FROM {table}")
    # The job queue's tables stay: they belong to a library and hold no schema of ours.
