"""The supervisor: keeps its children running, ends in order, and leaves nothing behind however it ends."""

import contextlib
import os
import pty
import signal
import socket
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from benchmarks.service import free_port
from gridsvc.infra import processes
from gridsvc.infra.databases import Database
from gridsvc.infra.processes import AddressUnusable, Command, ProcessFailed
from tests.infra.service_home import (
    end,
    eventually,
    is_gone,
    new_home,
    processes_of,
    read_line,
    running_pid,
    settings_for,
    start_script,
)

# A stand-in for the API that writes its number to a file and answers every request with 200, and one for the worker.
API = """
import http.server, os, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *a): pass
http.server.HTTPServer.allow_reuse_address = True
server = http.server.HTTPServer(("127.0.0.1", int(os.environ["GRIDSVC_PORT"])), Answer)
open(os.path.join(os.environ["GRIDSVC_HOME"], "api"), "w").write(str(os.getpid()))
server.serve_forever()
"""
WORKER = """
import os, signal, subprocess, sys, time
if "stubborn" in sys.argv: signal.signal(signal.SIGTERM, signal.SIG_IGN)
helper = subprocess.Popen(["sleep", "600"])
open(os.path.join(os.environ["GRIDSVC_HOME"], "helper"), "w").write(str(helper.pid))
open(os.path.join(os.environ["GRIDSVC_HOME"], "worker"), "w").write(str(os.getpid()))
time.sleep(600)
"""
SUPERVISOR = """
    import sys
    from pathlib import Path
    from gridsvc.infra import cluster, processes
    from gridsvc.infra.databases import Database
    from gridsvc.infra.processes import Command
    from gridsvc.infra.settings import Settings
    home, port, api, worker, *options = sys.argv[1:]
    settings = Settings(home=Path(home), port=int(port), host="127.0.0.1", database_url=None)
    python = (sys.executable, "-c")
    commands = [Command("api", (*python, api)), Command("worker", (*python, worker, *options))]
    if "database" in options:
        with cluster.running(settings) as database:
            processes.serve(settings, database, commands=commands)
    else:
        processes.serve(settings, Database("postgresql+psycopg://nowhere/x"), commands=commands)
"""


@pytest.fixture
def home() -> Iterator[Path]:
    with new_home() as made:
        made.mkdir()
        made.chmod(0o755)
        yield made
        assert eventually(lambda: not processes_of(made)), processes_of(made)


