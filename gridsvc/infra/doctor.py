"""What may be wrong with an installation, and how to mend it: one function for each thing looked at.

Nothing is started and nothing is changed. A check that cannot be made says so and does not stop the others.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import gridsvc
from gridsvc.core.errors import GridsvcError
from gridsvc.infra.cluster_data import Layout, data_version, pid_file_lines, postmaster_pid, socket_fits
from gridsvc.infra.postgres import account_for, find_programs, has_postgis, program_version
from gridsvc.infra.settings import Settings

State = Literal["ok", "warn", "fail"]
PACKAGE = Path(gridsvc.__file__).parent
LEAST_FREE_BYTES = 1_000_000_000
SPARSE_FREE_BYTES = 5_000_000_000
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHINESE_FONTS = re.compile(r"wqy|noto.*cjk|source-?han|droid.*fallback|simsun|uming|ukai", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """What one check found. `mend` says what to do when the state is not ok."""

    name: str
    state: State
    text: str
    mend: str = ""


Check = Callable[[Settings], Finding | list[Finding]]
# Of the checks of health those that this module does not make itself.
OF_SERVICE = ("schema", "jobs", "archive", "bounds")


def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which one would mend them."""
    return list(_examine(settings))


def _examine(settings: Settings) -> Iterator[Finding]:
    for check in CHECKS:
        name = check.__name__.removeprefix("check_")
        try:
            found = check(settings)
            yield from found if isinstance(found, list) else [found]
        except GridsvcError as error:
            yield Finding(name, "fail", error.message, "see the text")
        except OSError as error:
            yield Finding(name, "warn", f"could not be looked at: {error}", "run it as the user the service runs as")


def check_python(_settings: Settings) -> Finding:
    text = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036 - somebody may have moved the environment
        return Finding("python", "fail", text, "install Python 3.11 or newer, remove .venv and run scripts/setup")
    return Finding("python", "ok", text)


def check_packages(_settings: Settings) -> Finding:
    """Whether the packages installed here are those of the lock file; only a checkout has one."""
    lock = PACKAGE.parent / "requirements.lock"
    if not lock.exists():
        return Finding("packages", "ok", "installed without a checkout; nothing to compare with")
    wrong = []
    for name, wanted in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?=\s*\\?$)", lock.read_text(), re.MULTILINE):
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "nothing"
        if found != wanted:
            wrong.append(f"{name} {wanted} is locked, {found} is installed")
    if wrong:
        return Finding("packages", "fail", "; ".join(wrong[:3]), "run scripts/setup")
    return Finding("packages", "ok", "as locked")


def check_front_end(_settings: Settings) -> Finding:
    built = PACKAGE / "static"
    if any(built.glob("*.html")) or any(built.glob("assets/*.js")):
        return Finding("front_end", "ok", "built")
    return Finding("front_end", "fail", f"{built} holds no pages", "run scripts/setup --only web")


def check_time_zones(settings: Settings) -> Finding:
    return Finding("time_zones", "ok", ZoneInfo(settings.city_timezone).key)


def check_postgresql(settings: Settings) -> Finding:
    """The programs for the private cluster, of the version its data need."""
    if settings.database_url is not None:
        return Finding("postgresql", "ok", "not needed: GRIDSVC_DATABASE_URL is set")
    programs = find_programs(data_version(Layout(settings.home).data))
    return Finding("postgresql", "ok", f"{programs.version} in {programs.folder}")


def check_postgis(settings: Settings) -> Finding:
    if settings.database_url is not None:
        return Finding("postgis", "ok", "see the database check")
    programs = find_programs(data_version(Layout(settings.home).data))
    found = has_postgis(programs)
    mend = f"sudo apt-get install postgresql-{programs.major}-postgis-3"
    if found is None:
        return Finding("postgis", "warn", "cannot tell whether PostGIS is installed", mend)
    if not found:
        return Finding("postgis", "fail", f"PostGIS is not installed for PostgreSQL {programs.version}", mend)
    return Finding("postgis", "ok", f"installed for PostgreSQL {programs.major}")


def check_data(settings: Settings) -> Finding:
    """Whether the data folder can be used by whoever asks."""
    layout = Layout(settings.home)
    if not layout.data.exists():
        parent = next(path for path in [settings.home, *settings.home.parents] if path.exists())
        if not os.access(parent, os.W_OK | os.X_OK):
            return Finding("data", "fail", f"{parent} cannot be written", "set GRIDSVC_HOME to a folder of your own")
        return Finding("data", "ok", f"{layout.data} will be made at the first start")
    owner = account_for(layout.data)
    if layout.data.stat().st_mode & 0o077:
        return Finding("data", "fail", f"{layout.data} is open to others", f"chmod 700 {layout.data}")
    return Finding("data", "ok", f"{layout.data}, version {data_version(layout.data)}, user {owner.name}")


