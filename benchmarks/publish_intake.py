"""Incidents that keep coming in, in a process of its own: an open loop of reports over HTTP until it is told to stop.

Reads a JSON object on one line (port, cookie, places, per_second), sends until its input ends, and writes one
(moments due, latencies in ms, errors, and what was answered: identifier, place, grid and the moment of routing).
"""

import asyncio
import gc
import json
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from benchmarks.rate import CONNECTIONS
from benchmarks.service import PATIENCE_S

CREATED = b"201"


@dataclass(frozen=True)
class Intake:
    """Of every report when it was due (by the wall clock) and its latency in ms; how many failed; the answers."""

    due: list[float]
    latencies_ms: list[float]
    errors: int
    stored: list[dict[str, Any]]


class Stream:
    """Reports stream in from entering to leaving; `outcome` is there afterwards."""

    def __init__(self, *, port: int, cookie: str, places: list[tuple[float, float]], per_second: float) -> None:
        self._asked = {"port": port, "cookie": cookie, "places": places, "per_second": per_second}
        self.outcome: Intake | None = None

    def __enter__(self) -> "Stream":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.publish_intake"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(self._asked) + "\n")
        self._process.stdin.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        told, _ = self._process.communicate(timeout=PATIENCE_S)
        if kind is None:
            self.outcome = Intake(**json.loads(told))


async def _drive(asked: dict[str, Any]) -> dict[str, Any]:
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", asked["port"]))
    ended = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    made: dict[str, Any] = {"due": [], "latencies_ms": [], "errors": 0, "stored": []}
    head = f"POST /api/v1/incidents HTTP/1.1\r\nHost: 127.0.0.1:{asked['port']}\r\nCookie: {asked['cookie']}\r\n"
    head += "X-Gridsvc: bench\r\nContent-Type: application/json\r\n"

    async def send(number: int, due: float) -> None:
        body = json.dumps(_report(asked["places"][number % len(asked["places"])])).encode()
        reader, writer = await free.get()
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        status, told = await _answer(reader)
        made["due"].append(time.time() - (time.perf_counter() - due))
        made["latencies_ms"].append((time.perf_counter() - due) * 1000)
        made["errors"] += status != CREATED
        if status == CREATED:
            receipt = json.loads(told)
            made["stored"].append({key: receipt[key] for key in ("id", "routed_at", "grid", "net_version", "who")})
        free.put_nowait((reader, writer))

    began, number, tasks = time.perf_counter() + 0.05, 0, []
    while not ended.done():
        due = began + number / asked["per_second"]
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(send(number, due)))
        number += 1
    await asyncio.gather(*tasks)
    return made


def _report(place: tuple[float, float]) -> dict[str, Any]:
    return {
        "client_id": str(uuid.uuid4()),
        "channel": "hotline",
        "category": "dirty_road",
        "description": "合成数据",
        "x": place[0],
        "y": place[1],
        "crs": "EPSG:4326",
        "synthetic": True,
    }


async def _answer(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return head[9:12], await reader.readexactly(int(lengths[0].partition(b":")[2]))


if __name__ == "__main__":
    gc.disable()
    json.dump(asyncio.run(_drive(json.loads(sys.stdin.readline()))), sys.stdout)
