"""Health: a package upgraded under a running server, a disk that fills, and a job process that is gone are noticed."""

import contextlib
import http.client
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from benchmarks.service import free_port
from gridsvc.infra import cluster, health
from gridsvc.infra.db import make_engine
from gridsvc.infra.health import Check
from gridsvc.infra.settings import Settings
from tests.fixtures.in_process import Ask
from tests.fixtures.towns import found_town
from tests.infra.service_home import end, eventually, new_home, read_line, settings_for, small_disk

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")


def found(name: str, checks: list[Check]) -> Check:
    return next(check for check in checks if check.name == name)


def test_the_state_of_a_migrated_database_is_told_by_name(session: Session) -> None:
    checks = health.examine(settings_for(Path("/nowhere")), session)
    assert [check.name for check in checks] == ["database", "server", "schema", "disk", "jobs", "archive", "bounds"]
    assert [check.name for check in checks if check.state == "fail"] == []
    assert all(check.mend for check in checks if check.state != "ok")


def test_another_schema_fails_with_the_cure(session: Session) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert found("schema", health.examine(settings_for(Path("/nowhere")), session)).mend == "gridsvc upgrade"
    session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer version" in found("schema", health.examine(settings_for(Path("/nowhere")), session)).mend


def test_a_living_job_process_is_known_by_its_heartbeat(session: Session) -> None:
    assert found("jobs", health.examine(settings_for(Path("/nowhere")), session)).state == "warn"
    session.execute(text("INSERT INTO procrastinate_workers DEFAULT VALUES"))
    assert found("jobs", health.examine(settings_for(Path("/nowhere")), session)).state == "ok"


def test_bounds_as_wide_as_the_country_are_told_once_the_city_is_known(session: Session) -> None:
    anywhere, narrow = settings_for(Path("/nowhere")), settings_for(Path("/nowhere"), city_bounds=(116, 32, 119, 34))
    assert found("bounds", health.examine(anywhere, session)).state == "ok"
    found_town(session)
    check = found("bounds", health.examine(anywhere, session))
    assert check.state == "warn"
    assert "117." in check.text
    assert "GRIDSVC_CITY_BOUNDS" in check.mend
    assert found("bounds", health.examine(narrow, session)).state == "ok"


def test_a_database_that_is_gone_fails_and_ends_no_check(tmp_path: Path) -> None:
    engine: Engine = make_engine(f"postgresql+psycopg://nobody@/none?host={tmp_path}")
    with Session(engine) as session:
        checks = health.examine(settings_for(tmp_path), session)
    assert found("database", checks).state == "fail"
    assert found("disk", checks).state == "ok"


def test_a_package_upgraded_under_a_running_server_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program on disk tells another version than the server that runs."""
    with new_home() as home, cluster.running(settings_for(home)) as database:
        engine = make_engine(database.url)
        with Session(engine) as session:
            assert found("server", health.examine(settings_for(home), session)).state == "ok"
            for name in ("initdb", "pg_ctl", "postgres"):
                program = tmp_path / name
                program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.99'\n")
                program.chmod(program.stat().st_mode | stat.S_IXUSR)
            monkeypatch.setenv("PG_BINDIR", str(tmp_path))
            check = found("server", health.examine(settings_for(home), session))
        engine.dispose()
        monkeypatch.undo()
    assert (check.state, check.mend) == ("warn", "stop the service and start it again")
    assert "15.99 was installed since" in check.text


@dataclass
class Service:
    """A real service on a home of its own."""

    port: int
    home: Path
    process: "subprocess.Popen[str]"

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request(method, path, headers={"X-Gridsvc": "test"} | (headers or {}))
            answer = connection.getresponse()
            content = answer.read()
        is_json = "json" in (answer.getheader("content-type") or "")
        return answer.status, dict(answer.getheaders()), json.loads(content) if is_json else content.decode()


@contextlib.contextmanager
def served(home: Path, **values: str) -> Iterator[Service]:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRIDSVC_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "gridsvc.cli", "serve", "--port", str(port)],
        env=kept | {"GRIDSVC_HOME": str(home)} | {f"GRIDSVC_{name.upper()}": value for name, value in values.items()},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert read_line(process) == f"gridsvc ready http://127.0.0.1:{port}"
        yield Service(port, home, process)
    finally:
        end(process, signal.SIGTERM)


@pytest.fixture(scope="module")
def on_small_disk() -> Iterator[Service]:
    """A service that tells its figures to this machine; for root its home is a disk of its own, a small one."""
    with new_home() as home, contextlib.ExitStack() as opened:
        folder = home.parent
        if os.geteuid() == 0:
            folder = opened.enter_context(small_disk(home.parent / "disk", 400))
        settings = {"reserve_mb": "60", "metrics_access": "loopback", "log_format": "json"}
        yield opened.enter_context(served(folder / "home", **settings))


def test_a_service_tells_its_figures_to_this_machine_alone_where_that_is_allowed(
    on_small_disk: Service,
) -> None:
    service = on_small_disk
    service.ask("GET", "/api/v1/grids/13812345678?name=%E7%8E%8B%E5%B0%8F%E6%98%8E")
    status, headers, figures = service.ask("GET", "/metrics")
    assert status == 200
    assert "x-request-id" in headers
    assert 'route="/api/v1/grids/{code}"' in figures
    assert "13812345678" not in figures
    for name in ("gridsvc_jobs_waiting", "gridsvc_pool_in_use", "gridsvc_database_locks_waited_for"):
        assert name in figures
    assert service.ask("GET", "/metrics", {"X-Forwarded-For": "10.1.2.3"})[0] == 401
    assert eventually(lambda: service.ask("GET", "/ready")[2]["checks"]["jobs"] == "ok")
    assert service.ask("GET", "/ready")[2]["status"] == "ready"


def test_nobody_is_told_figures_without_the_right_unless_that_is_set(ask: Ask) -> None:
    assert ask("GET", "/metrics").status_code == 401


@as_root
def test_on_a_full_disk_writes_are_refused_and_reads_go_on(on_small_disk: Service) -> None:
    service, disk = on_small_disk, on_small_disk.home.parent
    assert service.ask("POST", "/nowhere")[0] in (404, 405)
    filler = disk / "filler"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - 30_000_000)
    assert eventually(lambda: service.ask("POST", "/nowhere")[0] == 503)
    _, headers, problem = service.ask("POST", "/nowhere")
    assert (problem["code"], int(headers["retry-after"]) > 0) == ("storage_full", True)
    status, _, told = service.ask("GET", "/ready")
    assert (status, told["status"], told["checks"]["disk"]) == (200, "degraded", "warn")
    assert service.ask("GET", "/metrics")[0] == 200
    filler.unlink()
    assert eventually(lambda: service.ask("POST", "/nowhere")[0] in (404, 405))


def test_the_version_on_disk_is_asked_only_when_the_program_changed(home_of_one_cluster: Settings) -> None:
    health._version.cache_clear()
    for _ in range(3):
        health.installed_version(home_of_one_cluster)
    assert health._version.cache_info().misses == 1


@pytest.fixture
def home_of_one_cluster(tmp_path: Path) -> Settings:
    return settings_for(tmp_path)
