"""Phones that sync: an open loop in a process of its own, so that measuring costs the service as little as it can.

Reads a JSON object (port, cookies, per_second, visits) and writes one (latencies in ms of each request, what failed and
how often, how many visits were stored). Every
phone asks for its duty list and its doors, then sends its visits in batches; the phones set out at a fixed rate whether
or not others were answered, and the first request of each counts from when the phone was due.
"""

import asyncio
import gc
import json
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

BATCH = 10
PATIENCE_S = 60
KINDS = ("care_visit", "policy_service", "errand_service")


@dataclass(frozen=True)
class Outcome:
    """Latencies in milliseconds of all requests, how often what failed, and how many visits were stored."""

    latencies_ms: list[float]
    failures: dict[str, int]
    stored: int

    @property
    def failed(self) -> int:
        """Requests and visits that did not succeed."""
        return sum(self.failures.values())


def run(*, port: int, cookies: list[str], per_second: float, visits: int) -> Outcome:
    """Let each cookie be a phone that syncs once, from another process."""
    asked = {"port": port, "cookies": cookies, "per_second": per_second, "visits": visits}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.patrols_phones"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return Outcome(**json.loads(done.stdout))


class _Phones:
    def __init__(self, asked: dict[str, Any]) -> None:
        self.port, self.visits = asked["port"], asked["visits"]
        self.latencies: list[float] = []
        self.failures: Counter[str] = Counter()
        self.stored = 0
        self.doors: list[str] = []
        self.chance = random.Random(7)  # noqa: S311 - visits to make up, not secrets

    async def sync(self, cookie: str, due: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        told = await self._ask(reader, writer, cookie, "GET", "/api/v1/sync", None, due)
        doors = [door["code"] for grid in (told or {}).get("grids", ()) for door in grid["doors"]]
        # Whoever answers for no grid, or is on leave, helps where a colleague was last.
        self.doors = doors = doors or self.doors
        made = [self._visit(self.chance.choice(doors), number) for number in range(self.visits)]
        for start in range(0, len(made), BATCH):
            body = {"visits": made[start : start + BATCH]}
            answer = await self._ask(reader, writer, cookie, "POST", "/api/v1/visits/batch", body, time.perf_counter())
            items = (answer or {}).get("items", ())
            self.stored += sum(item["status"] == "stored" for item in items)
            self.failures.update(f"refused: {item['code']}" for item in items if item["status"] == "refused")
        writer.close()

    def _visit(self, door: str, number: int) -> dict[str, Any]:
        made = time.time() - 3600 + number * 150
        return {
            "client_id": str(uuid4()),
            "kind": self.chance.choice(KINDS),
            "door_code": door,
            "occurred_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(made)),
            "synthetic": True,
        }

    async def _ask(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        cookie: str,
        method: str,
        path: str,
        body: Any,
        due: float,
    ) -> Any:
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookie}\r\nX-Gridsvc: bench\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        writer.write(head.encode() + content)
        try:
            async with asyncio.timeout(PATIENCE_S):
                answer, text = await _answer(reader)
        except (TimeoutError, asyncio.IncompleteReadError):
            self.failures[f"{method} {path} no answer"] += 1
            return None
        self.latencies.append((time.perf_counter() - due) * 1000)
        if answer[9:12] != b"200":
            self.failures[f"{method} {path} {answer[9:12].decode()}"] += 1
            return None
        return json.loads(text)


async def _answer(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The head and the content of an answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return head, await reader.readexactly(int(lengths[0].partition(b":")[2]))


async def _drive(asked: dict[str, Any]) -> dict[str, Any]:
    phones = _Phones(asked)
    began = time.perf_counter() + 0.05
    tasks = []
    for number, cookie in enumerate(asked["cookies"]):
        due = began + number / asked["per_second"]
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(phones.sync(cookie, due)))
    await asyncio.gather(*tasks)
    return {"latencies_ms": phones.latencies, "failures": phones.failures, "stored": phones.stored}


if __name__ == "__main__":
    gc.disable()
    json.dump(asyncio.run(_drive(json.load(sys.stdin))), sys.stdout)
