"""What operation keeps: the settings that a city changes while the service runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from gridsvc.infra import rowsecurity

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row; nothing is otherwise than the environment says."""
    op.create_table(
        "city_settings",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("values_set", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_city_settings_only_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_settings")),
    )
    op.execute("INSERT INTO city_settings (id, values_set, revision) VALUES (1, '{}', 1)")
    rowsecurity.leave_open("city_settings")


def downgrade() -> None:
    op.drop_table("city_settings")
