"""The blocks as one exact coverage: numbered vertices, rings of numbers, and the stretch of road between two blocks.

Whatever is done to a vertex is done to it once for all blocks that have it, so neighbours cannot come apart. Vertices
closer than SHORTEST_EDGE_M become one and splinters join a neighbour before anything is rounded: that is why rounding
to 1e-7 degrees cannot break a ring.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.datum import to_grid, to_wgs84
from gridsvc.demo.city.backbone import Backbone
from gridsvc.demo.city.cuts import ARTERIAL_POINTS, COLLECTOR_POINTS, Pieces
from gridsvc.demo.city.layout import METRIC_CRS, Layout, to_metres

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]

ROAD_CLASSES = ("bank", "ring", "radial", "district", "arterial", "collector", "local", "outline")
SNAP_M = 0.05
SHORTEST_EDGE_M = 1.0
ON_OUTLINE_M = 0.06
SMALLEST_BLOCK_M2 = 700.0
# Twice the area over the perimeter: the width of a long strip.
THINNEST_BLOCK_M = 14.0
# A line drawn first is recognised on block edges this close to it.
SAME_LINE_M = 0.5


@dataclass(frozen=True)
class Fabric:
    """Blocks as rings of vertex numbers, with the tree row each came from, and every edge between two vertices.

    `edges` has a row (lower vertex, higher vertex) per stretch; `sides` the two blocks along it, -1 outside;
    `classes` the index in ROAD_CLASSES; `roads` the tree row that was cut there, or -1 - i for the backbone's line i.
    """

    vertices_m: Floats
    ring: Ints
    ring_start: Ints
    rows: Ints
    edges: Ints
    sides: Ints
    lengths_m: Floats
    classes: NDArray[np.int8]
    roads: Ints

    @property
    def count(self) -> int:
        return len(self.rows)

    def polygons(self, vertices: Floats) -> Polygons:
        """The blocks on the given coordinates of the vertices."""
        sizes = np.diff(self.ring_start)
        closed = np.insert(self.ring, self.ring_start[1:], self.ring[self.ring_start[:-1]])
        owner = np.repeat(np.arange(self.count), sizes + 1)
        rings = shapely.linearrings(vertices[closed], indices=owner)
        return np.asarray(shapely.polygons(rings), dtype=object)


def weave(pieces: Pieces, backbone: Backbone, layout: Layout) -> Fabric:
    """The pieces made to one coverage. Every vertex where a road ends on another is a vertex of both sides."""
    polygons = shapely.coverage_clean(pieces.polygons, snapping_distance=SNAP_M)  # type: ignore[attr-defined]
    face = np.array(pieces.tree.face, dtype=np.int64)[pieces.rows]
    district = backbone.face_district[face]
    # A piece thinner than the snapping distance is gone now; its neighbours have met.
    there = ~shapely.is_empty(polygons)
    polygons, rows = _join_splinters(polygons[there], pieces.rows[there], district[there])
    vertices, ring, start = _rings(polygons)
    vertices, ring, start = _join_close(vertices, ring, start, _hold(vertices, layout))
    edges, sides = _edges(ring, start)
    lengths = np.hypot(*(vertices[edges[:, 0]] - vertices[edges[:, 1]]).T)
    classes, roads = _classes(pieces, rows, edges, sides, vertices, backbone)
    return Fabric(vertices, ring, start, rows, edges, sides, lengths, classes, roads)


def to_degrees(fabric: Fabric, layout: Layout, outlines_4326: list[shapely.Polygon]) -> Floats:
    """The vertices on the 1e-7 degree grid; those of a real outline get its own numbers back.

    A road that ends on an outline ends on its straight line in degrees, which is not quite the one in metres.
    """
    lon, lat = to_wgs84(fabric.vertices_m[:, 0], fabric.vertices_m[:, 1], METRIC_CRS)
    degrees = np.column_stack([to_grid(lon), to_grid(lat)])
    tree = shapely.STRtree(np.asarray(shapely.points(fabric.vertices_m)))
    for district, outline in zip(layout.districts_m, outlines_4326, strict=True):
        line, ends = outline.exterior, tree.query(district.exterior, predicate="dwithin", distance=ON_OUTLINE_M)
        there = shapely.points(degrees[ends])
        nearest = shapely.get_coordinates(shapely.line_interpolate_point(line, shapely.line_locate_point(line, there)))
        # The small city is cut out of its district by lines that are no outline.
        real = np.abs(nearest - degrees[ends]).max(axis=1) < 3e-6
        degrees[ends[real]] = to_grid(nearest[real])
    real = np.vstack([shapely.get_coordinates(outline.exterior) for outline in outlines_4326])
    theirs, mine = tree.query(shapely.points(to_metres(real)), predicate="dwithin", distance=ON_OUTLINE_M)
    degrees[mine] = real[theirs]
    return degrees


def _join_splinters(polygons: Polygons, rows: Ints, district: Ints) -> tuple[Polygons, Ints]:
    """Pieces too small or too thin for a block joined to the neighbour in the district they share most with."""
    polygons, rows, district = polygons.copy(), rows.copy(), district.copy()
    while True:
        area, length = shapely.area(polygons), shapely.length(polygons)
        single = shapely.get_num_geometries(polygons) == 1
        small = np.flatnonzero((area < SMALLEST_BLOCK_M2) | (2 * area < THINNEST_BLOCK_M * length) | ~single)
        if not len(small):
            return polygons, rows
        tree = shapely.STRtree(polygons)
        taken = np.zeros(len(polygons), dtype=bool)
        gone = np.zeros(len(polygons), dtype=bool)
        for i in small[np.argsort(area[small], kind="stable")]:
            near = np.array([k for k in np.sort(tree.query(polygons[i])) if k != i and district[k] == district[i]])
            if taken[i] or not len(near):
                continue
            shared = shapely.length(
                shapely.intersection(shapely.boundary(polygons[i]), shapely.boundary(polygons[near]))
            )
            best = int(near[np.argmax(shared)])
            if taken[best] or shared.max() <= 0:
                continue
            polygons[best] = shapely.coverage_union(polygons[i], polygons[best])
            taken[[i, best]], gone[i] = True, True
        if not gone.any():
            return polygons, rows
        polygons, rows, district = polygons[~gone], rows[~gone], district[~gone]


def _rings(polygons: Polygons) -> tuple[Floats, Ints, Ints]:
    """Distinct vertices, all rings as vertex numbers (not closed), and where each ring starts."""
    assert not shapely.get_num_interior_rings(polygons).any()
    coords, owner = shapely.get_coordinates(shapely.normalize(polygons), return_index=True)
    last = np.append(owner[1:] != owner[:-1], True)
    coords, owner = coords[~last], owner[~last]
    vertices, ring = np.unique(coords, axis=0, return_inverse=True)
    start = np.searchsorted(owner, np.arange(len(polygons) + 1))
    return vertices, ring.reshape(-1).astype(np.int64), start.astype(np.int64)


def _hold(vertices: Floats, layout: Layout) -> NDArray[np.int8]:
    """How fast each vertex stays where it is: 2 a vertex of an outline, 1 a road's end on one, 0 all others."""
    hold = np.zeros(len(vertices), dtype=np.int8)
    tree = shapely.STRtree(np.asarray(shapely.points(vertices)))
    for district in layout.districts_m:
        hold[tree.query(district.exterior, predicate="dwithin", distance=ON_OUTLINE_M)] = 1
    for district in layout.districts_m:
        corners = shapely.points(shapely.get_coordinates(district.exterior))
        hold[tree.query(corners, predicate="dwithin", distance=ON_OUTLINE_M)[1]] = 2
    return hold


