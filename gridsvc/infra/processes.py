"""The supervisor: one API process and one job process, kept running together and ended together."""

import contextlib
import ctypes
import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import FrameType

from gridsvc.core.errors import GridsvcError, InvalidInput
from gridsvc.infra import memory
from gridsvc.infra.databases import Database
from gridsvc.infra.settings import Settings

TICK_S = 0.2
STOP_PATIENCE_S = 10.0
READY_PATIENCE_S = 120.0
SETTLED_S = 30.0  # a process that has lived this long has not failed at its start
RESTART_DELAYS_S = (0.2, 0.5, 1.0, 2.0, 4.0)
TRIES_BEFORE_READY = 2
PR_SET_PDEATHSIG = 1
PYTHON = (sys.executable, "-P", "-m")
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AddressUnusable(InvalidInput):
    """The service cannot listen on this address."""

    code = "address_unusable"


class ProcessFailed(GridsvcError):
    """A process of the service ends again and again, or never becomes ready."""

    code = "process_failed"


@dataclass(frozen=True)
class Command:
    """One child process to keep running."""

    name: str
    arguments: tuple[str, ...]


API = Command("api", (*PYTHON, "gridsvc.api.serving"))
WORKER = Command("worker", (*PYTHON, "gridsvc.worker"))
# What `gridsvc serve` runs; both read the settings from the environment that they are given.
COMMANDS = (API, WORKER)


def check_address(settings: Settings) -> None:
    """Refuses an address that is taken, forbidden, or open to the network without TLS. Ask before starting anything."""
    if not settings.is_loopback and settings.tls_cert is None and settings.trusted_proxy is None:
        raise AddressUnusable(
            f"{settings.host} can be reached by others, so it needs TLS: phones give no position and keep no page for "
            "offline use without it. Give --tls-cert and --tls-key, or set GRIDSVC_TRUSTED_PROXY to the address of "
            "a proxy that terminates TLS."
        )
    for path in (settings.tls_cert, settings.tls_key):
        if path is not None and not os.access(path, os.R_OK):
            raise AddressUnusable(f"The TLS file {path} cannot be read.")
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
            probe.listen()
        except OSError as error:
            raise AddressUnusable(
                f"Port {settings.port} on {settings.host} cannot be used: {(error.strerror or str(error)).lower()}. "
                "Stop what listens there, or choose another with --port or GRIDSVC_PORT."
            ) from error


def serve(
    settings: Settings,
    database: Database,
    *,
    commands: Sequence[Command] | None = None,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Runs the service in the foreground until INT, TERM or HUP; a database of our own that dies is started again.

    Prints `gridsvc ready URL` when /ready answers 200. Returns after an orderly end, with no child left.
    Raises ProcessFailed when a process keeps ending or the service does not become ready.
    """
    check_address(settings)
    tell = announce or _print_line
    supervisor = _Supervisor(settings, database, commands or COMMANDS, tell)
    with _ending_signals(supervisor.ask_to_end):
        supervisor.run()


def run_apart(settings: Settings, database: Database, *arguments: str) -> int:
    """Runs one of our own commands in a process of its own, such as ("db", "prepare"), and returns its exit code.

    For heavy work before serving: what it imports and builds would stay in the supervisor's memory for ever.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "gridsvc.cli", *arguments],
        env=os.environ | settings.environment() | {"GRIDSVC_DATABASE_URL": database.url},
        stdin=subprocess.DEVNULL,
        preexec_fn=_tie_to_parent(),
    )
    try:
        return process.wait()
    except BaseException:  # Ctrl-C or TERM while it works: it ends first
        process.terminate()
        process.wait()
        raise


