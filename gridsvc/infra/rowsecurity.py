"""Row security: the database's own guard behind the one filter, and how a migration puts a table under it.

Two roles read for the API. `gridsvc_city` reads every row, for whoever may see the whole city and for what names
nobody. `gridsvc_scoped` reads the rows of the communities, grids, counties and worker that the transaction names (see
`gridsvc.infra.sight`), and none when it names nothing. Neither can write. A table that a migration does not give to
them by one of the functions below cannot be read by them at all.

The conditions are written so that an index is kept: the settings are read once a query, never once a row.
"""

from alembic import op
from sqlalchemy import text

from gridsvc.infra.databases import CITY, SCOPED

# Roles belong to the server, not to a database: another database of it, or a dump, may have brought them already.
# The owner of the tables takes the roles on, which on a server of the city's own it may only do as their member.
ENSURE_ROLES = f"""
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['{CITY}', '{SCOPED}'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', wanted, current_user);
        END IF;
    END LOOP;
END $$
"""

# What a transaction says that it may see. A setting once set is '' afterwards, not NULL: hence nullif.
FUNCTIONS = {
    "visible_communities": ("text[]", "nullif(current_setting('gridsvc.communities', true), '')::text[]"),
    "visible_counties": ("text[]", "nullif(current_setting('gridsvc.counties', true), '')::text[]"),
    "visible_grids": ("uuid[]", "nullif(current_setting('gridsvc.grids', true), '')::uuid[]"),
    "visible_worker": ("uuid", "nullif(current_setting('gridsvc.worker', true), '')::uuid"),
    "sees_sensitive": ("boolean", "coalesce(current_setting('gridsvc.sensitive', true), '') = 'on'"),
}


def prepare() -> None:
    """Make the roles and the functions that policies ask; the first migration that protects a table does this."""
    op.execute(ENSURE_ROLES)
    for name, (kind, expression) in FUNCTIONS.items():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE AS $$SELECT {expression}$$"
        )


def create_accessor(signature: str, body: str) -> None:
    """A function that asks with the owner's eyes, for readers who may know its answer and not the rows.

    `signature` is the name with arguments and result, `body` one SQL statement.
    """
    name = signature.partition(" RETURNS ")[0]
    op.execute(
        f"CREATE FUNCTION {signature} LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp "
        f"AS $$ {body} $$"
    )
    op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO {CITY}, {SCOPED}")


def forget() -> None:
    """Take the functions away again; the roles stay, for other databases of the server may use them."""
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}()")


def protect(
    table: str,
    *,
    community: str | None = None,
    grid: str | None = None,
    county: str | None = None,
    worker: str | None = None,
    also: str | None = None,
) -> None:
    """Let scoped readers see the rows that one of the given columns puts inside their jurisdiction, and no others.

    `community`, `county` and `grid` name columns that hold such a code or id; without a community, a grid also counts
    when its community is seen. `worker` names a column of a worker's id: the reader's own rows. `also` is a condition
    in SQL with the table's columns qualified, for what none of these says, such as rows that belong to a visible row of
    another table: `EXISTS (SELECT FROM incident WHERE incident.id = incident_event.incident_id)`. Without any of them
    the rows are for city-wide readers alone.
    """
    seen = [condition for condition in (also,) if condition]
    if worker:
        seen.insert(0, f"{table}.{worker} = (SELECT visible_worker())")
    if county:
        seen.insert(0, in_counties(f"{table}.{county}"))
    if grid:
        seen.insert(0, in_grids(f"{table}.{grid}") if community else of_grid(f"{table}.{grid}"))
    if community:
        seen.insert(0, in_communities(f"{table}.{community}"))
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_city ON {table} TO {CITY} USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY {table}_scoped ON {table} FOR SELECT TO {SCOPED} USING ({' OR '.join(seen) or 'false'})")
    op.execute(f"GRANT SELECT ON {table} TO {CITY}, {SCOPED}")


def unprotect(table: str) -> None:
    """Undo `protect`, for a table that stays when a migration is taken back."""
    op.execute(f"REVOKE SELECT ON {table} FROM {CITY}, {SCOPED}")  # noqa: S608 - a table of ours
    for reader in ("city", "scoped"):
        op.execute(f"DROP POLICY {table}_{reader} ON {table}")
    op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def leave_open(*tables: str) -> None:
    """Let every reader see every row: for what the map shows to everybody, and for catalogues."""
    op.execute(f"GRANT SELECT ON {', '.join(tables)} TO {CITY}, {SCOPED}")


def leave_open_but(table: str, *hidden: str) -> None:
    """Let every reader see every row, without these columns. Whoever adds a column later opens it by itself."""
    columns = op.get_bind().scalars(
        text(
            "SELECT attname FROM pg_attribute WHERE attrelid = CAST(:name AS regclass) AND attnum > 0 "
            "AND NOT attisdropped AND attname <> ALL (:hidden)"
        ),
        {"name": table, "hidden": list(hidden)},
    )
    op.execute(f"GRANT SELECT ({', '.join(columns)}) ON {table} TO {CITY}, {SCOPED}")


def city_only(*tables: str) -> None:
    """Let city-wide readers alone see the table."""
    op.execute(f"GRANT SELECT ON {', '.join(tables)} TO {CITY}")


def in_communities(column: str) -> str:
    """That a column holds the code of a community the reader sees."""
    return f"{column} = ANY ((SELECT visible_communities())::text[])"


def in_counties(column: str) -> str:
    """That a column holds the code of a county the reader sees the whole of."""
    return f"{column} = ANY ((SELECT visible_counties())::text[])"


def in_grids(column: str) -> str:
    """That a column holds the id of a single grid the reader sees."""
    return f"{column} = ANY ((SELECT visible_grids())::uuid[])"


def of_grid(column: str) -> str:
    """That a column holds the id of a grid the reader sees, by itself or by its community."""
    return (
        f"{in_grids(column)} OR EXISTS (SELECT FROM grid_version seen "
        f"WHERE seen.grid_id = {column} AND {in_communities('seen.community_code')})"
    )
