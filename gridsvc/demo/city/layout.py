"""What the demo city knows of Bengbu by hand: where each street lies, roughly, the river, the lake and the two zones.

Streets have no public outlines. The anchors below are rough places so that a street of the demo lies in the part of the
town where the real one lies; the lines drawn from them are synthetic. Kilometres here are EPSG:4548 eastings, and
northings less 3,000 km.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from gridsvc.core.datum import from_wgs84
from gridsvc.demo.city.boundaries import Boundaries, Unit

Size = Literal["full", "small"]
Point = tuple[float, float]

METRIC_CRS = "EPSG:4548"
PROVINCE_CODE = "340000000000"
CITY_CODE = "340300000000"
DISTRICT_CODES = ("340302000000", "340303000000", "340304000000", "340311000000")
# County codes of the statistics bureau without public outlines: left out of the demo city, and said so.
ZONES_LEFT_OUT: Mapping[str, str] = {"340371000000": "蚌埠市高新技术开发区", "340372000000": "蚌埠市经济开发区"}

CORE_KM: Point = (533.3, 645.4)
RINGS_KM: Mapping[str, Point] = {"内环路": (2.1, 1.75), "外环路": (5.0, 4.8)}
RADIALS_DEG: Mapping[str, float] = {
    "北干路": 8.0, "东北干路": 62.0, "东南干路": 128.0, "南干路": 183.0, "西南干路": 238.0, "西北干路": 305.0,
}  # fmt: skip
RIVER_NAME = "淮河"
LAKE_NAME = "龙子湖"
LAKE_KM: tuple[Point, ...] = (
    (539.00, 645.35), (539.70, 645.15), (539.90, 644.3), (539.65, 643.3), (539.95, 642.2), (539.70, 641.1),
    (539.95, 640.2), (539.65, 639.3), (539.30, 639.2), (539.15, 640.3), (539.30, 641.2), (539.05, 642.3),
    (539.20, 643.4), (538.90, 644.4),
)  # fmt: skip
# The river leaves these two ends of the shared line along one district's own outline.
RIVER_WEST_KM: Point = (518.6, 638.5)
RIVER_EAST_KM: Point = (559.0, 651.4)
RIVER_HALF_WIDTH_M = 190.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a street's urban part and its villages lie, and how many hectares an urban community of it has."""

    urban_km: Point | None
    rural_km: Point | None
    hectares: float = 90.0


ANCHORS: Mapping[str, Anchor] = {
    "340302001": Anchor((541.3, 644.6), None, 130),
    "340302002": Anchor((537.2, 647.1), None, 70),
    "340302003": Anchor((535.4, 647.2), None, 60),
    "340302004": Anchor((537.3, 646.2), None, 65),
    "340302005": Anchor((540.3, 646.6), None, 100),
    "340302006": Anchor((540.9, 642.0), (541.6, 639.6), 140),
    "340302200": Anchor(None, (543.5, 641.0)),
    "340303001": Anchor((533.2, 646.4), None, 42),
    "340303002": Anchor((534.5, 645.7), None, 45),
    "340303003": Anchor((532.9, 645.2), None, 45),
    "340303004": Anchor((536.2, 644.9), None, 62),
    "340303005": Anchor((534.7, 644.3), None, 55),
    "340303010": Anchor((532.9, 643.7), None, 60),
    "340303011": Anchor((536.2, 643.4), None, 70),
    "340303200": Anchor((536.4, 639.4), (534.5, 636.3), 150),
    "340303201": Anchor((530.6, 639.2), None, 150),
    "340303401": Anchor((534.2, 641.6), None, 95),
    "340303402": Anchor((532.0, 641.7), None, 80),
    "340304001": Anchor((526.6, 646.0), None, 120),
    "340304002": Anchor((531.9, 646.6), None, 45),
    "340304003": Anchor((530.1, 646.8), None, 65),
    "340304004": Anchor((529.9, 644.9), None, 75),
    "340304005": Anchor((531.4, 644.7), None, 50),
    "340304101": Anchor(None, (516.0, 630.0)),
    "340304200": Anchor((527.5, 643.4), (524.5, 641.5), 150),
    "340311001": Anchor((533.6, 648.7), None, 85),
    "340311100": Anchor((536.6, 649.9), (540.5, 653.0), 110),
    "340311101": Anchor((530.4, 649.3), (527.3, 652.6), 110),
    "340311102": Anchor((533.8, 658.6), (531.5, 659.3), 75),
    "340311103": Anchor(None, (547.5, 657.0)),
    "340311104": Anchor(None, (553.0, 655.0)),
}


