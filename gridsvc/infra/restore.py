"""A backup brought back: into an empty home or an empty database, compared row by row, and then brought up to date."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gridsvc.core.errors import Conflict, Fault
from gridsvc.infra import backup_file, cluster, databases, inventory, pgtools, schema, unfinished
from gridsvc.infra.backup import programs_for
from gridsvc.infra.backup_file import BackupDamaged, Manifest
from gridsvc.infra.cluster_data import RESTORING, make_home
from gridsvc.infra.databases import Database
from gridsvc.infra.settings import Settings

MOST_JOBS = 4
HAS_TABLES = "The database to restore into has tables already; nothing was changed."
# What a cluster keeps beside its data for as long as it runs; it has no meaning in another place.
NOT_MOVED = ("cluster.lock", "cluster.users", "cluster.keep")


class HomeNotEmpty(Conflict):
    """The place to restore into is not empty; nothing was changed."""

    code = "home_not_empty"


@dataclass(frozen=True)
class Restored:
    """What was restored, and the schema it has now."""

    manifest: Manifest
    schema: str

    @property
    def was_upgraded(self) -> bool:
        """Whether the backup was an older version's."""
        return self.schema != self.manifest.schema


def restore(settings: Settings, backup: Path) -> Restored:
    """Restores a backup into the empty home of the settings, or into the empty database of GRIDSVC_DATABASE_URL.

    Refuses with HomeNotEmpty, SchemaNewer or BackupDamaged. Every table is compared with the backup before the schema
    of an older version is brought up to date. An interrupted restore leaves nothing that a service would start on, and
    goes on when it is repeated.
    """
    manifest = backup_file.read_manifest(backup)
    if not schema.is_known(manifest.schema):
        raise schema.SchemaNewer(
            f"The backup was made by gridsvc {manifest.version}, which is newer than this program."
        )
    if settings.database_url is None:
        _into_new_cluster(settings, backup, manifest)
    else:
        _into_own_server(settings, backup, manifest)
    return Restored(manifest, schema.head())


def _into_new_cluster(settings: Settings, backup: Path, manifest: Manifest) -> None:
    with staging_folder(settings.home) as staging:
        dump = backup_file.unpack(backup, manifest, staging)
        inner = settings.model_copy(update={"home": staging, "archive_to": None})
        with cluster.running(inner) as database:
            fill(inner, database, dump, manifest)
            dump.unlink()
            schema.upgrade(database.url)
        move_in(staging, settings.home)


def _into_own_server(settings: Settings, backup: Path, manifest: Manifest) -> None:
    """The database is marked until the very last step; what an interrupted restore has done is not done again."""
    with cluster.running(settings) as database, staging_folder(settings.home) as staging:
        dump = backup_file.unpack(backup, manifest, staging)
        done = unfinished.begin(database, manifest.dump_sha256)
        if done is None:
            raise HomeNotEmpty(HAS_TABLES)
        if not done.is_filled:
            pour(settings, database, dump, manifest, at_once=True)
        dump.unlink()
        if not done.is_compared:
            compare(database, manifest)
            unfinished.note_compared(database)
        schema.upgrade(database.url)
        move_in(staging, settings.home)
        unfinished.end(database)


def check(settings: Settings, backup: Path) -> Manifest:
    """Restores a backup into a scratch cluster that is thrown away; returns its manifest, or raises BackupDamaged."""
    manifest = backup_file.read_manifest(backup)
    with tempfile.TemporaryDirectory(prefix="gridsvc-check-", ignore_cleanup_errors=True) as folder:
        if os.geteuid() == 0:
            Path(folder).chmod(0o711)  # the database's user passes through it; nobody can list it
        update = {"home": Path(folder) / "home", "database_url": None, "archive_to": None}
        scratch = settings.model_copy(update=update)
        scratch.home.mkdir(mode=backup_file.FOLDER_MODE)
        dump = backup_file.unpack(backup, manifest, scratch.home)
        with cluster.running(scratch, durable=False) as database:
            fill(scratch, database, dump, manifest)
    return manifest


def fill(settings: Settings, database: Database, dump: Path, manifest: Manifest) -> None:
    """Fills a new database from a dump and compares every table with the manifest; raises BackupDamaged."""
    with databases.connect(database) as connection:
        if connection.execute(inventory.OUR_TABLES).fetchone() is not None:
            raise HomeNotEmpty(HAS_TABLES)
    pour(settings, database, dump, manifest, at_once=False)
    compare(database, manifest)


def pour(settings: Settings, database: Database, dump: Path, manifest: Manifest, *, at_once: bool) -> None:
    """Fills an empty database from a dump, with the roles it needs.

    `at_once` makes one transaction of it, for a database that is not thrown away when it fails.
    """
    with databases.connect(database) as connection:
        row = connection.execute("SELECT current_user").fetchone()
        inventory.make_roles(connection, manifest.roles, manifest.members)
    assert row is not None
    jobs = 1 if at_once else min(MOST_JOBS, os.cpu_count() or 1)
    pgtools.restore_dump(programs_for(settings), dump, database, jobs=jobs, keep_owners=str(row[0]) == manifest.owner)
    with databases.connect(database) as connection:
        connection.execute("ANALYZE")


def compare(database: Database, manifest: Manifest) -> None:
    """Raises BackupDamaged, naming each table, unless the database holds the very rows the backup tells of."""
    with databases.connect(database) as connection, connection.transaction():
        found = inventory.count_tables(connection)
    if lines := inventory.differences(manifest.tables, found):
        faults = [Fault(line.partition(":")[0], "differs", line) for line in lines]
        raise BackupDamaged("The restored database is not the one that was backed up.", faults=faults)


@contextmanager
def staging_folder(home: Path) -> Iterator[Path]:
    """A folder inside the empty home in which the restore is made; gone if it fails.

    What an interrupted restore has left is no hindrance: that folder itself and, where it is there, files that came to
    their place already.
    """
    left = home / RESTORING
    ours = {RESTORING, backup_file.FILES} if left.exists() else set()
    if home.exists() and any(path.name not in ours for path in home.iterdir()):
        raise HomeNotEmpty(f"{home} is not empty; nothing was changed. Restore into an empty folder.")
    make_home(home)
    with _alone_in(home):
        cluster.wait_stopped(left / "data")
        shutil.rmtree(left, ignore_errors=True)
        left.mkdir(mode=backup_file.FOLDER_MODE)
        try:
            yield left
        except BaseException:
            if not (home / backup_file.FILES).exists():  # or it tells the next restore whose these are
                shutil.rmtree(left, ignore_errors=True)
            raise
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _alone_in(home: Path) -> Iterator[None]:
    handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HomeNotEmpty(f"Another restore into {home} is going on.") from None
        yield
    finally:
        os.close(handle)


def move_in(staging: Path, home: Path) -> None:
    """The restored parts to their places, the database last: without it no service starts on half a home."""
    for name in NOT_MOVED:
        (staging / name).unlink(missing_ok=True)
    os.sync()  # the names of all that was unpacked, too
    for path in backup_file.stored_files(staging / backup_file.FILES):
        path.replace(backup_file.stored_place(home / backup_file.FILES, path.name))
    shutil.rmtree(staging / backup_file.FILES, ignore_errors=True)
    os.sync()
    for path in sorted(staging.iterdir(), key=lambda path: path.name == "data"):
        path.replace(home / path.name)
    backup_file.sync_folder(home)
