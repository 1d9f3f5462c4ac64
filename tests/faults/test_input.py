"""The trial of bad input notices a service that crashes, dawdles or repeats what it was sent."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import strategies as st

from benchmarks.memory import Footprint, footprints
from benchmarks.service import free_port
from faults import _input_cases as making
from faults import _input_values as values
from faults._input_operations import LEFT_OUT, Operation, operations
from faults._input_wire import Reply
from faults._input_worker import Order, Outcome, work
from faults.input import verdict
from gridsvc.api.serving import KEEP_ALIVE_S
from gridsvc.infra.databases import Database
from gridsvc.infra.processes import probe_ready
from gridsvc.infra.settings import Settings
from tests.faults.broken_service import PREFIX
from tests.infra.service_home import eventually


@pytest.fixture
def broken_port(fresh_database: Database, tmp_path: Path) -> Iterator[int]:
    port = free_port()
    settings = Settings(home=tmp_path, database_url=fresh_database.url, port=port)
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "tests.faults.broken_service:create_app", "--factory"]
        + ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", "--log-level", "critical"]
        + ["--timeout-keep-alive", str(KEEP_ALIVE_S)],
        env=os.environ | settings.environment(),
        stderr=subprocess.DEVNULL,
    )
    assert eventually(lambda: probe_ready(settings) is None)
    yield port
    process.terminate()
    process.wait(30)


def broken_part(port: int) -> dict[str, Any]:
    """The description of the broken routes, and of those that are left out by name."""
    document: dict[str, Any] = httpx.get(f"http://127.0.0.1:{port}/openapi.json").json()
    kept = {name.split()[1] for name in LEFT_OUT}
    paths = {path: item for path, item in document["paths"].items() if path.startswith(PREFIX) or path in kept}
    for path in kept:
        paths[path] = {method: told for method, told in paths[path].items() if f"{method.upper()} {path}" in LEFT_OUT}
    return document | {"paths": paths}


@pytest.mark.slow
def test_what_is_broken_on_purpose_is_noticed(broken_port: int) -> None:
    cookies = {"anybody": "gridsvc_session=unknown"}
    found = work(Order(broken_port, cookies, broken_part(broken_port), cases=400, uploads=0, seed=5))
    assert found.answers_5xx > 0
    assert found.over_2_s > 0
    assert found.echoes > 0
    told = verdict(found, [100.0, 120.0, 101.0], most_growth_pct=5.0)
    assert {words.split()[0] for words in told.broken} >= {"answers_5xx", "over_2_s", "echoes", "memory_growth_pct"}
    assert any("GET /api/v1/broken/crash" in sample for sample in found.samples)


def test_a_trial_whose_sessions_have_ended_says_so() -> None:
    case = making.junk(Operation("GET", "/x"), "worker", 1, 1)[0]
    found = Outcome()
    for headers in ((), (b"Cookie: none",)):
        found.note(Reply(replace(case, headers=headers), 401, 1.0))
    assert found.turned_away == {"worker": 1}
    assert [words.split()[0] for words in verdict(found, [1.0, 1.0], most_growth_pct=5.0).broken] == ["turned_away_pct"]


READS_AND_KEEPS = """
import mmap, sys
with open(sys.argv[1], "rb") as file:
    shared = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    for step in map(str.strip, sys.stdin):
        seen = sum(shared[at] for at in range(0, len(shared), 4096)) if step == "read" else 0
        kept = bytearray(64_000_000) if step == "keep" else b""
        print("done", flush=True)
"""


def test_what_a_process_keeps_is_seen_and_a_file_that_it_reads_is_not(tmp_path: Path) -> None:
    def sizes(step: str) -> Footprint:
        print(step, file=process.stdin, flush=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "done\n"
        return footprints(process.pid, tmp_path)[0]

    (tmp_path / "shared").write_bytes(b"x" * 16_000_000)
    command = [sys.executable, "-c", READS_AND_KEEPS, str(tmp_path / "shared")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        idle, read, kept = sizes("idle"), sizes("read"), sizes("keep")
        process.terminate()
    assert read.own_mb - idle.own_mb < 1
    assert read.pss_mb - idle.pss_mb > 14
    assert kept.own_mb - read.own_mb > 60


def test_an_operation_left_out_must_exist() -> None:
    with pytest.raises(LookupError, match="left out, but not there"):
        operations({"paths": {}})


def test_the_same_number_makes_the_same_cases() -> None:
    operation = Operation("POST", "/x", body={"name": "a", "geometry": {"type": "Point"}}, takes_json=True)
    for make in (making.spoiled_bodies, making.junk):
        assert make(operation, None, 30, 7) == make(operation, None, 30, 7)
    assert values.MARK.encode() in b"".join(values.RAW_JSON)


def test_no_header_ends_before_its_line() -> None:
    for case in making.junk(Operation("GET", "/x", query_values={"q": "1"}), None, 300, 1):
        assert not any(b"\n" in header or b"\r" in header for header in case.headers)
        assert b" HTTP" not in case.line


class Numbered:
    """An operation of a description that makes requests with a number in each part."""

    def as_strategy(self, *, generation_mode: object) -> st.SearchStrategy[Any]:
        return st.integers(0, 10**6).map(lambda number: Numbered.Request(number))

    class Request:
        def __init__(self, number: int) -> None:
            self.number = number

        def as_transport_kwargs(self, base_url: str) -> dict[str, Any]:
            n = self.number
            return {"url": f"{base_url}/{n}", "params": {"q": n}, "headers": {"H": str(n)}, "json": {"n": n}}


def test_described_requests_are_made_and_then_put_together_of_parts_of_those() -> None:
    described = making.Described(Numbered())
    first = [one for number in range(10) for one in described.requests("positive", 20, number)]
    made = {one["json"]["n"] for one in first}
    later = described.requests("positive", 200, 7)
    assert {one["json"]["n"] for one in later} <= made
    assert len({str(one) for one in later}) > 150
    assert any(one["url"].rpartition("/")[2] != str(one["json"]["n"]) for one in later)
    assert later == described.requests("positive", 200, 7)
