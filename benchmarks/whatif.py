"""`scripts/bench whatif`: how fast a planner sees what an operation does to a community.

edit_ms               one operation tried out or stored over HTTP, from its arrival at the server to the answer (the
                      Server-Timing header), median over communities all over the demo city: painting a block, merging
                      two grids, cutting one by a line; edit_p95_ms and edit_worst_ms of the same
preview_ms, stored_ms the two kinds of it apart
undo_ms               undo and redo
shown_ms              a community as it is drawn, with what it comes to, asked for the first time
whatif_1m_ms          the same as edit_ms, tried out with 1,000,000 held incidents: the service in this process, its
                      store of points filled with as many places scattered about those of the city's incidents;
                      whatif_1m_p95_ms of the same
"""

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import CREATED, OK
from statistics import median, quantiles
from threading import Thread
from typing import Any

import httpx
import numpy as np
import shapely
import uvicorn
from fastapi import FastAPI
from shapely.geometry import mapping, shape
from sqlalchemy import Engine, text

from benchmarks.frame import Figures, Options, home, say
from benchmarks.service import Service, demo_city, free_port
from gridsvc.api.app import create_app
from gridsvc.api.serving import KEEP_ALIVE_S
from gridsvc.incidents.points import HeldPoints, held_points
from gridsvc.infra import cluster
from gridsvc.infra.db import make_engine
from gridsvc.infra.settings import Settings, get_settings

DURATION = re.compile(r"dur=([\d.]+)")
POINTS = 1_000_000
SCATTER_DEG = 0.002
EXACT = 1e-7
# Shared border that is worth calling two grids neighbours, in degrees.
LEAST_SHARED = 1e-5
HEADERS = {"X-Gridsvc": "web"}

Client = httpx.Client
Timed = dict[str, list[float]]


def measure(options: Options) -> Figures:
    """All figures of drawing."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would tell of every request
    with home(options) as place, demo_city(options, place) as service:
        communities = options.times(30, 4)
        with _logged_in(service) as client:
            found = _draw(client, communities, stored=True)
        figures = _figures(found)
        with _in_process(service) as client:
            found = _draw(client, communities, stored=False)
        figures |= {"whatif_1m_ms": median(found["tried"]), "whatif_1m_p95_ms": _p95(found["tried"])}
    return {name: round(value, 1) for name, value in figures.items()}


def _figures(found: Timed) -> Figures:
    edits = found["tried"] + found["stored"]
    say(f"  {len(edits)} operations, {min(edits):.0f} to {max(edits):.0f} ms in the server")
    return {
        "edit_ms": median(edits),
        "edit_p95_ms": _p95(edits),
        "edit_worst_ms": max(edits),
        "preview_ms": median(found["tried"]),
        "stored_ms": median(found["stored"]),
        "undo_ms": median(found["undone"]),
        "shown_ms": median(found["shown"]),
    }


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


@contextmanager
def _logged_in(service: Service) -> Iterator[Client]:
    with httpx.Client(base_url=service.url, headers={**HEADERS, "Cookie": service.log_in("planner")}) as client:
        yield client


@contextmanager
def _in_process(service: Service) -> Iterator[Client]:
    """The same service in this process, with a million points held."""
    cookie = service.log_in("planner")
    settings = Settings(home=service.home, database_url=None)
    with cluster.running(settings) as database:
        engine = make_engine(database.url)
        _hold_a_million(engine)
        engine.dispose()
        app = create_app(settings.model_copy(update={"database_url": database.url}))
        with _served(app) as url, httpx.Client(base_url=url, headers={**HEADERS, "Cookie": cookie}) as client:
            yield client
        get_settings.cache_clear()


@contextmanager
def _served(app: FastAPI) -> Iterator[str]:
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", timeout_keep_alive=KEEP_ALIVE_S))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def _hold_a_million(engine: Engine) -> None:
    """Fill the store of points for the time of the measurement: places near those where incidents were."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT ST_X(point), ST_Y(point) FROM incident WHERE point IS NOT NULL")).all()
    chance = np.random.default_rng(1)
    places = np.array(rows, dtype=np.float64)[chance.integers(0, len(rows), POINTS)]
    places = np.round((places + chance.normal(0, SCATTER_DEG, places.shape)) / EXACT) * EXACT
    until = datetime.now(UTC)
    x, y = np.ascontiguousarray(places[:, 0]), np.ascontiguousarray(places[:, 1])
    made = HeldPoints(x, y, np.arange(POINTS), until - timedelta(days=365), until)
    held_points.fill(made)


