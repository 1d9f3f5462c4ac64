"""A run over the API with people's data in every place leaves none of them in the log."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text

from benchmarks.service import free_port
from gridsvc.infra.databases import Database
from gridsvc.infra.processes import API, probe_ready
from gridsvc.infra.settings import Settings

NAME, PHONE, NUMBER = "欧阳测试", "13900001234", "340302199001011234"
SEEDED = (NAME, PHONE, NUMBER, "%E6%AC%A7%E9%98%B3", "\\u6b27\\u9633")


@pytest.fixture
def logged(demo_database: Database, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server of its own that logs JSON at the level debug, and its log."""
    port = free_port()
    settings = Settings(home=tmp_path, database_url=demo_database.url, port=port, log_format="json", log_level="debug")
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(API.arguments, env=os.environ | settings.environment(), stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 60
            while probe_ready(settings) is not None:
                assert process.poll() is None, (tmp_path / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.1)
            yield settings.base_url, tmp_path / "log"
        finally:
            process.terminate()
            process.wait(30)


def test_no_person_is_in_the_log(logged: tuple[str, Path], demo_engine: Engine, demo_password: str) -> None:
    url, log = logged
    with demo_engine.connect() as connection:
        names = [str(name) for (name,) in connection.execute(text("SELECT name FROM worker LIMIT 50"))]
    with httpx.Client(base_url=url, headers={"X-Gridsvc": "test"}, timeout=30) as client:
        client.post("/api/v1/session", json={"username": NAME, "password": PHONE})
        login = client.post("/api/v1/session", json={"username": "dispatcher", "password": demo_password})
        assert login.status_code == 200
        reporter = {"reporter_name": NAME, "reporter_phone": PHONE, "description": f"{NAME} {NUMBER}"}
        for path in json.loads(client.get("/openapi.json").content)["paths"]:
            concrete = path.replace("{code}", PHONE).replace("{incident_id}", NUMBER)
            if path.endswith("/live") or "{" in concrete:
                continue  # streams do not end
            client.get(concrete, params={"q": NAME, "search": PHONE, "phone": PHONE, "cursor": NUMBER, "x": 1, "y": 2})
        client.post("/api/v1/incidents", json=reporter, headers={"Idempotency-Key": NUMBER})
        client.post("/api/v1/incidents", content=json.dumps(reporter) + "}", headers={"User-Agent": PHONE})
        client.get(f"/{PHONE}/{NAME}", headers={"X-Request-Id": PHONE, "Referer": f"http://x/{PHONE}"})
    written = log.read_text(encoding="utf-8")
    for person in (*SEEDED, *names, demo_password, "dispatcher"):
        assert person not in written, person
    requests = [line for line in map(json.loads, written.splitlines()) if line["logger"] == "gridsvc.request"]
    assert len(requests) > 20
    assert {"request", "method", "route", "status", "ms"} <= set(requests[-1])
    # Refusals too: of a right with the number of whoever lacks it, of what lies out of sight, of input.
    assert {403, 404, 422} <= {line["status"] for line in requests if "account" in line}
    assert 401 in {line["status"] for line in requests}
