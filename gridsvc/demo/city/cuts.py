"""Cuts the faces of the city again and again across their longer side until every piece is a block.

Level by level, all pieces of a level at once: each piece is looked at in the direction its streets run, the cut lies
where half of its points are on either side, and long cuts bend with the streets. What separates two pieces is a road,
the wider the more the piece had in it. The whole tree is kept: it says which road lies between any two blocks.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.demo.city.backbone import Backbone
from gridsvc.demo.city.field import Fields

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]

POINTS_PER_BLOCK = 10
# A piece with fewer points is a block.
LEAF_POINTS = 14
# A piece below this size is a cell: what streets and the urban area are put together from.
CELL_POINTS = 12 * POINTS_PER_BLOCK
ARTERIAL_POINTS = 450 * POINTS_PER_BLOCK
COLLECTOR_POINTS = 42 * POINTS_PER_BLOCK
SMALLEST_SIDE_M = 38.0
# Longer cuts bend; the sagitta is at most this share of the length.
BENT_LENGTH_M = 270.0
LARGEST_BEND = 0.07
BENT_SAMPLES = 14
# The nearest a cut may come to the end of a piece, as a share of its length.
NEAREST_END = 0.3


@dataclass
class Tree:
    """The cutting tree, a row to each piece ever made: its parent, its road class if cut, its face and its cell."""

    parent: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    cut_points: list[int] = field(default_factory=list)
    face: list[int] = field(default_factory=list)
    cell: list[int] = field(default_factory=list)

    def add(self, parent: int, face: int, cell: int) -> int:
        self.parent.append(parent)
        self.depth.append(self.depth[parent] + 1 if parent >= 0 else 0)
        self.cut_points.append(0)
        self.face.append(face)
        self.cell.append(cell)
        return len(self.parent) - 1


@dataclass(frozen=True)
class Pieces:
    """The blocks as cut: polygons (metres) and the tree row of each."""

    polygons: Polygons
    rows: Ints
    tree: Tree


@dataclass
class _Level:
    """The pieces that are still to be cut, and their points grouped by piece."""

    polygons: Polygons
    rows: Ints
    points: Floats
    owner: Ints


def cut_blocks(
    backbone: Backbone, fields: Fields, rng: np.random.Generator, progress: Callable[[int, int], None]
) -> Pieces:
    """Every face of the backbone cut down to blocks."""
    tree = Tree()
    faces = np.array(backbone.faces_m, dtype=object)
    points = fields.sample(rng, int(fields.blocks.sum() * POINTS_PER_BLOCK))
    owner, points = _owners(faces, points)
    rows = np.array([tree.add(-1, face, -1) for face in range(len(faces))], dtype=np.int64)
    level = _Level(faces, rows, points, owner)
    done: list[tuple[Polygons, Ints]] = []
    total = len(points)
    while len(level.rows):
        level, ready = _split_level(level, tree, fields, rng)
        done.append(ready)
        progress(total - len(level.points), total)
    return Pieces(np.concatenate([d[0] for d in done]), np.concatenate([d[1] for d in done]), tree)


def _owners(faces: Polygons, points: Floats) -> tuple[Ints, Floats]:
    """The face of each point and the points that lie in one, in the order of faces."""
    inside, face = shapely.STRtree(np.asarray(shapely.points(points))).query(faces, predicate="contains")[::-1]
    order = np.lexsort((inside, face))
    inside, face = inside[order], face[order]
    return face.astype(np.int64), points[inside]


def _split_level(
    level: _Level, tree: Tree, fields: Fields, rng: np.random.Generator
) -> tuple[_Level, tuple[Polygons, Ints]]:
    """One round: the pieces that are blocks already, and the halves of all others."""
    count = np.bincount(level.owner, minlength=len(level.rows))
    frames = _frames(level.polygons, fields, rng)
    is_block = (count <= LEAF_POINTS) | (frames.length < 2 * SMALLEST_SIDE_M)
    for i in np.flatnonzero(count <= CELL_POINTS):
        row = int(level.rows[i])
        if tree.cell[row] < 0:
            tree.cell[row] = row
    ready = level.polygons[is_block], level.rows[is_block]
    cut = np.flatnonzero(~is_block)
    new_index = np.full(len(level.rows), -1, dtype=np.int64)
    new_index[cut] = np.arange(len(cut))
    kept = new_index[level.owner] >= 0
    points, owner = level.points[kept], new_index[level.owner[kept]]
    if not len(cut):
        return _Level(level.polygons[:0], level.rows[:0], points[:0], owner[:0]), ready
    frames = frames.take(cut)
    curve = _curves(frames, points, owner, fields, rng)
    side = curve.side_of(frames, points, owner)
    lower, upper = _halves(level.polygons[cut], frames, curve)
    return _children(tree, level.rows[cut], count[cut], (lower, upper), points, owner, side), ready


@dataclass(frozen=True)
class _Frames:
    """Each piece seen along its streets: origin, direction of its longer side (u), and extents in u and v."""

    origin: Floats
    cos: Floats
    sin: Floats
    u: Floats
    v: Floats

    @property
    def length(self) -> Floats:
        return np.asarray(self.u[:, 1] - self.u[:, 0])

    def take(self, rows: Ints) -> "_Frames":
        return _Frames(self.origin[rows], self.cos[rows], self.sin[rows], self.u[rows], self.v[rows])

    def local(self, points: Floats, owner: Ints) -> Floats:
        x, y = (points - self.origin[owner]).T
        cos, sin = self.cos[owner], self.sin[owner]
        return np.column_stack([x * cos + y * sin, y * cos - x * sin])

    def world(self, u: Floats, v: Floats) -> Floats:
        """Points given as rows of (piece, sample) back in metres."""
        cos, sin = self.cos[:, None], self.sin[:, None]
        return np.stack([u * cos - v * sin, u * sin + v * cos], axis=-1) + self.origin[:, None, :]


def _frames(polygons: Polygons, fields: Fields, rng: np.random.Generator) -> _Frames:
    origin = shapely.get_coordinates(shapely.centroid(polygons))
    angle = fields.direction(origin)
    coords, owner = shapely.get_coordinates(polygons, return_index=True)
    starts = np.searchsorted(owner, np.arange(len(polygons)))
    frames = _Frames(origin, np.cos(angle), np.sin(angle), np.empty((0, 2)), np.empty((0, 2)))
    local = frames.local(coords, owner)
    low, high = np.minimum.reduceat(local, starts), np.maximum.reduceat(local, starts)
    size = high - low
    # Of two nearly equal sides either may be cut.
    turned = size[:, 1] * rng.uniform(0.88, 1.14, len(polygons)) > size[:, 0]
    angle = np.where(turned, angle + np.pi / 2, angle)
    u = np.where(turned[:, None], np.column_stack([low[:, 1], high[:, 1]]), np.column_stack([low[:, 0], high[:, 0]]))
    v = np.where(turned[:, None], np.column_stack([-high[:, 0], -low[:, 0]]), np.column_stack([low[:, 1], high[:, 1]]))
    return _Frames(origin, np.cos(angle), np.sin(angle), u, v)


@dataclass(frozen=True)
class _Curves:
    """Cuts u = at + slope·v + bend·v² in each piece's frame."""

    at: Floats
    slope: Floats
    bend: Floats

    def u(self, v: Floats) -> Floats:
        """The cut at v, rows of (piece, sample)."""
        return self.at[:, None] + self.slope[:, None] * v + self.bend[:, None] * v**2

    def side_of(self, frames: _Frames, points: Floats, owner: Ints) -> NDArray[np.bool_]:
        u, v = frames.local(points, owner).T
        return np.asarray(u > self.at[owner] + self.slope[owner] * v + self.bend[owner] * v**2)