def _join_close(vertices: Floats, ring: Ints, start: Ints, hold: NDArray[np.int8]) -> tuple[Floats, Ints, Ints]:
    """Edges that are too short shrunk to the end that holds faster; two vertices of an outline both stay."""
    following = ring.copy()
    following[:-1] = ring[1:]
    following[start[1:] - 1] = ring[start[:-1]]
    short = np.hypot(*(vertices[ring] - vertices[following]).T) < SHORTEST_EDGE_M
    leader = np.arange(len(vertices))
    for a, b in sorted({(min(a, b), max(a, b)) for a, b in zip(ring[short], following[short], strict=True)}):
        first, second = _leader(leader, a), _leader(leader, b)
        if first == second or (hold[first] == 2 and hold[second] == 2):
            continue
        if hold[second] > hold[first]:
            first, second = second, first
        leader[second] = first
    final = np.array([_leader(leader, k) for k in range(len(vertices))], dtype=np.int64)
    ring, owner = final[ring], np.repeat(np.arange(len(start) - 1), np.diff(start))
    following = np.roll(ring, -1)
    following[start[1:] - 1] = ring[start[:-1]]
    kept = ring != following
    used, ring = np.unique(ring[kept], return_inverse=True)
    start = np.searchsorted(owner[kept], np.arange(len(start)))
    return vertices[used], ring.reshape(-1).astype(np.int64), start.astype(np.int64)