def _print_line(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the one line others wait for


@contextlib.contextmanager
def _ending_signals(handler: Callable[[], None]) -> Iterator[None]:
    def handle(_number: int, _frame: FrameType | None) -> None:
        handler()

    previous = {number: signal.signal(number, handle) for number in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, former in previous.items():
            signal.signal(number, former)


def _tie_to_parent() -> Callable[[], None]:
    """For `preexec_fn`: the kernel kills the child when the supervisor vanishes, kill -9 included."""
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


@dataclass
class _Child:
    """A command, its process while it runs, and how often it has failed at its start."""

    command: Command
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    quick_failures: int = field(default=0)


class _Supervisor:
    def __init__(
        self, settings: Settings, database: Database, commands: Sequence[Command], announce: Callable[[str], None]
    ) -> None:
        self.settings = settings
        self.database = database
        self.announce = announce
        self.children = [_Child(command) for command in commands]
        own = settings.environment() | {"GRIDSVC_DATABASE_URL": database.url}
        self.environment = {**memory.ALLOCATOR, **os.environ, **own}
        self.requests_to_end = 0
        self.ready = False
        self.began_at = time.monotonic()

    def ask_to_end(self) -> None:
        self.requests_to_end += 1

    def run(self) -> None:
        try:
            while not self.requests_to_end:
                self._look_after_database()
                for child in self.children:
                    self._look_after(child)
                if not self.ready:
                    self._look_whether_ready()
                time.sleep(TICK_S)
        finally:
            self._end()

    def _look_after_database(self) -> None:
        if self.database.revive():
            self.announce("gridsvc: the database had died and was started again")

    def _look_after(self, child: _Child) -> None:
        now = time.monotonic()
        if child.process is not None:
            code = child.process.poll()
            if code is None:
                return
            self._note_end(child, code, now)
        if now >= child.restart_at:
            child.process = self._spawn(child.command)
            child.started_at = now

    def _note_end(self, child: _Child, code: int, now: float) -> None:
        child.process = None
        settled = now - child.started_at >= SETTLED_S
        child.quick_failures = 1 if settled else child.quick_failures + 1
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        limit = len(RESTART_DELAYS_S) if self.ready else TRIES_BEFORE_READY
        if child.quick_failures >= limit:
            raise ProcessFailed(
                f"The {child.command.name} process {how}, {child.quick_failures} times in a row. It said why above."
            )
        delay = RESTART_DELAYS_S[child.quick_failures - 1]
        child.restart_at = now + delay
        self.announce(f"gridsvc: the {child.command.name} process {how}; starting it again")

    def _spawn(self, command: Command) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command.arguments,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which passes it on in order
            preexec_fn=_tie_to_parent(),
        )

    def _look_whether_ready(self) -> None:
        answer = probe_ready(self.settings)
        if answer is None:
            self.ready = True
            self.announce(f"gridsvc ready {self.settings.base_url}")
        elif time.monotonic() - self.began_at > READY_PATIENCE_S:
            raise ProcessFailed(f"The service is not ready after {READY_PATIENCE_S:.0f} s. Last answer: {answer}")

    def _end(self) -> None:
        running = [child.process for child in self.children if child.process is not None]
        asked = self.requests_to_end
        for process in running:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + STOP_PATIENCE_S
        while any(process.poll() is None for process in running):
            if time.monotonic() > deadline or self.requests_to_end > asked:
                break
            time.sleep(0.02)
        for process in running:
            _signal_group(process, signal.SIGKILL)  # also what a child has started itself and left behind
            process.wait()


def _signal_group(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def probe_ready(settings: Settings, *, timeout_s: float = 2.0) -> str | None:
    """None when /ready answers 200, else what it says instead."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - asked, not bound
    connection: http.client.HTTPConnection
    if settings.tls_cert:
        trusting = ssl._create_unverified_context()  # noqa: S323 - our own process on this machine
        connection = http.client.HTTPSConnection(host, settings.port, timeout=timeout_s, context=trusting)
    else:
        connection = http.client.HTTPConnection(host, settings.port, timeout=timeout_s)
    with contextlib.closing(connection):
        try:
            connection.request("GET", "/ready")
            response = connection.getresponse()
            body = response.read(400).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            return str(error) or type(error).__name__
    return None if response.status == http.client.OK else f"{response.status} {body.strip()}"
