"""Drawings as they come from a hand: checked, snapped to what is there, and carried on to the border."""

import math
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.datum import to_grid
from gridsvc.core.geojson import validity_fault
from gridsvc.core.redraw.plane import Plane
from gridsvc.core.redraw.refusals import refuse
from gridsvc.core.refusals import BadDrawing, DrawingTooLarge, DuplicateVertex, OutsideCommunity, SelfCrossing

# A drawn vertex this near to a vertex or a line that is there is meant to lie on it.
SNAP_M = 0.5
# A line that ends this near to the border of its grid is carried on to it: some twenty pixels of a street map.
EXTEND_M = 25.0
MAX_VERTICES = 1_000
# More crossings than a hand draws: every one makes a piece, and thousands of pieces would take seconds.
MAX_CROSSINGS = 200
# Nobody draws further out than this; beyond, degrees may have been mixed up.
MAX_DISTANCE_M = 20_000.0


def checked_line(plane: Plane, line_4326: BaseGeometry, community: BaseGeometry) -> shapely.LineString:
    """The drawn line in metres. Refuses what is no simple line near the community."""
    if not isinstance(line_4326, shapely.LineString) or len(line_4326.coords) < 2:
        raise refuse(BadDrawing, "line", None, "A line of at least two points is needed.")
    _refuse_too_large(plane, line_4326, community, "line")
    line_4326 = shapely.transform(line_4326, to_grid)
    points = shapely.get_coordinates(line_4326)
    if (twice := (points[1:] == points[:-1]).all(axis=1)).any():
        raise refuse(DuplicateVertex, "line", shapely.Point(points[:-1][twice][0]))
    if not line_4326.is_simple or line_4326.is_closed:
        raise refuse(SelfCrossing, "line", _crossings(line_4326))
    drawn = plane.from_degrees(line_4326)
    assert isinstance(drawn, shapely.LineString)
    return drawn


def checked_area(plane: Plane, area_4326: BaseGeometry, community: BaseGeometry) -> BaseGeometry:
    """The drawn area in metres. Refuses what is no valid polygon that reaches into the community."""
    if not isinstance(area_4326, shapely.Polygon | shapely.MultiPolygon):
        raise refuse(BadDrawing, "area", None, "A polygon is needed.")
    _refuse_too_large(plane, area_4326, community, "area")
    area_4326 = shapely.transform(area_4326, to_grid)
    if fault := validity_fault(area_4326):
        spot = shapely.Point(fault.geometry["coordinates"]) if fault.geometry else None
        raise refuse(BadDrawing, "area", spot, f"The area is not valid: {fault.message}.")
    area = plane.from_degrees(area_4326)
    if not shapely.intersects(area, community):
        raise refuse(OutsideCommunity, "area", area_4326)
    return area


def refuse_many_crossings(plane: Plane, drawn: BaseGeometry, borders: BaseGeometry, place: str) -> None:
    """Refuses a drawing that crosses border lines too often."""
    meetings = shapely.get_parts(shapely.intersection(drawn, borders))
    if len(meetings) > MAX_CROSSINGS:
        words = f"A drawing crosses borders at most {MAX_CROSSINGS} times, this one {len(meetings)} times."
        raise refuse(DrawingTooLarge, place, plane.to_degrees(shapely.box(*drawn.bounds)), words)


def snapped(shape: BaseGeometry, vertices: BaseGeometry, lines: BaseGeometry) -> BaseGeometry:
    """The shape with each vertex near a vertex, or else a line, of the partition moved on to it."""

    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        made = points.copy()
        places = np.asarray(shapely.points(points), dtype=object)
        for target in (lines, vertices):  # a vertex near both goes to the vertex
            near = shapely.distance(places, target) <= SNAP_M
            if near.any():
                ways = shapely.shortest_line(target, places[near])
                made[near] = shapely.get_coordinates(shapely.get_point(ways, 0))
        return made

    result: BaseGeometry = shapely.transform(shape, moved)
    return result


def extended(line: shapely.LineString, area: BaseGeometry) -> shapely.LineString:
    """The line carried on to the border of the area where it ends inside, straight on if that is near enough."""
    points = [tuple(point) for point in shapely.get_coordinates(line).tolist()]
    border = shapely.boundary(area)
    for end in (0, -1):
        tip, before = points[end], points[1 if end == 0 else -2]
        if shapely.contains_xy(area, *tip) and (to := _onward(tip, before, border)) is not None:
            points.insert(0 if end == 0 else len(points), to)
    return shapely.LineString(points)


def beyond(points: Sequence[tuple[float, float]], length_m: float) -> tuple[float, float]:
    """A point on the straight continuation of the last of these."""
    (ax, ay), (bx, by) = points[-2], points[-1]
    share = length_m / (math.hypot(bx - ax, by - ay) or 1.0)
    return bx + (bx - ax) * share, by + (by - ay) * share


def _onward(tip: tuple[float, ...], before: tuple[float, ...], border: BaseGeometry) -> tuple[float, float] | None:
    start = (tip[0], tip[1])
    ray = shapely.LineString([start, beyond([(before[0], before[1]), start], EXTEND_M)])
    hit = shapely.intersection(ray, border)
    place = shapely.Point(start)
    if hit.is_empty:
        if border.distance(place) > EXTEND_M:
            return None
        hit = border
    x, y = shapely.get_coordinates(shapely.shortest_line(hit, place))[0].tolist()
    return (x, y) if (x, y) != start else None


def _refuse_too_large(plane: Plane, shape: BaseGeometry, community: BaseGeometry, place: str) -> None:
    points = shapely.get_coordinates(shape)
    if len(points) > MAX_VERTICES:
        raise refuse(
            DrawingTooLarge, place, shapely.box(*shape.bounds), f"A drawing has at most {MAX_VERTICES} vertices."
        )
    if not np.isfinite(points).all() or (np.abs(points) > (180, 90)).any():
        raise refuse(BadDrawing, place, None, "Coordinates are finite degrees.")
    if shapely.distance(shapely.box(*plane.from_degrees(shape).bounds), community) > MAX_DISTANCE_M:
        raise refuse(OutsideCommunity, place, shape)
    west, south, east, north = plane.from_degrees(shape).bounds
    if max(east - west, north - south) > 2 * MAX_DISTANCE_M:
        raise refuse(DrawingTooLarge, place, shape)


def _crossings(line: BaseGeometry) -> BaseGeometry:
    """The places where a line meets itself."""
    parts = shapely.get_parts(shapely.union_all([line]))
    ends = np.vstack([shapely.get_coordinates(shapely.get_point(parts, at)) for at in (0, -1)])
    places, times = np.unique(ends, axis=0, return_counts=True)
    crossing = places[times > 2] if (times > 2).any() else places[times > 1]
    return shapely.MultiPoint(crossing) if len(crossing) else line
