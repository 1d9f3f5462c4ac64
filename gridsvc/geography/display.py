"""What the map draws: documents of grids, areas and lines at display precision, as texts of GeoJSON.

Coordinates have six decimals (a decimetre). Neighbours are simplified together, so that they still share every vertex.
Loaded only where such a document is made: it works on whole nets.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gridsvc.core import datum
from gridsvc.core.metric import frame_of, in_frame
from gridsvc.geography.gate import BASE_NET
from gridsvc.geography.queries import maps
from gridsvc.geography.shapes import Shapes, as_shapes, from_wkb

TOLERANCE_M = 0.5
DECIMALS = 6
MOST_BLOCKS = 2000
_SUMMED = ("households", "population")


def display_grids(session: Session, version: UUID) -> str:
    """The grids of a net version as the text of a FeatureCollection; the id of a feature is the grid's code."""
    rows = maps.grids_of_version(session, version)
    shapes = simplified_coverage(from_wkb([row.wkb for row in rows]))
    properties = [
        {"code": row.code, "name": row.name, "kind": row.kind, "community_code": row.community_code} for row in rows
    ]
    return _collection(shapes, properties)


def display_areas(session: Session, at: datetime) -> str:
    """The areas with outlines at a moment as the text of a FeatureCollection, the upper levels first.

    Households and population are sums over the blocks inside, None where no block is registered.
    """
    rows = maps.areas_with_counts(session, at)
    sums = _sums_upward(rows)
    shapes = from_wkb([row.wkb for row in rows])
    for level in {row.level for row in rows}:
        mine = np.array([row.level == level and row.wkb is not None for row in rows])
        if mine.any():
            shapes[mine] = simplified_coverage(shapes[mine])
    drawn = [place for place, row in enumerate(rows) if row.wkb is not None]
    return _collection(shapes[drawn], [_area_properties(rows[place], sums) for place in drawn])


def backdrop(session: Session) -> str:
    """Rivers and roads as the text of a FeatureCollection: one multiline for each class and name."""
    rows = maps.lines(session)
    shapes, properties = [], []
    for (kind, name), group in groupby(rows, key=lambda row: (row.kind, row.name)):
        merged = shapely.line_merge(shapely.union_all(from_wkb([row.wkb for row in group])))
        shapes.append(merged)
        properties.append({"class": kind} | ({"name": name} if name else {}))
    if not shapes:
        return _collection(as_shapes([]), [])
    drawn = as_shapes(shapes)
    frame = frame_of(drawn)
    return _collection(_to_display(shapely.simplify(in_frame(drawn, frame), TOLERANCE_M), frame), properties)


def exact_grids(session: Session, at: datetime, net_key: str = BASE_NET) -> str:
    """The grids of a net at a moment, exactly as stored, as the text of a FeatureCollection."""
    return _joined(maps.exact_grid_features(session, at, net_key))


def blocks_in(session: Session, box: tuple[float, float, float, float], *, most: int = MOST_BLOCKS) -> str:
    """Blocks that touch a box (west, south, east, north) as the text of a FeatureCollection, at most so many."""
    return _joined(maps.block_features(session, box, most))


def simplified_coverage(shapes: Shapes) -> Shapes:
    """Neighbouring polygons in degrees simplified together to half a metre, at six decimals."""
    if not len(shapes):
        return shapes
    frame = frame_of(shapes)
    made = shapely.coverage_simplify(in_frame(shapes, frame), TOLERANCE_M)
    return _to_display(np.asarray(made, dtype=object), frame)


def _to_display(shapes_m: Shapes, frame: str) -> Shapes:
    def convert(coordinates: Any) -> Any:
        return np.round(np.column_stack(datum.to_wgs84(coordinates[:, 0], coordinates[:, 1], frame)), DECIMALS)

    return np.asarray(shapely.transform(shapes_m, convert), dtype=object)


def _sums_upward(rows: Sequence[Any]) -> dict[str, dict[str, int | None]]:
    """Household and population sums of every area: its own blocks and those of the areas below it."""
    sums: dict[str, dict[str, int | None]] = {row.code: {key: getattr(row, key) for key in _SUMMED} for row in rows}
    for row in reversed(rows):
        above = sums.get(row.parent_code or "")
        for key in _SUMMED if above is not None else ():
            own = sums[row.code][key]
            if own is not None and above is not None:
                above[key] = int(above[key] or 0) + int(own)
    return sums


def _area_properties(row: Any, sums: Mapping[str, Mapping[str, int | None]]) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "level": row.level,
        "kind": row.kind,
        "parent_code": row.parent_code,
        "synthetic": row.synthetic,
        "has_grids": row.has_grids,
        "pilot": row.pilot,
        **{key: None if value is None else int(value) for key, value in sums[row.code].items()},
    }


def _collection(shapes: Shapes, properties: Sequence[Mapping[str, Any]]) -> str:
    geometries: Iterable[str | None] = shapely.to_geojson(shapes) if len(shapes) else []
    return _joined(
        "{"
        + (f'"id":{json.dumps(words["code"])},' if "code" in words else "")
        + f'"type":"Feature","geometry":{geometry},"properties":{json.dumps(words, ensure_ascii=False)}}}'
        for geometry, words in zip(geometries, properties, strict=True)
    )


def _joined(features: Iterable[str]) -> str:
    return '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"