def _curves(frames: _Frames, points: Floats, owner: Ints, fields: Fields, rng: np.random.Generator) -> _Curves:
    """Through the median of the points, as straight as a street of its length is."""
    pieces = len(frames.origin)
    width = frames.v[:, 1] - frames.v[:, 0]
    is_long = width > BENT_LENGTH_M
    slope = np.where(is_long, 0.0, rng.normal(0, 0.035, pieces))
    ends = frames.world(np.repeat(frames.u.mean(axis=1)[:, None], 2, axis=1), frames.v)
    turn = fields.direction(ends[:, 1]) - fields.direction(ends[:, 0])
    turn = (turn + np.pi / 4) % (np.pi / 2) - np.pi / 4
    limit = 8 * LARGEST_BEND
    bend = np.clip(-turn + rng.normal(0, 0.10, pieces), -limit, limit) / (2 * np.maximum(width, 1))
    bend = np.where(is_long, bend, 0.0)
    u, v = frames.local(points, owner).T
    flat = u - slope[owner] * v - bend[owner] * v**2
    at = _medians(flat, owner, pieces) + rng.normal(0, 0.02, pieces) * frames.length
    low = frames.u[:, 0] + NEAREST_END * frames.length
    high = frames.u[:, 1] - NEAREST_END * frames.length
    return _Curves(np.clip(at, low, high), slope, bend)


