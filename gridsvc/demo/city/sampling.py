"""Random places inside blocks, hundreds of thousands at a time: every block is cut into triangles once."""

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.datum import to_grid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Places keep this share of the way to the middle of their triangle, so that rounding never puts one outside.
INSET = 0.03


class BlockSampler:
    """Draws places evenly from polygons without holes; the answer is on the 1e-7 degree grid."""

    def __init__(self, polygons_4326: NDArray[np.object_]) -> None:
        triangles, owner = shapely.get_parts(shapely.constrained_delaunay_triangles(polygons_4326), return_index=True)
        self._corners = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
        area = shapely.area(triangles)
        self._first = np.searchsorted(owner, np.arange(len(polygons_4326)))
        self._last = np.searchsorted(owner, np.arange(len(polygons_4326)), side="right") - 1
        self._up_to = np.cumsum(area)
        self._before = self._up_to[self._first] - area[self._first]

    def sample(self, rng: np.random.Generator, block_index: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Longitude and latitude of one place inside each of the polygons given by index."""
        index = np.asarray(block_index, dtype=np.int64)
        low, high = self._before[index], self._up_to[self._last[index]]
        chosen = np.searchsorted(self._up_to, low + rng.random(len(index)) * (high - low), side="right")
        triangle = np.clip(chosen, self._first[index], self._last[index])
        corners = self._corners[triangle]
        a, b = rng.random((2, len(index)))
        over = a + b > 1
        a, b = np.where(over, 1 - a, a), np.where(over, 1 - b, b)
        shares = np.column_stack([1 - a - b, a, b]) * (1 - INSET) + INSET / 3
        point = (corners * shares[:, :, None]).sum(axis=1)
        return to_grid(point[:, 0]), to_grid(point[:, 1])
