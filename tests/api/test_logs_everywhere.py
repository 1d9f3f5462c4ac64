"""Every operation of the API and a job that fails, with people's data in every place: no log has them."""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, text

from benchmarks.service import free_port
from gridsvc.infra.databases import Database
from gridsvc.infra.db import unit_of_work
from gridsvc.infra.processes import API, WORKER, Command, probe_ready
from gridsvc.infra.settings import Settings
from tests.api.expectations import EXPECTATIONS, Expect
from tests.api.matrix_world import Principal, World, build_world
from tests.api.test_matrix import headers_of, may, request_for
from tests.infra.service_home import eventually

pytestmark = pytest.mark.timeout(300)

NAME, PHONE, NUMBER = "欧阳测试", "13900001234", "340302199001011234"
MARKS = (NAME, PHONE, NUMBER, "%E6%AC%A7%E9%98%B3", "\\u6b27\\u9633")
FREE_TEXT = re.compile(r"name|reason|phone|description|address|title|note|comment|text|supervisor|password|id_number")
ORDER = ("GET", "POST", "PUT", "PATCH", "DELETE")
# These end what the others need.
LAST = ("POST /api/v1/session/password", "DELETE /api/v1/session", "DELETE /api/v1/sessions/{session_id}")
# A job that fails on a row about a person: the words of the error quote the row.
FAILING = (
    "UPDATE incident SET reporter_name = :name, reporter_phone = :phone, description = :name, address = :phone,"
    " closed_at = received_at - interval '9 years'",
    "ALTER TABLE incident ADD CONSTRAINT never_forgotten CHECK (reporter_name IS NOT NULL) NOT VALID",
)


@dataclass(frozen=True)
class Logged:
    """A service on the world of the authorization matrix, and the logs of all that take part."""

    url: str
    engine: Engine
    world: World
    logs: dict[str, Path]


@pytest.fixture
def logged(fresh_database: Database, fresh_engine: Engine, tmp_path: Path) -> Iterator[Logged]:
    """The API and the job process as they run, at the level debug; the database's log is that of its cluster."""
    with unit_of_work(fresh_engine) as session:
        world = build_world(session)
    settings = Settings(
        home=tmp_path, database_url=fresh_database.url, port=free_port(), log_format="json", log_level="debug"
    )
    logs = {"api": tmp_path / "api.log", "worker": tmp_path / "worker.log"}
    with running(API, settings, logs["api"]), running(WORKER, settings, logs["worker"]):
        assert eventually(lambda: probe_ready(settings) is None), logs["api"].read_text()
        yield Logged(settings.base_url, fresh_engine, world, logs)


@contextmanager
def running(command: Command, settings: Settings, log: Path) -> Iterator[None]:
    with log.open("w") as told:
        process = subprocess.Popen(command.arguments, env=os.environ | settings.environment(), stdout=told, stderr=told)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def test_no_log_tells_of_a_person_whatever_is_asked(logged: Logged) -> None:
    statuses = ask_everything(logged)
    job = failed_job(logged.engine)
    told = {name: path.read_text(encoding="utf-8") for name, path in logged.logs.items()}
    told["database"] = log_of_database(logged.engine)
    for name, written in told.items():
        for mark in (*MARKS, *(who.token for who in logged.world.principals if who.token)):
            assert mark not in written, f"{mark} is in the log of {name}"
    # The control: all of it was done, and each log tells of it in its own words.
    assert sum(status < 300 for status in statuses) > 100
    assert [status for status in statuses if status >= 500] == []
    assert {401, 403, 404, 409, 422} & set(statuses) >= {404, 422}
    requests = [line for line in map(json.loads, told["api"].splitlines()) if line["logger"] == "gridsvc.request"]
    assert len(requests) >= len(statuses)
    assert f"Job {job}" in told["worker"] or f"[{job}]" in told["worker"]
    assert "CheckViolation" in told["worker"]
    assert "never_forgotten" in told["database"]


def ask_everything(logged: Logged) -> list[int]:
    """The statuses of all answers: each operation as it is meant, with people in its words, and as a broken body."""
    names = [name for name, row in EXPECTATIONS.items() if not row.stream]
    names.sort(key=lambda name: (name in LAST, ORDER.index(name.partition(" ")[0])))
    with httpx.Client(base_url=logged.url, timeout=60) as client:
        return [
            client.request(**request).status_code
            for name in names
            for request in requests_for(name, EXPECTATIONS[name], logged.world)
        ]


def requests_for(name: str, row: Expect, world: World) -> Iterator[dict[str, Any]]:
    request = request_for(name, row, world)
    headers = headers_of(asker(row, world), request.pop("extensions")["headers"])
    yield request | {"headers": headers}
    sent = headers | {"User-Agent": PHONE, "Referer": f"http://x/{PHONE}", "X-Request-Id": PHONE}
    queried = request["params"] | {"q": NAME, "search": PHONE, "phone": PHONE, "cursor": NUMBER}
    yield request | spoken(request) | {"headers": sent, "params": queried}
    if "{" in name:
        yield request | {"headers": sent, "url": f"{request['url'].rpartition('/')[0]}/{NUMBER}"}
    if "json" in request:
        broken = json.dumps(spoken(request)["json"], ensure_ascii=False) + "}"
        rest = {key: value for key, value in request.items() if key != "json"}
        yield rest | {"headers": sent | {"Content-Type": "application/json"}, "content": broken.encode()}


def asker(row: Expect, world: World) -> Principal:
    """Somebody who may: for all of the city, or the worker whose thing it is."""
    wanted = ("own",) if row.only_for else ("city", "own")
    able = [who for who in world.principals if who.relation in wanted and may(who, row)]
    return able[0] if able else world.principals[0]


def spoken(request: dict[str, Any]) -> dict[str, Any]:
    """The body with people in all that is free text, and in the rows of a file."""
    if "files" in request:
        row = f"姓名,name,phone\n{NAME},{NAME},{PHONE}\n".encode()
        return {"files": dict.fromkeys(request["files"], (f"{NAME}.csv", row))}
    return {"json": with_people(request["json"])} if "json" in request else {}


def with_people(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {inner: with_people(each, inner) for inner, each in value.items()}
    if isinstance(value, list):
        return [with_people(each, key) for each in value]
    return f"{NAME} {PHONE}" if isinstance(value, str) and FREE_TEXT.search(key) else value


def failed_job(engine: Engine) -> int:
    """The number of a job that was done and failed."""
    with engine.begin() as connection:
        for statement in FAILING:
            connection.execute(text(statement), {"name": NAME, "phone": PHONE} if ":name" in statement else {})
        asked = "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'retention', 0, NULL, NULL, "
        asked += "'{\"timestamp\": 0}'::jsonb, NULL)::procrastinate_job_to_defer_v1])"
        number = int(connection.execute(text(asked)).scalar_one()[0])
    deadline = time.monotonic() + 60
    while state(engine, number) != "failed":
        assert time.monotonic() < deadline, state(engine, number)
        time.sleep(0.2)
    return number


def state(engine: Engine, job: int) -> str:
    with engine.connect() as connection:
        asked = text("SELECT status FROM procrastinate_jobs WHERE id = :id")
        return str(connection.execute(asked, {"id": job}).scalar_one())


def log_of_database(engine: Engine) -> str:
    """The log of the cluster since it began; other tests wrote into it too."""
    with engine.connect() as connection:
        folder, logs = (
            str(connection.execute(text(f"SHOW {name}")).scalar_one()) for name in ("data_directory", "log_directory")
        )
    return "".join(path.read_text(encoding="utf-8") for path in sorted((Path(folder) / logs).iterdir()))
