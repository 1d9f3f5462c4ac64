"""The private PostgreSQL cluster in the service's home: made when missing, started by whoever needs it first.

Every command that uses the cluster holds a shared lock and has a small guardian process (guardian.sh) in a session of
its own. When the command ends, however it ends, its guardian stops the cluster unless another command still holds the
lock. So nothing is left running after Ctrl-C, a closed terminal or kill -9, and nobody pulls the database away from
under somebody else. `gridsvc db start` leaves a mark that tells the guardians to let it run.
"""

import contextlib
import fcntl
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gridsvc.core.errors import Conflict, InstallationFault
from gridsvc.infra import databases
from gridsvc.infra.cluster_data import (
    Layout,
    clear_after_crash,
    data_version,
    last_words,
    make_data,
    pid_file_lines,
    postmaster_pid,
    prepare_home,
)
from gridsvc.infra.cluster_settings import Archive, configure
from gridsvc.infra.databases import Database
from gridsvc.infra.postgres import Account, Programs, account_for, clean_environment, find_programs
from gridsvc.infra.settings import Settings

STOP_PATIENCE_S = 60
GUARDIAN = Path(__file__).with_name("guardian.sh")
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Cluster:
    """The private cluster of one home, as one command sees it."""

    def __init__(self, settings: Settings, *, durable: bool = True) -> None:
        self.layout = Layout(settings.home)
        self.timezone = settings.city_timezone
        self.durable = durable
        self.archive = Archive(settings.archive_to, settings.archive_every_s) if settings.archive_to else None
        self._guardian: subprocess.Popen[str] | None = None
        self._users: int | None = None

    # -- use

    def enter(self) -> Database:
        """Starts the cluster if nobody has, and keeps it running until `leave`."""
        prepare_home(self.layout)
        with _locked(self.layout.mutex):
            self._users = _open_lock(self.layout.users)
            fcntl.flock(self._users, fcntl.LOCK_SH)
            owned = self._ensure_running()
            database = self._database()
            databases.ensure_database(database)
            return replace(database, owned=owned)

    def leave(self) -> None:
        """Ends the use; the last one to leave stops the cluster and waits until it has stopped."""
        if self._users is not None:
            os.close(self._users)
            self._users = None
        guardian, self._guardian = self._guardian, None
        if guardian is not None:
            _dismiss(guardian, "bye")

    def revive(self) -> bool:
        """Starts the cluster again if it has died under us; returns whether it had."""
        if self._runs():
            return False
        with _locked(self.layout.mutex):
            revived = self._ensure_running()
            databases.ensure_database(self._database())
        return revived

    def _runs(self) -> bool:
        return postmaster_pid(self.layout.data) is not None

    def _ensure_running(self) -> bool:
        layout = self.layout
        _forget_old_mark(layout)
        data_major = data_version(layout.data)
        account = account_for(layout.data)
        running = self._runs()
        if running and self._guardian is not None:
            return False
        programs = find_programs(data_major)
        if not running:
            if data_major is None:
                make_data(layout, account, programs)
            clear_after_crash(layout.data)
            configure(layout, account, timezone=self.timezone, durable=self.durable, archive=self.archive)
        previous, self._guardian = self._guardian, _spawn_guardian(layout, account, programs, start=not running)
        if previous is not None:
            _dismiss(previous, "leave")
        if not _came_up(self._guardian):
            raise InstallationFault(f"PostgreSQL does not start. {last_words(layout)}")
        return not running

    def _database(self) -> Database:
        """At the socket the running server says it has; a server that has only just started says so soon."""
        while self._runs():
            lines = pid_file_lines(self.layout.data)
            if len(lines) >= 5 and lines[4].strip():
                return replace(databases.at_socket(lines[4].strip()), runs=self._runs, revive=self.revive)
            time.sleep(0.02)
        raise InstallationFault(f"PostgreSQL stopped again at once. {last_words(self.layout)}")

    # -- on request

    def keep_running(self) -> None:
        """Leaves a mark that lets the cluster run on after the last command, until `stop` or a reboot."""
        self.layout.keep.write_text(_boot_id())

    def stop(self, *, force: bool = False) -> bool:
        """Stops a cluster kept running; returns whether it ran. Refuses while other commands use it, unless forced."""
        if not self.layout.home.exists():
            return False
        with _locked(self.layout.mutex):
            self.layout.keep.unlink(missing_ok=True)
            if not self._runs():
                return False
            users = _open_lock(self.layout.users)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not force:
                    raise Conflict(
                        "Another command is using the cluster, which stops with the last of them. --force stops it now."
                    ) from None
            finally:
                os.close(users)
            programs = find_programs(data_version(self.layout.data))
            account = account_for(self.layout.data)
            command = [programs.path("pg_ctl"), "-D", str(self.layout.data), "-s", "-w", "-m", "fast", "stop"]
            stopped = account.run(command)
            if stopped.returncode and self._runs():
                raise InstallationFault(f"PostgreSQL does not stop: {stopped.stderr.strip()}")
            return True


@contextlib.contextmanager
def running(settings: Settings, *, durable: bool = True) -> Iterator[Database]:
    """The service's database for the length of a `with`: the city's own server, or the private cluster.

    The private cluster is made and started when needed and has all extensions. `durable=False` is for tests: no fsync.
    Refuses with InstallationFault, in words that say what to do.
    """
    if settings.database_url is not None:
        database = databases.own_server(settings.database_url)
        databases.check_own_server(database)
        yield database
        return
    cluster = Cluster(settings, durable=durable)
    try:
        yield cluster.enter()
    finally:
        cluster.leave()


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    handle = _open_lock(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _boot_id() -> str:
    return BOOT_ID.read_text().strip() if BOOT_ID.exists() else ""


def _forget_old_mark(layout: Layout) -> None:
    """A wish to keep the cluster running does not outlive a reboot."""
    with contextlib.suppress(FileNotFoundError):
        if layout.keep.read_text().strip() != _boot_id():
            layout.keep.unlink(missing_ok=True)


def _spawn_guardian(layout: Layout, account: Account, programs: Programs, *, start: bool) -> "subprocess.Popen[str]":
    paths = [programs.path("pg_ctl"), layout.data, layout.start_log, layout.mutex, layout.users, layout.keep]
    return subprocess.Popen(
        ["/bin/sh", str(GUARDIAN), *map(str, paths), "start" if start else "watch"],
        cwd="/",
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        user=None if account.is_current else account.uid,
        group=None if account.is_current else account.gid,
        extra_groups=None if account.is_current else [],
    )


def _came_up(guardian: "subprocess.Popen[str]") -> bool:
    assert guardian.stdout is not None
    with guardian.stdout as answers:
        return answers.readline().strip() == "up"


def _dismiss(guardian: "subprocess.Popen[str]", word: str) -> None:
    assert guardian.stdin is not None
    with contextlib.suppress(BrokenPipeError), guardian.stdin as pipe:
        pipe.write(f"{word}\n")
    guardian.wait(STOP_PATIENCE_S)


def wait_stopped(data: Path, timeout_s: float = 20) -> bool:
    """Waits until no server runs on `data`; returns whether that came true in time."""
    deadline = time.monotonic() + timeout_s
    while postmaster_pid(data) is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
