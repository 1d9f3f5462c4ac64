"""`scripts/bench serve`: the speed and memory that the service promises on the demo city.

idle_pss_mb        proportional set size of all processes, PostgreSQL included, 60 s after start
locate_p95_ms      GET /locate at 200 requests a second, open loop, at the client
geometry_kb        the document of all grids as served with brotli
status_kb          /status as served compressed
status_server_ms   the first /status after an incident came in, by its Server-Timing header
status_unchanged_server_ms   the same when nothing was committed since the last one
page_drawn_ms      /command from navigation to its data-drawn mark
demo_load_s        from an empty home to ready (only when the city had to be made)
second_start_s     from the command to ready when the city is there
"""

import random
import re
import time
from http.client import CREATED, OK
from statistics import median, quantiles
from typing import Any

from benchmarks import browser, rate
from benchmarks.frame import Figures, Options, home, say
from benchmarks.memory import footprints
from benchmarks.service import Answer, Service, demo_city

PER_SECOND = 200.0
BOTH = "br, gzip"
DATUMS = ("EPSG:4490", "GCJ-02", "BD-09", "EPSG:4326")
DURATION = re.compile(r"dur=([\d.]+)")


def measure(options: Options) -> Figures:
    """All figures of the running service."""
    figures: Figures = {}
    with home(options) as place:
        is_new = not (place / "demo-accounts.json").exists()
        starts = []
        for number in range(options.times(3, 1) + is_new):
            with demo_city(options, place) as service:
                if is_new and not number:
                    figures["demo_load_s"] = service.ready_s
                else:
                    starts.append(service.ready_s)
        figures["second_start_s"] = round(median(starts), 2)
        with demo_city(options, place) as service:
            figures["idle_pss_mb"] = _idle_memory(service, wait_s=options.times(60, 10))
            cookie = service.log_in()
            figures |= _sizes(service, cookie)
            figures |= _status_ms(service, cookie, times=options.times(15, 5))
            figures["locate_p95_ms"] = _locate_ms(service, cookie, seconds=options.times(20, 5))
            figures["page_drawn_ms"] = round(browser.drawn_ms(service, cookie, "/command", times=options.times(5, 2)))
    return figures


def _idle_memory(service: Service, *, wait_s: float) -> float:
    time.sleep(wait_s)
    parts = footprints(service.pid, service.home)
    for part in parts:
        say(f"  {part.pss_mb:7.1f} MB  {part.label}")
    return round(sum(part.pss_mb for part in parts), 1)


def _get(service: Service, cookie: str, path: str, encoding: str) -> Answer:
    answer = service.ask("GET", path, cookie=cookie, encoding=encoding)
    if answer.status != OK:
        raise RuntimeError(f"GET {path}: {answer.status} {answer.content[:200]!r}")
    return answer


def _grids(service: Service, cookie: str) -> Answer:
    view = _get(service, cookie, "/api/v1/view", BOTH).json
    return _get(service, cookie, view["documents"]["grids"], BOTH)


def _sizes(service: Service, cookie: str) -> Figures:
    status = _get(service, cookie, "/api/v1/status", BOTH)
    grids = _grids(service, cookie)
    say(f"  grids as {grids.headers.get('content-encoding')}, status as {status.headers.get('content-encoding')}")
    return {
        "geometry_kb": round(len(grids.content) / 1000, 1),
        "status_kb": round(len(status.content) / 1000, 1),
    }


def _status_ms(service: Service, cookie: str, *, times: int) -> Figures:
    dispatcher = service.log_in("dispatcher")
    changed, unchanged = [], []
    for number in range(times + 2):
        _send_incident(service, dispatcher)
        both = [_server_ms(_get(service, cookie, "/api/v1/status", BOTH)) for _ in range(2)]
        if number >= 2:
            changed.append(both[0])
            unchanged.append(both[1])
    say(f"  status in the server: {min(changed):.1f} to {max(changed):.1f} ms")
    return {
        "status_server_ms": round(median(changed), 1),
        "status_unchanged_server_ms": round(median(unchanged), 1),
    }


def _send_incident(service: Service, cookie: str) -> None:
    body = {"channel": "hotline", "category": "exposed_rubbish", "x": 117.38, "y": 32.93, "crs": "EPSG:4326"}
    answer = service.ask("POST", "/api/v1/incidents", cookie=cookie, body=body)
    if answer.status != CREATED:
        raise RuntimeError(f"POST /api/v1/incidents: {answer.status} {answer.content[:200]!r}")


def _server_ms(answer: Answer) -> float:
    told = DURATION.search(answer.headers.get("server-timing", ""))
    if told is None:
        raise RuntimeError("the answer does not tell its Server-Timing")
    return float(told[1])


def _locate_ms(service: Service, cookie: str, *, seconds: float) -> float:
    chance = random.Random(1)  # noqa: S311 - places to ask for, not secrets
    points = [_corner(feature["geometry"]) for feature in _grids(service, cookie).json["features"]]
    paths = []
    for _ in range(2000):
        x, y = chance.choice(points)
        crs = chance.choice(DATUMS)
        paths.append(f"/api/v1/locate?x={x + chance.gauss(0, 1e-3):.7f}&y={y + chance.gauss(0, 1e-3):.7f}&crs={crs}")
    rate.run(port=service.port, cookie=cookie, paths=paths, per_second=50, seconds=2)
    outcome = rate.run(port=service.port, cookie=cookie, paths=paths, per_second=PER_SECOND, seconds=seconds)
    cuts = quantiles(outcome.latencies_ms, n=100)
    say(f"  locate: p50 {cuts[49]:.1f}, p95 {cuts[94]:.1f}, p99 {cuts[98]:.1f} ms, {outcome.errors} errors")
    if outcome.errors:
        raise RuntimeError(f"{outcome.errors} of {len(outcome.latencies_ms)} requests were not answered with 200")
    return round(cuts[94], 2)


def _corner(geometry: dict[str, Any]) -> tuple[float, float]:
    rings = geometry["coordinates"]
    x, y = (rings[0] if geometry["type"] == "Polygon" else rings[0][0])[0]
    return x, y
