"""What a database holds, counted and hashed table by table, so that two of them can be compared row by row."""

from dataclasses import dataclass

import psycopg
from psycopg import sql

# A row's text depends on these; with them it is the same on every server and in every release.
SAME_TEXT = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'iso_8601'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL row_security = off",  # a table that we may see only in part is an error, not a small number
    "SET LOCAL statement_timeout = 0",
)

OUR_TABLES = """
    SELECT namespace.nspname, class.relname
    FROM pg_class AS class JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
    WHERE class.relkind = 'r' AND class.relpersistence <> 't' AND class.relname <> 'unfinished_restore'
      AND namespace.nspname NOT IN ('pg_catalog', 'information_schema') AND namespace.nspname NOT LIKE 'pg_toast%'
      AND NOT EXISTS (
        SELECT FROM pg_depend
        WHERE classid = 'pg_class'::regclass AND objid = class.oid AND deptype = 'e')
    ORDER BY 1, 2
"""

OUR_ROLES = """
    SELECT DISTINCT role.rolname, role.rolinherit, role.rolcanlogin, role.rolbypassrls
    FROM pg_shdepend AS use JOIN pg_roles AS role ON role.oid = use.refobjid
    WHERE use.refclassid = 'pg_authid'::regclass AND role.rolname <> current_user
      AND use.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY 1
"""

MEMBERS = """
    SELECT role.rolname, member.rolname
    FROM pg_auth_members AS has
    JOIN pg_roles AS role ON role.oid = has.roleid JOIN pg_roles AS member ON member.oid = has.member
    WHERE role.rolname = ANY(%s) AND (member.rolname = ANY(%s) OR member.rolname = current_user)
    ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Content:
    """How many rows a table has, and a sum over the hashes of all of them, whatever their order."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Role:
    """A database role that owns something here, or is named in a right or a policy."""

    name: str
    inherits: bool
    can_log_in: bool
    bypasses_row_security: bool


Inventory = dict[str, Content]


def count_tables(connection: "psycopg.Connection[tuple[object, ...]]") -> Inventory:
    """Every table of ours with its content, in the caller's transaction and as that sees it."""
    for setting in SAME_TEXT:
        connection.execute(setting)
    found: Inventory = {}
    for schema, table in connection.execute(OUR_TABLES).fetchall():
        name = sql.Identifier(str(schema), str(table))
        row = connection.execute(
            sql.SQL(
                "SELECT count(*), coalesce(sum(('x' || left(md5(_row::text), 15))::bit(60)::bigint), 0)::text "
                "FROM ONLY {} AS _row"
            ).format(name)
        ).fetchone()
        assert row is not None
        found[f"{schema}.{table}"] = Content(int(str(row[0])), str(row[1]))
    return found


def differences(wanted: Inventory, found: Inventory) -> list[str]:
    """One line for each table that is missing, not expected, or holds something else; empty when all is the same."""
    lines = []
    for name in sorted(wanted.keys() | found.keys()):
        before, after = wanted.get(name), found.get(name)
        if after is None:
            lines.append(f"{name}: the table is missing")
        elif before is None:
            lines.append(f"{name}: the table is not in the backup")
        elif before.rows != after.rows:
            lines.append(f"{name}: {after.rows} rows instead of {before.rows}")
        elif before != after:
            lines.append(f"{name}: {after.rows} rows, but not the same")
    return lines


def list_roles(connection: "psycopg.Connection[tuple[object, ...]]") -> tuple[list[Role], list[tuple[str, str]]]:
    """The roles that the database needs beside its own user, and who of them is a member of whom."""
    roles = [
        Role(str(name), bool(inherits), bool(logs_in), bool(bypasses))
        for name, inherits, logs_in, bypasses in connection.execute(OUR_ROLES)
    ]
    names = [role.name for role in roles]
    members = [(str(role), str(member)) for role, member in connection.execute(MEMBERS, [names, names])]
    return roles, members


def make_roles(
    connection: "psycopg.Connection[tuple[object, ...]]", roles: list[Role], members: list[tuple[str, str]]
) -> None:
    """Makes the roles that are missing, without passwords and never as superusers; those that exist stay."""
    there = {str(name) for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role in roles:
        if role.name in there:
            continue
        words = ["LOGIN" if role.can_log_in else "NOLOGIN", "INHERIT" if role.inherits else "NOINHERIT"]
        words += ["BYPASSRLS"] if role.bypasses_row_security else []
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role.name), sql.SQL(" ".join(words))))
        there.add(role.name)
    for role_name, member in members:
        if {role_name, member} <= there:
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role_name), sql.Identifier(member)))
