"""The API process: whom it believes, and how it ends."""

from pathlib import Path

import httpx

from benchmarks.service import free_port
from gridsvc.api.serving import CIPHERS, options
from gridsvc.infra.databases import Database
from gridsvc.infra.processes import probe_ready
from gridsvc.infra.settings import Settings
from tests.fixtures.serving import serving
from tests.fixtures.streams import Stream
from tests.infra.service_home import eventually


def test_only_a_declared_proxy_is_believed() -> None:
    assert options(Settings())["proxy_headers"] is False
    behind = options(Settings(trusted_proxy="10.0.0.2"))
    assert (behind["proxy_headers"], behind["forwarded_allow_ips"]) == (True, "10.0.0.2")


def test_tls_keeps_past_talks_secret(tmp_path: Path) -> None:
    told = options(Settings(tls_cert=tmp_path / "cert.pem", tls_key=tmp_path / "key.pem"))
    assert (told["ssl_certfile"], told["ssl_ciphers"]) == (tmp_path / "cert.pem", CIPHERS)


def test_it_ends_its_streams_before_it_ends_and_waits_for_none(
    demo_database: Database, demo_home: Path, demo_password: str
) -> None:
    settings = Settings(home=demo_home, database_url=demo_database.url, port=free_port(), demo_password=None)
    log = demo_home / "ending.log"
    with serving(settings, log) as process:
        assert eventually(lambda: probe_ready(settings) is None), log.read_text()
        with httpx.Client(base_url=settings.base_url, headers={"X-Gridsvc": "test"}, timeout=30) as client:
            client.post("/api/v1/session", json={"username": "commander", "password": demo_password})
            streams = [Stream(settings.base_url, client) for _ in range(3)]
        process.terminate()
        assert [stream.next_change() for stream in streams] == [None] * 3
        process.join(60)
        assert not process.is_alive()
    assert "running task" not in log.read_text()  # uvicorn's word on what it had to cut off
