"""The archive beside a running private cluster: base backups, the log between them, uploaded files, and how far it is.

    FOLDER/NUMBER/base/20261121T031500Z/   the data folder as pg_basebackup wrote it, with a manifest of hashes
    FOLDER/NUMBER/wal/                     every piece of the write-ahead log since, written by archive.sh
    FOLDER/NUMBER/files/                   the uploaded files, named by their content
    FOLDER/NUMBER/gone/                    those that the city has removed since, until no base backup is that old

NUMBER is the cluster's own; a restored city begins a part of its own and never writes into its ancestor's.
"""

import contextlib
import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from gridsvc.core.errors import InvalidInput
from gridsvc.infra import backup_file, databases, pgtools
from gridsvc.infra.backup import programs_for
from gridsvc.infra.cluster_data import Layout
from gridsvc.infra.cluster_settings import system_identifier
from gridsvc.infra.databases import Database
from gridsvc.infra.settings import Settings

BASES, WAL, FILES, GONE = "base", "wal", "files", "gone"
NAME = "%Y%m%dT%H%M%SZ"
PIECE = re.compile("[0-9A-F]{24}")

STATE = """
    SELECT current_setting('archive_mode') = 'on', archived_count, last_archived_wal, last_archived_time,
        coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false),
        CASE WHEN NOT pg_is_in_recovery() THEN pg_walfile_name(pg_current_wal_lsn()) END,
        (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size')
    FROM pg_stat_archiver
"""


@dataclass(frozen=True)
class Lag:
    """How far the archive is behind: pieces of the log that are finished and not there, and the last failure."""

    is_on: bool
    archived: int
    waiting: int
    failing: bool
    last_at: datetime | None


def place_of(settings: Settings) -> Path:
    """The archive of the private cluster in this home; refuses where none is kept."""
    if settings.archive_to is None or not Layout(settings.home).data.exists():
        raise InvalidInput(
            "No archive is kept: set GRIDSVC_ARCHIVE_TO, and start the service anew. See docs/backup.md."
        )
    return settings.archive_to / system_identifier(Layout(settings.home).data)


def take_base(settings: Settings, database: Database) -> Path:
    """Copies the data folder of the running cluster into the archive, proves the copy, and returns its place.

    It is named for the moment it was whole: from then on every moment can be restored. Uploaded files are copied too.
    """
    archive = place_of(settings)
    bases = archive / BASES
    bases.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = bases / ".fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    programs = programs_for(settings)
    arguments = ["--pgdata", str(fresh), "--format=plain", "--wal-method=stream", "--checkpoint=fast"]
    try:
        pgtools.run(programs, "pg_basebackup", [*arguments, "--manifest-checksums=SHA256"], database)
        pgtools.run(programs, "pg_verifybackup", ["--exit-on-error", str(fresh)], database)
        place = bases / _next_second().strftime(NAME)
        fresh.rename(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    backup_file.sync_folder(bases)
    copy_files(settings)
    _set_aside(settings)
    return place


def _next_second() -> datetime:
    """A moment in whole seconds that lies after all that has happened."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)


def copy_files(settings: Settings) -> int:
    """Copies uploaded files that the archive does not have yet; returns how many. One swept meanwhile is left out."""
    target = place_of(settings) / FILES
    copied = 0
    for path in backup_file.stored_files(settings.home / backup_file.FILES):
        place = backup_file.stored_place(target, path.name)
        if not place.exists():
            with contextlib.suppress(FileNotFoundError):
                _copy(path, place)
                copied += 1
    return copied


def _copy(path: Path, place: Path) -> None:
    with path.open("rb") as source:
        part = place.with_name(f".{place.name}.{os.getpid()}")  # the job process and a command may copy at once
        part.unlink(missing_ok=True)
        with backup_file.create(part) as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
    part.rename(place)
    backup_file.sync_folder(place.parent)


def _set_aside(settings: Settings) -> None:
    """Files that the city has removed go to a place of their own, dated now; half-made copies of such go at once."""
    archive, home = place_of(settings), settings.home / backup_file.FILES
    for path in (archive / FILES).glob("??/*"):
        name = path.name.removeprefix(".").partition(".")[0]
        if (home / name[:2] / name).exists():
            continue
        if path.name.startswith("."):
            path.unlink()
            continue
        os.utime(path)
        path.replace(backup_file.stored_place(archive / GONE, name))


def catch_up(database: Database) -> None:
    """Ends the current piece of the log, so that everything committed until now goes to the archive at once."""
    with databases.connect(database) as connection:
        connection.execute("SELECT pg_switch_wal()")


def forget(settings: Settings, *, keep: int) -> list[Path]:
    """Removes all but the newest `keep` base backups, and the log and files that only they needed; returns what went.

    A file goes when it was found removed from the home before the oldest base kept: no moment left to restore shows it.
    """
    if keep < 1:
        raise InvalidInput("At least one base backup must be kept.")
    archive = place_of(settings)
    bases = sorted(archive.glob(f"{BASES}/[0-9]*Z"))
    removed = bases[:-keep]
    for base in removed:
        shutil.rmtree(base)
    if bases:
        first = _first_piece(bases[-keep:][0])
        for piece in sorted((archive / WAL).iterdir()):
            if len(piece.name) == len(first) and piece.name[8:] < first[8:]:
                piece.unlink()
                removed.append(piece)
        oldest = moment_of(bases[-keep:][0]).timestamp()
        for path in sorted((archive / GONE).glob("??/*")):
            if path.stat().st_mtime < oldest:
                path.unlink()
                removed.append(path)
    return removed


def moment_of(base: Path) -> datetime:
    """From when on moments can be restored with this base backup."""
    return datetime.strptime(base.name, NAME).replace(tzinfo=UTC)


def _first_piece(base: Path) -> str:
    """The name of the first piece of the log a base backup needs; its label says `START WAL LOCATION: 0/2 (file …)`."""
    label = (base / "backup_label").read_text()
    return label.split("(file ", 1)[1].split(")", 1)[0]


def lag(connection: "psycopg.Connection[tuple[object, ...]]") -> Lag:
    """How far the archive of the running server is behind."""
    row = connection.execute(STATE).fetchone()
    assert row is not None
    is_on, archived, last, last_at, failing, current, size = row
    assert last_at is None or isinstance(last_at, datetime)
    assert isinstance(size, int)
    waiting = 0
    if last is not None and current is not None and PIECE.fullmatch(str(last)):
        waiting = _number(str(current), size) - _number(str(last), size) - 1
    return Lag(bool(is_on), int(str(archived)), max(waiting, 0), bool(failing), last_at)


def _number(piece: str, size: int) -> int:
    """How many pieces of the log lie before the one of that name, its timeline aside."""
    return int(piece[8:16], 16) * (2**32 // size) + int(piece[16:24], 16)
