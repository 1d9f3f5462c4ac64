"""Moving work from one person to the next, what a city may switch on over its workers, and finding old positions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from gridsvc.access.policy_catalogue import SHIPPED
from gridsvc.infra.rowsecurity import leave_open, protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = ("handover_item", "case_holder", "handover_ground", "handover_grid", "handover", "grid_move")


def upgrade() -> None:
    create_moves()
    create_handovers()
    create_holders()
    create_policy()
    op.create_index(
        "ix_visit_placed", "visit", ["occurred_at"], postgresql_where=sa.text("point IS NOT NULL OR raw_x IS NOT NULL")
    )
    guard()


def guard() -> None:
    """A hand-over is seen where its giver is, and by both sides wherever they are."""
    leave_open("policy")
    taker = "handover.to_worker_id = (SELECT visible_worker())"
    protect("handover", community="community_code", worker="from_worker_id", also=taker)
    for table in ("handover_grid", "handover_ground", "handover_item"):
        protect(table, also=f"EXISTS (SELECT FROM handover WHERE handover.id = {table}.handover_id)")
    protect(
        "case_holder",
        worker="worker_id",
        also="EXISTS (SELECT FROM incident WHERE incident.id = case_holder.incident_id)",
    )
    protect("grid_move", community="community_code")


def create_moves() -> None:
    op.create_table(
        "grid_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_worker_id", sa.Uuid(), nullable=False),
        sa.Column("to_worker_id", sa.Uuid(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("grid_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("effective_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("former", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('previewed', 'queued', 'done', 'failed', 'undone')", name=op.f("ck_grid_move_state")
        ),
        sa.CheckConstraint("from_worker_id <> to_worker_id", name=op.f("ck_grid_move_to_another")),
        sa.ForeignKeyConstraint(["from_worker_id"], ["worker.id"], name=op.f("fk_grid_move_from_worker_id")),
        sa.ForeignKeyConstraint(["to_worker_id"], ["worker.id"], name=op.f("fk_grid_move_to_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_move")),
    )


def create_handovers() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("from_worker_id", sa.Uuid(), nullable=False),
        sa.Column("to_worker_id", sa.Uuid(), nullable=True),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("effective_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("leave_id", sa.Uuid(), nullable=True),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("move_id", sa.Uuid(), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("given_by", sa.Text(), nullable=True),
        sa.Column("given_at", MOMENT, nullable=True),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('transfer', 'leave', 'plan', 'leaving')", name=op.f("ck_handover_kind")),
        sa.CheckConstraint("state IN ('open', 'given', 'taken', 'cancelled')", name=op.f("ck_handover_state")),
        sa.CheckConstraint("from_worker_id <> to_worker_id", name=op.f("ck_handover_to_another")),
        sa.CheckConstraint("(state IN ('given', 'taken')) = (given_at IS NOT NULL)", name=op.f("ck_handover_given")),
        sa.CheckConstraint("(state = 'taken') = (taken_at IS NOT NULL)", name=op.f("ck_handover_taken")),
        sa.ForeignKeyConstraint(["from_worker_id"], ["worker.id"], name=op.f("fk_handover_from_worker_id")),
        sa.ForeignKeyConstraint(["to_worker_id"], ["worker.id"], name=op.f("fk_handover_to_worker_id")),
        sa.ForeignKeyConstraint(["move_id"], ["grid_move.id"], name=op.f("fk_handover_move_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index("ix_handover_opened_at", "handover", ["opened_at", "id"])
    op.create_index("ix_handover_from_worker_id", "handover", ["from_worker_id"])
    op.create_index("ix_handover_to_worker_id", "handover", ["to_worker_id"])
    op.create_table(
        "handover_grid",
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_grid_handover_id")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_handover_grid_grid_id")),
        sa.PrimaryKeyConstraint("handover_id", "grid_id", name=op.f("pk_handover_grid")),
    )
    create_ground()
    kinds = "kind IN ('incident', 'duty', 'pairing', 'patrol', 'correction')"
    op.create_table(
        "handover_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref_id", sa.Uuid(), nullable=False),
        sa.Column("grid_code", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("passing", sa.Text(), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.CheckConstraint(kinds, name=op.f("ck_handover_item_kind")),
        sa.CheckConstraint("passing IN ('by_itself', 'on_taking', 'stays')", name=op.f("ck_handover_item_passing")),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_item_handover_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_item")),
        sa.UniqueConstraint("handover_id", "kind", "ref_id", name="uq_handover_item_once"),
    )


def create_ground() -> None:
    op.create_table(
        "handover_ground",
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("parent_version_id", sa.Uuid(), nullable=False),
        sa.Column("child_version_id", sa.Uuid(), nullable=False),
        sa.Column("is_most", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_ground_handover_id")),
        sa.ForeignKeyConstraint(
            ["parent_version_id"], ["grid_version.id"], name=op.f("fk_handover_ground_parent_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["child_version_id"], ["grid_version.id"], name=op.f("fk_handover_ground_child_version_id")
        ),
        sa.PrimaryKeyConstraint("parent_version_id", "child_version_id", name=op.f("pk_handover_ground")),
    )
    op.create_index("ix_handover_ground_handover_id", "handover_ground", ["handover_id"])
    op.create_index("ix_handover_ground_child_version_id", "handover_ground", ["child_version_id"])


def create_holders() -> None:
    op.create_table(
        "case_holder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("accepted_by", sa.Text(), nullable=False),
        sa.Column("handover_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("until >= since", name=op.f("ck_case_holder_in_order")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_case_holder_incident_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_case_holder_worker_id")),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_case_holder_handover_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_holder")),
    )
    open_ones = sa.text("until IS NULL")
    op.create_index(
        "uq_case_holder_incident_id", "case_holder", ["incident_id"], unique=True, postgresql_where=open_ones
    )
    op.create_index("ix_case_holder_worker_id", "case_holder", ["worker_id"], postgresql_where=open_ones)


def create_policy() -> None:
    op.create_table(
        "policy",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("about_zh", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("set_by", sa.Text(), nullable=True),
        sa.Column("set_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('never', 'always', 'choice')", name=op.f("ck_policy_kind")),
        sa.CheckConstraint("kind = 'choice' OR is_on = (kind = 'always')", name=op.f("ck_policy_fixed")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_policy")),
    )
    statement = sa.text(
        "INSERT INTO policy (key, kind, is_on, name_zh, name_en, about_zh, about_en, place) "
        "VALUES (:key, :kind, :is_on, :name_zh, :name_en, :about_zh, :about_en, :place)"
    )
    op.get_bind().execute(statement, [rule._asdict() | {"place": place} for place, rule in enumerate(SHIPPED)])


def downgrade() -> None:
    op.drop_index("ix_visit_placed", "visit")
    op.drop_table("policy")
    for table in TABLES:
        op.drop_table(table)
