"""An open-loop load: requests leave at a fixed rate whether or not earlier ones were answered.

Runs as a process of its own, so that measuring costs the measured service as little as it can. It reads a JSON object
(port, cookie, paths, per_second, seconds) and writes one (latencies in ms, errors). A latency counts from the moment
the request was due, so waiting for a free connection is part of it.
"""

import asyncio
import gc
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

CONNECTIONS = 24
OK = b"200"


@dataclass(frozen=True)
class Outcome:
    """Latencies in milliseconds of all answers, and how many were no 200."""

    latencies_ms: list[float]
    errors: int


def run(*, port: int, cookie: str, paths: list[str], per_second: float, seconds: float) -> Outcome:
    """Send for so many seconds from another process, the paths in turn."""
    asked = {"port": port, "cookie": cookie, "paths": paths, "per_second": per_second, "seconds": seconds}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.rate"], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    return Outcome(told["latencies_ms"], told["errors"])


async def _drive(asked: dict[str, Any]) -> dict[str, Any]:
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", asked["port"]))
    head = f"Host: 127.0.0.1:{asked['port']}\r\nCookie: {asked['cookie']}\r\nAccept: application/json\r\n\r\n"
    requests = [f"GET {path} HTTP/1.1\r\n{head}".encode() for path in asked["paths"]]
    latencies: list[float] = []
    errors = 0

    async def send(request: bytes, due: float) -> None:
        nonlocal errors
        reader, writer = await free.get()
        writer.write(request)
        status = await _answer(reader)
        latencies.append((time.perf_counter() - due) * 1000)
        errors += status != OK
        free.put_nowait((reader, writer))

    began = time.perf_counter() + 0.05
    tasks = []
    for number in range(round(asked["per_second"] * asked["seconds"])):
        due = began + number / asked["per_second"]
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(send(requests[number % len(requests)], due)))
    await asyncio.gather(*tasks)
    return {"latencies_ms": latencies, "errors": errors}


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """Reads one answer and returns its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    await reader.readexactly(length)
    return head[9:12]


if __name__ == "__main__":
    gc.disable()
    json.dump(asyncio.run(_drive(json.load(sys.stdin))), sys.stdout)
