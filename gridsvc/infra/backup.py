"""A portable backup: the whole database as one moment saw it, with the uploaded files, in one file that proves itself.

The service goes on while it is made. Rows are counted and hashed in the same snapshot that pg_dump reads, so a restored
database can be compared with the backup row by row. Files are named by their content and never changed, and they are
stored before the rows that name them; nobody takes one away while a backup is made. So read after the database they are
complete, unless the home has lost some: those are told by name.
"""

import os
import resource
import signal
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from gridsvc import __version__
from gridsvc.core.errors import Conflict, InstallationFault, StorageFull
from gridsvc.infra import backup_file, databases, files, inventory, pgtools, unfinished
from gridsvc.infra.backup_file import Manifest
from gridsvc.infra.cluster_data import Layout, data_version
from gridsvc.infra.databases import Database
from gridsvc.infra.postgres import Programs, find_programs
from gridsvc.infra.reserve import room_beside
from gridsvc.infra.settings import Settings

SUFFIX = ".tar"
NO_ROOM = "The disk has no room for a backup beside the service's own data; make it on another disk."
Connection = psycopg.Connection[tuple[object, ...]]


def programs_for(settings: Settings) -> Programs:
    """PostgreSQL's programs of the version the data have; for another's server the newest there are."""
    return find_programs(None if settings.database_url else data_version(Layout(settings.home).data))


def back_up(
    settings: Settings, database: Database, target: Path, *, now: datetime | None = None
) -> tuple[Path, Manifest]:
    """Makes a backup in the folder `target`, or as the file `target`; returns where it is and what it holds.

    Refuses to write over a file. What is written is on the disk when this returns; an interruption leaves no half file.
    On the disk of the service itself it never takes the reserve: raises StorageFull.
    """
    at = now or datetime.now(UTC)
    place = target / f"gridsvc-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}" if target.is_dir() else target
    if place.exists():
        raise _exists(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".gridsvc-backup-") as folder:
            dump = Path(folder) / backup_file.DUMP
            written = Path(folder) / "backup"
            with databases.connect(database) as connection:
                connection.execute(files.HOLD)  # until the connection ends, and before the snapshot is taken
                facts, photos = _dump(settings, database, connection, dump)
                facts |= {"made_at": at}
                _require(room_beside(settings, place.parent), dump.stat().st_size + _stored_bytes(settings))
                manifest = backup_file.write(written, dump, facts, settings.home / backup_file.FILES, photos)
            _name(written, place)
        backup_file.sync_folder(place.parent)
    except OSError as error:
        why = f"{error.strerror or error}{f' ({error.filename})' if error.filename else ''}"
        raise InstallationFault(f"The backup cannot be written to {place.parent}: {why}.") from error
    return place, manifest


def _stored_bytes(settings: Settings) -> int:
    return sum(path.stat().st_size for path in backup_file.stored_files(settings.home / backup_file.FILES))


def _require(room: int | None, needed: int) -> None:
    if room is not None and room < needed:
        raise StorageFull(NO_ROOM)


def _name(written: Path, place: Path) -> None:
    """Gives a finished file its name, and never that of another, which a rename alone would write over."""
    try:
        os.link(written, place)
    except FileExistsError:
        raise _exists(place) from None
    except OSError:  # exFAT, FAT and many network disks have no second names: the name is taken first
        try:
            place.touch(mode=backup_file.FILE_MODE, exist_ok=False)
        except FileExistsError:
            raise _exists(place) from None
        try:
            written.replace(place)
        except BaseException:
            place.unlink()
            raise


def _exists(place: Path) -> Conflict:
    return Conflict(f"{place} exists already; a backup is never written over.")


def _dump(
    settings: Settings, database: Database, connection: Connection, dump: Path
) -> tuple[dict[str, Any], list[str]]:
    """Dumps the database to a file; what the manifest tells about it and the files its rows name, in one snapshot."""
    room = room_beside(settings, dump.parent)
    _require(room, 1)
    programs = programs_for(settings)
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot(), current_user, version()").fetchone()
        assert row is not None
        snapshot, owner, server = map(str, row)
        if unfinished.is_marked(connection):
            raise unfinished.RestoreUnfinished
        revision = _revision(connection)
        arguments = ["--format=custom", "--compress=3", f"--snapshot={snapshot}", f"--file={dump}"]
        with pgtools.start(programs, "pg_dump", arguments, database) as process:
            try:
                if room is not None:
                    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, room))
                tables = inventory.count_tables(connection)
                roles, members = inventory.list_roles(connection)
                photos = named_files(connection)
                pgtools.finish("pg_dump", process)
            except pgtools.ToolFailed:
                if process.returncode == -signal.SIGXFSZ:
                    raise StorageFull(NO_ROOM) from None
                raise
            except BaseException:
                process.kill()
                raise
    facts = {"tables": tables, "roles": roles, "members": members, "owner": owner}
    return facts | {"server": server.split(" on ")[0], "schema": revision, "version": __version__}, photos


def named_files(connection: Connection) -> list[str]:
    """The names of the stored files that rows of the database tell of; a file of any other kind belongs here too."""
    there = connection.execute("SELECT to_regclass('photo')").fetchone()
    found = connection.execute("SELECT hash FROM photo ORDER BY hash").fetchall() if there and there[0] else []
    return [str(name) for (name,) in found]


def _revision(connection: Connection) -> str:
    there = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if there and there[0] else None
    if found is None:
        raise InstallationFault("The database is empty; there is nothing to back up.")
    return str(found[0])