@contextlib.contextmanager
def supervised(home: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    port = free_port()
    process = start_script(SUPERVISOR, home, port, API, WORKER, *options, stderr=subprocess.STDOUT)
    try:
        assert read_line(process) == f"gridsvc ready http://127.0.0.1:{port}"
        assert eventually(lambda: number(home, "worker") is not None)
        yield process
    finally:
        process.kill()
        process.wait()


def number(home: Path, name: str) -> int | None:
    try:
        return int((home / name).read_text())
    except (OSError, ValueError):
        return None


def family(home: Path) -> list[int]:
    return [pid for name in ("api", "worker", "helper") if (pid := number(home, name)) is not None]


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_in_order_and_takes_its_children_along(home: Path, sign: signal.Signals) -> None:
    with supervised(home) as supervisor:
        assert end(supervisor, sign) == 0
        assert [is_gone(pid) for pid in family(home)] == [True, True, True]


def test_its_children_die_when_it_is_killed(home: Path) -> None:
    with supervised(home) as supervisor:
        api, worker = number(home, "api"), number(home, "worker")
        end(supervisor, signal.SIGKILL)
        assert api is not None
        assert worker is not None
        assert eventually(lambda: is_gone(api) and is_gone(worker))
    os.kill(number(home, "helper") or 0, signal.SIGKILL)  # only direct children are tied to the supervisor


def test_a_child_that_dies_is_started_again(home: Path) -> None:
    with supervised(home) as supervisor:
        before = number(home, "api")
        assert before is not None
        os.kill(before, signal.SIGKILL)
        assert "api process was killed by signal 9; starting it again" in read_line(supervisor)
        assert eventually(lambda: number(home, "api") not in (None, before))
        assert end(supervisor, signal.SIGTERM) == 0


def test_a_second_ctrl_c_does_not_wait_for_a_child_that_does_not_listen(home: Path) -> None:
    with supervised(home, "stubborn") as supervisor:
        worker, api = number(home, "worker"), number(home, "api")
        assert worker is not None
        assert api is not None
        supervisor.send_signal(signal.SIGINT)
        assert eventually(lambda: is_gone(api))
        assert not is_gone(worker)
        assert end(supervisor, signal.SIGINT) == 0
        assert is_gone(worker)


def test_a_child_that_cannot_start_ends_the_service_with_its_name(home: Path) -> None:
    settings = settings_for(home, port=free_port())
    commands = [Command("worker", ("sleep", "600")), Command("api", ("sh", "-c", f"exit 3 # {home}"))]
    told: list[str] = []
    with pytest.raises(ProcessFailed, match="api process ended with code 3, 2 times in a row"):
        processes.serve(settings, Database("none"), commands=commands, announce=told.append)
    assert told == ["gridsvc: the api process ended with code 3; starting it again"]


def test_a_program_that_is_not_there_leaves_no_other_child_running(home: Path) -> None:
    settings = settings_for(home, port=free_port())
    commands = [Command("worker", ("sleep", "612")), Command("api", ("/no/such/program",))]
    with pytest.raises(OSError, match="No such file"):
        processes.serve(settings, Database("none"), commands=commands)
    assert ["sleep", "612"] not in [child.cmdline() for child in psutil.Process().children()]


def test_a_taken_port_is_named_before_anything_starts(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AddressUnusable, match=f"Port {port} .*address already in use.*--port"):
            processes.serve(settings_for(home, port=port), Database("none"))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])
def test_an_address_that_others_reach_needs_tls(home: Path, host: str) -> None:
    with pytest.raises(AddressUnusable, match="needs TLS"):
        processes.check_address(settings_for(home, host=host))


def test_behind_a_declared_proxy_an_open_address_is_allowed(home: Path) -> None:
    processes.check_address(settings_for(home, host="0.0.0.0", port=free_port(), trusted_proxy="10.0.0.2"))


def test_a_tls_file_that_cannot_be_read_is_named(home: Path) -> None:
    settings = settings_for(home, tls_cert=home / "missing.pem", tls_key=home / "missing.key")
    with pytest.raises(AddressUnusable, match=r"missing\.pem cannot be read"):
        processes.check_address(settings)


def test_a_database_that_dies_is_started_again_and_ends_with_the_service(home: Path) -> None:
    with supervised(home, "database") as supervisor:
        before = running_pid(home)
        assert before is not None
        os.kill(before, signal.SIGKILL)
        assert "database had died and was started again" in read_line(supervisor)
        assert running_pid(home) not in (None, before)
        assert end(supervisor, signal.SIGTERM) == 0
        assert processes_of(home) == []


def test_a_killed_supervisor_leaves_no_database_running(home: Path) -> None:
    with supervised(home, "database") as supervisor:
        end(supervisor, signal.SIGKILL)
        os.kill(number(home, "helper") or 0, signal.SIGKILL)
        assert eventually(lambda: not processes_of(home)), processes_of(home)


def test_a_closed_terminal_ends_the_service_and_its_database(home: Path) -> None:
    terminal, inside = pty.openpty()
    process = start_script(
        "import fcntl, termios\nfcntl.ioctl(0, termios.TIOCSCTTY, 0)\n" + textwrap.dedent(SUPERVISOR),
        *(home, free_port(), API, WORKER, "database"),
        stdin=inside,
        stderr=inside,
        start_new_session=True,
    )
    os.close(inside)
    assert read_line(process).startswith("gridsvc ready")
    assert eventually(lambda: number(home, "worker") is not None)
    os.close(terminal)
    assert process.wait(40) == 0
    assert processes_of(home) == []
    assert process.stdout is not None
    process.stdout.close()
