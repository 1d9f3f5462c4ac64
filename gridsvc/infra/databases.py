"""Databases of a server, ours or the city's own: their addresses, making and dropping them, and their extensions."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from gridsvc.core.errors import InstallationFault, ServiceUnavailable
from gridsvc.infra.postgres import OLDEST_MAJOR

EXTENSIONS = ("postgis", "pg_trgm", "btree_gist")
OLDEST_POSTGIS = (3, 3)
ROLE = "gridsvc"
# The roles of row security (`gridsvc.infra.rowsecurity`): readers of the whole city, and of what a transaction names.
CITY = "gridsvc_city"
SCOPED = "gridsvc_scoped"
# Whoever loads in bulk must pass by row security: COPY does not work under it.
_HAS_ROLES = """
    SELECT rolsuper OR rolbypassrls AND (
        SELECT count(*) = 2 AND bool_and(pg_has_role(current_user, oid, 'MEMBER')) FROM pg_roles WHERE rolname = ANY(%s)
    ) FROM pg_roles WHERE rolname = current_user
"""
PORT = 5432  # of a unix socket only the number in its file name


@dataclass(frozen=True)
class Database:
    """One database that can be used now.

    `owned` says that this command started the cluster it lies in; `runs` whether that cluster has not ended since;
    `revive` starts it again if it has, and tells whether it had. A server of the city's own is never started by us.
    """

    url: str
    owned: bool = False
    runs: Callable[[], bool] = field(default=lambda: True, repr=False, compare=False)
    revive: Callable[[], bool] = field(default=lambda: False, repr=False, compare=False)

    @property
    def conninfo(self) -> str:
        """The address as psycopg and libpq take it."""
        return self.url.replace("postgresql+psycopg://", "postgresql://", 1)

    @property
    def name(self) -> str:
        return urlsplit(self.url).path.lstrip("/")

    def sibling(self, name: str) -> "Database":
        """Another database of the same server; whether it exists is not asked."""
        return replace(self, url=urlunsplit(urlsplit(self.url)._replace(path=f"/{quote(name)}")))


def at_socket(folder: str, name: str = ROLE) -> Database:
    """The address of a database of the private cluster whose socket is in `folder`."""
    return Database(f"postgresql+psycopg://{ROLE}@/{quote(name)}?host={quote(folder, safe='')}&port={PORT}")


def own_server(url: str) -> Database:
    """The city's own server, from GRIDSVC_DATABASE_URL in any of the usual spellings."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise InstallationFault("GRIDSVC_DATABASE_URL must look like postgresql://user:password@host:5432/gridsvc.")
    return Database(f"postgresql+psycopg://{rest}")


def connect(database: Database, *, patience_s: float = 0) -> psycopg.Connection:
    """A connection in autocommit mode. Waits up to `patience_s` while the server is starting up or recovering.

    Nothing is waited for once the private cluster has ended.
    """
    deadline = time.monotonic() + patience_s
    while True:
        try:
            return psycopg.connect(database.conninfo, autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as error:
            if time.monotonic() >= deadline or _is_missing(error) or not database.runs():
                raise
            time.sleep(0.1)


def _is_missing(error: psycopg.OperationalError) -> bool:
    return "does not exist" in str(error)


def create_database(server: Database, name: str, *, template: str | None = None) -> Database:
    """Makes a database on the same server: a copy of `template`, or an empty one with the extensions."""
    made = server.sibling(name)
    with connect(server.sibling("postgres")) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template or "template0")
            )
        )
    if template is None:
        ensure_extensions(made)
    return made


def drop_database(server: Database, name: str) -> None:
    """Drops a database of the same server if it exists, closing whatever is still connected to it."""
    with connect(server.sibling("postgres")) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def ensure_database(database: Database, *, patience_s: float = 60) -> None:
    """Makes a database of the private cluster with its extensions if it is not there yet."""
    try:
        with connect(database, patience_s=patience_s) as connection:
            found = connection.execute("SELECT extname FROM pg_extension").fetchall()
    except psycopg.OperationalError as error:
        if not _is_missing(error):
            raise ServiceUnavailable(f"The private cluster does not answer: {_first_line(error)}") from error
        create_database(database, database.name)
        return
    if not {name for (name,) in found}.issuperset(EXTENSIONS):
        ensure_extensions(database)


def ensure_extensions(database: Database) -> None:
    """Creates the extensions in the database; needs a superuser, which we are in the private cluster."""
    with connect(database) as connection:
        for name in EXTENSIONS:
            try:
                connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
            except psycopg.Error as error:
                major = connection.info.server_version // 10000
                raise InstallationFault(
                    f"The extension {name} cannot be created ({_first_line(error)}). "
                    f"Install it: sudo apt-get install postgresql-{major}-postgis-3 postgresql-contrib"
                ) from error


def check_own_server(database: Database) -> None:
    """Refuses a server that cannot be reached, is too old, or lacks an extension only its administrator can add."""
    try:
        with connect(database) as connection:
            version = connection.info.server_version
            rows = connection.execute("SELECT extname, extversion FROM pg_extension").fetchall()
            has_roles = connection.execute(_HAS_ROLES, [[CITY, SCOPED]]).fetchone()
    except psycopg.OperationalError as error:
        raise InstallationFault(
            f"The database of GRIDSVC_DATABASE_URL cannot be reached: {_first_line(error)}"
        ) from error
    if version < OLDEST_MAJOR * 10000:
        raise InstallationFault(
            f"The server is PostgreSQL {version // 10000}; {OLDEST_MAJOR} is the oldest that works."
        )
    found: dict[str, str] = dict(rows)
    if missing := [name for name in EXTENSIONS if name not in found]:
        raise InstallationFault(
            f"The database {database.name} lacks the extensions {', '.join(missing)}. "
            f"An administrator adds them: psql -d {database.name} -f scripts/sql/extensions.sql"
        )
    postgis = tuple(int(part) for part in found["postgis"].split(".")[:2])
    if postgis < OLDEST_POSTGIS:
        raise InstallationFault(f"The server has PostGIS {found['postgis']}; 3.3 is the oldest that works.")
    if has_roles is None or not has_roles[0]:
        raise InstallationFault(
            f"The roles {CITY} and {SCOPED} are missing, or this login is no member of them or lacks BYPASSRLS. "
            f"An administrator does it: psql -d {database.name} -v login=… -f scripts/sql/roles.sql"
        )


def _first_line(error: BaseException) -> str:
    return next((line.strip() for line in reversed(str(error).splitlines()) if line.strip()), type(error).__name__)
