"""Whether the service can work: named checks of the running database, its disk, its jobs and its archive."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from gridsvc.core.errors import GridsvcError
from gridsvc.infra import archive, schema
from gridsvc.infra.cluster_data import Layout, data_version
from gridsvc.infra.postgres import find_programs, program_version
from gridsvc.infra.reserve import MEGABYTE, free_bytes
from gridsvc.infra.settings import ANYWHERE, Settings

State = Literal["ok", "warn", "fail"]
HEARTBEAT_S = 60
MOST_WAITING = 3
EXTENT = text(
    "SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) FROM (SELECT ST_Extent(geom) AS box FROM area) AS e"
)
RESTART = "stop the service and start it again"


@dataclass(frozen=True)
class Check:
    """One thing looked at. "fail" means that the service cannot work, "warn" that it will not for long."""

    name: str
    state: State
    text: str
    mend: str = ""


def examine(settings: Settings, session: Session) -> list[Check]:
    """All checks, in the order in which one would mend them. None of them writes."""
    return list(_examine(settings, session))


def _examine(settings: Settings, session: Session) -> Iterator[Check]:
    for check in CHECKS:
        name = check.__name__.removeprefix("check_")
        try:
            yield check(settings, session)
        except (SQLAlchemyError, psycopg.Error) as error:
            session.rollback()
            yield Check(name, "fail", f"the database does not answer ({type(error).__name__})", "gridsvc doctor")
        except (GridsvcError, OSError) as error:
            yield Check(name, "warn", f"could not be looked at ({type(error).__name__})", "gridsvc doctor")


def check_database(_settings: Settings, session: Session) -> Check:
    """A call in PL/pgSQL and one of PostGIS: when the package was upgraded under a running server, they break first."""
    session.execute(text("DO $$ BEGIN PERFORM 1; END $$"))
    session.execute(text("SELECT postgis_lib_version()"))
    return Check("database", "ok", "answers")


def check_server(settings: Settings, session: Session) -> Check:
    """Whether the running server is the program that is installed now; another's server is its own affair."""
    running = str(session.execute(text("SHOW server_version")).scalar_one()).split()[0]
    if not is_private(settings):
        return Check("server", "ok", running)
    installed = installed_version(settings)
    if running != installed:
        return Check("server", "warn", f"runs {running}, and {installed} was installed since", RESTART)
    return Check("server", "ok", running)


def check_schema(_settings: Settings, session: Session) -> Check:
    """Whether the tables are those of this version."""
    found = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if found == schema.head():
        return Check("schema", "ok", found)
    known = found is not None and schema.is_known(found)
    mend = "gridsvc upgrade" if known or found is None else "install the newer version that wrote the data"
    return Check("schema", "fail", f"is {found}, needed is {schema.head()}", mend)


def check_disk(settings: Settings, _session: Session) -> Check:
    """Whether there is room for what is written next, where the data and where the log of changes lie."""
    free = free_bytes(settings)
    told = f"{free // MEGABYTE} MB free"
    if free < settings.reserve_mb * MEGABYTE:
        return Check("disk", "warn", f"{told}; writes are refused", "free some space; nothing needs to be started anew")
    if free < 4 * settings.reserve_mb * MEGABYTE:
        return Check("disk", "warn", told, f"free some space; below {settings.reserve_mb} MB writes are refused")
    return Check("disk", "ok", told)


def check_jobs(_settings: Settings, session: Session) -> Check:
    """Whether a job process is alive."""
    alive = session.execute(
        text(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => :seconds)"
        ),
        {"seconds": HEARTBEAT_S},
    ).scalar_one()
    if alive:
        return Check("jobs", "ok", "the job process is alive")
    return Check("jobs", "warn", f"no job process was seen for {HEARTBEAT_S} s", RESTART)


def check_archive(settings: Settings, session: Session) -> Check:
    """Whether changes reach the archive, where one is asked for."""
    if settings.archive_to is None:
        return Check("archive", "ok", "not asked for")
    lag = archive.lag(session.connection().connection.driver_connection)  # type: ignore[arg-type]
    if not lag.is_on:
        return Check("archive", "warn", "asked for, but the server was started without it", RESTART)
    if lag.failing or lag.waiting > MOST_WAITING:
        text_ = f"{lag.waiting} pieces of the log wait"
        return Check("archive", "warn", text_, "see that the archive's folder is there, can be written and has room")
    return Check("archive", "ok", f"{lag.waiting} pieces of the log wait")


def check_bounds(settings: Settings, session: Session) -> Check:
    """Whether a place in another city would be refused; without a city's own bounds it is taken for one of here."""
    if settings.city_bounds != ANYWHERE:
        return Check("bounds", "ok", "are the city's own")
    west, south, east, north = session.execute(EXTENT).one()
    if west is None:
        return Check("bounds", "ok", "no outline is registered yet")
    told = f"coordinates anywhere in China are taken; the areas lie in {west:.2f},{south:.2f},{east:.2f},{north:.2f}"
    return Check("bounds", "warn", told, "set GRIDSVC_CITY_BOUNDS to the city's box, a little wider than this")


CHECKS: tuple[Callable[[Settings, Session], Check], ...] = (
    check_database,
    check_server,
    check_schema,
    check_disk,
    check_jobs,
    check_archive,
    check_bounds,
)


def is_private(settings: Settings) -> bool:
    """Whether the database is the private cluster in this home; a child process is given its address like another's."""
    url = settings.database_url
    return Layout(settings.home).data.exists() and (url is None or "host=%2F" in url)


def installed_version(settings: Settings) -> str:
    """The version of the server's program on disk; asked again only when the file was replaced."""
    programs = _programs(settings)
    status = (programs / "postgres").stat()
    return _version(programs, status.st_ino, status.st_mtime_ns)


def _programs(settings: Settings) -> Path:
    return find_programs(data_version(Layout(settings.home).data)).folder


@lru_cache(maxsize=4)
def _version(programs: Path, _inode: int, _changed: int) -> str:
    return program_version(programs)
