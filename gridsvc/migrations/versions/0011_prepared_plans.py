"""What plans change, measured before they are published; and the rule on main workers asked only where it can break."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

from gridsvc.infra import rowsecurity

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# A grid whose time only gets shorter, and a main row that is added, leave no gap; asking so often is what costs.
ASKED_WHEN = {
    "grid_version": (
        ("main_without_gap", "INSERT", ""),
        ("longer_main_without_gap", "UPDATE", "WHEN (OLD.grid_id <> NEW.grid_id OR NOT OLD.valid @> NEW.valid)"),
    ),
    "responsibility": (
        ("main_without_gap", "UPDATE", "WHEN (OLD.role = 'main')"),
        ("removed_main_without_gap", "DELETE", "WHEN (OLD.role = 'main' AND NOT isempty(OLD.recorded))"),
    ),
}
ASK = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {when} EXECUTE FUNCTION check_main_without_gap()"

# Time-ordered identifiers of one moment look alike to a GiST index, which then reads a good part of itself for one
# grid; asked for a list, the planner takes the B-tree.
CHECK = """
CREATE OR REPLACE FUNCTION check_main_without_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.grid_id ELSE NEW.grid_id END;
    lived tstzmultirange;
    answered tstzmultirange;
BEGIN
    SELECT range_agg(valid) INTO lived FROM grid_version WHERE grid_id {asked};
    SELECT range_agg(valid) INTO answered FROM responsibility
        WHERE grid_id {asked} AND role = 'main' AND upper_inf(recorded);
    IF lived IS NOT NULL AND NOT isempty(lived - coalesce(answered, '{{}}'::tstzmultirange)) THEN
        RAISE EXCEPTION 'grid % has no main row for a time in which it lives', checked
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$
"""
# For the same reason the exclusions go by a hash of the identifier, which is another one for every grid.
GRID, WORKER = "uuid_hash_extended(grid_id, 0) WITH =", "uuid_hash_extended(worker_id, 0) WITH ="
LATER = "DEFERRABLE INITIALLY DEFERRED"
EXCLUSIONS = (
    ("grid_version", "ex_grid_version_valid", "({grid}, valid WITH &&)"),
    (
        "responsibility",
        "ex_responsibility_one_main",
        "({grid}, valid WITH &&, recorded WITH &&) WHERE (role = 'main') " + LATER,
    ),
    (
        "responsibility",
        "ex_responsibility_worker_once",
        "({grid}, {worker}, valid WITH &&, recorded WITH &&) " + LATER,
    ),
)


def exclude(grid: str, worker: str) -> None:
    """Make the exclusions anew on these columns or expressions."""
    for table, name, definition in EXCLUSIONS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        told = definition.format(grid=grid, worker=worker)
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist {told}")


def upgrade() -> None:
    exclude(GRID, WORKER)
    op.create_index("ix_grid_version_grid_id", "grid_version", ["grid_id"])
    op.execute(CHECK.format(asked="= ANY (ARRAY[checked])"))
    op.create_table(
        "plan_prepared",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("is_ready", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_prepared_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "community_code", name=op.f("pk_plan_prepared")),
    )
    rowsecurity.protect("plan_prepared", community="community_code")
    create_ready_rows()
    for table, rules in ASKED_WHEN.items():
        op.execute(f"DROP TRIGGER {table}_main_without_gap ON {table}")
        for name, event, when in rules:
            op.execute(f"CREATE CONSTRAINT TRIGGER {table}_{name} AFTER {event} ON {table} " + ASK.format(when=when))


def create_ready_rows() -> None:
    """What publishing only has to take over: grid versions that end and begin together, and their lineage."""
    op.create_geospatial_table(
        "grid_opening",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("made_of", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("keeps_code", sa.Boolean(), nullable=False),
        sa.Column("east_m", sa.Double(), nullable=False),
        sa.Column("north_m", sa.Double(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("geom", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False, nullable=False), nullable=False),
        sa.Column("area_m2", sa.Double(), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "key", name=op.f("pk_grid_opening")),
    )
    op.create_table(
        "grid_closing",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.Column("is_last", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "version_id", name=op.f("pk_grid_closing")),
    )
    op.create_table(
        "plan_share",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("parent_version_id", sa.Uuid(), nullable=False),
        sa.Column("child_version_id", sa.Uuid(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("area_ppm", sa.Integer(), nullable=False),
        sa.Column("household_ppm", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_share_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "parent_version_id", "child_version_id", name=op.f("pk_plan_share")),
    )


def downgrade() -> None:
    op.drop_table("plan_share")
    op.drop_table("grid_closing")
    op.drop_geospatial_table("grid_opening")
    for table, rules in ASKED_WHEN.items():
        for name, _, _ in rules:
            op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_main_without_gap AFTER INSERT OR UPDATE OR DELETE ON {table} "
            + ASK.format(when="")
        )
    op.execute(CHECK.format(asked="= checked"))
    exclude("grid_id WITH =", "worker_id WITH =")
    op.drop_index("ix_grid_version_grid_id", table_name="grid_version")
    op.drop_table("plan_prepared")
