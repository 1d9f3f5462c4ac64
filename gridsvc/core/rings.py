"""Rings and polygons put together from the border lines of one grid, in whole steps of the grid of 1e-7 degrees."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.lattice import degrees_of
from gridsvc.core.linework import Point

Chain = Sequence[Point]


class HoleOutside(Exception):
    """A hole lies in no shell: border lines were moved over one another."""


def polygon_of(chains: Iterable[Chain]) -> shapely.Polygon | shapely.MultiPolygon:
    """The area in degrees whose border these lines are, each running with the area on its left. Raises HoleOutside."""
    shells: list[Chain] = []
    holes: list[Chain] = []
    for walk in _walks(list(chains)):
        for ring in _simple_rings(walk):
            (shells if _doubled_area(ring) > 0 else holes).append(ring)
    if not shells:
        raise HoleOutside
    if len(shells) == 1:
        return shapely.Polygon(_degrees(shells[0]), [_degrees(hole) for hole in holes])
    inside = _nested([shapely.Polygon(_degrees(shell)) for shell in shells], holes)
    parts = [
        shapely.Polygon(_degrees(shell), [_degrees(hole) for hole in mine])
        for shell, mine in zip(shells, inside, strict=True)
    ]
    return shapely.MultiPolygon(parts)


def _degrees(ring: Chain) -> NDArray[np.float64]:
    return degrees_of(np.array(ring, dtype=np.int64))


def _walks(chains: list[Chain]) -> list[list[Point]]:
    """The chains joined to closed walks. Where several meet, the walk stays beside the ground it has on its left."""
    starting: dict[Point, list[Chain]] = {}
    for chain in chains:
        starting.setdefault(chain[0], []).append(chain)
    walks: list[list[Point]] = []
    while starting:
        chain = starting[next(iter(starting))][0]
        walk: list[Point] = [chain[0]]
        while True:
            _drop(starting, chain)
            walk.extend(chain[1:])
            onward = starting.get(walk[-1])
            if onward is None:
                break
            chain = onward[0] if len(onward) == 1 and walk[-1] != walk[0] else _beside(walk, onward)
            if walk[-1] == walk[0] and not _turns_before(walk, chain):
                break
        walks.append(walk)
    return walks


def _drop(starting: dict[Point, list[Chain]], chain: Chain) -> None:
    left = [other for other in starting[chain[0]] if other is not chain]
    if left:
        starting[chain[0]] = left
    else:
        del starting[chain[0]]


def _beside(walk: Sequence[Point], onward: Sequence[Chain]) -> Chain:
    """The chain that follows when one turns clockwise from where one came."""
    return min(onward, key=lambda chain: _turn(walk[-1], walk[-2], chain[1]))


def _turns_before(walk: Sequence[Point], chain: Chain) -> bool:
    """Whether a walk that is back at its start goes on with a chain rather than being closed."""
    return _turn(walk[-1], walk[-2], chain[1]) < _turn(walk[-1], walk[-2], walk[1])


def _turn(at: Point, back: Point, on: Point) -> float:
    """The clockwise angle from the way back to the way on, in (0, 2π]."""
    angle = math.atan2(back[1] - at[1], back[0] - at[0]) - math.atan2(on[1] - at[1], on[0] - at[0])
    turned = angle % (2 * math.pi)
    return turned or 2 * math.pi


def _simple_rings(walk: Sequence[Point]) -> list[list[Point]]:
    """A closed walk cut where it touches itself."""
    if len(set(walk)) == len(walk) - 1:
        return [list(walk)]
    rings: list[list[Point]] = []
    path: list[Point] = []
    place: dict[Point, int] = {}
    for point in walk:
        if point in place:
            at = place[point]
            rings.append([*path[at:], point])
            for dropped in path[at + 1 :]:
                del place[dropped]
            del path[at + 1 :]
        else:
            place[point] = len(path)
            path.append(point)
    return rings


def _doubled_area(ring: Chain) -> int:
    """Twice the signed area in square steps, exactly; positive for counter-clockwise rings."""
    x0, y0 = ring[0]
    total = 0
    for (ax, ay), (bx, by) in pairwise(ring):
        total += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
    return total


def _nested(shells: Sequence[shapely.Polygon], holes: Iterable[Chain]) -> list[list[Chain]]:
    """The holes of each shell: of all that cover a hole, the smallest has it."""
    inside: list[list[Chain]] = [[] for _ in shells]
    for hole in holes:
        line = shapely.LineString(_degrees(hole))
        around = [i for i, shell in enumerate(shells) if shapely.covers(shell, line)]
        if not around:
            raise HoleOutside
        inside[min(around, key=lambda i: shells[i].area)].append(hole)
    return inside
