"""The data folder of the private cluster: its parts, how it is made, and whether it is in use."""

import contextlib
import hashlib
import os
import shutil
import signal
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from gridsvc.core.errors import InstallationFault
from gridsvc.infra import databases
from gridsvc.infra.postgres import Account, Programs, account_for

SOCKET_NAME = f".s.PGSQL.{databases.PORT}"
TELLING = ("FATAL", "PANIC", "ERROR", "invalid", "could not", "unrecognized")
RESTORING = ".restoring"  # the folder in the home in which a restore is made
ORPHANS_QUIT_S = 3.0
ORPHANS_GONE_S = 10.0
LONGEST_SOCKET_PATH = 107  # bytes in sockaddr_un, without the closing zero


@dataclass(frozen=True)
class Layout:
    """Where the parts of a private cluster lie below the service's home."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def start_log(self) -> Path:
        return self.data / "start.log"

    @property
    def mutex(self) -> Path:
        """Held while the cluster is made, started or stopped."""
        return self.home / "cluster.lock"

    @property
    def users(self) -> Path:
        """Held shared by every command that uses the cluster."""
        return self.home / "cluster.users"

    @property
    def keep(self) -> Path:
        """Exists after `gridsvc db start`: the cluster goes on when the last command ends."""
        return self.home / "cluster.keep"


def make_home(home: Path) -> None:
    """Makes the folder and those above it that are missing: root's for others to pass through, else the owner's."""
    made = [path for path in (home, *home.parents) if not path.exists()]
    home.mkdir(parents=True, exist_ok=True)
    for path in made:
        path.chmod(0o755 if os.geteuid() == 0 else 0o700)  # whatever the umask


def prepare_home(layout: Layout) -> None:
    """Makes the home folder; refuses one that the database's user cannot enter, or half of a restored city."""
    home = layout.home
    if (home / RESTORING).exists() and not layout.data.exists():
        raise InstallationFault(
            f"A restore into {home} did not end, or is going on. Repeat it, or remove {home / RESTORING}."
        )
    try:
        make_home(home)
        account = account_for(layout.data)
        if not os.access(home, os.W_OK | os.X_OK):
            raise PermissionError
        status = home.stat()
        if not account.is_current and status.st_uid == os.geteuid() and not status.st_mode & stat.S_IXOTH:
            home.chmod(status.st_mode | stat.S_IXGRP | stat.S_IXOTH)  # to pass through; the data in it stay closed
    except PermissionError:
        raise InstallationFault(
            f"The folder {home} cannot be written. Set GRIDSVC_HOME to a folder of your own."
        ) from None
    except OSError as error:
        raise InstallationFault(f"The folder {home} cannot be used: {error.strerror}.") from error
    if not account.is_current and account.run(["test", "-x", str(home)]).returncode:
        raise InstallationFault(
            f"The database runs as user {account.name}, who cannot enter {home}. "
            "Set GRIDSVC_HOME to a folder that others may enter, for instance below /var/lib."
        )


def data_version(data: Path) -> int | None:
    """The major version that wrote the data, or None where there are no data yet."""
    try:
        return int((data / "PG_VERSION").read_text().split(".")[0])
    except FileNotFoundError:
        return None
    except ValueError:
        raise InstallationFault(f"{data / 'PG_VERSION'} is damaged; restore the folder from a backup.") from None
    except PermissionError:
        account_for(data)
        raise


def postmaster_pid(data: Path) -> int | None:
    """The process number of the server that runs on `data` now, or None.

    The file alone is not believed: after a crash its number may belong to any process. A server works in its data.
    """
    lines = pid_file_lines(data)
    if not lines or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    try:
        same = (Path("/proc") / str(pid) / "cwd").samefile(data)
        state = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return None
    return pid if same and state not in "ZX" else None


def pid_file_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def clear_after_crash(data: Path) -> None:
    """Waits until the last processes of a server killed with -9 are gone, and then removes its lock files.

    PostgreSQL would believe the number in them, though by now it may belong to any program or to a dead process that
    nobody has buried. Only call this when `postmaster_pid` says None and the mutex is held.
    """
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    begun = time.monotonic()
    asked = False
    while orphans := _orphans(data):
        waited = time.monotonic() - begun
        if waited > ORPHANS_QUIT_S + ORPHANS_GONE_S:
            raise InstallationFault(f"Processes {orphans} of a dead PostgreSQL server do not end. Kill them.")
        if waited > ORPHANS_QUIT_S and not asked:  # busy in a long computation; what the dead server would have sent
            asked = True
            for pid in orphans:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGQUIT)
        time.sleep(0.02)
    lines = pid_file_lines(data)
    folder = Path(lines[4].strip() or data) if len(lines) > 4 else data
    (folder / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
    lock.unlink(missing_ok=True)


def _orphans(data: Path) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (folder / "comm").read_text().strip() == "postgres" and (folder / "cwd").samefile(data):
                found.append(int(folder.name))
    return found


def make_data(layout: Layout, account: Account, programs: Programs) -> None:
    """Makes the data folder beside its place and moves it there whole, so that an interruption leaves no half of it."""
    if layout.data.exists() and any(layout.data.iterdir()):
        raise InstallationFault(f"{layout.data} is not empty and is not a PostgreSQL data folder. Move it away.")
    fresh = layout.home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if not account.is_current:
        os.chown(fresh, account.uid, account.gid)
    command = [programs.path("initdb"), "-D", str(fresh), "-U", databases.ROLE, "-A", "peer", "-E", "UTF8"]
    made = account.run([*command, "--locale=C.UTF-8", "--no-instructions"])
    if made.returncode:
        raise InstallationFault(f"The database cannot be made in {layout.home}: {made.stderr.strip()[-500:]}")
    fresh.replace(layout.data)


def socket_place(data: Path, account: Account) -> Path:
    """The folder of the socket: the data folder, which only its owner enters, or a private one with a shorter name."""
    if socket_fits(data):
        return data
    label = f"gridsvc-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    runtime = os.environ.get("XDG_RUNTIME_DIR") if account.is_current else "/run"
    roots = [Path(root) for root in (runtime, tempfile.gettempdir(), "/tmp") if root]  # noqa: S108 - checked below
    for root in roots:
        place = root / label
        if not (root.is_dir() and os.access(root, os.W_OK) and socket_fits(place)):
            continue
        with contextlib.suppress(FileExistsError):
            place.mkdir(mode=0o700)
            if not account.is_current:
                os.chown(place, account.uid, account.gid)
        found = place.lstat()
        if not place.is_symlink() and found.st_uid == account.uid and not found.st_mode & 0o077:
            return place
    raise InstallationFault(
        f"The path {data} is too long for a socket (107 bytes), and there is no private folder with a shorter name. "
        "Set GRIDSVC_HOME to a shorter path."
    )


def socket_fits(folder: Path) -> bool:
    """Whether a socket in this folder has a path that the system can take."""
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH


def last_words(layout: Layout) -> str:
    """The last words of the server, from the log of this start and the newest of its daily logs."""
    daily = sorted((layout.data / "log").glob("server-*.log"), key=lambda path: path.stat().st_mtime)
    lines: list[str] = []
    for path in [layout.start_log, *daily[-1:]]:
        with contextlib.suppress(OSError):
            lines += [line for line in path.read_text(errors="replace").splitlines()[-20:] if line.strip()]
    told = [line for line in lines if any(word in line for word in TELLING)]
    return f"{' / '.join(told[-3:] or lines[-3:])} (log: {layout.start_log})"
