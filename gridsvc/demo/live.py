"""Life for the demo: a client of the HTTP API that keeps sending visits and reports, like phones and a hotline would.

It runs beside the service (`gridsvc demo --live`), speaks to this machine alone, sends gently and stops after LIMIT.
"""

import http.client
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from gridsvc.core.errors import GridsvcError, InvalidInput
from gridsvc.demo.accounts import WORKER, known_password
from gridsvc.demo.phrases import MATTERS, NEAR
from gridsvc.infra.processes import probe_ready
from gridsvc.infra.settings import Settings

DISPATCHER = "dispatcher"
MEAN_PAUSE_S = 12.0
LONGEST_PAUSE_S = 60.0
VISITS = 0.6
LIMIT = 5_000
WAIT_S = 1.0
TIMEOUT_S = 30.0
MARK = "（演示）"


class LiveRefused(GridsvcError):
    """The service refused what the live client of the demo sent."""

    code = "demo_live_refused"


@dataclass
class Client:
    """Somebody logged in over HTTP."""

    settings: Settings
    cookie: str = field(default="", repr=False)

    def log_in(self, username: str, password: str) -> None:
        """Start a session and keep its cookie."""
        response, _ = self._send("POST", "/session", {"username": username, "password": password})
        self.cookie = (response.getheader("Set-Cookie") or "").split(";")[0]

    def get(self, path: str) -> Any:
        """The answer to a read."""
        return self._send("GET", path)[1]

    def create(self, path: str, body: dict[str, Any]) -> Any:
        """The answer to a create, sent under a key of its own."""
        return self._send("POST", path, body, {"Idempotency-Key": str(uuid4())})[1]

    def _send(
        self, method: str, path: str, body: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, Any]:
        connection = http.client.HTTPConnection(self.settings.host, self.settings.port, timeout=TIMEOUT_S)
        given = {"X-Gridsvc": "web", "Origin": self.settings.base_url, "Cookie": self.cookie}
        if body is not None:
            given["Content-Type"] = "application/json"
        address = path if path.startswith("/api/") else f"/api/v1{path}"
        try:
            content = None if body is None else json.dumps(body).encode()
            connection.request(method, address, content, given | (headers or {}))
            response = connection.getresponse()
            told = response.read()
        finally:
            connection.close()
        if response.status >= http.client.BAD_REQUEST:
            raise LiveRefused(f"{method} {path}: {response.status} {told[:300].decode('utf-8', 'replace')}")
        return response, json.loads(told) if told else None


@dataclass(frozen=True)
class Places:
    """Where things can happen: the worker's grids with some doors, and a point of every grid."""

    doors: dict[str, list[str]]
    kinds: list[str]
    points: list[tuple[float, float]]


def learn_places(worker: Client, dispatcher: Client) -> Places:
    """What both may know of the city."""
    doors = {
        grid["code"]: [door["code"] for door in worker.get(f"/grids/{grid['code']}/doors?limit=100")["items"]]
        for grid in worker.get("/me/grids")["items"]
    }
    kinds = [kind["key"] for kind in worker.get("/visit-kinds")["items"]]
    grids = dispatcher.get(dispatcher.get("/view")["documents"]["grids"])["features"]
    return Places(doors, kinds, [_middle(grid["geometry"]) for grid in grids])


def _middle(geometry: dict[str, Any]) -> tuple[float, float]:
    """About the middle of a polygon: good enough for a report."""
    rings = geometry["coordinates"]
    ring = rings[0] if geometry["type"] == "Polygon" else rings[0][0]
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def make_visit(places: Places, chance: random.Random) -> dict[str, Any]:
    """A visit of the worker at a door of one of the own grids, or in the grid."""
    grid = chance.choice(sorted(places.doors))
    visit: dict[str, Any] = {
        "client_id": str(uuid4()),
        "synthetic": True,
        "kind": chance.choice(places.kinds),
        "grid_code": grid,
        "result": chance.choices(("done", "nobody_home"), (4, 1))[0],
        "note": MARK,
    }
    if places.doors[grid]:
        visit["door_code"] = chance.choice(places.doors[grid])
    return visit


def make_report(places: Places, chance: random.Random) -> dict[str, Any]:
    """A report as the hotline takes it down."""
    category = chance.choices(list(MATTERS), [matter[0] for matter in MATTERS.values()])[0]
    x, y = chance.choice(places.points)
    return {
        "client_id": str(uuid4()),
        "channel": chance.choice(("hotline", "phone", "walk_in", "resident_code")),
        "synthetic": True,
        "category": category,
        "description": f"{chance.choice(MATTERS[category][4])}，在{chance.choice(NEAR)}。{MARK}",
        "x": round(x + chance.gauss(0, 4e-4), 7),
        "y": round(y + chance.gauss(0, 4e-4), 7),
        "crs": "EPSG:4490",
    }


def pauses(chance: random.Random) -> Iterator[float]:
    """Seconds between one message and the next, LIMIT times."""
    for _ in range(LIMIT):
        yield min(chance.expovariate(1 / MEAN_PAUSE_S), LONGEST_PAUSE_S)


def send_on(settings: Settings, chance: random.Random) -> None:
    """Log in and send until the limit. Raises LiveRefused when the service does not want it."""
    password = settings.demo_password or known_password(settings.home)
    if password is None:
        raise InvalidInput("There are no demo accounts in this home.")
    worker, dispatcher = Client(settings), Client(settings)
    worker.log_in(WORKER, password)
    dispatcher.log_in(DISPATCHER, password)
    places = learn_places(worker, dispatcher)
    for pause in pauses(chance):
        time.sleep(pause)
        if places.doors and chance.random() < VISITS:
            worker.create("/visits", make_visit(places, chance))
        else:
            dispatcher.create("/incidents", make_report(places, chance))


def main() -> int:
    """Waits for the service, then sends. Refuses to speak to another machine."""
    settings = Settings()
    if not settings.is_loopback or settings.tls_cert is not None:
        raise InvalidInput("The live client of the demo speaks to this machine alone, without TLS.")
    while probe_ready(settings) is not None:
        time.sleep(WAIT_S)
    send_on(settings, random.Random())
    while True:  # the supervisor would start it again
        time.sleep(3600)


if __name__ == "__main__":
    sys.exit(main())
