"""The audit log, care subjects, and row security as the second layer."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

from gridsvc.infra import rowsecurity
from gridsvc.infra.rowsecurity import (
    CITY,
    SCOPED,
    city_only,
    in_communities,
    in_grids,
    leave_open,
    leave_open_but,
    protect,
)
from gridsvc.people.care_catalogue import CARE_CLASSES

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Rows of the audit are never changed. The law asks for six months at least, so nothing younger goes by any way; what
# is older goes only when the transaction says that it is the purge, which leaves its own proof.
REFUSE_AUDIT_CHANGE = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit' THEN
        IF current_setting('gridsvc.audit_purge', true) = 'on' AND OLD.at < clock_timestamp() - interval '6 months' THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of audit are only ever added' USING ERRCODE = 'restrict_violation';
END $$
"""


# What a policy asks of other rows with the owner's eyes, where asking with the reader's own would go round in a circle,
# or where the reader may know a number and not the rows.
ACCESSORS = {
    "worker_community(worker_id uuid) RETURNS text": "SELECT community_code FROM worker WHERE id = worker_id",
    "worker_is_here(worker uuid) RETURNS boolean": f"""
        SELECT EXISTS (
            SELECT FROM responsibility held JOIN grid_version v ON v.grid_id = held.grid_id
            WHERE held.worker_id = worker AND ({in_grids("v.grid_id")} OR {in_communities("v.community_code")})
        ) OR EXISTS (
            SELECT FROM leave JOIN responsibility held ON held.worker_id = leave.worker_id
            JOIN grid_version v ON v.grid_id = held.grid_id
            WHERE leave.cover_worker_id = worker AND ({in_grids("v.grid_id")} OR {in_communities("v.community_code")})
        )
    """,
    "door_is_of_paired(door uuid) RETURNS boolean": """
        SELECT EXISTS (
            SELECT FROM care_subject JOIN care_pairing ON care_pairing.subject_id = care_subject.id
            WHERE care_subject.door_id = door AND care_pairing.worker_id = visible_worker()
              AND care_pairing.valid @> now()
        )
    """,
    "care_subject_is_here(subject uuid) RETURNS boolean": f"""
        SELECT EXISTS (
            SELECT FROM care_subject JOIN care_class ON care_class.code = care_subject.class_code
            WHERE care_subject.id = subject AND (sees_sensitive() OR NOT care_class.sensitive)
              AND {in_communities("care_subject.community_code")}
        )
    """,
    "doors_within(shape geometry, at timestamptz) RETURNS bigint": """
        SELECT count(*) FROM door WHERE door.point && shape AND ST_Covers(shape, door.point) AND door.registered @> at
    """,
}

# In one of the reader's single grids. Their communities are asked first: equality needs no shape.
OWN_COMMUNITIES = f"ARRAY(SELECT mine.community_code FROM grid_version mine WHERE {in_grids('mine.grid_id')})"
IN_OWN_GRIDS = f"""
    {{community}} = ANY ({OWN_COMMUNITIES}) AND EXISTS (
        SELECT FROM grid_version mine WHERE {in_grids("mine.grid_id")} AND upper_inf(mine.valid)
        AND ST_Covers(mine.geom, {{point}})
    )
"""

PAIRED = (
    "SELECT pairing.subject_id FROM care_pairing pairing "
    "WHERE pairing.worker_id = (SELECT visible_worker()) AND pairing.valid @> now()"
)

# In the order in which their policies can be taken away.
PROTECTED = (
    "device_contact", "post", "worker", "leave", "responsibility", "door", "incident_event", "incident", "visit",
)  # fmt: skip

OPEN = (
    "alembic_version",
    "area",
    "block",
    "care_class",
    "category",
    "channel",
    "code_scheme",
    "grant_",
    "grid",
    "grid_code",
    "grid_version",
    "line",
    "management_delegation",
    "management_node",
    "net",
    "net_version",
    "role",
    "role_permission",
    "routing",
    "visit_kind",
)


# Without what is kept of passwords and tokens, which nobody who only reads ever needs.
OPEN_BUT = {"account": "password_hash", "api_token": "token_hash"}


def upgrade() -> None:
    create_audit()
    create_care()
    rowsecurity.prepare()
    for signature, body in ACCESSORS.items():
        rowsecurity.create_accessor(signature, body)
    leave_open(*OPEN)
    for table, hidden in OPEN_BUT.items():
        leave_open_but(table, hidden)
    city_only("audit")
    protect_people()
    protect_records()
    protect_care()


def protect_people() -> None:
    """Workers are seen by those who see their community or a grid they hold, and by whoever they cover for."""
    protect("responsibility", grid="grid_id", worker="worker_id")
    protect(
        "leave",
        worker="worker_id",
        also="leave.cover_worker_id = (SELECT visible_worker()) "
        f"OR {in_communities('worker_community(leave.worker_id)')} OR worker_is_here(leave.worker_id)",
    )
    protect("worker", community="community_code", worker="id", also="worker_is_here(worker.id)")
    protect("post", community="community_code")
    protect("device_contact", also="EXISTS (SELECT FROM worker WHERE worker.id = device_contact.worker_id)")


