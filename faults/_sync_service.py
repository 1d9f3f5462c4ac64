"""A small demo city whose API process is killed and started again while phones send to it."""

import http.client
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from benchmarks.service import free_port
from faults._sync_phones import Phones
from faults.frame import say
from gridsvc.demo.setting_up import set_up
from gridsvc.demo.steps import Steps
from gridsvc.infra import schema
from gridsvc.infra.cluster import Cluster
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine
from gridsvc.infra.processes import API
from gridsvc.infra.settings import Settings

PASSWORD = "only-for-this-trial"  # noqa: S105 - of a city that lives for minutes
PATIENCE_S = 60


class Restarted:
    """The service: its database lives on, its API process dies and comes back on the same port."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.kills = 0
        self.cookie = ""
        self._cluster = Cluster(Settings(home=home, database_url=None))
        self._database: Database | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._database = self._cluster.enter()
        settings = Settings(home=self.home, database_url=self._database.url, demo_password=PASSWORD)
        schema.upgrade(self._database.url)
        with (self.home / "loading.log").open("w") as log:
            set_up(settings, self._database.url, size="small", seed=1, steps=Steps(log))
        self._start()
        self.cookie = self._log_in()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._cluster.leave()

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """The database itself, past every line."""
        assert self._database is not None
        made = make_engine(self._database.url)
        yield made
        made.dispose()

    def grids(self) -> list[str]:
        """Codes of the grids that the demo worker answers for."""
        status, told = self._ask("GET", "/api/v1/me/grids")
        if status != http.client.OK:
            raise RuntimeError(f"GET /api/v1/me/grids: {status}")
        return [item["code"] for item in json.loads(told)["items"]]

    def kill_now_and_then(self, times: int, phones: Phones, done: threading.Event) -> None:
        """Kill the API process (-9) at even shares of the work and start it again."""
        of = len(phones.made)
        for number in range(times):
            while phones.answered < of * (number + 0.5) / times and not done.is_set():
                time.sleep(0.02)
            if done.is_set():
                return
            assert self._process is not None
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self.kills += 1
            say(f"  killed with {phones.answered:,} of {of:,} answered")
            self._start()

    def _start(self) -> None:
        assert self._database is not None
        settings = Settings(home=self.home, database_url=self._database.url, port=self.port)
        self._process = subprocess.Popen(
            API.arguments,
            env=os.environ | settings.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE_S
        while self._ask("GET", "/ready")[0] != http.client.OK:
            if time.monotonic() > deadline:
                raise RuntimeError("the service does not come up")
            time.sleep(0.1)

    def _log_in(self) -> str:
        body = {"username": "worker", "password": PASSWORD}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        headers = {"Content-Type": "application/json", "X-Gridsvc": "phone"}
        connection.request("POST", "/api/v1/session", json.dumps(body), headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        if response.status != http.client.OK:
            raise RuntimeError(f"login failed: {response.status}")
        return str(response.headers["set-cookie"]).split(";")[0]

    def _ask(self, method: str, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, headers={"Cookie": self.cookie, "X-Gridsvc": "phone"})
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()
