"""Stations, posts with dates, functions, teams, leave with its states, supervision and norms."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

from gridsvc.infra.rowsecurity import leave_open, protect, unprotect
from gridsvc.people.catalogue import NORM_PROFILES, SERVICE_LINES, TEAM_ROLES

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ALWAYS = sa.text("tstzrange(NULL, NULL)")
BITEMPORAL = ("responsibility", "leave")

# A street or a town is seen by whoever sees one of its communities: what is told of it there are posts and stations.
AROUND = (
    "{code} = ANY (SELECT left(community, 9) || '000' FROM unnest((SELECT visible_communities())::text[]) AS community)"
)

# What was known is known for ever: a row may be closed, and one that nobody ever knew may go.
KEEP_KNOWLEDGE = """
CREATE FUNCTION keep_knowledge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND isempty(OLD.recorded) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND upper_inf(OLD.recorded)
        AND (isempty(NEW.recorded) OR lower(NEW.recorded) = lower(OLD.recorded))
        AND to_jsonb(NEW) - 'recorded' = to_jsonb(OLD) - 'recorded' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what % held to be so is never rewritten', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""

# Earlier versions let a backup be the main worker of the same grid: the main row says it all.
PART_MAIN_AND_BACKUP = (
    """
    CREATE TEMPORARY TABLE doubled ON COMMIT DROP AS
    SELECT b.id, b.grid_id, b.worker_id, b.recorded, b.valid, range_agg(m.valid) AS held
    FROM responsibility b JOIN responsibility m ON m.grid_id = b.grid_id AND m.worker_id = b.worker_id
        AND m.valid && b.valid AND m.recorded && b.recorded AND m.id <> b.id
    WHERE b.role = 'backup' AND (m.role = 'main' OR m.id < b.id)
    GROUP BY b.id
    """,
    "DELETE FROM responsibility WHERE id IN (SELECT id FROM doubled)",
    """
    INSERT INTO responsibility (id, grid_id, worker_id, role, valid, recorded)
    SELECT gen_random_uuid(), grid_id, worker_id, 'backup', left_over, recorded
    FROM doubled, unnest(tstzmultirange(valid) - held) AS left_over
    """,
    "SET CONSTRAINTS ALL IMMEDIATE",
    "SET CONSTRAINTS ALL DEFERRED",
)


def upgrade() -> None:
    alter_workers_and_leave()
    create_catalogues()
    create_stations_and_posts()
    create_functions_and_teams()
    create_supervision_and_norms()
    for statement in PART_MAIN_AND_BACKUP:
        op.execute(statement)
    op.create_exclude_constraint(
        "ex_responsibility_worker_once",
        "responsibility",
        ("grid_id", "="),
        ("worker_id", "="),
        ("valid", "&&"),
        ("recorded", "&&"),
        deferrable=True,
        initially="DEFERRED",
    )
    op.execute(KEEP_KNOWLEDGE)
    for table in BITEMPORAL:
        op.execute(
            f"CREATE TRIGGER {table}_keep_knowledge BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION keep_knowledge()"
        )
    fill_catalogues()
    guard()


def guard() -> None:
    """Row security: names are seen where their people are, stations and the lists by everybody."""
    leave_open("service_line", "team_role", "norm_profile", "station")
    protect("post", community="community_code", also=AROUND.format(code="post.community_code"))
    protect("post_holding", also="EXISTS (SELECT FROM post WHERE post.id = post_holding.post_id)")
    own = "EXISTS (SELECT FROM worker WHERE worker.id = worker_function.worker_id)"
    protect("worker_function", worker="worker_id", also=own)
    protect("team_member", grid="grid_id", worker="worker_id")
    of_station = "EXISTS (SELECT FROM station WHERE station.id = supervision.station_id AND {seen})"
    protect("supervision", also=of_station.format(seen=AROUND.format(code="station.area_code")))


