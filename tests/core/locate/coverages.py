"""Random coverages and overlapping layers, points on and beside their borders, and what shapely says about these."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats: TypeAlias = NDArray[np.float64]
Geometries: TypeAlias = NDArray[np.object_]
Random: TypeAlias = np.random.Generator


def mosaic(random: Random, *, rounded: bool = True) -> Geometries:
    """Triangles between random points, joined to regions: multipolygons, holes, enclaves, corners where many meet."""
    count = int(random.integers(4, 60))
    spots = random.uniform((117.0, 32.0), (117.1, 32.1), (count, 2))
    if rounded:
        spots = np.round(spots, 7)
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(spots)))
    triangles = triangles[shapely.is_valid(triangles)]
    label = random.integers(0, max(1, len(triangles) // int(random.integers(1, 6))) + 1, len(triangles))
    kept = [k for k in np.unique(label).tolist() if random.random() > 0.1]  # gaps: some regions belong to nobody
    regions = [shapely.coverage_union_all(triangles[label == k]) for k in kept or [label[0]]]
    return _shuffled(random, regions)


def picture(random: Random) -> Geometries:
    """Squares on a lattice of whole steps, joined to regions: every border runs along an axis, many corners touch."""
    size = int(random.integers(2, 9))
    label = random.integers(0, 5, (size, size))
    x, y = np.meshgrid(np.arange(size), np.arange(size))
    squares = shapely.box(x / 100 + 117, y / 100 + 32, (x + 1) / 100 + 117, (y + 1) / 100 + 32)
    regions = [shapely.coverage_union_all(squares[label == k]) for k in np.unique(label).tolist()]
    return _shuffled(random, regions)


def crowd(random: Random) -> Geometries:
    """Overlapping stars of very different sizes, some of them twice, and slivers a few steps wide."""
    shapes: list[BaseGeometry] = [_star(random) for _ in range(int(random.integers(1, 25)))]
    shapes += [shapes[k] for k in random.integers(0, len(shapes), 2).tolist()]
    x, y = random.uniform(117.0, 117.1), random.uniform(32.0, 32.1)
    shapes.append(shapely.Polygon([(x, y), (x + 0.05, y + 0.02), (x + 0.05, y + 0.0200003)]))
    return _shuffled(random, shapes)


def two_nets(random: Random) -> Geometries:
    """One coverage over another."""
    return _shuffled(random, [*mosaic(random), *picture(random)])


def country(random: Random) -> Geometries:
    """A few provinces, and a town of tiny grids in one of them."""
    provinces = shapely.box(*np.array([[100, 25, 110, 35], [110, 25, 118, 35], [100, 35, 118, 42]], dtype=float).T)
    return _shuffled(random, [*provinces, *mosaic(random)])


KINDS = {
    "mosaic": mosaic,
    "unrounded mosaic": lambda random: mosaic(random, rounded=False),
    "picture": picture,
    "crowd": crowd,
    "two nets": two_nets,
    "country": country,
}


def points_for(random: Random, polygons: Geometries, count: int) -> tuple[Floats, Floats]:
    """Points anywhere, on vertices, on edges as well as numbers allow, and one unit in the last place beside."""
    west, south, east, north = shapely.total_bounds(polygons)
    anywhere = random.uniform((west - 0.01, south - 0.01), (east + 0.01, north + 0.01), (count, 2))
    corners, owner = shapely.get_coordinates(polygons, return_index=True)
    near = corners[random.integers(0, len(corners), count)] + random.normal(0, 0.001, (count, 2))
    at = random.integers(0, len(corners) - 1, count)
    along = random.random((count, 1))
    on_edges = corners[at] + (owner[at] == owner[at + 1])[:, None] * (corners[at + 1] - corners[at]) * along
    middles = (corners[at] + corners[at + 1]) / 2
    exact = corners[random.integers(0, len(corners), count // 4)]
    beside = np.nextafter(on_edges, random.choice([-1e9, 1e9], (count, 2)))
    points = np.vstack([anywhere, near, on_edges, middles, exact, beside, np.round(on_edges, 7)])
    return points[:, 0].copy(), points[:, 1].copy()


def by_shapely(polygons: Geometries, x: Floats, y: Floats, rank: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """The smallest polygon that covers each point, −1 for none: what GEOS says."""
    rank = np.arange(len(polygons)) if rank is None else rank
    point, polygon = shapely.STRtree(polygons).query(shapely.points(x, y), predicate="intersects")
    best = np.full(len(x), len(polygons))
    np.minimum.at(best, point, rank[polygon])
    of_rank = np.append(np.argsort(rank), -1)
    return np.asarray(of_rank[best])


def _star(random: Random) -> shapely.Polygon:
    corners = int(random.integers(3, 40))
    angle = np.sort(random.uniform(0, 2 * np.pi, corners))
    reach = 10 ** random.uniform(-5, -1) * random.uniform(0.3, 1, corners)
    x, y = random.uniform((117.0, 32.0), (117.1, 32.1))
    star = shapely.Polygon(np.column_stack([x + reach * np.cos(angle), y + reach * np.sin(angle)]))
    return star if star.is_valid and not star.is_empty else shapely.box(x, y, x + 0.001, y + 0.001)


def _shuffled(random: Random, shapes: Sequence[BaseGeometry]) -> Geometries:
    polygons = np.empty(len(shapes), dtype=object)
    polygons[:] = shapes
    random.shuffle(polygons)
    return polygons