def _medians(values: Floats, owner: Ints, pieces: int) -> Floats:
    # One key to sort by is four times as fast as two; owners are whole numbers, so a fraction keeps the order.
    low, high = values.min(), values.max()
    order = np.argsort(owner + (values - low) / (high - low + 1.0))
    count = np.bincount(owner, minlength=pieces)
    start = np.concatenate([[0], np.cumsum(count)[:-1]])
    middle = np.minimum(start + count // 2, len(values) - 1)
    return np.asarray(values[order][middle])


def _halves(polygons: Polygons, frames: _Frames, curves: _Curves) -> tuple[Polygons, Polygons]:
    """What lies before and behind the cut of each piece."""
    bent = curves.bend != 0
    beyond = np.empty(len(polygons), dtype=object)
    for chosen, samples in ((np.flatnonzero(bent), BENT_SAMPLES), (np.flatnonzero(~bent), 2)):
        if len(chosen):
            part = frames.take(chosen)
            some = _Curves(curves.at[chosen], curves.slope[chosen], curves.bend[chosen])
            beyond[chosen] = _beyond(part, some, samples)
    upper = shapely.intersection(polygons, beyond)
    lower = shapely.difference(polygons, beyond)
    return lower, upper


def _beyond(frames: _Frames, curves: _Curves, samples: int) -> Polygons:
    """A polygon that holds everything of each piece behind its cut."""
    margin = 0.02 * (frames.v[:, 1] - frames.v[:, 0]) + 1.0
    share = np.linspace(0, 1, samples)[None, :]
    start, stop = (frames.v[:, 0] - margin)[:, None], (frames.v[:, 1] + margin)[:, None]
    v = start + (stop - start) * share
    u = curves.u(v)
    far = np.maximum(frames.u[:, 1], u.max(axis=1))[:, None] + 100.0
    ring_u = np.concatenate([u, far, far, u[:, :1]], axis=1)
    ring_v = np.concatenate([v, stop, start, v[:, :1]], axis=1)
    return np.asarray(shapely.polygons(frames.world(ring_u, ring_v)), dtype=object)


def _children(
    tree: Tree,
    rows: Ints,
    count: Ints,
    halves: tuple[Polygons, Polygons],
    points: Floats,
    owner: Ints,
    side: NDArray[np.bool_],
) -> _Level:
    """The next level: both halves of each piece, every part of a half that fell apart being a piece of its own."""
    for row, points_in in zip(rows, count, strict=True):
        tree.cut_points[row] = int(points_in)
    both = np.concatenate(halves)
    parts, half = shapely.get_parts(both, return_index=True)
    is_area = shapely.get_dimensions(parts) == 2
    parts, half = parts[is_area], half[is_area]
    parents = rows[half % len(rows)]
    new_rows = np.array([tree.add(int(p), tree.face[p], tree.cell[p]) for p in parents], dtype=np.int64)
    home = owner + side * len(rows)
    first = np.searchsorted(half, np.arange(len(both)))
    number = np.bincount(half, minlength=len(both))
    new_owner = first[home]
    for split in np.flatnonzero(number > 1):
        mine = np.flatnonzero(home == split)
        for k in range(first[split], first[split] + number[split]):
            new_owner[mine[shapely.contains_xy(parts[k], points[mine, 0], points[mine, 1])]] = k
    order = np.argsort(new_owner, kind="stable")
    return _Level(parts, new_rows, points[order], new_owner[order])
