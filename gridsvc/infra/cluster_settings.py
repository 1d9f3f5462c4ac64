"""The private cluster's own settings: who may enter, what it uses, what it logs, and where its changes are archived."""

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from gridsvc.core.errors import InstallationFault
from gridsvc.infra import databases
from gridsvc.infra.cluster_data import Layout, socket_place
from gridsvc.infra.postgres import Account

ARCHIVER = Path(__file__).with_name("archive.sh")


@dataclass(frozen=True)
class Archive:
    """Where the private cluster's write-ahead log goes without end, and how long a change may wait for it."""

    folder: Path
    every_s: int

    def of(self, data: Path) -> Path:
        """The part of the archive that belongs to the cluster in `data`; restored ones begin a part of their own."""
        return self.folder / system_identifier(data)


def system_identifier(data: Path) -> str:
    """The number that initdb gave the cluster: the first eight bytes of its control file."""
    return str(int.from_bytes((data / "global" / "pg_control").read_bytes()[:8], sys.byteorder))


def configure(
    layout: Layout, account: Account, *, timezone: str, durable: bool, archive: Archive | None = None
) -> None:
    """Writes our own settings anew at every start, so that a newer release brings its own."""
    data = layout.data
    names = {account.name, "root"}
    _write(data / "pg_ident.conf", "".join(f'service "{name}" {databases.ROLE}\n' for name in sorted(names)), account)
    _write(data / "pg_hba.conf", "local all,replication all peer map=service\n", account)
    text = _server_settings(socket_place(data, account), timezone, durable=durable)
    text += _archive_settings(archive.of(data), archive.every_s, account) if archive else "archive_mode = 'off'\n"
    _write(data / "gridsvc.conf", text, account)
    main = data / "postgresql.conf"
    include = "include 'gridsvc.conf'\n"
    text = main.read_text()
    if include not in text:
        _write(main, text + include, account)


def _write(path: Path, text: str, account: Account) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    fresh.chmod(0o600)
    if not account.is_current:
        os.chown(fresh, account.uid, account.gid)
    fresh.replace(path)


def _archive_settings(place: Path, every_s: int, account: Account) -> str:
    """Archiving into a folder that the database's user can write, and nobody else can read."""
    wal = place / "wal"
    try:
        wal.mkdir(parents=True, exist_ok=True)
        for folder in (place, wal):
            folder.chmod(0o700)
            if not account.is_current:
                os.chown(folder, account.uid, account.gid)
    except OSError as error:
        raise InstallationFault(
            f"The archive {place} cannot be used: {error.strerror}. See GRIDSVC_ARCHIVE_TO."
        ) from error
    if not account.is_current and account.run(["test", "-w", str(wal)]).returncode:
        raise InstallationFault(f"The database runs as user {account.name}, who cannot write the archive {wal}.")
    words = ["/bin/sh", shlex.quote(str(ARCHIVER)), '"%p"', '"%f"', shlex.quote(str(wal))]
    command = " ".join(words).replace("'", "''")
    return f"archive_mode = 'on'\narchive_command = '{command}'\narchive_timeout = '{every_s}s'\n"


def _server_settings(socket_folder: Path, timezone: str, *, durable: bool) -> str:
    """Settings for one machine with little memory; a city that needs more brings its own server."""
    values: dict[str, str | int] = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket_folder),
        "unix_socket_permissions": "0700",
        "port": databases.PORT,
        "max_connections": 60,
        "timezone": timezone,
        "log_timezone": timezone,
        "shared_buffers": "96MB",
        "work_mem": "8MB",
        "maintenance_work_mem": "96MB",
        "effective_cache_size": "1GB",
        "random_page_cost": "1.2",
        "max_wal_size": "1GB",
        "checkpoint_timeout": "15min",
        "jit": "off",  # costs more than it gives on short spatial queries
        "synchronous_commit": "on" if durable else "off",
        "fsync": "on" if durable else "off",
        "full_page_writes": "on" if durable else "off",
        "client_connection_check_interval": "10s",
        "logging_collector": "on",
        "log_directory": "log",
        "log_filename": "server-%a.log",  # one file for each day of the week, written over the week after
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": 0,
        "log_min_duration_statement": "2s",
        "log_error_verbosity": "terse",  # details would quote rows, and rows hold people
        "log_parameter_max_length": 0,
        "log_parameter_max_length_on_error": 0,
    }
    lines = ["# Written by gridsvc at every start; changes belong after the include in postgresql.conf."]
    lines += [f"{name} = '{str(value).replace(chr(39), chr(39) * 2)}'" for name, value in values.items()]
    return "\n".join(lines) + "\n"