def check_socket(settings: Settings) -> Finding:
    data = Layout(settings.home).data
    if settings.database_url is not None or socket_fits(data):
        return Finding("socket", "ok", "the path fits")
    return Finding(
        "socket", "warn", f"{data} is too long for a socket; a private folder with a shorter name stands in",
        "set GRIDSVC_HOME to a shorter path",
    )  # fmt: skip


def check_disk(settings: Settings) -> Finding:
    place = next(path for path in [settings.home, *settings.home.parents] if path.exists())
    free = shutil.disk_usage(place).free
    text = f"{free / 1e9:.1f} GB free at {place}"
    if free < LEAST_FREE_BYTES:
        return Finding("disk", "fail", text, "free at least 1 GB; a full disk stops the database")
    return Finding("disk", "ok" if free > SPARSE_FREE_BYTES else "warn", text, "free some space before it is full")


def check_database(settings: Settings) -> Finding:
    """The running server: it answers, runs PL/pgSQL, and is the version of its programs on disk."""
    import psycopg

    from gridsvc.infra import databases

    if settings.database_url is not None:
        database = databases.own_server(settings.database_url)
        databases.check_own_server(database)
        own = True
    else:
        data = Layout(settings.home).data
        if postmaster_pid(data) is None:
            return Finding("database", "ok", "not running; it is started when needed")
        database, own = databases.at_socket(pid_file_lines(data)[4]), False
    try:
        with databases.connect(database) as connection:
            running = connection.execute("SELECT current_setting('server_version')").fetchone()
            connection.execute("DO $$ BEGIN PERFORM 1; END $$")
    except psycopg.Error as error:
        return Finding("database", "fail", f"the server does not work: {error}", "stop the service and start it again")
    told = str(running[0]).split()[0] if running else "unknown"
    if own:
        return Finding("database", "ok", f"the own server answers, version {told}")
    on_disk = program_version(find_programs(data_version(Layout(settings.home).data)).folder)
    if told != on_disk:
        text = f"the server runs version {told}, and {on_disk} was installed since"
        return Finding("database", "warn", text, "stop the service and start it again")
    return Finding("database", "ok", f"runs, version {told}")


def check_service(settings: Settings) -> list[Finding]:
    """The checks of health on the running database: schema, room on the disk, jobs, archive; each with its cure."""
    from sqlalchemy import text
    from sqlalchemy.orm import Session

    from gridsvc.infra import databases, health
    from gridsvc.infra.db import brief_engine

    if settings.database_url is not None:
        url = databases.own_server(settings.database_url).url
    elif postmaster_pid(Layout(settings.home).data) is not None:
        url = databases.at_socket(pid_file_lines(Layout(settings.home).data)[4]).url
    else:
        return [Finding("service", "ok", "not running")]
    with brief_engine(url, timezone=settings.city_timezone) as engine, Session(engine) as session:
        if session.execute(text("SELECT to_regclass('alembic_version')")).scalar_one() is None:
            return [Finding("service", "ok", "the database is empty; its tables are made when the service starts")]
        found = health.examine(settings, session)
    return [Finding(check.name, check.state, check.text, check.mend) for check in found if check.name in OF_SERVICE]


def check_port(settings: Settings) -> Finding:
    from gridsvc.infra.processes import AddressUnusable, check_address, probe_ready

    try:
        check_address(settings)
    except AddressUnusable as error:
        if probe_ready(settings) is None:
            return Finding("port", "ok", f"a service answers at {settings.base_url}")
        return Finding("port", "warn", error.message, "stop what listens there, or set GRIDSVC_PORT")
    return Finding("port", "ok", f"{settings.host}:{settings.port} is free")


def check_browser(_settings: Settings) -> Finding:
    """Only the tests need a browser of ours."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        return Finding("browser", "warn", "no Chromium; only the tests need one", "sudo apt-get install chromium")
    return Finding("browser", "ok", found)


def check_font(_settings: Settings) -> Finding:
    """Only pictures made on this machine need a Chinese font."""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    for folder in folders:
        if any(CHINESE_FONTS.search(name) for _, _, names in os.walk(folder) for name in names):
            return Finding("font", "ok", "a Chinese font is there")
    mend = "sudo apt-get install fonts-wqy-microhei"
    return Finding("font", "warn", "no Chinese font; only the tests' screenshots need one", mend)


CHECKS: tuple[Check, ...] = (
    check_python,
    check_packages,
    check_front_end,
    check_time_zones,
    check_postgresql,
    check_postgis,
    check_data,
    check_socket,
    check_disk,
    check_database,
    check_service,
    check_port,
    check_browser,
    check_font,
)
