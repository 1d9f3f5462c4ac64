"""The first cuts of the city: district outlines, the river's banks, the lake's shore, two rings and six radials."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.demo.city.layout import (
    CORE_KM,
    LAKE_KM,
    LAKE_NAME,
    RADIALS_DEG,
    RINGS_KM,
    RIVER_HALF_WIDTH_M,
    RIVER_NAME,
    Layout,
    km_to_metres,
)

GRID_M = 0.01
# A face of the first cuts smaller than this is no neighbourhood but a leftover between two lines.
SMALLEST_FACE_M2 = 60_000.0


@dataclass(frozen=True)
class FirstLine:
    """A line drawn before all cuts: its class, its name where it has one, and where it runs."""

    road_class: str
    name: str
    line_m: shapely.Geometry


@dataclass(frozen=True)
class Backbone:
    """The water by name, the first lines (later ones hide earlier ones), and the faces between them by district."""

    river_line_m: shapely.LineString
    waters_m: dict[str, BaseGeometry]
    lines: tuple[FirstLine, ...]
    faces_m: tuple[shapely.Polygon, ...]
    face_district: NDArray[np.int64]
    face_water: tuple[str, ...]


def make_backbone(layout: Layout, rng: np.random.Generator) -> Backbone:
    """The first cuts of a layout. The outlines stay as they are; everything else is drawn."""
    city = shapely.union_all(np.array(layout.districts_m), grid_size=GRID_M)
    shapes = {
        RIVER_NAME: layout.river_m.buffer(RIVER_HALF_WIDTH_M).simplify(12),
        LAKE_NAME: _smooth_ring(km_to_metres(LAKE_KM)),
    }
    inside = {name: shapely.intersection(shape, city, grid_size=GRID_M) for name, shape in shapes.items()}
    waters: dict[str, BaseGeometry] = {name: water for name, water in inside.items() if not water.is_empty}
    lines = [FirstLine("district", "", shapely.union_all([d.boundary for d in layout.districts_m]))]
    roads = [FirstLine("radial", name, line) for name, line in _radials(rng)]
    roads += [FirstLine("ring", name, line) for name, line in _rings(rng)]
    lines += [FirstLine(r.road_class, r.name, _within(r.line_m, city, waters.get(LAKE_NAME))) for r in roads]
    lines += [FirstLine("bank", name, water.boundary) for name, water in waters.items()]
    noded = shapely.union_all([line.line_m for line in lines], grid_size=GRID_M)
    faces = _faces(noded, layout)
    faces, district = _join_small(faces, _district_of(faces, layout))
    points = shapely.point_on_surface(np.array(faces))
    wet = {name: shapely.contains(water, points) for name, water in waters.items()}
    names = tuple(next((name for name in wet if wet[name][i]), "") for i in range(len(faces)))
    return Backbone(layout.river_m, waters, tuple(lines), tuple(faces), district, names)


def _within(line: shapely.Geometry, city: shapely.Geometry, lake: shapely.Geometry | None) -> shapely.Geometry:
    """The part of a road inside the city and off the lake; bridges over the river stay."""
    inside = shapely.intersection(line, city)
    return inside if lake is None else shapely.difference(inside, lake)


def _smooth_ring(corners: NDArray[np.float64]) -> shapely.Polygon:
    """A closed curve through rounded corners (Chaikin's cutting, three times)."""
    for _ in range(3):
        after = np.roll(corners, -1, axis=0)
        corners = np.stack([0.75 * corners + 0.25 * after, 0.25 * corners + 0.75 * after], axis=1).reshape(-1, 2)
    return shapely.Polygon(corners)


def _rings(rng: np.random.Generator) -> list[tuple[str, shapely.LineString]]:
    """Two closed roads around the core, not quite ellipses."""
    turns = np.linspace(0, 2 * np.pi, 97)
    rings = []
    for name, (radius_x, radius_y) in RINGS_KM.items():
        phase = rng.uniform(0, 2 * np.pi, 2)
        wave = 1 + 0.04 * np.sin(2 * turns + phase[0]) + 0.03 * np.sin(3 * turns + phase[1])
        squared = (np.abs(np.cos(turns)) ** 3 + np.abs(np.sin(turns)) ** 3) ** (-1 / 3)
        x = radius_x * np.cos(turns) * wave * squared
        y = radius_y * np.sin(turns) * wave * squared
        rings.append((name, shapely.LineString(km_to_metres(CORE_KM) + np.column_stack([x, y]) * 1000)))
    return rings


def _radials(rng: np.random.Generator) -> list[tuple[str, shapely.LineString]]:
    """Six roads from inside the inner ring outwards, each with one long bend."""
    reach = np.linspace(1200, 34_000, 60)
    lines = []
    for name, bearing in RADIALS_DEG.items():
        angle = np.radians(bearing) + rng.uniform(-0.05, 0.05) + rng.uniform(-0.22, 0.22) * (reach / 20_000)
        away = reach[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
        lines.append((name, shapely.LineString(km_to_metres(CORE_KM) + away)))
    return lines


def _faces(noded: shapely.Geometry, layout: Layout) -> list[shapely.Polygon]:
    polygons = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inside = np.zeros(len(polygons), dtype=bool)
    points = shapely.point_on_surface(polygons)
    for district in layout.districts_m:
        inside |= shapely.contains(district, points)
    return list(polygons[inside])


def _district_of(faces: list[shapely.Polygon], layout: Layout) -> NDArray[np.int64]:
    points = shapely.point_on_surface(np.array(faces))
    hits = np.array([shapely.contains(district, points) for district in layout.districts_m])
    return np.asarray(hits.argmax(axis=0), dtype=np.int64)


def _join_small(
    faces: list[shapely.Polygon], district: NDArray[np.int64]
) -> tuple[list[shapely.Polygon], NDArray[np.int64]]:
    """Leftover faces joined to the neighbour in the same district with which they share most."""
    faces, owner = list(faces), list(district)
    while True:
        areas = shapely.area(np.array(faces))
        for small in np.argsort(areas):
            if areas[small] > SMALLEST_FACE_M2:
                return faces, np.array(owner, dtype=np.int64)
            shared = [
                shapely.intersection(faces[small], face).length if k != small and owner[k] == owner[small] else 0.0
                for k, face in enumerate(faces)
            ]
            best = int(np.argmax(shared))
            if shared[best] > 0:
                joined = shapely.union_all([faces[best], faces[small]], grid_size=GRID_M)
                assert isinstance(joined, shapely.Polygon)
                faces[best] = joined
                del faces[small], owner[small]
                break
        else:
            return faces, np.array(owner, dtype=np.int64)