def protect_records() -> None:
    """Doors, incidents and visits are seen by those who see where they lie; without a grid, by the whole county."""
    in_own_grids = IN_OWN_GRIDS.format(community="block.community_code", point="door.point")
    protect(
        "door",
        also="EXISTS (SELECT FROM block WHERE block.id = door.block_id "
        f"AND ({in_communities('block.community_code')} OR ({in_own_grids}))) "
        "OR ((SELECT visible_worker()) IS NOT NULL AND door_is_of_paired(door.id))",
    )
    in_county = rowsecurity.in_counties
    here = f"{in_communities('routing.community_code')} OR {in_grids('routing.grid_id')}"
    of_incident = "EXISTS (SELECT FROM routing WHERE routing.incident_id = incident.id AND ({condition}))"
    protect(
        "incident",
        also=f"{of_incident.format(condition=here)} OR ({in_county('incident.county_code')} "
        f"AND NOT {of_incident.format(condition='routing.community_code IS NOT NULL')})",
    )
    protect("incident_event", also="EXISTS (SELECT FROM incident WHERE incident.id = incident_event.incident_id)")
    protect(
        "visit",
        grid="grid_id",
        worker="worker_id",
        also=f"(visit.grid_id IS NULL AND {in_county('visit.county_code')})",
    )


def protect_care() -> None:
    """Subjects are seen where they live, those of a sensitive class by special right, and by their paired workers."""
    protect(
        "care_pairing",
        worker="worker_id",
        also="care_subject_is_here(care_pairing.subject_id)",
    )
    in_own_grids = IN_OWN_GRIDS.format(community="care_subject.community_code", point="care_subject.point")
    here = f"{in_communities('care_subject.community_code')} OR ({in_own_grids})"
    sensitive = "SELECT care_class.code FROM care_class WHERE care_class.sensitive"
    protect(
        "care_subject",
        also=f"care_subject.id IN ({PAIRED}) "
        f"OR (((SELECT sees_sensitive()) OR care_subject.class_code NOT IN ({sensitive})) AND ({here}))",
    )


def create_care() -> None:
    """The people to be visited, their classes, and who is paired with them."""
    classes = op.create_table(
        "care_class",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_care_class")),
    )
    columns = ("code", "name_zh", "name_en", "sensitive")
    op.bulk_insert(classes, [dict(zip(columns, row, strict=True)) for row in CARE_CLASSES])
    op.create_geospatial_table(
        "care_subject",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("class_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("door_id", sa.Uuid(), nullable=True),
        sa.Column("community_code", sa.Text(), nullable=False),
        sa.Column(
            "point",
            Geometry(
                geometry_type="POINT",
                srid=4326,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
        ),
        sa.Column("registered", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.CheckConstraint("revision > 0", name=op.f("ck_care_subject_revision")),
        sa.ForeignKeyConstraint(["class_code"], ["care_class.code"], name=op.f("fk_care_subject_class_code")),
        sa.ForeignKeyConstraint(["door_id"], ["door.id"], name=op.f("fk_care_subject_door_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_subject")),
        sa.UniqueConstraint("community_code", "number", name="uq_care_subject_number"),
    )
    op.create_index("ix_care_subject_class_code", "care_subject", ["class_code"])
    op.create_index("ix_care_subject_door_id", "care_subject", ["door_id"])
    op.create_geospatial_index(
        "ix_care_subject_point", "care_subject", ["point"], unique=False, postgresql_using="gist", postgresql_ops={}
    )
    op.create_table(
        "care_pairing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("valid", postgresql.TSTZRANGE(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("worker_id"), "="),
            (sa.column("subject_id"), "="),
            (sa.column("valid"), "&&"),
            using="gist",
            name="ex_care_pairing_once",
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["care_subject.id"], name=op.f("fk_care_pairing_subject_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_care_pairing_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_pairing")),
    )
    op.create_index("ix_care_pairing_worker_id", "care_pairing", ["worker_id"])
    op.create_index("ix_care_pairing_subject_id", "care_pairing", ["subject_id"])


def create_audit() -> None:
    """The table of the audit and the rule that its rows stay."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("result IN ('done', 'refused', 'failed')", name=op.f("ck_audit_result")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_at", "audit", ["at", "id"])
    op.create_index("ix_audit_username", "audit", ["username", "at", "id"])
    op.create_index("ix_audit_action", "audit", ["action", "at", "id"])
    op.create_index("ix_audit_object", "audit", ["object_kind", "object_id", "at", "id"])
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seal")),
    )
    op.execute(REFUSE_AUDIT_CHANGE)
    for table in ("audit", "audit_seal"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )


def downgrade() -> None:
    for table in ("care_subject", "care_pairing", *PROTECTED):
        rowsecurity.unprotect(table)
    for table in ("care_pairing", "care_subject", "care_class"):
        op.drop_table(table)
    opened = [*(table for table in OPEN if table != "care_class"), *OPEN_BUT]
    op.execute(f"REVOKE SELECT ON {', '.join(opened)} FROM {SCOPED}, {CITY}")
    for signature in ACCESSORS:
        op.execute(f"DROP FUNCTION {signature.partition(' RETURNS ')[0]}")
    rowsecurity.forget()
    op.drop_table("audit_seal")
    op.drop_table("audit")
    op.execute("DROP FUNCTION refuse_audit_change()")
