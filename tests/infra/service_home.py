"""Homes for tests of the cluster and the supervisor, and commands that use them in processes of their own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gridsvc.infra.cluster import Cluster
from gridsvc.infra.cluster_data import postmaster_pid
from gridsvc.infra.settings import Settings


@contextlib.contextmanager
def new_home(prefix: str = "gridsvc-home-") -> Iterator[Path]:
    """A home that the database's user may enter, unlike pytest's own folders; gone afterwards with what runs in it."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)
    home = folder / "home"
    try:
        yield home
    finally:
        with contextlib.suppress(Exception):
            Cluster(Settings(home=home, database_url=None)).stop(force=True)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own on which little has room; skips the test where nothing can be mounted."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def settings_for(home: Path, **values: object) -> Settings:
    """Settings of a home, whatever the environment says."""
    return Settings(**{"home": home, "database_url": None} | values)  # type: ignore[arg-type]


def start_script(code: str, *arguments: object, **options: object) -> "subprocess.Popen[str]":
    """Python code as a process of its own; it sees its arguments in sys.argv[1:]."""
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def read_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: "subprocess.Popen[str]", number: signal.Signals) -> int:
    """Sends a signal, waits, and returns the exit code."""
    process.send_signal(number)
    code = process.wait(60)
    assert process.stdout is not None
    process.stdout.close()
    return code


def eventually(is_true: Callable[[], bool], timeout_s: float = 45) -> bool:
    """Waits for something that other processes bring about."""
    deadline = time.monotonic() + timeout_s
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_gone(pid: int) -> bool:
    """Whether the process has ended; one that nobody has waited for yet has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def processes_of(home: Path) -> list[str]:
    """The command lines of all living processes that mention this home: server, guardians and commands."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            works_there = str(home) in line or str(home) in str((folder / "cwd").readlink())
            if works_there and int(folder.name) != os.getpid() and not is_gone(int(folder.name)):
                found.append(f"{folder.name} {line.strip()}")
    return found


def running_pid(home: Path) -> int | None:
    return postmaster_pid(home / "data")
