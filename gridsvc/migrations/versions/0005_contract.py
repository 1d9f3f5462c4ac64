"""What the contract of the API keeps: the address and the tag of what a create made, given again with its answer."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns beside the stored answer; the answers that are there already have neither."""
    op.add_column("idempotency", sa.Column("location", sa.Text(), nullable=True))
    op.add_column("idempotency", sa.Column("etag", sa.Text(), nullable=True))


def downgrade() -> None:
    """The answers are kept, without address and tag."""
    op.drop_column("idempotency", "etag")
    op.drop_column("idempotency", "location")