@dataclass(frozen=True, slots=True)
class Street:
    """A street of the plan: its unit, its place, and the committees it has to hold."""

    unit: Unit
    district: int
    anchor: Anchor
    communities: tuple[Unit, ...]
    villages: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is to be generated: outlines in metres (EPSG:4548), streets with their committees, and the totals."""

    district_codes: tuple[str, ...]
    districts_m: tuple[shapely.Polygon, ...]
    river_m: shapely.LineString
    streets: tuple[Street, ...]
    grids: int
    pilots: int
    blocks_per_grid: float = 11.6
    blocks_per_village: float = 20.0

    @property
    def communities(self) -> int:
        return sum(len(street.communities) for street in self.streets)

    @property
    def villages(self) -> int:
        return sum(len(street.villages) for street in self.streets)


def to_metres(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude, latitude rows as EPSG:4548 metres."""
    return np.column_stack(from_wgs84(points[:, 0], points[:, 1], METRIC_CRS))


def km_to_metres(points_km: ArrayLike) -> NDArray[np.float64]:
    """Places of this module as EPSG:4548 metres."""
    metres: NDArray[np.float64] = np.asarray(points_km, dtype=np.float64) * 1000.0 + np.array([0.0, 3_000_000.0])
    return metres


def plan(boundaries: Boundaries, size: Size) -> Layout:
    """The whole of the four districts, or a corner of one: two urban streets, seven communities, two villages."""
    outlines = [shapely.transform(boundaries.outlines_4326[code], to_metres) for code in DISTRICT_CODES]
    river = _river(outlines)
    if size == "full":
        streets = [s for i, code in enumerate(DISTRICT_CODES) for s in _streets(boundaries, code, i)]
        return Layout(DISTRICT_CODES, tuple(outlines), river, tuple(streets), grids=2461, pilots=66)
    corner = shapely.box(533_000, 3_643_900, 541_000, 3_650_000) & outlines[0]
    assert isinstance(corner, shapely.Polygon)
    return Layout(DISTRICT_CODES[:1], (corner,), river, tuple(_small_streets(boundaries)), grids=120, pilots=3)


def _streets(boundaries: Boundaries, district_code: str, district: int) -> list[Street]:
    found = []
    for unit in boundaries.units.values():
        if unit.parent_code == district_code and unit.code[:9] in ANCHORS:
            communities = tuple(boundaries.children(unit.code, "community"))
            villages = tuple(boundaries.children(unit.code, "village"))
            found.append(Street(unit, district, ANCHORS[unit.code[:9]], communities, villages))
    return found


def _small_streets(boundaries: Boundaries) -> list[Street]:
    kept = []
    for street in _streets(boundaries, DISTRICT_CODES[0], 0):
        code = street.unit.code[:9]
        if code in ("340302002", "340302003"):
            kept.append(street)
        elif code == "340302200":
            kept.append(Street(street.unit, 0, Anchor(None, (540.3, 645.5)), (), street.villages[:2]))
    return kept


def _river(outlines: list[shapely.Polygon]) -> shapely.LineString:
    """The river's course: the line the north bank's district shares with the others, and its ends along one outline."""
    *south, north_side = outlines
    shared = shapely.line_merge(shapely.intersection(shapely.union_all(south).boundary, north_side.boundary))
    line = max(shapely.get_parts(shared), key=lambda part: part.length)
    coords = np.array(line.coords)
    if coords[0, 0] > coords[-1, 0]:
        coords = coords[::-1]
    west = _stretch(outlines[2], coords[0], km_to_metres(RIVER_WEST_KM))[::-1]
    east = _stretch(north_side, coords[-1], km_to_metres(RIVER_EAST_KM))
    whole = shapely.LineString(np.vstack([west[:-1], coords, east[1:]])).simplify(40)
    assert isinstance(whole, shapely.LineString)
    return whole


def _stretch(polygon: shapely.Polygon, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """The shorter way along an outline from the vertex nearest to `start` to the one nearest to `end`."""
    ring = np.array(polygon.exterior.coords)[:-1]
    first = int(np.argmin(np.hypot(*(ring - start).T)))
    last = int(np.argmin(np.hypot(*(ring - end).T)))
    turned = np.roll(ring, -first, axis=0)
    stop = (last - first) % len(ring)
    ways = (turned[: stop + 1], np.vstack([turned[:1], turned[stop:][::-1]]))
    return min(ways, key=lambda way: shapely.LineString(way).length)
