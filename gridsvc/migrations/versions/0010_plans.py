"""Plans, their operations, and lineage."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

from gridsvc.infra import rowsecurity

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# The usual way of a plan upwards; a city changes the rows, not the code.
STEPS = (
    {
        "key": "community",
        "sequence": 1,
        "level": "community",
        "name_zh": "社区",
        "name_en": "Community",
        "active": True,
    },
    {"key": "street", "sequence": 2, "level": "street", "name_zh": "街道", "name_en": "Street", "active": True},
    {"key": "district", "sequence": 3, "level": "district", "name_zh": "区", "name_en": "District", "active": True},
)


# Tables whose rows are seen by whoever sees a community of their plan.
OF_PLANS = ("plan", "plan_base", "plan_op", "plan_grid", "plan_decision", "carry_over")


def upgrade() -> None:
    op.create_table(
        "approval_step",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("level IN ('community', 'street', 'district')", name=op.f("ck_approval_step_level")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_approval_step")),
        sa.UniqueConstraint("sequence", name=op.f("uq_approval_step_sequence")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("net_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("base_net_version_id", sa.Uuid(), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notice_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notice_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reverts_plan_id", sa.Uuid(), nullable=True),
        sa.Column("net_version_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'published') <= (net_version_id IS NOT NULL)", name=op.f("ck_plan_published_has_version")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'in_review', 'approved', 'published', 'withdrawn')", name=op.f("ck_plan_status")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_plan_author_id")),
        sa.ForeignKeyConstraint(["base_net_version_id"], ["net_version.id"], name=op.f("fk_plan_base_net_version_id")),
        sa.ForeignKeyConstraint(["net_id"], ["net.id"], name=op.f("fk_plan_net_id")),
        sa.ForeignKeyConstraint(["net_version_id"], ["net_version.id"], name=op.f("fk_plan_net_version_id")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_plan_published_by")),
        sa.ForeignKeyConstraint(["reverts_plan_id"], ["plan.id"], name=op.f("fk_plan_reverts_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_number")),
    )
    op.create_index("ix_plan_status", "plan", ["status", "updated_at"], unique=False)
    op.create_table(
        "lineage",
        sa.Column("parent_version_id", sa.Uuid(), nullable=False),
        sa.Column("child_version_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("area_ppm", sa.Integer(), nullable=False),
        sa.Column("household_ppm", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "area_ppm BETWEEN 0 AND 1000000 AND household_ppm BETWEEN 0 AND 1000000", name=op.f("ck_lineage_shares")
        ),
        sa.ForeignKeyConstraint(["child_version_id"], ["grid_version.id"], name=op.f("fk_lineage_child_version_id")),
        sa.ForeignKeyConstraint(["parent_version_id"], ["grid_version.id"], name=op.f("fk_lineage_parent_version_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_lineage_plan_id")),
        sa.PrimaryKeyConstraint("parent_version_id", "child_version_id", name=op.f("pk_lineage")),
    )
    op.create_index("ix_lineage_child_version_id", "lineage", ["child_version_id"], unique=False)
    op.create_index("ix_lineage_plan_id", "lineage", ["plan_id"], unique=False)
    op.create_table(
        "plan_base",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("grid_version_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["grid_version_id"], ["grid_version.id"], name=op.f("fk_plan_base_grid_version_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_base_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "grid_version_id", name=op.f("pk_plan_base")),
    )
    op.create_table(
        "plan_community",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_community_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "community_code", name=op.f("pk_plan_community")),
    )
    op.create_index("ix_plan_community_community_code", "plan_community", ["community_code"], unique=False)
    op.create_table(
        "plan_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("step_key", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('submitted', 'approved', 'sent_back', 'taken_back', 'withdrawn')",
            name=op.f("ck_plan_decision_decision"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_plan_decision_account_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_decision_plan_id")),
        sa.ForeignKeyConstraint(["step_key"], ["approval_step.key"], name=op.f("fk_plan_decision_step_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_decision")),
    )
    op.create_index("ix_plan_decision_plan_id", "plan_decision", ["plan_id", "at"], unique=False)
    op.create_geospatial_table(
        "plan_grid",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column("fresh_code", sa.Boolean(), nullable=False),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="MULTIPOLYGON",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("area_m2", sa.Double(), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_plan_grid_grid_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_grid_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "key", name=op.f("pk_plan_grid")),
    )
    op.create_index("ix_plan_grid_community_code", "plan_grid", ["plan_id", "community_code"], unique=False)
    op.create_table(
        "plan_op",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("arguments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("abandoned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_plan_op_account_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_op_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_op")),
    )
    op.create_index(
        "uq_plan_op_sequence",
        "plan_op",
        ["plan_id", "sequence"],
        unique=True,
        postgresql_where=sa.text("abandoned_at IS NULL"),
    )

    op.bulk_insert(
        sa.table("approval_step", *(sa.column(name) for name in STEPS[0])),
        [dict(step) for step in STEPS],
    )
    op.execute(
        "CREATE TRIGGER plan_decision_append_only BEFORE UPDATE OR DELETE ON plan_decision "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.create_table(
        "carry_over",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("candidates", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("reason IN ('new_grid', 'merged')", name=op.f("ck_carry_over_reason")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_carry_over_confirmed_by")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_carry_over_grid_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_carry_over_plan_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_carry_over_worker_id")),
        sa.PrimaryKeyConstraint("plan_id", "grid_id", name=op.f("pk_carry_over")),
    )
    op.create_index("ix_carry_over_grid_id", "carry_over", ["grid_id"])
    rowsecurity.leave_open("approval_step", "lineage")
    rowsecurity.protect("plan_community", community="community_code")
    for table in OF_PLANS:
        key = "id" if table == "plan" else "plan_id"
        rowsecurity.protect(table, also=f"EXISTS (SELECT FROM plan_community own WHERE own.plan_id = {table}.{key})")
    # Numbers follow the order of effect: a plan that takes effect before a pending one shifts that one's number.
    op.drop_constraint("uq_net_version_number", "net_version")
    op.create_unique_constraint(
        "uq_net_version_number", "net_version", ["net_id", "number"], deferrable=True, initially="DEFERRED"
    )


def downgrade() -> None:
    for table in OF_PLANS:  # their policies ask plan_community, which could not go before them
        rowsecurity.unprotect(table)
    op.drop_constraint("uq_net_version_number", "net_version")
    op.create_unique_constraint("uq_net_version_number", "net_version", ["net_id", "number"])
    op.drop_table("carry_over")
    op.execute("DROP TRIGGER plan_decision_append_only ON plan_decision")
    op.drop_index("uq_plan_op_sequence", table_name="plan_op", postgresql_where=sa.text("abandoned_at IS NULL"))
    op.drop_table("plan_op")
    op.drop_index("ix_plan_grid_community_code", table_name="plan_grid")
    op.drop_geospatial_table("plan_grid")
    op.drop_index("ix_plan_decision_plan_id", table_name="plan_decision")
    op.drop_table("plan_decision")
    op.drop_index("ix_plan_community_community_code", table_name="plan_community")
    op.drop_table("plan_community")
    op.drop_table("plan_base")
    op.drop_index("ix_lineage_plan_id", table_name="lineage")
    op.drop_index("ix_lineage_child_version_id", table_name="lineage")
    op.drop_table("lineage")
    op.drop_index("ix_plan_status", table_name="plan")
    op.drop_table("plan")
    op.drop_table("approval_step")
