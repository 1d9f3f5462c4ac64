"""A year of reports in the demo city: where, when, by which channel, in which datum and in what words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.datum import from_wgs84, to_grid
from gridsvc.demo.doors import short_name
from gridsvc.demo.ground import NOWHERE, Floats, Ground, Ints, metres_to_degrees, scatter
from gridsvc.demo.phrases import CHANNELS, MATTERS, NEAR, VAGUE_PLACES
from gridsvc.demo.rhythm import NIGHT_DAY, REPORT_DAY, REPORT_WEEK, STREET_DAY, Calendar, day_weights, draw_seconds

T = TypeVar("T")

HOURS = {"street": STREET_DAY, "night": NIGHT_DAY, "report": REPORT_DAY}
# Shares of all reports.
UNLOCATED = 0.02
ON_BORDER = 0.006
BEYOND_CITY = 0.004
STUCK = 0.006
UNLOCATED_STUCK = 0.05
# How much likelier a person of the countryside is to report nothing at all.
RURAL_QUIET = 0.22
BEYOND_M = 1800.0
# What devices and offices of these channels send, and the share of each.
DATUMS: dict[str, tuple[tuple[str, float], ...]] = {
    "hotline": (("BD-09", 0.5), ("GCJ-02", 0.5)),
    "resident_code": (("GCJ-02", 0.8), ("EPSG:4326", 0.2)),
    "city_management": (("EPSG:4548", 0.6), ("EPSG:4490", 0.4)),
    "patrol": (("EPSG:4326", 0.7), ("GCJ-02", 0.3)),
}
OTHER_DATUMS = (("EPSG:4490", 0.5), ("EPSG:4326", 0.5))
MEDIAN_HOURS = 44.0


@dataclass(frozen=True)
class Reports:
    """Reports as columns, in order of their receipt. Without a place x, y and crs are None."""

    client_ids: list[UUID]
    channels: list[str]
    categories: list[str]
    descriptions: list[str]
    addresses: list[str | None]
    x: list[float | None]
    y: list[float | None]
    crs: list[str | None]
    occurred_at: list[datetime]
    received_at: list[datetime]
    closed_at: list[datetime | None]


@dataclass(frozen=True)
class _Times:
    occurred: Ints
    received: Ints
    closed: Floats


def make_reports(ground: Ground, calendar: Calendar, count: int, *, now: datetime, rng: np.random.Generator) -> Reports:
    """About `count` reports received from the calendar's first day until `now`; what is not closed by then is open."""
    category, received = _what_and_when(calendar, count, rng)
    order = np.argsort(received, kind="stable")
    category, received = category[order], received[order]
    channel = rng.choice(len(CHANNELS), count, p=_shares(list(CHANNELS.values())))
    unlocated = rng.random(count) < UNLOCATED
    times = _times(received, unlocated, rng)
    block = _blocks(ground, count, rng)
    x, y = _places(ground, block, rng)
    crs = _datums(channel, rng)
    crs[np.isin(np.arange(count), _put_on_borders(ground, x, y, rng))] = "EPSG:4490"
    raw_x, raw_y = _declared(x, y, crs)
    words = _words(ground, block, category, unlocated, rng)
    ids = identifiers(count, rng)
    limit = calendar.seconds_at(now)
    kept = np.flatnonzero(times.received <= limit)
    closed = np.where(times.closed <= limit, times.closed, np.nan)
    shown = ~unlocated[kept]
    channels, categories = list(CHANNELS), list(MATTERS)
    return Reports(
        client_ids=[ids[row] for row in kept.tolist()],
        channels=[channels[row] for row in channel[kept].tolist()],
        categories=[categories[row] for row in category[kept].tolist()],
        descriptions=[words[0][row] for row in kept.tolist()],
        addresses=[words[1][row] for row in kept.tolist()],
        x=_where(shown, raw_x[kept].tolist()),
        y=_where(shown, raw_y[kept].tolist()),
        crs=_where(shown, crs[kept].tolist()),
        occurred_at=calendar.moments(times.occurred[kept]),
        received_at=calendar.moments(times.received[kept]),
        closed_at=_moments(calendar, closed[kept]),
    )


def _shares(weights: Sequence[float]) -> Floats:
    array = np.array(weights, dtype=np.float64)
    return np.asarray(array / array.sum())


def _where(shown: NDArray[np.bool_], values: list[T]) -> list[T | None]:
    return [value if keep else None for keep, value in zip(shown.tolist(), values, strict=True)]


