"""Accounts, tokens, failed logins and rights."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from gridsvc.access.roles import MATRIX

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NO_TEXT = sa.text("''")

# A worker's reach follows from responsibilities; what had been granted over an area is now held without one.
OWN_GRIDS_ONLY = """
UPDATE role SET own_grids_only = true WHERE code = 'worker';
DELETE FROM grant_ one USING grant_ other, role
WHERE one.account_id = other.account_id AND one.role_code = other.role_code AND one.valid && other.valid
  AND one.id > other.id AND role.code = one.role_code AND role.own_grids_only;
UPDATE grant_ SET node_code = NULL FROM role WHERE role.code = grant_.role_code AND role.own_grids_only
"""


def upgrade() -> None:
    op.add_column("management_node", _revision())
    op.add_column("account", sa.Column("node_code", sa.Text(), nullable=True))
    op.create_foreign_key(op.f("fk_account_node_code"), "account", "management_node", ["node_code"], ["code"])
    op.create_index(op.f("ix_account_node_code"), "account", ["node_code"])
    op.add_column("account", sa.Column("must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("account", sa.Column("password_until", MOMENT, nullable=True))
    op.add_column("account", _revision())
    op.add_column("role", sa.Column("own_grids_only", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("role_permission", sa.Column("allowed", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("session_token", sa.Column("client", sa.Text(), server_default=NO_TEXT, nullable=False))
    identifier = sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)
    op.add_column("session_token", identifier)
    op.create_unique_constraint(op.f("uq_session_token_id"), "session_token", ["id"])
    _loosen_grants()
    _add_tables()
    fill_rights()


def _revision() -> sa.Column[int]:
    return sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False)


def _loosen_grants() -> None:
    """Roles held over no node, once at a time like the others."""
    op.add_column("grant_", _revision())
    op.alter_column("grant_", "node_code", nullable=True)
    op.drop_constraint("ex_grant_once", "grant_")
    for statement in OWN_GRIDS_ONLY.split(";"):
        op.execute(statement)
    op.execute(
        "ALTER TABLE grant_ ADD CONSTRAINT ex_grant_once EXCLUDE USING gist "
        "(account_id WITH =, role_code WITH =, coalesce(node_code, '') WITH =, valid WITH &&)"
    )


def _add_tables() -> None:
    op.create_table(
        "management_delegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("node_code", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=False),
        sa.Column("valid", postgresql.TSTZRANGE(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("node_code"), "="), (sa.column("valid"), "&&"), name="ex_management_delegation_once"
        ),
        sa.ForeignKeyConstraint(
            ["node_code"], ["management_node.code"], name=op.f("fk_management_delegation_node_code")
        ),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["management_node.code"], name=op.f("fk_management_delegation_parent_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_management_delegation")),
    )
    op.create_index(op.f("ix_management_delegation_parent_code"), "management_delegation", ["parent_code"])
    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("node_code", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_token_account_id")),
        sa.ForeignKeyConstraint(["node_code"], ["management_node.code"], name=op.f("fk_api_token_node_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_account_id"), "api_token", ["account_id"])
    op.create_table(
        "login_failure",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("closed_until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_failure")),
    )
    op.create_index("ix_login_failure_last_at", "login_failure", ["last_at"])


def fill_rights() -> None:
    """Every cell of the table of rights that is not there yet; a role that a city removed stays removed."""
    statement = sa.text(
        "INSERT INTO role_permission (role_code, permission, allowed) "
        "SELECT code, :permission, :allowed FROM role WHERE code = :role ON CONFLICT DO NOTHING"
    )
    cells = [
        {"permission": permission, "role": role, "allowed": is_allowed}
        for permission, row in MATRIX.items()
        for role, is_allowed in row.items()
    ]
    op.get_bind().execute(statement, cells)


def downgrade() -> None:
    for table in ("login_failure", "api_token", "management_delegation"):
        op.drop_table(table)
    op.execute("DELETE FROM grant_ WHERE node_code IS NULL")
    op.drop_constraint("ex_grant_once", "grant_")
    op.execute(
        "ALTER TABLE grant_ ADD CONSTRAINT ex_grant_once EXCLUDE USING gist "
        "(account_id WITH =, role_code WITH =, node_code WITH =, valid WITH &&)"
    )
    op.alter_column("grant_", "node_code", nullable=False)
    op.execute("DELETE FROM role_permission WHERE NOT allowed")
    for table, column in (
        ("session_token", "id"),
        ("session_token", "client"),
        ("role_permission", "allowed"),
        ("role", "own_grids_only"),
        ("grant_", "revision"),
        ("account", "revision"),
        ("account", "must_change_password"),
        ("account", "password_until"),
        ("account", "node_code"),
        ("management_node", "revision"),
    ):
        op.drop_column(table, column)
