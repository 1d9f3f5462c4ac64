"""The plane in which a community is redrawn: metres from a corner of it, and the way back to whole steps.

Tolerances are metres, so drawings are extended and snapped here. Points of the lattice come back as the same steps.
The plane is right to a few parts in a thousand, which is enough for tolerances; sizes that people see are measured in
the metric frame.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.lattice import STEPS_PER_DEGREE, Geometries, Steps, degrees_of
from gridsvc.core.linework import Point
from gridsvc.core.partition import Partition

_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True)
class Plane:
    """An origin in steps and the metres of a step eastward and northward."""

    origin: Point
    step_m: tuple[float, float]

    @classmethod
    def of(cls, partition: Partition) -> "Plane":
        """The plane of a community, the same for all its partitions."""
        x, y = min(partition.ring_points)
        north = _METRES_PER_DEGREE / STEPS_PER_DEGREE
        return cls((x, y), (north * math.cos(math.radians(y / STEPS_PER_DEGREE)), north))

    def from_degrees(self, geometry: BaseGeometry) -> BaseGeometry:
        """A shape in degrees in metres of the plane."""
        shape: BaseGeometry = shapely.transform(geometry, self._metres_of_degrees)
        return shape

    def all_from_degrees(self, geometries: Geometries) -> Geometries:
        """Shapes in degrees in metres of the plane."""
        return np.asarray(shapely.transform(geometries, self._metres_of_degrees), dtype=object)

    def to_degrees(self, geometry: BaseGeometry) -> BaseGeometry:
        """A shape of the plane in degrees, rounded to the lattice."""
        shape: BaseGeometry = shapely.transform(geometry, lambda points: degrees_of(self.steps(points)))
        return shape

    def steps(self, points_m: NDArray[np.float64]) -> Steps:
        """Points of the plane as the nearest points of the lattice."""
        steps: Steps = np.rint(points_m / np.array(self.step_m)).astype(np.int64)
        steps += np.array(self.origin, dtype=np.int64)
        return steps

    def metres(self, steps: NDArray[np.int64]) -> NDArray[np.float64]:
        """Points of the lattice in metres of the plane."""
        return np.asarray((steps - np.array(self.origin, dtype=np.int64)) * np.array(self.step_m), dtype=np.float64)

    def points_of(self, line: BaseGeometry) -> tuple[Point, ...]:
        """The vertices of a line of the plane as points of the lattice, none twice in succession."""
        points = [(int(x), int(y)) for x, y in self.steps(shapely.get_coordinates(line)).tolist()]
        return tuple(point for i, point in enumerate(points) if i == 0 or point != points[i - 1])

    def _metres_of_degrees(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        return self.metres(np.rint(degrees * STEPS_PER_DEGREE).astype(np.int64))