@dataclass(frozen=True)
class _Community:
    """A community of a plan: its address, its grids and its blocks."""

    address: str
    grids: Mapping[str, Any]
    blocks: Mapping[str, Any]

    def operations(self) -> Iterator[dict[str, Any]]:
        """Paintings, mergers and cuts that a planner may try; some of them are refused for good reasons."""
        keys = list(self.grids)
        for left, right in self._neighbours():
            yield {"kind": "merge", "keys": [left, right]}
            on_border = [
                code
                for code, block in self.blocks.items()
                if self.grids[left].contains(block.representative_point())
                and shapely.length(shapely.intersection(block.boundary, self.grids[right].boundary)) > LEAST_SHARED
            ]
            yield from ({"kind": "reassign_blocks", "block_ids": [code], "key": right} for code in on_border[:2])
        for key in keys[:: max(1, len(keys) // 3)]:
            west, south, east, north = self.grids[key].bounds
            middle = (west + east) / 2
            line = shapely.LineString([(middle, south - 1e-4), (middle + 1e-5, north + 1e-4)])
            yield {"kind": "split", "key": key, "line": mapping(line)}

    def _neighbours(self) -> list[tuple[str, str]]:
        found = []
        keys = list(self.grids)
        for place, left in enumerate(keys):
            for right in keys[place + 1 :]:
                common = shapely.intersection(self.grids[left].boundary, self.grids[right].boundary)
                if shapely.length(common) > LEAST_SHARED:
                    found.append((left, right))
        return found[:: max(1, len(found) // 3)]


def _draw(client: Client, communities: int, *, stored: bool) -> Timed:
    """Draw on communities all over the city; the plan is given up afterwards."""
    features = client.get("/api/v1/grids").json()["features"]
    codes = sorted({feature["properties"]["community_code"] for feature in features})
    chosen = codes[:: max(1, len(codes) // communities)][:communities]
    made = client.post("/api/v1/plans", json={"title": "bench", "reason": "bench", "communities": chosen})
    assert made.status_code == CREATED, made.text
    address, revision = f"/api/v1/plans/{made.json()['id']}", 1
    found: Timed = {"shown": [], "tried": [], "stored": [], "undone": []}
    for number, code in enumerate(chosen):
        counts = number > 0  # the first one warms the service up
        community = _shown(client, f"{address}/communities/{code}", found["shown"] if counts else [])
        for operation in community.operations():
            url = f"{community.address}/operations"
            body = {"operation": operation, "confirmed": True}
            ask = _asking(client, url, body)
            tried = ask(revision, preview=True)
            if tried.status_code != OK:
                continue
            revision = _steps(client, address, ask, revision, found) if counts and stored else revision
            if counts:
                found["tried"].append(_server_ms(tried))
    client.post(f"{address}/discard", headers={"If-Match": f'"{revision}"'})
    return found


def _asking(client: Client, url: str, body: dict[str, Any]) -> Callable[..., httpx.Response]:
    def ask(revision: int, *, preview: bool) -> httpx.Response:
        return client.post(url, json=body, params={"preview": preview}, headers={"If-Match": f'"{revision}"'})

    return ask


def _steps(client: Client, address: str, ask: Callable[..., httpx.Response], revision: int, found: Timed) -> int:
    """Store an operation and undo it, so that the next is drawn on the grids of today; returns the revision then."""
    done = ask(revision, preview=False)
    undone = client.post(f"{address}/undo", headers={"If-Match": f'"{revision + 1}"'})
    assert (done.status_code, undone.status_code) == (OK, OK), done.text + undone.text
    found["stored"].append(_server_ms(done))
    found["undone"].append(_server_ms(undone))
    return revision + 2


def _shown(client: Client, address: str, times: list[float]) -> _Community:
    shown = client.get(address)
    assert shown.status_code == OK, shown.text
    times.append(_server_ms(shown))
    blocks = client.get(f"{address}/blocks").json()["features"]
    grids = shown.json()["grids"]["features"]
    return _Community(
        address,
        {feature["id"]: shape(feature["geometry"]) for feature in grids},
        {feature["id"]: shape(feature["geometry"]) for feature in blocks},
    )


def _server_ms(answer: httpx.Response) -> float:
    told = DURATION.search(answer.headers.get("server-timing", ""))
    assert told is not None, "the answer does not tell its Server-Timing"
    return float(told[1])
