"""A moment brought back: the newest base backup before it, and the log replayed from there until that moment."""

import os
import shlex
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from gridsvc.core.errors import GridsvcError, InstallationFault, InvalidInput, NotFound
from gridsvc.infra import backup_file, cluster, databases, pgtools
from gridsvc.infra.archive import BASES, FILES, GONE, WAL, moment_of
from gridsvc.infra.backup import named_files
from gridsvc.infra.cluster_data import Layout, data_version, last_words, prepare_home
from gridsvc.infra.databases import Database
from gridsvc.infra.postgres import Account, account_for, find_programs
from gridsvc.infra.restore import move_in, staging_folder
from gridsvc.infra.settings import Settings

PATIENCE_S = 3600.0
AUTO = "postgresql.auto.conf"
SIGNAL = "recovery.signal"
OF_THE_FORMER = (".s.PGSQL.*", "start.log")  # lay in the data folder when it was copied, and belong to that server


@dataclass(frozen=True)
class BroughtBack:
    """From which base backup a moment came back, and the files that are damaged or missing in the archive."""

    base: Path
    damaged_files: list[str]
    missing_files: list[str]


def restore_moment(settings: Settings, archive: Path, moment: datetime | None) -> BroughtBack:
    """Restores the empty home of the settings as it was at `moment`, or as late as the archive goes when it is None.

    `archive` is the part of one cluster: FOLDER/NUMBER. Refuses a home that is not empty, a moment before the first
    base backup, and one that the archive does not reach.
    """
    if settings.database_url is not None:
        raise InvalidInput("GRIDSVC_DATABASE_URL is set: the archive is the private cluster's.")
    if moment is not None and moment.tzinfo is None:
        raise InvalidInput("The moment has no zone; write 2026-01-01T08:00:00+08:00.")
    base = base_before(archive, moment)
    pgtools.run(find_programs(data_version(base)), "pg_verifybackup", ["--exit-on-error", str(base)])
    with staging_folder(settings.home) as place:
        inner = settings.model_copy(update={"home": place, "archive_to": None})
        layout = Layout(place)
        prepare_home(layout)
        account = account_for(layout.data)
        _copy_data(base, layout.data, account)
        _ask_for(layout.data, archive / WAL, moment, account)
        try:
            with cluster.running(inner) as database:
                _wait_until_there(database)
                with databases.connect(database) as connection:
                    named = named_files(connection)
        except (GridsvcError, psycopg.OperationalError) as error:  # it answers while it replays, and then ends
            raise _in_words(last_words(layout), moment) from error
        (layout.data / AUTO).write_text("")
        damaged, missing = _copy_files(archive, place / backup_file.FILES, named)
        move_in(place, settings.home)
    return BroughtBack(base, damaged, missing)


def _copy_files(archive: Path, target: Path, named: list[str]) -> tuple[list[str], list[str]]:
    """Brings back the archived files; of those that the city removed later only what the moment's rows name.

    Returns the damaged ones, which are kept, and those that rows name and the archive does not have.
    """
    wanted, damaged = set(named), []
    removed_later = [path for path in backup_file.stored_files(archive / GONE) if path.name in wanted]
    for path in [*removed_later, *backup_file.stored_files(archive / FILES)]:
        if backup_file.copy_stored(path, target) != path.name:
            damaged.append(backup_file.entry_name(path.name))
        wanted.discard(path.name)
    return damaged, [backup_file.entry_name(name) for name in sorted(wanted)]


def base_before(archive: Path, moment: datetime | None) -> Path:
    """The newest base backup that was begun before the moment; raises NotFound."""
    found = sorted(archive.glob(f"{BASES}/[0-9]*Z"))
    if moment is not None:
        found = [base for base in found if moment_of(base) <= moment]
    if not found:
        when = f" before {moment.isoformat()}" if moment else ""
        raise NotFound(f"There is no base backup{when} in {archive}; `gridsvc archive base` makes one.")
    return found[-1]


def _copy_data(base: Path, data: Path, account: Account) -> None:
    shutil.copytree(base, data, symlinks=True, ignore=shutil.ignore_patterns(*OF_THE_FORMER))
    data.chmod(0o700)
    if account.is_current:
        return
    for folder, _, files in os.walk(data):
        for path in [Path(folder), *(Path(folder) / name for name in files)]:
            os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _ask_for(data: Path, wal: Path, moment: datetime | None, account: Account) -> None:
    """Tells the server to replay the archive until the moment and then to go on as a cluster of its own."""
    fetch = f'cp {shlex.quote(str(wal))}/%f "%p"'.replace("'", "''")
    lines = [f"restore_command = '{fetch}'", "recovery_target_action = 'promote'", "hot_standby = 'on'"]
    if moment is not None:
        lines.append(f"recovery_target_time = '{moment.astimezone(UTC).isoformat()}'")
    for name, text in ((AUTO, "\n".join(lines) + "\n"), (SIGNAL, "")):
        (data / name).write_text(text)
        (data / name).chmod(0o600)
        os.chown(data / name, account.uid, account.gid)


def _wait_until_there(database: Database) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with databases.connect(database, patience_s=60) as connection:
            row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
        if row is not None and not row[0]:
            return
        time.sleep(0.1)
    raise InstallationFault(f"The log was not replayed within {PATIENCE_S:.0f} s.")


def _in_words(told: str, moment: datetime | None) -> InstallationFault:
    """What the server said at its end, for somebody who asked for a moment."""
    if moment is not None and "recovery ended before configured recovery target" in told:
        return NotReached(f"The archive ends before {moment.isoformat()}; nothing was restored. Try an earlier moment.")
    return InstallationFault(f"The log cannot be replayed. {told}")


class NotReached(InstallationFault):
    """The archive does not reach the moment asked for."""

    code = "moment_not_reached"