def _leader(leader: Ints, k: int) -> int:
    while leader[k] != k:
        leader[k] = leader[leader[k]]
        k = int(leader[k])
    return k


def _edges(ring: Ints, start: Ints) -> tuple[Ints, Ints]:
    """Every stretch between two vertices once, with the one or two blocks along it."""
    following = np.roll(ring, -1)
    following[start[1:] - 1] = ring[start[:-1]]
    owner = np.repeat(np.arange(len(start) - 1), np.diff(start))
    pairs = np.sort(np.column_stack([ring, following]), axis=1)
    order = np.lexsort((owner, pairs[:, 1], pairs[:, 0]))
    pairs, owner = pairs[order], owner[order]
    is_first = np.append(True, (pairs[1:] != pairs[:-1]).any(axis=1))
    first = np.flatnonzero(is_first)
    number = np.diff(np.append(first, len(pairs)))
    assert number.max() <= 2, "three blocks along one edge"
    sides = np.column_stack([owner[first], np.where(number == 2, owner[np.minimum(first + 1, len(owner) - 1)], -1)])
    return pairs[first], sides.astype(np.int64)


def _classes(
    pieces: Pieces, rows: Ints, edges: Ints, sides: Ints, vertices: Floats, backbone: Backbone
) -> tuple[NDArray[np.int8], Ints]:
    """The class of each edge: by the size of the piece that was cut there, or by the line drawn first; and its road."""
    classes = np.full(len(edges), ROAD_CLASSES.index("outline"), dtype=np.int8)
    roads = np.full(len(edges), -1, dtype=np.int64)
    inner = np.flatnonzero(sides[:, 1] >= 0)
    roads[inner] = _cut_between(pieces, rows[sides[inner, 0]], rows[sides[inner, 1]])
    cut = np.array(pieces.tree.cut_points)[roads[inner]]
    size = np.searchsorted([COLLECTOR_POINTS, ARTERIAL_POINTS], cut, side="right")
    classes[inner] = np.array([ROAD_CLASSES.index(name) for name in ("local", "collector", "arterial")])[size]
    first = inner[roads[inner] < 0]
    classes[first] = ROAD_CLASSES.index("local")
    middle = shapely.STRtree(shapely.points((vertices[edges[first, 0]] + vertices[edges[first, 1]]) / 2))
    for i, line in enumerate(backbone.lines):
        near = first[middle.query(line.line_m, predicate="dwithin", distance=SAME_LINE_M)]
        classes[near], roads[near] = ROAD_CLASSES.index(line.road_class), -1 - i
    return classes, roads


def _cut_between(pieces: Pieces, first: Ints, second: Ints) -> Ints:
    """The tree row whose cut separates two blocks; -1 if they come from different faces."""
    parent, depth = np.array(pieces.tree.parent), np.array(pieces.tree.depth)
    a, b = first.copy(), second.copy()
    while True:
        apart = (a != b) & (a >= 0) & (b >= 0)
        if not apart.any():
            return np.where(a == b, a, -1)
        up_a, up_b = apart & (depth[a] >= depth[b]), apart & (depth[b] >= depth[a])
        a, b = np.where(up_a, parent[a], a), np.where(up_b, parent[b], b)
