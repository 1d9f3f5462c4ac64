"""Redraws that give ground to a grid: painting blocks, carving out a dedicated grid, shifting a piece."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core.linework import Point
from gridsvc.core.partition import Partition
from gridsvc.core.redraw.drawn import checked_area, refuse_many_crossings, snapped
from gridsvc.core.redraw.keys import require, require_new
from gridsvc.core.redraw.overlay import faces_of, with_owners
from gridsvc.core.redraw.permit import Permit, checked
from gridsvc.core.redraw.plane import Plane
from gridsvc.core.redraw.refusals import refuse
from gridsvc.core.redraw.split import ended
from gridsvc.core.refusals import OutsideCommunity, UnknownBlock

_HAIR_M = 0.05


@dataclass(frozen=True)
class _Ground:
    """The ground that changes hands: its area in metres, and the lines around it as points of the lattice."""

    area: BaseGeometry
    lines: Sequence[Sequence[Point]]


def reassign(partition: Partition, block_ids: Collection[str], key: str, *, permit: Permit) -> Partition:
    """The partition in which these blocks of the permit belong to a grid (paint).

    Refuses (RedrawError) unknown blocks and grids, blocks outside the community, and what would leave another grid
    without ground or, unless the permit allows parts, in separate pieces.
    """
    require(partition, key)
    return _given(partition, _blocks(partition, block_ids, permit.blocks), None, key, permit)


def carve(
    partition: Partition,
    ground: BaseGeometry | Collection[str],
    *,
    new_key: str,
    permit: Permit | None = None,
) -> Partition:
    """The partition with a new grid on this ground: an area in degrees, or blocks of the permit by id.

    The area may reach over the community's border, where it is cut off at the nearest frozen vertices. Refusals as for
    `reassign`; an area through blocks needs confirmation.
    """
    permit = permit or Permit()
    require_new(partition, new_key)
    if isinstance(ground, BaseGeometry):
        return _given(partition, _drawn(partition, ground), None, new_key, permit)
    return _given(partition, _blocks(partition, ground, permit.blocks), None, new_key, permit)


def shift(
    partition: Partition, source: str, target: str, area_4326: BaseGeometry, *, permit: Permit | None = None
) -> Partition:
    """The partition in which the part of `source` inside the area belongs to `target`; other grids keep theirs.

    Refusals as for `carve`.
    """
    require(partition, source, target)
    return _given(partition, _drawn(partition, area_4326), source, target, permit or Permit())


def _given(partition: Partition, ground: _Ground, source: str | None, target: str, permit: Permit) -> Partition:
    """The partition in which the faces inside the ground are the target's; only the source's, if there is one."""
    plane = Plane.of(partition)
    keys, shapes = list(partition.keys), np.array(list(partition.polygons().values()), dtype=object)
    shapes = plane.all_from_degrees(shapes)
    hit = shapely.intersects(shapes, shapely.buffer(ground.area, _HAIR_M))
    concerned = [key for key, is_hit in zip(keys, hit.tolist(), strict=True) if is_hit and source in (None, key)]
    faces = faces_of(partition, concerned, ground.lines)
    # In steps of the lattice like the faces; only the share of each face counts.
    area = shapely.transform(ground.area, lambda xy: xy / np.array(plane.step_m))
    inside = shapely.area(shapely.intersection(faces.polygons, area)) > 0.5 * shapely.area(faces.polygons)
    if not inside.any():
        raise refuse(OutsideCommunity, "area", plane.to_degrees(ground.area), "No ground of the grid lies in there.")
    owners = [target if within else grid for within, grid in zip(inside.tolist(), faces.grids, strict=True)]
    return checked(partition, with_owners(partition, faces, owners), permit)


def _blocks(partition: Partition, ids: Collection[str], blocks: Mapping[str, BaseGeometry]) -> _Ground:
    if unknown := sorted(set(ids) - set(blocks)):
        raise refuse(UnknownBlock, "block_ids", None, f"There is no block {', '.join(unknown)}.", block_ids=unknown)
    if not ids:
        raise refuse(UnknownBlock, "block_ids", None, "At least one block is needed.")
    plane = Plane.of(partition)
    shapes = np.array([blocks[block] for block in sorted(set(ids))], dtype=object)
    area = shapely.union_all(plane.all_from_degrees(shapes))
    rings = shapely.get_rings(shapely.get_parts(plane.all_from_degrees(shapes)))
    return _Ground(area, [plane.points_of(ring) for ring in rings])


def _drawn(partition: Partition, area_4326: BaseGeometry) -> _Ground:
    plane = Plane.of(partition)
    community = plane.from_degrees(partition.community())
    area = checked_area(plane, area_4326, community)
    borders = [plane.metres(np.array(arc.points, dtype=np.int64)) for arc in partition.border_lines]
    area = snapped(area, shapely.MultiPoint(np.vstack(borders)), shapely.MultiLineString(borders))
    if not shapely.is_valid(area):
        area = checked_area(plane, area_4326, community)
    refuse_many_crossings(plane, shapely.boundary(area), shapely.MultiLineString(borders), "area")
    inside = shapely.intersection(shapely.boundary(area), community)
    merged = shapely.line_merge(inside) if inside.geom_type == "MultiLineString" else inside
    stretches = [part for part in shapely.get_parts(merged) if part.geom_type in ("LineString", "LinearRing")]
    return _Ground(area, [_at_ring(partition, plane, community, part) for part in stretches])


def _at_ring(partition: Partition, plane: Plane, community: BaseGeometry, part: BaseGeometry) -> tuple[Point, ...]:
    """A stretch of the outline with its ends, if it has any, on frozen vertices of the community's border."""
    points = [(x, y) for x, y in shapely.get_coordinates(part).tolist()]
    if points[0] != points[-1]:
        for _ in range(2):
            points = ended(partition, plane, community, points)[::-1]
    return plane.points_of(shapely.LineString(points))
