"""Phones that make visits, send them in batches and keep whatever was not answered to send it again, in any order."""

import http.client
import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

PHONES = 6
BATCH = 20
PATIENCE_S = 40
GIVES_UP_AFTER_S = 900
SETTLED = frozenset({"stored", "repeated"})


class Phones:
    """Several phones of one worker, which share what is left to send."""

    mark = "faults sync"
    nameless_mark = "faults sync without names"

    def __init__(self, port: int, cookie: str, grids: list[str], *, visits: int, is_nameless: bool = False) -> None:
        self._port, self._cookie, self._grids = port, cookie, grids
        self._is_nameless = is_nameless
        self._chance = random.Random(3)
        self._lock = threading.Lock()
        self._left = [self._make() for _ in range(visits)]
        self.made = {UUID(visit["client_id"]) for visit in self._left}
        self.answered = 0

    def send_all(self) -> set[UUID]:
        """Send until every visit was answered; returns the identifiers of all. Raises RuntimeError for a refusal."""
        with ThreadPoolExecutor(PHONES) as pool:
            for done in [pool.submit(self._phone) for _ in range(PHONES)]:
                done.result()
        return self.made

    def _make(self) -> dict[str, Any]:
        made = datetime.now(UTC) - timedelta(seconds=self._chance.randrange(60, 20_000))
        return {
            "client_id": str(uuid4()),
            "kind": "safety_patrol",
            "grid_code": self._chance.choice(self._grids),
            "occurred_at": made.isoformat(),
            "note": self.nameless_mark if self._is_nameless else self.mark,
            "synthetic": True,
        }

    def _phone(self) -> None:
        deadline = time.monotonic() + GIVES_UP_AFTER_S
        while taken := self._take():
            if time.monotonic() > deadline:
                raise RuntimeError("the visits could not be sent in time")
            left = self._send_one(taken[0]) if self._is_nameless else self._send(taken)
            with self._lock:
                self.answered += len(taken) - len(left)
                self._left += left
            if left:
                time.sleep(0.05)

    def _take(self) -> list[dict[str, Any]]:
        """Some of what is left, from anywhere: phones do not keep an order."""
        taken = []
        with self._lock:
            for _ in range(min(1 if self._is_nameless else BATCH, len(self._left))):
                place = self._chance.randrange(len(self._left))
                self._left[place], self._left[-1] = self._left[-1], self._left[place]
                taken.append(self._left.pop())
        return taken

    def _send(self, visits: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send a batch; returns what was not answered."""
        answer = self._post("/api/v1/visits/batch", {"visits": visits})
        if answer is None:
            return visits
        status, told = answer
        if status != http.client.OK:
            return visits  # killed meanwhile, or not ready yet
        refused = [item for item in told["items"] if item["status"] not in SETTLED]
        if refused:
            raise RuntimeError(f"refused: {refused[0]}")
        return []

    def _send_one(self, visit: dict[str, Any]) -> list[dict[str, Any]]:
        """Send a visit without its identifier, as a program would that knows no better."""
        answer = self._post("/api/v1/visits", {name: visit[name] for name in visit if name != "client_id"})
        return [] if answer is not None and answer[0] == http.client.CREATED else [visit]

    def _post(self, path: str, body: Any) -> tuple[int, Any] | None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        headers = {"Content-Type": "application/json", "Cookie": self._cookie, "X-Gridsvc": "phone"}
        try:
            connection.request("POST", path, json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"null")
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()
