"""What plans change, measured before they are published; and the rule on main workers asked only where it can break."""

import sqlalchemy as sa
from alembic import op

from gridsvc.infra import rowsecurity

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# A grid whose time only gets shorter, and a main row that is added, leave no gap; asking so often is what costs.
ASKED_WHEN = {
    "grid_version": (
        ("added", "INSERT", ""),
        ("changed", "UPDATE", "WHEN (OLD.grid_id <> NEW.grid_id OR NOT OLD.valid @> NEW.valid)"),
    ),
    "responsibility": (
        ("changed", "UPDATE", "WHEN (OLD.role = 'main')"),
        ("removed", "DELETE", "WHEN (OLD.role = 'main' AND NOT isempty(OLD.recorded))"),
    ),
}
ASK = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {when} EXECUTE FUNCTION check_main_without_gap()"


def upgrade() -> None:
    op.create_table(
        "plan_prepared",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_prepared_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "community_code", name=op.f("pk_plan_prepared")),
    )
    rowsecurity.protect("plan_prepared", community="community_code")
    for table, rules in ASKED_WHEN.items():
        op.execute(f"DROP TRIGGER {table}_main_without_gap ON {table}")
        for name, event, when in rules:
            op.execute(
                f"CREATE CONSTRAINT TRIGGER {table}_{name}_main_without_gap AFTER {event} ON {table} "
                + ASK.format(when=when)
            )


def downgrade() -> None:
    for table, rules in ASKED_WHEN.items():
        for name, _, _ in rules:
            op.execute(f"DROP TRIGGER {table}_{name}_main_without_gap ON {table}")
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_main_without_gap AFTER INSERT OR UPDATE OR DELETE ON {table} "
            + ASK.format(when="")
        )
    op.drop_table("plan_prepared")
