"""Moving the border between two grids: the line between two of its points is drawn anew, and both grids follow."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.datum import to_grid
from gridsvc.core.lattice import degrees_of, steps_of
from gridsvc.core.linework import Arc, Point, arc_edges, arcs_of
from gridsvc.core.partition import Partition
from gridsvc.core.redraw.drawn import EXTEND_M, SNAP_M, checked_line
from gridsvc.core.redraw.keys import require
from gridsvc.core.redraw.permit import Permit, checked
from gridsvc.core.redraw.plane import Plane
from gridsvc.core.redraw.refusals import refuse
from gridsvc.core.refusals import (
    BadDrawing,
    CrossesBorder,
    FrozenBorder,
    LineAlongBorder,
    LineOffBorder,
    NotAPartition,
    NotNeighbours,
    OutsideCommunity,
    UnknownVertex,
)
from gridsvc.core.rings import HoleOutside


def move_border(
    partition: Partition, left: str, right: str, line_4326: BaseGeometry, *, permit: Permit | None = None
) -> Partition:
    """The partition in which the line (degrees) replaces the stretch of border between its two ends.

    The ends go to the nearest vertex of the border of the two grids within EXTEND_M, or to the nearest place on it.
    Refuses (RedrawError) grids that are no neighbours, ends that are farther off, and lines that cross or touch another
    border or the community's; CutsBlocks as for `split`.
    """
    require(partition, left, right)
    plane = Plane.of(partition)
    between = [arc for arc in partition.arcs(left, right) if arc.right is not None]
    if left == right or not between:
        raise refuse(NotNeighbours, "keys", [partition.polygon(left), partition.polygon(right)])
    line = checked_line(plane, line_4326, plane.from_degrees(partition.community()))
    ends = [shapely.Point(line.coords[place]) for place in (0, -1)]
    arc = min(between, key=lambda arc: _farthest(plane, arc, ends))
    if _farthest(plane, arc, ends) > EXTEND_M:
        raise refuse(LineOffBorder, "line", line_4326)
    changed = _replaced(plane, arc, ends, plane.points_of(line))
    if changed is None:
        raise refuse(LineAlongBorder, "line", line_4326, "Both ends go to the same place of the border.")
    return _redrawn(partition, {arc: changed}, permit or Permit())


def move_vertices(
    partition: Partition,
    moves: Mapping[tuple[float, float], tuple[float, float] | None],
    *,
    permit: Permit | None = None,
) -> Partition:
    """The partition with vertices (degrees) of its borders somewhere else, or left out where None is given.

    All grids that meet at a vertex follow. Refuses vertices that are not there, those of the community's border, to
    leave out a junction of three grids, and borders that would then cross.
    """
    wanted = {_point(old): None if new is None else _point(new) for old, new in moves.items()}
    known = {point for arc in partition.border_lines for point in arc.points}
    if frozen := [point for point in wanted if point in partition.ring_points]:
        raise refuse(FrozenBorder, "moves", _shown(frozen))
    if unknown := [point for point in wanted if point not in known]:
        raise refuse(UnknownVertex, "moves", _shown(unknown))
    junctions = {arc.points[end] for arc in partition.border_lines if not arc.is_closed for end in (0, -1)}
    if fixed := [point for point, new in wanted.items() if new is None and point in junctions]:
        raise refuse(BadDrawing, "moves", _shown(fixed), "A junction of three grids can be moved, not left out.")
    community = partition.community()
    outside = [new for new in wanted.values() if new and not shapely.contains_xy(community, *degrees_of(np.array(new)))]
    if outside:
        raise refuse(OutsideCommunity, "moves", _shown(outside))
    changed = {}
    for arc in partition.border_lines:
        if any(point in wanted for point in arc.points):
            moved = [wanted.get(point, point) for point in arc.points]
            kept = [point for point in moved if point is not None]
            if arc.is_closed and kept[0] != kept[-1]:
                kept.append(kept[0])
            changed[arc] = replace(arc, points=tuple(kept))
    return _redrawn(partition, changed, permit or Permit())


def _redrawn(partition: Partition, changed: Mapping[Arc, Arc], permit: Permit) -> Partition:
    """The partition with some of its lines replaced, if no border crosses or touches another."""
    plane = Plane.of(partition)
    lines = [changed.get(arc, arc) for arc in partition.border_lines]
    if meetings := _meetings(plane, lines, set(changed.values())):
        raise refuse(CrossesBorder, "line", [plane.to_degrees(shape) for shape in meetings])
    after = Partition(arcs_of(arc_edges(lines)))
    try:
        after.refuse_overlaps()
    except (NotAPartition, HoleOutside) as fault:  # a border was moved over something without touching it
        shown = [plane.to_degrees(_shape(plane, arc)) for arc in changed.values()]
        raise refuse(CrossesBorder, "line", shown) from fault
    return checked(partition, after, permit)


def _meetings(plane: Plane, lines: Sequence[Arc], changed: Collection[Arc]) -> list[BaseGeometry]:
    """Where changed lines meet themselves, or else another line but at an end of both."""
    shapes = np.array([_shape(plane, arc) for arc in lines], dtype=object)
    if broken := [shapes[i] for i, arc in enumerate(lines) if arc in changed and _meets_itself(arc, shapes[i])]:
        return broken
    found: list[BaseGeometry] = []
    tree = shapely.STRtree(shapes)
    for i, arc in enumerate(lines):
        if arc not in changed:
            continue
        for other in tree.query(shapes[i], predicate="intersects").tolist():
            common = {arc.points[0], arc.points[-1]} & {lines[other].points[0], lines[other].points[-1]}
            meeting = shapely.intersection(shapes[i], shapes[other])
            if other == i:
                continue
            if shapely.length(meeting) > 0:
                found.append(meeting)
            elif strange := [p for p in shapely.get_parts(meeting) if plane.points_of(p)[0] not in common]:
                found.extend(strange)
    return found


def _meets_itself(arc: Arc, shape: BaseGeometry) -> bool:
    """Whether a line comes to a place twice, or has shrunk to a single one."""
    different = len(set(arc.points))
    return different < max(2, len(arc.points) - arc.is_closed) or not shapely.is_simple(shape)


def _replaced(plane: Plane, arc: Arc, ends: Sequence[shapely.Point], drawn: tuple[Point, ...]) -> Arc | None:
    """The border with the stretch between two places replaced by what was drawn; None if the places are the same."""
    points = list(arc.points)
    places = []
    for end in ends:
        at = _place(plane, points, end)
        points = at.points
        places.append(points[at.index])
    start, stop = (points.index(place) for place in places)
    middle = [point for point in drawn[1:-1] if point not in places]
    if start == stop:
        return None
    if start > stop:
        start, stop, middle = stop, start, middle[::-1]
    along = _along(plane, points)
    if arc.is_closed and along[stop] - along[start] > along[-1] / 2:  # the other way round is shorter
        return replace(arc, points=(*points[start : stop + 1], *middle[::-1], points[start]))
    return replace(arc, points=(*points[: start + 1], *middle, *points[stop:]))


@dataclass(frozen=True)
class _Place:
    """A place on a line that has a vertex there: the line's points and which of them it is."""

    points: list[Point]
    index: int


