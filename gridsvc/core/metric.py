"""Geometries measured in metres: WGS 84 shapes taken to a metric frame, their areas and lengths."""

from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core import datum

Floats: TypeAlias = NDArray[np.float64]
Geometries: TypeAlias = NDArray[np.object_]


def frame_of(geometries_4326: Geometries) -> str:
    """The metric frame ("EPSG:n") in the middle of these shapes. Raises InvalidCoordinate if there are none."""
    bounds = shapely.bounds(geometries_4326).reshape(-1, 4)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    return datum.metric_frame(bounds[:, [0, 2]].ravel(), bounds[:, [1, 3]].ravel())


def in_frame(geometries_4326: Geometries, frame: str) -> Geometries:
    """The shapes in metres of the frame, vertex by vertex. Raises InvalidCoordinate."""

    def project(points: Floats) -> Floats:
        return np.column_stack(datum.from_wgs84(points[:, 0], points[:, 1], frame))

    return np.asarray(shapely.transform(geometries_4326, project), dtype=object)


def area_m2(geometries_4326: Geometries, frame: str | None = None) -> Floats:
    """Areas in square metres, in the frame given or the one in the middle of the shapes (right to 1 in 1,000)."""
    if not np.size(geometries_4326):
        return np.zeros(0)
    return np.asarray(shapely.area(in_frame(geometries_4326, frame or frame_of(geometries_4326))), dtype=np.float64)


def length_m(geometries_4326: Geometries, frame: str | None = None) -> Floats:
    """Lengths (of areas: perimeters) in metres, in the frame given or the one in the middle of the shapes."""
    if not np.size(geometries_4326):
        return np.zeros(0)
    return np.asarray(shapely.length(in_frame(geometries_4326, frame or frame_of(geometries_4326))), dtype=np.float64)