def _what_and_when(calendar: Calendar, count: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """The class of each report and the second it is received in, class by class after its season and day."""
    busy = day_weights(calendar, REPORT_WEEK, rng)
    counts = rng.multinomial(count, _shares([matter[0] for matter in MATTERS.values()]))
    seconds = []
    for amount, (_, month, strength, hours, _) in zip(counts, MATTERS.values(), strict=True):
        days = busy * (calendar.season(month, strength) if month else 1.0)
        if strength >= 0.7:  # storms: few days bring most of it
            days = days * rng.lognormal(0, 1.6, calendar.days)
        day = rng.choice(calendar.days, int(amount), p=days / days.sum())
        seconds.append(draw_seconds(day, HOURS[hours], rng))
    return np.repeat(np.arange(len(MATTERS)), counts), np.concatenate(seconds)


def _times(received: Ints, unlocated: NDArray[np.bool_], rng: np.random.Generator) -> _Times:
    """Most are told within the hour and closed in a few days; a few get stuck for weeks."""
    count = len(received)
    occurred = received - np.minimum(rng.exponential(1500, count), 40_000).astype(np.int64)
    hours = MEDIAN_HOURS * rng.lognormal(0, 1.05, count)
    stuck = rng.random(count) < np.where(unlocated, UNLOCATED_STUCK, STUCK)
    hours[stuck] = rng.uniform(24 * 9, 24 * 75, int(stuck.sum()))
    return _Times(occurred, received, np.round(received + 3600 * hours))


def _blocks(ground: Ground, count: int, rng: np.random.Generator) -> Ints:
    """The block of each report: where people live, and less where they live far apart."""
    weight = np.where(ground.block_grid == NOWHERE, RURAL_QUIET, 1.0) * (ground.population + 4.0) ** 0.9
    return np.asarray(rng.choice(len(weight), count, p=weight / weight.sum()), dtype=np.int64)


def _places(ground: Ground, block: Ints, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """A place in each block; a few beyond the outline of the city."""
    x, y = scatter(ground.block_polygons, block, rng)
    beyond = np.flatnonzero(rng.random(len(block)) < BEYOND_CITY)
    if len(beyond):
        ring: Any = shapely.boundary(ground.outline)
        at = shapely.get_coordinates(shapely.line_interpolate_point(ring, rng.random(len(beyond)), normalized=True))
        east, north = metres_to_degrees(rng.normal(0, BEYOND_M, (2, len(beyond))), float(y.mean()))
        far_x, far_y = at[:, 0] + east[0], at[:, 1] + north[1]
        outside = ~shapely.contains_xy(ground.outline, far_x, far_y)
        x[beyond[outside]], y[beyond[outside]] = far_x[outside], far_y[outside]
    return np.asarray(to_grid(x)), np.asarray(to_grid(y))


def _put_on_borders(ground: Ground, x: Floats, y: Floats, rng: np.random.Generator) -> Ints:
    """Moves some places exactly onto a vertex that grids share; returns their rows."""
    rows = np.flatnonzero(rng.random(len(x)) < ON_BORDER)
    vertices = shapely.get_coordinates(ground.grid_polygons)
    corner, times = np.unique(vertices, axis=0, return_counts=True)
    shared = corner[times > 1]
    if len(shared):
        x[rows], y[rows] = shared[rng.integers(0, len(shared), len(rows))].T
    return rows


def _datums(channel: Ints, rng: np.random.Generator) -> NDArray[np.object_]:
    crs = np.empty(len(channel), dtype=object)
    for number, name in enumerate(CHANNELS):
        rows = np.flatnonzero(channel == number)
        names, shares = zip(*DATUMS.get(name, OTHER_DATUMS), strict=True)
        crs[rows] = rng.choice(np.array(names, dtype=object), len(rows), p=shares)
    return crs


def _declared(x: Floats, y: Floats, crs: NDArray[np.object_]) -> tuple[Floats, Floats]:
    """The coordinates as the sender's device or map would have given them."""
    raw_x, raw_y = x.copy(), y.copy()
    for name in sorted(set(crs.tolist())):
        rows = np.flatnonzero(crs == name)
        decimals = 3 if name == "EPSG:4548" else 7
        made = from_wgs84(x[rows], y[rows], name)
        raw_x[rows], raw_y[rows] = np.round(made[0], decimals), np.round(made[1], decimals)
    return raw_x, raw_y


def _words(
    ground: Ground, block: Ints, category: Ints, unlocated: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[list[str], list[str | None]]:
    """A sentence for each report, and an address where the sender gives one; without a place it is a vague one."""
    count = len(block)
    sentences = [matter[4] for matter in MATTERS.values()]
    which, near, vague = rng.integers(0, 840, (3, count)).tolist()
    yard = (rng.integers(1, 120, count)).tolist()
    has_address = (rng.random(count) < 0.55) | unlocated
    names = [short_name(name) for name in ground.community_names]
    home = [names[community] for community in ground.block_community[block].tolist()]
    told = [sentences[kind] for kind in category.tolist()]
    descriptions, addresses = [], list[str | None]()
    for row, (lost, given) in enumerate(zip(unlocated.tolist(), has_address.tolist(), strict=True)):
        sentence = told[row][which[row] % len(told[row])]
        if lost:
            place = f"{home[row]}{VAGUE_PLACES[vague[row] % len(VAGUE_PLACES)]}"
        else:
            place = f"{home[row]}{yard[row]}号{NEAR[near[row] % len(NEAR)]}"
        descriptions.append(f"{place}，{sentence}。")
        addresses.append(place if given else None)
    return descriptions, addresses


def identifiers(count: int, rng: np.random.Generator) -> list[UUID]:
    """Identifiers as senders make them (version 4), the same for the same seed."""
    raw = rng.bytes(16 * count)
    return [UUID(bytes=raw[start : start + 16], version=4) for start in range(0, 16 * count, 16)]


def _moments(calendar: Calendar, seconds: Floats) -> list[datetime | None]:
    first = calendar.first
    return [None if np.isnan(second) else first + timedelta(seconds=second) for second in seconds.tolist()]