def _place(plane: Plane, points: list[Point], end: shapely.Point) -> _Place:
    """The nearest place on the line: a vertex within SNAP_M of it, or a new one."""
    line = shapely.LineString(plane.metres(np.array(points, dtype=np.int64)))
    at, along = float(shapely.line_locate_point(line, end)), _along(plane, points)
    near = int(np.argmin(np.abs(along - at)))
    if abs(along[near] - at) <= SNAP_M:
        return _Place(points, near)
    after = int(np.searchsorted(along, at))
    fresh = plane.points_of(shapely.line_interpolate_point(line, at))[0]
    return _Place([*points[:after], fresh, *points[after:]], after)


def _along(plane: Plane, points: Sequence[Point]) -> NDArray[np.float64]:
    """How far along the line each of its points lies, in metres."""
    sides = np.diff(plane.metres(np.array(points, dtype=np.int64)), axis=0)
    return np.concatenate([[0.0], np.cumsum(np.hypot(*sides.T))])


def _farthest(plane: Plane, arc: Arc, ends: Sequence[shapely.Point]) -> float:
    return max(float(shapely.distance(_shape(plane, arc), end)) for end in ends)


def _shape(plane: Plane, arc: Arc) -> BaseGeometry:
    return shapely.LineString(plane.metres(np.array(arc.points, dtype=np.int64)))


def _point(place: tuple[float, float]) -> Point:
    x, y = steps_of(to_grid(np.array(place, dtype=np.float64))).tolist()
    return x, y


def _shown(points: list[Point]) -> BaseGeometry:
    return shapely.MultiPoint([tuple(degrees_of(np.array(point)).tolist()) for point in points])
