"""Duties, patrols, visits and their ledgers."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

from gridsvc.infra.rowsecurity import leave_open, protect, unprotect
from gridsvc.patrols.catalogue import SHIPPED_NORMS

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


# The ledger of doors reached follows the visits in the same transaction, whoever writes them. What is added can only
# make a day earlier; where a visit ceased to count the day is looked up anew, after its row is locked and by a later
# view of the data, so that a visit stored at the same time is seen. Sessions are pinned to the zone of the city.
KEEP_DOOR_DAYS = """
CREATE FUNCTION keep_door_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO door_day AS kept (day, door_id, first_at)
    SELECT CAST(occurred_at AS date), door_id, min(occurred_at) FROM added
    WHERE door_id IS NOT NULL AND result = 'done' AND void_at IS NULL
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (day, door_id) DO UPDATE SET first_at = excluded.first_at WHERE excluded.first_at < kept.first_at;
    RETURN NULL;
END $$
"""

RECOUNT_DOOR_DAYS = """
CREATE FUNCTION recount_door_days() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched record;
    earliest timestamptz;
BEGIN
    FOR touched IN
        SELECT DISTINCT CAST(now_so.occurred_at AS date) AS day, now_so.door_id
        FROM changed_to now_so JOIN changed_from before USING (id)
        WHERE now_so.door_id IS NOT NULL AND now_so.result = 'done' AND now_so.void_at IS DISTINCT FROM before.void_at
        ORDER BY 1, 2
    LOOP
        PERFORM FROM door_day WHERE day = touched.day AND door_id = touched.door_id FOR UPDATE;
        SELECT min(occurred_at) INTO earliest FROM visit
            WHERE door_id = touched.door_id AND result = 'done' AND void_at IS NULL
              AND occurred_at >= CAST(touched.day AS timestamptz)
              AND occurred_at < CAST(touched.day + 1 AS timestamptz);
        IF earliest IS NULL THEN
            DELETE FROM door_day WHERE day = touched.day AND door_id = touched.door_id;
        ELSE
            INSERT INTO door_day (day, door_id, first_at) VALUES (touched.day, touched.door_id, earliest)
            ON CONFLICT (day, door_id) DO UPDATE SET first_at = excluded.first_at;
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""

TRIGGERS = (
    "CREATE TRIGGER visit_keep_door_days AFTER INSERT ON visit REFERENCING NEW TABLE AS added "
    "FOR EACH STATEMENT EXECUTE FUNCTION keep_door_days()",
    "CREATE TRIGGER visit_recount_door_days AFTER UPDATE ON visit "
    "REFERENCING OLD TABLE AS changed_from NEW TABLE AS changed_to "
    "FOR EACH STATEMENT EXECUTE FUNCTION recount_door_days()",
)

FILL_DOOR_DAYS = """
INSERT INTO door_day (day, door_id, first_at)
SELECT CAST(occurred_at AS date), door_id, min(occurred_at) FROM visit
WHERE door_id IS NOT NULL AND result = 'done' GROUP BY 1, 2
"""

FIRST_NORM = """
INSERT INTO visit_norm
    (id, target, class_key, every, unit, grace_days, on_working_days, after_change_h, level, kinds, is_example, valid)
VALUES (gen_random_uuid(), :target, :class_key, :every, :unit, 0, true, :after_change_h, :level, '{}', true,
    '[2000-01-01 00:00:00+08,)')
"""