def alter_workers_and_leave() -> None:
    op.add_column("worker", sa.Column("left_at", MOMENT, nullable=True))
    op.add_column("worker", sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column(
        "leave", sa.Column("request_id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)
    )
    op.add_column("leave", sa.Column("state", sa.Text(), server_default="approved", nullable=False))
    for name in ("cover_source", "note", "written_by"):
        op.add_column("leave", sa.Column(name, sa.Text(), nullable=True))
    op.execute("UPDATE leave SET cover_source = 'hand' WHERE cover_worker_id IS NOT NULL")
    states = "state IN ('requested', 'approved', 'refused', 'withdrawn', 'cancelled')"
    op.create_check_constraint(op.f("ck_leave_state"), "leave", states)
    op.create_check_constraint(op.f("ck_leave_cover_source"), "leave", "cover_source IN ('hand', 'rule')")
    op.create_check_constraint(op.f("ck_leave_cover_is_another"), "leave", "cover_worker_id IS DISTINCT FROM worker_id")
    op.create_check_constraint(op.f("ck_leave_has_an_end"), "leave", "NOT upper_inf(valid)")
    op.create_exclude_constraint(
        "ex_leave_one_at_a_time",
        "leave",
        ("worker_id", "="),
        ("valid", "&&"),
        ("recorded", "&&"),
        where=sa.text("state IN ('requested', 'approved')"),
        deferrable=True,
        initially="DEFERRED",
    )
    op.create_index("ix_leave_request_id", "leave", ["request_id"])


def create_catalogues() -> None:
    op.create_table(
        "service_line",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_service_line")),
    )
    op.create_table(
        "team_role",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_team_role")),
    )


def create_stations_and_posts() -> None:
    op.create_table(
        "station",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("point", Geometry("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("code", name=op.f("uq_station_code")),
    )
    op.create_index(op.f("ix_station_area_code"), "station", ["area_code"])
    op.add_column("post", sa.Column("station_id", sa.Uuid(), nullable=True))
    op.add_column("post", sa.Column("kind", sa.Text(), server_default="grid", nullable=False))
    op.add_column("post", sa.Column("valid", postgresql.TSTZRANGE(), server_default=ALWAYS, nullable=False))
    op.create_foreign_key(op.f("fk_post_station_id"), "post", "station", ["station_id"], ["id"])
    op.create_index(op.f("ix_post_station_id"), "post", ["station_id"])
    kinds = "kind IN ('grid', 'counter', 'clerical', 'service')"
    op.create_check_constraint(op.f("ck_post_kind"), "post", kinds)
    op.create_table(
        "post_holding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("valid", postgresql.TSTZRANGE(), nullable=False),
        excluding("ex_post_holding_post", "post_id", "valid"),
        excluding("ex_post_holding_worker", "worker_id", "valid"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_holding_post_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_post_holding_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_holding")),
    )
    # Since when a post was held was not kept before.
    op.execute(
        "INSERT INTO post_holding (id, post_id, worker_id, valid) "
        "SELECT gen_random_uuid(), id, worker_id, tstzrange(NULL, NULL) FROM post WHERE worker_id IS NOT NULL"
    )
    unprotect("post")
    op.drop_column("post", "worker_id")


def create_functions_and_teams() -> None:
    op.create_table(
        "worker_function",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("line_key", sa.Text(), nullable=True),
        sa.Column("valid", postgresql.TSTZRANGE(), nullable=False),
        sa.CheckConstraint("rank IN ('main', 'second')", name=op.f("ck_worker_function_rank")),
        sa.CheckConstraint("kind IN ('grid', 'counter', 'line')", name=op.f("ck_worker_function_kind")),
        sa.CheckConstraint("(kind = 'line') = (line_key IS NOT NULL)", name=op.f("ck_worker_function_line_has_key")),
        excluding("ex_worker_function_one_main", "worker_id", "valid", where="rank = 'main'"),
        sa.ForeignKeyConstraint(["line_key"], ["service_line.key"], name=op.f("fk_worker_function_line_key")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_worker_function_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_function")),
    )
    op.create_index("ix_worker_function_worker_id", "worker_function", ["worker_id"])
    op.create_table(
        "team_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("grid_id", sa.Uuid(), nullable=False),
        sa.Column("role_key", sa.Text(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("valid", postgresql.TSTZRANGE(), nullable=False),
        sa.CheckConstraint("(worker_id IS NULL) <> (name IS NULL)", name=op.f("ck_team_member_worker_or_name")),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_team_member_grid_id")),
        sa.ForeignKeyConstraint(["role_key"], ["team_role.key"], name=op.f("fk_team_member_role_key")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_team_member_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
    )
    op.create_index("ix_team_member_grid_id", "team_member", ["grid_id"])
    op.create_index("ix_team_member_worker_id", "team_member", ["worker_id"])


def create_supervision_and_norms() -> None:
    op.create_table(
        "supervision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=False),
        sa.Column("supervisor", sa.Text(), nullable=False),
        sa.Column("held", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("voided_at", MOMENT, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "NOT isempty(held) AND upper(held) - lower(held) <= interval '24 hours'",
            name=op.f("ck_supervision_one_day_at_most"),
        ),
        excluding("ex_supervision_once", "station_id", "held", "supervisor", where="voided_at IS NULL"),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_supervision_station_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
    )
    op.create_table(
        "norm_profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("valid", postgresql.TSTZRANGE(), nullable=False),
        excluding("ex_norm_profile_valid", "key", "valid"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm_profile")),
        sa.UniqueConstraint("key", "version", name="uq_norm_profile_version"),
    )


def excluding(name: str, what: str, span: str, other: str | None = None, where: str | None = None) -> sa.Constraint:
    """No two rows of the same thing at the same time."""
    same: list[tuple[sa.ColumnClause[object], str]] = [(sa.column(column), "=") for column in (what, other) if column]
    return postgresql.ExcludeConstraint(
        *same, (sa.column(span), "&&"), where=sa.text(where) if where else None, using="gist", name=name
    )


def fill_catalogues() -> None:
    """The lists a city starts with."""
    insert("service_line", ({"key": k, "name_zh": zh, "name_en": en} for k, zh, en in SERVICE_LINES))
    insert("team_role", ({"key": k, "name_zh": zh, "name_en": en, "place": p} for k, zh, en, p in TEAM_ROLES))
    for profile in NORM_PROFILES:
        values = profile._asdict() | {"rules": json.dumps(profile.rules, ensure_ascii=False)}
        op.get_bind().execute(
            sa.text(
                "INSERT INTO norm_profile (id, key, version, name_zh, name_en, basis, rules, valid) VALUES "
                "(gen_random_uuid(), :key, 1, :name_zh, :name_en, :basis, CAST(:rules AS jsonb), tstzrange(NULL, NULL))"
            ),
            values,
        )


def insert(table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert plain rows."""
    listed = list(rows)
    columns = ", ".join(listed[0])
    places = ", ".join(f":{name}" for name in listed[0])
    op.get_bind().execute(sa.text(f"INSERT INTO {table} ({columns}) VALUES ({places})"), listed)


def downgrade() -> None:
    for table in BITEMPORAL:
        op.execute(f"DROP TRIGGER {table}_keep_knowledge ON {table}")
    op.execute("DROP FUNCTION keep_knowledge()")
    op.drop_constraint("ex_responsibility_worker_once", "responsibility")
    op.drop_table("norm_profile")
    op.drop_table("supervision")
    op.drop_table("team_member")
    op.drop_table("worker_function")
    op.add_column("post", sa.Column("worker_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_post_worker_id"), "post", "worker", ["worker_id"], ["id"])
    op.execute(
        "UPDATE post SET worker_id = held.worker_id FROM post_holding held "
        "WHERE held.post_id = post.id AND held.valid @> now()"
    )
    op.create_unique_constraint(op.f("uq_post_worker_id"), "post", ["worker_id"])
    op.drop_table("post_holding")
    unprotect("post")
    protect("post", community="community_code", worker="worker_id")
    op.drop_constraint(op.f("fk_post_station_id"), "post")
    op.drop_index(op.f("ix_post_station_id"), "post")
    op.drop_constraint(op.f("ck_post_kind"), "post")
    for name in ("station_id", "kind", "valid"):
        op.drop_column("post", name)
    op.drop_table("station")
    op.drop_table("team_role")
    op.drop_table("service_line")
    op.drop_index("ix_leave_request_id", "leave")
    op.drop_constraint("ex_leave_one_at_a_time", "leave")
    for name in ("state", "cover_source", "cover_is_another", "has_an_end"):
        op.drop_constraint(op.f(f"ck_leave_{name}"), "leave")
    # Leave that was only asked for, or refused, never counted; the earlier version has no word for it.
    op.execute("DELETE FROM leave WHERE state <> 'approved'")
    for name in ("request_id", "state", "cover_source", "note", "written_by"):
        op.drop_column("leave", name)
    op.drop_column("worker", "revision")
    op.drop_column("worker", "left_at")
