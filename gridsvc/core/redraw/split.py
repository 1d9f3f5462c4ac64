"""Splitting a grid by a drawn line: snapped, carried on to the border, ended on frozen vertices where it must be."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core.linework import Point
from gridsvc.core.partition import Partition
from gridsvc.core.redraw.drawn import SNAP_M, beyond, checked_line, extended, refuse_many_crossings, snapped
from gridsvc.core.redraw.keys import require, require_new
from gridsvc.core.redraw.overlay import Faces, faces_of, with_owners
from gridsvc.core.redraw.permit import Permit, checked
from gridsvc.core.redraw.plane import Plane
from gridsvc.core.redraw.refusals import refuse
from gridsvc.core.refusals import FrozenBorder, LineAlongBorder, LineEndsInside, LineMissesGrid, TooManyParts

# A line is ended a little behind the border between two grids, so that the crossing is certain; the rest falls away.
OVERSHOOT_M = 0.03
# Vertices of a community's border are at most ten metres apart, so one is always nearer than this.
RING_REACH_M = 15.0
_TOUCH_M = 1e-3


def split(
    partition: Partition, key: str, line_4326: BaseGeometry, *, new_key: str, permit: Permit | None = None
) -> Partition:
    """The partition in which the line cuts a grid in two: the larger part keeps the key, the other gets the new one.

    The line (degrees) may be drawn beyond the grid; where it ends inside, at most EXTEND_M from the border, it is
    carried on. Its vertices snap to borders within SNAP_M. Its ends on the community's border go to the nearest vertex
    there (frozen); ends on a border between grids become a vertex of both. Refuses (RedrawError) lines that miss the
    grid, end inside it, run along its border, cross themselves, cut it into more than two parts or leave slivers, and
    (CutsBlocks) lines through the blocks of the permit unless it is confirmed.
    """
    require(partition, key)
    require_new(partition, new_key)
    plane = Plane.of(partition)
    grid = plane.from_degrees(partition.polygon(key))
    line = checked_line(plane, line_4326, plane.from_degrees(partition.community()))
    cuts = list(_cuts(partition, plane, grid, line))
    faces = faces_of(partition, [key], cuts)
    owners = _halves(partition.polygon(key), faces, key, new_key, line_4326)
    return checked(partition, with_owners(partition, faces, owners), permit or Permit())


def _cuts(
    partition: Partition, plane: Plane, grid: BaseGeometry, line: shapely.LineString
) -> Iterator[tuple[Point, ...]]:
    """The stretches of the line that lead through the grid from border to border, as points of the lattice."""
    border = shapely.boundary(grid)
    corners = shapely.MultiPoint(shapely.get_coordinates(border))
    refuse_many_crossings(plane, line, border, "line")
    through = extended(_as_line(snapped(line, corners, border)), grid)
    inside = shapely.intersection(through, grid)
    if shapely.length(inside) < _TOUCH_M:
        along = shapely.dwithin(border, line, SNAP_M) and shapely.length(shapely.intersection(through, border)) > 0
        kind = LineAlongBorder if along else LineMissesGrid
        raise refuse(kind, "line", plane.to_degrees(line))
    near_border = shapely.buffer(border, SNAP_M)
    stretches = [part for part in _stretches(inside) if not shapely.covers(near_border, part)]
    if not stretches:
        raise refuse(LineAlongBorder, "line", plane.to_degrees(line))
    whole = [part for part in stretches if _reaches(part, border)]
    if not whole:
        raise refuse(LineEndsInside, "line", plane.to_degrees(line))
    for part in whole:
        yield _ended(partition, plane, grid, part)


def _as_line(shape: BaseGeometry) -> shapely.LineString:
    assert isinstance(shape, shapely.LineString)
    return shape


def _stretches(inside: BaseGeometry) -> list[BaseGeometry]:
    merged = shapely.line_merge(inside) if inside.geom_type == "MultiLineString" else inside
    return [part for part in shapely.get_parts(merged) if part.geom_type == "LineString"]


def _reaches(part: BaseGeometry, border: BaseGeometry) -> bool:
    ends = shapely.get_point(part, np.array([0, -1]))
    return bool((shapely.distance(ends, border) <= _TOUCH_M).all())


def _ended(partition: Partition, plane: Plane, grid: BaseGeometry, part: BaseGeometry) -> tuple[Point, ...]:
    """A stretch with both ends where they may be."""
    points = [(x, y) for x, y in shapely.get_coordinates(part).tolist()]
    for _ in range(2):
        points = ended(partition, plane, grid, points)[::-1]
    return plane.points_of(shapely.LineString(points))


def ended(
    partition: Partition, plane: Plane, area: BaseGeometry, points: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The points (metres) with the last put on a vertex if one is near or the border frozen, else a bit behind it."""
    x, y = points[-1]
    border = shapely.boundary(area)
    corners = plane.steps(shapely.get_coordinates(border))
    places = plane.metres(corners)
    distance = np.hypot(*(places - (x, y)).T)
    if distance.min() <= SNAP_M:
        return [*points[:-1], tuple(places[distance.argmin()].tolist())]
    if not _is_on_ring(partition, plane, (x, y)):
        return [*points, beyond(points[-2:], OVERSHOOT_M)]
    frozen = [
        i
        for i in np.argsort(distance, kind="stable").tolist()
        if distance[i] <= RING_REACH_M and tuple(corners[i].tolist()) in partition.ring_points
    ]
    inner = shapely.buffer(area, _TOUCH_M)
    for i in frozen:
        end = tuple(places[i].tolist())
        if len(points) > 2 or end != points[0]:
            candidate = [*points[:-1], end]
            if shapely.covers(inner, shapely.LineString(candidate[-2:])):
                return candidate
    if frozen:
        return [*points[:-1], tuple(places[frozen[0]].tolist())]
    words = f"The frozen border has no vertex within {RING_REACH_M:g} m of here."
    raise refuse(FrozenBorder, "line", plane.to_degrees(shapely.Point(x, y)), words)


def _is_on_ring(partition: Partition, plane: Plane, place: tuple[float, float]) -> bool:
    ring = shapely.boundary(plane.from_degrees(partition.community()))
    return bool(shapely.distance(ring, shapely.Point(place)) <= _TOUCH_M)


def _halves(grid_4326: BaseGeometry, faces: Faces, key: str, new_key: str, line_4326: BaseGeometry) -> Sequence[str]:
    """Whose each face is: the smaller of the two that the cut part fell into is new."""
    parts = shapely.get_num_geometries(grid_4326)
    if len(faces.grids) <= parts:
        raise refuse(LineAlongBorder, "line", line_4326)
    if len(faces.grids) > parts + 1:
        raise refuse(TooManyParts, "line", faces.in_degrees(range(len(faces.grids))))
    before = {part.normalize().wkb for part in shapely.get_parts(grid_4326)}
    fresh = [
        i for i, face in enumerate(faces.in_degrees(range(len(faces.grids)))) if face.normalize().wkb not in before
    ]
    area = shapely.area(faces.polygons)
    smaller = min(fresh, key=lambda i: (area[i], i))
    return [new_key if i == smaller else key for i in range(len(faces.grids))]