PROTECTED = (
    "photo", "visit_photo", "visit_review", "door_day", "register_correction", "care_change", "duty_pause",
    "patrol_stop", "patrol", "patrol_route",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "care_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["subject_id"], ["care_subject.id"], name=op.f("fk_care_change_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_change")),
    )
    op.create_index("ix_care_change_subject_id", "care_change", ["subject_id", "happened_at"], unique=False)
    op.create_table(
        "city_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_city_day")),
    )
    op.create_table(
        "photo",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("source_hash", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_photo")),
    )
    op.create_index("ix_photo_source_hash", "photo", ["source_hash"], unique=False)
    op.create_index("ix_photo_stored_at", "photo", ["stored_at"], unique=False)
    op.create_table(
        "visit_norm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("class_key", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("grace_days", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("on_working_days", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("after_change_h", sa.Integer(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("kinds", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_example", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("valid", postgresql.TSTZRANGE(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("target"), "="),
            (sa.column("class_key"), "="),
            (sa.column("valid"), "&&"),
            using="gist",
            name="ex_visit_norm_valid",
        ),
        sa.CheckConstraint("target IN ('care', 'grid', 'door')", name=op.f("ck_visit_norm_target")),
        sa.CheckConstraint("unit IN ('day', 'week', 'month')", name=op.f("ck_visit_norm_unit")),
        sa.CheckConstraint("after_change_h BETWEEN 1 AND 720", name=op.f("ck_visit_norm_after_change")),
        sa.CheckConstraint("every BETWEEN 1 AND 1000", name=op.f("ck_visit_norm_every")),
        sa.CheckConstraint("grace_days BETWEEN 0 AND 60", name=op.f("ck_visit_norm_grace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_norm")),
    )
    op.create_table(
        "door_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("door_id", sa.Uuid(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["door_id"], ["door.id"], name=op.f("fk_door_day_door_id")),
        sa.PrimaryKeyConstraint("day", "door_id", name=op.f("pk_door_day")),
    )
    op.create_index("ix_door_day_door_id", "door_day", ["door_id", "day"], unique=False)
    op.create_table(
        "duty_pause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("door_id", sa.Uuid(), nullable=True),
        sa.Column("grid_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("valid", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("NOT lower_inf(valid) AND NOT isempty(valid)", name=op.f("ck_duty_pause_has_begin")),
        sa.CheckConstraint("num_nonnulls(subject_id, door_id, grid_id) = 1", name=op.f("ck_duty_pause_one_target")),
        sa.ForeignKeyConstraint(["door_id"], ["door.id"], name=op.f("fk_duty_pause_door_id")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_duty_pause_grid_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["care_subject.id"], name=op.f("fk_duty_pause_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_pause")),
    )
    op.create_index("ix_duty_pause_door_id", "duty_pause", ["door_id"], unique=False)
    op.create_index("ix_duty_pause_grid_id", "duty_pause", ["grid_id"], unique=False)
    op.create_index("ix_duty_pause_subject_id", "duty_pause", ["subject_id"], unique=False)
    op.create_table(
        "patrol_route",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.Column("stops", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_patrol_route_grid_id")),
        sa.ForeignKeyConstraint(["kind"], ["visit_kind.key"], name=op.f("fk_patrol_route_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_route")),
    )
    op.create_index("ix_patrol_route_grid_id", "patrol_route", ["grid_id"], unique=False)
    op.create_table(
        "patrol",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("route_id", sa.Uuid(), nullable=False),
        sa.Column("route_revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("finished_at >= started_at", name=op.f("ck_patrol_in_order")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_patrol_grid_id")),
        sa.ForeignKeyConstraint(["kind"], ["visit_kind.key"], name=op.f("fk_patrol_kind")),
        sa.ForeignKeyConstraint(["route_id"], ["patrol_route.id"], name=op.f("fk_patrol_route_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_patrol_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
        sa.UniqueConstraint("client_id", name=op.f("uq_patrol_client_id")),
    )
    op.create_index("ix_patrol_grid_id", "patrol", ["grid_id", sa.literal_column("started_at DESC")], unique=False)
    op.create_index("ix_patrol_started_at", "patrol", ["started_at"], unique=False)
    op.create_index("ix_patrol_worker_id", "patrol", ["worker_id", sa.literal_column("started_at DESC")], unique=False)
    op.create_table(
        "patrol_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patrol_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("door_id", sa.Uuid(), nullable=True),
        sa.Column("block_id", sa.Uuid(), nullable=True),
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
        sa.Column("radius_m", sa.Double(), server_default=sa.text("50"), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('point', 'door', 'block')", name=op.f("ck_patrol_stop_kind")),
        sa.CheckConstraint("(visit_id IS NULL) = (reached_at IS NULL)", name=op.f("ck_patrol_stop_reached")),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name=op.f("fk_patrol_stop_block_id")),
        sa.ForeignKeyConstraint(["door_id"], ["door.id"], name=op.f("fk_patrol_stop_door_id")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_stop_patrol_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_patrol_stop_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_stop")),
        sa.UniqueConstraint("patrol_id", "place", name="uq_patrol_stop_place"),
    )
    op.create_index("ix_patrol_stop_visit_id", "patrol_stop", ["visit_id"], unique=False)
    op.create_table(
        "register_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("door_id", sa.Uuid(), nullable=True),
        sa.Column("new_door_id", sa.Uuid(), nullable=True),
        sa.Column("grid_id", sa.Uuid(), nullable=True),
        sa.Column("community_code", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'pending'"), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'missing') = (door_id IS NULL)", name=op.f("ck_register_correction_missing_has_no_door")
        ),
        sa.CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name=op.f("ck_register_correction_decided")),
        sa.CheckConstraint("kind IN ('missing', 'gone', 'empty', 'moved')", name=op.f("ck_register_correction_kind")),
        sa.CheckConstraint("state IN ('pending', 'confirmed', 'refused')", name=op.f("ck_register_correction_state")),
        sa.ForeignKeyConstraint(["door_id"], ["door.id"], name=op.f("fk_register_correction_door_id")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_register_correction_grid_id")),
        sa.ForeignKeyConstraint(["new_door_id"], ["door.id"], name=op.f("fk_register_correction_new_door_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_register_correction_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_correction")),
    )
    op.create_index("ix_register_correction_state", "register_correction", ["state", "reported_at", "id"], unique=False)
    op.create_index("ix_register_correction_visit_id", "register_correction", ["visit_id"], unique=False)
    op.create_table(
        "visit_photo",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("photo_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["photo_hash"], ["photo.hash"], name=op.f("fk_visit_photo_photo_hash")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_photo_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "photo_hash", name=op.f("pk_visit_photo")),
    )
    op.create_index("ix_visit_photo_photo_hash", "visit_photo", ["photo_hash"], unique=False)
    op.create_table(
        "visit_review",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("verdict IN ('counts', 'does_not_count')", name=op.f("ck_visit_review_verdict")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_review_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit_review")),
    )
    op.add_column("visit", sa.Column("subject_id", sa.Uuid(), nullable=True))
    op.add_column("visit", sa.Column("corrects_id", sa.Uuid(), nullable=True))
    op.add_column("visit", sa.Column("incident_id", sa.Uuid(), nullable=True))
    op.add_column("visit", sa.Column("void_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_visit_door_id",
        "visit",
        ["door_id", sa.literal_column("occurred_at DESC")],
        unique=False,
        postgresql_where=sa.text("door_id IS NOT NULL"),
    )
    op.create_index(
        "ix_visit_void", "visit", ["occurred_at"], unique=False, postgresql_where=sa.text("void_at IS NOT NULL")
    )
    op.create_index(
        "ix_visit_flagged", "visit", ["occurred_at", "id"], unique=False, postgresql_where=sa.text("flags <> '{}'")
    )
    op.create_index(
        "ix_visit_subject_id",
        "visit",
        ["subject_id", sa.literal_column("occurred_at DESC")],
        unique=False,
        postgresql_where=sa.text("subject_id IS NOT NULL"),
    )
    op.create_index(
        "uq_visit_corrects_id",
        "visit",
        ["corrects_id"],
        unique=True,
        postgresql_where=sa.text("corrects_id IS NOT NULL"),
    )
    op.create_index(
        "uq_visit_incident_id",
        "visit",
        ["incident_id"],
        unique=True,
        postgresql_where=sa.text("incident_id IS NOT NULL"),
    )
    op.create_foreign_key(op.f("fk_visit_corrects_id"), "visit", "visit", ["corrects_id"], ["id"])
    op.create_foreign_key(op.f("fk_visit_subject_id"), "visit", "care_subject", ["subject_id"], ["id"])
    op.create_foreign_key(op.f("fk_visit_incident_id"), "visit", "incident", ["incident_id"], ["id"])
    op.add_column("visit_kind", sa.Column("is_example", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("visit_kind", sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.drop_constraint(op.f("ck_visit_result"), "visit", type_="check")
    op.create_check_constraint(
        op.f("ck_visit_result"),
        "visit",
        "result IN ('done', 'nobody_home', 'refused') OR result = 'withdrawn' AND corrects_id IS NOT NULL",
    )
    op.execute("UPDATE visit_kind SET is_example = true")
    names = ("target", "class_key", "every", "unit", "after_change_h", "level")
    op.get_bind().execute(sa.text(FIRST_NORM), [dict(zip(names, norm, strict=True)) for norm in SHIPPED_NORMS])
    op.execute(FILL_DOOR_DAYS)
    for statement in (KEEP_DOOR_DAYS, RECOUNT_DOOR_DAYS, *TRIGGERS):
        op.execute(statement)
    protect_rows()


def protect_rows() -> None:
    """Each thing is seen by whoever sees what it belongs to."""
    leave_open("visit_norm", "city_day")
    protect("door_day", also="EXISTS (SELECT FROM door WHERE door.id = door_day.door_id)")
    protect("visit_review", also="EXISTS (SELECT FROM visit WHERE visit.id = visit_review.visit_id)")
    protect("visit_photo", also="EXISTS (SELECT FROM visit WHERE visit.id = visit_photo.visit_id)")
    protect("photo", also="EXISTS (SELECT FROM visit_photo WHERE visit_photo.photo_hash = photo.hash)")
    protect("register_correction", community="community_code", grid="grid_id")
    protect("care_change", also="EXISTS (SELECT FROM care_subject WHERE care_subject.id = care_change.subject_id)")
    protect(
        "duty_pause",
        grid="grid_id",
        also="EXISTS (SELECT FROM care_subject WHERE care_subject.id = duty_pause.subject_id) "
        "OR EXISTS (SELECT FROM door WHERE door.id = duty_pause.door_id)",
    )
    protect("patrol_route", grid="grid_id")
    protect("patrol", grid="grid_id", worker="worker_id")
    protect("patrol_stop", also="EXISTS (SELECT FROM patrol WHERE patrol.id = patrol_stop.patrol_id)")


def downgrade() -> None:
    for table in PROTECTED:
        unprotect(table)
    for trigger in ("visit_recount_door_days", "visit_keep_door_days"):
        op.execute(f"DROP TRIGGER {trigger} ON visit")
    for function in ("recount_door_days", "keep_door_days"):
        op.execute(f"DROP FUNCTION {function}()")
    op.execute("DELETE FROM patrol_stop")
    op.execute("DELETE FROM register_correction")
    op.execute("DELETE FROM visit_photo")
    op.execute("DELETE FROM visit_review")
    op.execute("DELETE FROM visit WHERE result = 'withdrawn'")
    op.drop_constraint(op.f("ck_visit_result"), "visit", type_="check")
    op.create_check_constraint(op.f("ck_visit_result"), "visit", "result IN ('done', 'nobody_home', 'refused')")
    op.drop_column("visit_kind", "is_active")
    op.drop_column("visit_kind", "is_example")
    op.drop_constraint(op.f("fk_visit_subject_id"), "visit", type_="foreignkey")
    op.drop_constraint(op.f("fk_visit_incident_id"), "visit", type_="foreignkey")
    op.drop_constraint(op.f("fk_visit_corrects_id"), "visit", type_="foreignkey")
    op.drop_index("uq_visit_incident_id", table_name="visit", postgresql_where=sa.text("incident_id IS NOT NULL"))
    op.drop_index("uq_visit_corrects_id", table_name="visit", postgresql_where=sa.text("corrects_id IS NOT NULL"))
    op.drop_index("ix_visit_subject_id", table_name="visit", postgresql_where=sa.text("subject_id IS NOT NULL"))
    op.drop_index("ix_visit_void", table_name="visit", postgresql_where=sa.text("void_at IS NOT NULL"))
    op.drop_index("ix_visit_flagged", table_name="visit", postgresql_where=sa.text("flags <> '{}'"))
    op.drop_index("ix_visit_door_id", table_name="visit", postgresql_where=sa.text("door_id IS NOT NULL"))
    op.drop_column("visit", "void_at")
    op.drop_column("visit", "incident_id")
    op.drop_column("visit", "corrects_id")
    op.drop_column("visit", "subject_id")
    op.drop_table("visit_review")
    op.drop_index("ix_visit_photo_photo_hash", table_name="visit_photo")
    op.drop_table("visit_photo")
    op.drop_index("ix_register_correction_visit_id", table_name="register_correction")
    op.drop_index("ix_register_correction_state", table_name="register_correction")
    op.drop_table("register_correction")
    op.drop_index("ix_patrol_stop_visit_id", table_name="patrol_stop")
    op.drop_table("patrol_stop")
    op.drop_index("ix_patrol_worker_id", table_name="patrol")
    op.drop_index("ix_patrol_started_at", table_name="patrol")
    op.drop_index("ix_patrol_grid_id", table_name="patrol")
    op.drop_table("patrol")
    op.drop_index("ix_patrol_route_grid_id", table_name="patrol_route")
    op.drop_table("patrol_route")
    op.drop_index("ix_duty_pause_subject_id", table_name="duty_pause")
    op.drop_index("ix_duty_pause_grid_id", table_name="duty_pause")
    op.drop_index("ix_duty_pause_door_id", table_name="duty_pause")
    op.drop_table("duty_pause")
    op.drop_index("ix_door_day_door_id", table_name="door_day")
    op.drop_table("door_day")
    op.drop_table("visit_norm")
    op.drop_index("ix_photo_stored_at", table_name="photo")
    op.drop_index("ix_photo_source_hash", table_name="photo")
    op.drop_table("photo")
    op.drop_table("city_day")
    op.drop_index("ix_care_change_subject_id", table_name="care_change")
    op.drop_table("care_change")
