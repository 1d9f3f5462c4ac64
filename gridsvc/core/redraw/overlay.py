"""New lines laid over grids: the faces they make, and the partition that follows when each face is given to a grid.

Lines are noded by snap rounding on the lattice (GEOS), so that no crossing is ever off it. Where a line ends on a
border between two grids, that border gets the vertex once, for both sides. Lines of grids that are not concerned stay
untouched, and so does every edge of the community's border, or the redraw is refused.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core.lattice import Geometries, degrees_of
from gridsvc.core.linework import Edge, Owners, Point, arcs_of, edges_of_steps
from gridsvc.core.partition import Partition, lines_4326
from gridsvc.core.redraw.refusals import refuse
from gridsvc.core.refusals import CrossesBorder, FrozenBorder

MAX_CHAIN = 10_000


@dataclass(frozen=True)
class Faces:
    """The pieces that lines make of some grids: polygons in steps from the origin, and the grid each lies in."""

    origin: Point
    keys: frozenset[str]
    polygons: Geometries
    grids: Sequence[str]

    def in_degrees(self, which: Iterable[int]) -> list[BaseGeometry]:
        """Some of the faces, to be shown."""
        origin = np.array(self.origin, dtype=np.int64)
        return [
            shapely.transform(self.polygons[i], lambda xy: degrees_of(np.rint(xy).astype(np.int64) + origin))
            for i in which
        ]


def faces_of(partition: Partition, keys: Collection[str], lines: Iterable[Sequence[Point]]) -> Faces:
    """What the lines (points of the lattice) make of the grids of these keys."""
    origin = min(partition.ring_points)
    wanted = frozenset(keys)
    old = [arc.points for arc in partition.border_lines if arc.left in wanted or arc.right in wanted]
    drawn = [shapely.LineString(_local(points, origin)) for points in (*old, *lines) if len(set(points)) > 1]
    noded = shapely.get_parts(shapely.union_all(drawn, grid_size=1.0))
    faces = shapely.get_parts(shapely.polygonize(noded))
    ordered = sorted(wanted)
    shapes = np.empty(len(ordered), dtype=object)
    shapes[:] = [_in_steps(partition.polygon(key), origin) for key in ordered]
    face, grid = shapely.STRtree(shapes).query(shapely.point_on_surface(faces), predicate="intersects")
    owner = dict(zip(face.tolist(), grid.tolist(), strict=True))
    kept = sorted(owner)
    return Faces(origin, wanted, faces[kept], [ordered[owner[i]] for i in kept])


def with_owners(partition: Partition, faces: Faces, owners: Sequence[str]) -> Partition:
    """The partition in which each face belongs to the grid given. Refuses changes of the community's border."""
    made = edges_of_steps(faces.polygons, owners, faces.origin)
    kept: Owners = {edge: key for edge, key in partition.owners.items() if key not in faces.keys}
    _refuse_frozen(partition, faces, made, kept)
    _match(partition, made, kept)
    after = Partition(arcs_of(made | kept))
    if not _is_sound(after):
        raise refuse(CrossesBorder, "line", lines_4326({edge for edge in made if edge not in partition.owners}))
    return after


def _local(points: Sequence[Point], origin: Point) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array(points, dtype=np.int64) - np.array(origin, dtype=np.int64)


def _in_steps(polygon_4326: BaseGeometry, origin: Point) -> BaseGeometry:
    shape: BaseGeometry = shapely.transform(polygon_4326, lambda xy: np.rint(xy * 10**7) - np.array(origin))
    return shape


def _refuse_frozen(partition: Partition, faces: Faces, made: Owners, kept: Owners) -> None:
    """Every edge of the community's border must still be there."""
    if lost := {edge for edge in partition.ring_edges if edge not in made and edge not in kept}:
        raise refuse(FrozenBorder, "line", lines_4326(lost))


def _match(partition: Partition, made: Owners, kept: Owners) -> None:
    """Puts the vertices that a border got also into the edges of the untouched grids on its other side."""
    onward: dict[Point, Point] = {}
    for start, end in made:
        if (end, start) not in made and (end, start) not in kept and (start, end) not in partition.ring_edges:
            onward[start] = end
    if not onward:
        return
    for (start, end), key in list(kept.items()):
        if (end, start) in made or (end, start) in kept or (start, end) in partition.ring_edges:
            continue
        chain = _chain(onward, end, start)
        del kept[start, end]
        kept.update({(b, a): key for a, b in chain})
    if onward:
        raise refuse(CrossesBorder, "line", lines_4326(set(onward.items())))


def _chain(onward: dict[Point, Point], start: Point, end: Point) -> list[Edge]:
    """The new edges that replace one from start to end, taken out of `onward`."""
    chain: list[Edge] = []
    while start != end and len(chain) < MAX_CHAIN:
        follower = onward.pop(start, None)
        if follower is None:
            raise refuse(CrossesBorder, "line", lines_4326({(start, end)}))
        chain.append((start, follower))
        start = follower
    return chain


def _is_sound(partition: Partition) -> bool:
    shapes = np.array(list(partition.polygons().values()), dtype=object)
    return bool(shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes))
