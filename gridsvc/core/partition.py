"""The grids of one community as a value: a planar coverage that holds each border line once, with a grid on both sides.

Because a line is held once, neighbours cannot come apart: gaps and overlaps have no way of being written down. The
lines that have a grid on one side only are the border of the community; they are frozen while grids are redrawn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core import geojson
from gridsvc.core.errors import Fault
from gridsvc.core.lattice import Geometries, degrees_of
from gridsvc.core.linework import Arc, Edge, OverlappingEdges, Owners, Point, arc_edges, arcs_of, edges_of
from gridsvc.core.metric import area_m2, frame_of
from gridsvc.core.refusals import NotAPartition
from gridsvc.core.rings import polygon_of

__all__ = ["Arc", "NotAPartition", "Partition", "lines_4326"]

MAX_SHOWN = 20


@dataclass(frozen=True)
class Partition:
    """Grids by key that tile one community. Equal tilings are equal values, whatever way led to them.

    A grid may have several parts and may lie inside another. Coordinates are steps of 1e-7 degrees (WGS 84).
    """

    border_lines: tuple[Arc, ...]

    @classmethod
    def from_polygons(cls, ring: BaseGeometry, polygons: Mapping[str, BaseGeometry]) -> "Partition":
        """The partition of a community (its polygon, holes and parts included) into polygons by key, in degrees.

        Raises NotAPartition with the edges that do not fit, or for shapes that are no valid polygons; ValueError for
        coordinates off the grid of 1e-7 degrees. Doubled vertices are left out.
        """
        _refuse_broken({"community": ring} | {f"grid {key}": polygon for key, polygon in polygons.items()})
        keys = sorted(polygons)
        try:
            made = cls(arcs_of(edges_of([polygons[key] for key in keys], keys)))
        except OverlappingEdges as fault:
            raise _not_fitting(f"The grids {' and '.join(fault.keys)} overlap.", {fault.edge}) from fault
        if odd := made.ring_edges ^ set(edges_of([ring], [""])):
            raise _not_fitting("The outline of the grids is not that of the community.", odd)
        made.refuse_overlaps()
        return made

    @classmethod
    def from_geojson(cls, value: object) -> "Partition":
        """The partition that `geojson` wrote. Raises InvalidGeometry (NotAPartition is one)."""
        features = geojson.parse_feature_collection(value)
        outline = value.get("community") if isinstance(value, dict) else None
        polygons = {str(item.id): item.geometry for item in features if item.geometry is not None}
        if len(polygons) != len(features) or any(item.id is None for item in features):
            raise NotAPartition("Every grid needs an id of its own and a geometry.")
        return cls.from_polygons(geojson.parse_geometry(outline, "community"), polygons)

    def geojson(self) -> dict[str, Any]:
        """A FeatureCollection with a feature for each grid (its key is the id) and the community as foreign member."""
        features = [geojson.feature(polygon, {}, key) for key, polygon in self.polygons().items()]
        return geojson.feature_collection(features, community=geojson.geometry_object(self.community()))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the grids in order."""
        found = {key for arc in self.border_lines for key in (arc.left, arc.right) if key is not None}
        return tuple(sorted(found))

    @cached_property
    def owners(self) -> Mapping[Edge, str]:
        """Every edge with the grid on its left."""
        return arc_edges(self.border_lines)

    @cached_property
    def ring_edges(self) -> frozenset[Edge]:
        """The edges of the community's border, with the community on their left."""
        return frozenset(edge for arc in self.border_lines if arc.right is None for edge in pairwise(arc.points))

    @cached_property
    def ring_points(self) -> frozenset[Point]:
        """The vertices of the community's border, which no redraw moves."""
        return frozenset(point for arc in self.border_lines if arc.right is None for point in arc.points)

    def arcs(self, left: str | None = None, right: str | None = None) -> tuple[Arc, ...]:
        """All border lines; or those of one grid; or those between two."""
        wanted = {key for key in (left, right) if key is not None}
        return tuple(arc for arc in self.border_lines if wanted <= {arc.left, arc.right})

    def polygons(self) -> dict[str, BaseGeometry]:
        """The grids as valid (multi)polygons in degrees, by key in order; neighbours have equal vertices."""
        return dict(self._polygons)

    def polygon(self, key: str) -> BaseGeometry:
        """One grid. KeyError if there is none."""
        return self._polygons[key]

    def community(self) -> BaseGeometry:
        """The whole community in degrees."""
        return self._community

    def neighbours(self, key: str) -> tuple[str, ...]:
        """The grids that share a line with this one (a mere corner does not count), in order."""
        mine = [arc for arc in self.border_lines if key in (arc.left, arc.right)]
        return tuple(sorted({other for arc in mine for other in (arc.left, arc.right) if other not in (None, key)}))

    def areas_m2(self) -> dict[str, float]:
        """The size of each grid in square metres, in the metric frame of the community."""
        return dict(zip(self._polygons, area_m2(self._shapes, self.frame).tolist(), strict=True))

    @cached_property
    def frame(self) -> str:
        """The metric frame ("EPSG:n") in the middle of the community, the same before and after every redraw."""
        return frame_of(np.array([self._community], dtype=object))

    def renamed(self, names: Mapping[str, str]) -> "Partition":
        """The same ground under other keys; grids of one name become one. Keys that are not given stay."""
        owners: Owners = {edge: names.get(key, key) for edge, key in self.owners.items()}
        return Partition(arcs_of(owners))

    def refuse_overlaps(self) -> None:
        """Raises NotAPartition where border lines cross; a partition made by the operations has none."""
        shapes = self._shapes
        if shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes):
            return
        if (broken := np.flatnonzero(~shapely.is_valid(shapes))).size:
            _refuse_broken({f"grid {self.keys[i]}": shapes[i] for i in broken})
        bad = shapely.union_all(shapely.coverage_invalid_edges(shapes))
        fault = Fault("grids", NotAPartition.code, "grids overlap here", geojson.geometry_object(bad))
        raise NotAPartition("Grids overlap.", faults=[fault])

    @cached_property
    def _polygons(self) -> dict[str, BaseGeometry]:
        chains: dict[str, list[tuple[Point, ...]]] = {key: [] for key in self.keys}
        for arc in self.border_lines:
            chains[arc.left].append(arc.points)
            if arc.right is not None:
                chains[arc.right].append(arc.points[::-1])
        return {key: polygon_of(mine) for key, mine in chains.items()}

    @cached_property
    def _shapes(self) -> Geometries:
        shapes = np.empty(len(self._polygons), dtype=object)
        shapes[:] = list(self._polygons.values())
        return shapes

    @cached_property
    def _community(self) -> BaseGeometry:
        return polygon_of(arc.points for arc in self.border_lines if arc.right is None)


def lines_4326(edges: Iterator[Edge] | set[Edge] | frozenset[Edge]) -> shapely.MultiLineString:
    """Edges as one geometry in degrees."""
    steps = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2, 2)
    return shapely.MultiLineString(list(degrees_of(steps)))


def _refuse_broken(shapes: Mapping[str, BaseGeometry]) -> None:
    faults = []
    for place, shape in shapes.items():
        if shape.geom_type not in ("Polygon", "MultiPolygon"):
            faults.append(Fault(place, NotAPartition.code, "a polygon is needed"))
        elif fault := geojson.validity_fault(shape, place):
            faults.append(fault)
    if faults:
        raise NotAPartition(faults=faults[:MAX_SHOWN])


def _not_fitting(message: str, edges: set[Edge] | frozenset[Edge]) -> NotAPartition:
    shown = geojson.geometry_object(lines_4326(set(sorted(edges)[:1000])))
    return NotAPartition(message, faults=[Fault("grids", NotAPartition.code, "these edges do not fit", shown)])
