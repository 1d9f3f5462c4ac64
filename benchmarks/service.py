"""The demo city as a real service: `gridsvc demo` in a process of its own, and somebody logged in to it."""

import gzip
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli

from benchmarks.frame import Options, say

READY = "gridsvc ready"
PATIENCE_S = 600
STEP = "  "


@dataclass(frozen=True)
class Answer:
    """An HTTP answer as it came: its status, headers in lower case, and the bytes that were sent."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The content, unpacked and read."""
        packed = self.headers.get("content-encoding")
        plain = {"br": brotli.decompress, "gzip": gzip.decompress}.get(packed or "", bytes)(self.content)
        return json.loads(plain)


@dataclass(frozen=True)
class Service:
    """A running service: where, since how long it took to get ready, and the steps of loading if it had to."""

    port: int
    pid: int
    home: Path
    ready_s: float
    steps: dict[str, float]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, *, cookie: str = "", body: Any = None, encoding: str = "identity") -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Accept-Encoding": encoding, "Cookie": cookie, "X-Gridsvc": "web", "Origin": self.url}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            given = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, given, response.read())
        finally:
            connection.close()

    def log_in(self, username: str = "commander") -> str:
        """The cookie of a fresh session of a demo account."""
        told = json.loads((self.home / "demo-accounts.json").read_text(encoding="utf-8"))
        password = told["accounts"][0]["password"]
        answer = self.ask("POST", "/api/v1/session", body={"username": username, "password": password})
        if answer.status != http.client.OK:
            raise RuntimeError(f"login failed: {answer.status} {answer.content[:200]!r}")
        return answer.headers["set-cookie"].split(";")[0]


@contextmanager
def demo_city(options: Options, home: Path, *, log: Path | None = None) -> Iterator[Service]:
    """`gridsvc demo` on that home until the end of the block; a city is made if there is none.

    What it says of its own mistakes goes to `log`, or nowhere.
    """
    port = free_port()
    home.parent.mkdir(parents=True, exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GRIDSVC_")}
    began = time.perf_counter()
    said = open(log or os.devnull, "w")  # noqa: PTH123, SIM115 - closed with the process
    process = subprocess.Popen(
        [sys.executable, "-m", "gridsvc.cli", "demo", "--size", options.size, "--port", str(port)],
        env=environment | {"GRIDSVC_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=said,
        text=True,
        start_new_session=True,
    )
    try:
        steps = _wait_ready(process)
        yield Service(port, process.pid, home, round(time.perf_counter() - began, 2), steps)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)
        said.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_ready(process: "subprocess.Popen[str]") -> dict[str, float]:
    """Seconds of each step of the load, when the service says that it is ready."""
    assert process.stdout is not None
    steps: dict[str, float] = {}
    for line in process.stdout:
        say(f"  | {line.rstrip()}")
        if line.startswith(READY):
            return steps
        words = line.split()
        if line.startswith(STEP) and len(words) >= 3 and words[-1] == "s":
            steps[words[0]] = float(words[-2])
    raise RuntimeError("the service ended before it was ready")
