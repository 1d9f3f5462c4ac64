"""Grids drawn as small letter pictures, such as "AAB/ACC": one letter a cell, a line from west to east, north first."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.coverage import GridPiece
from gridsvc.core.datum import to_grid

# A cell is 0.001° wide and high, about 94 m by 111 m; the picture begins at a synthetic corner in the middle of Bengbu.
CELL_DEG = 0.001
WEST, NORTH = 117.38, 32.93


def draw(picture: str) -> dict[str, Any]:
    """The polygons of a picture by letter ("." is nobody's), with a vertex at every cell corner on their border."""
    cells: dict[str, list[shapely.Polygon]] = {}
    for row, line in enumerate(picture.split("/")):
        for column, letter in enumerate(line):
            if letter != ".":
                cells.setdefault(letter, []).append(cell(column, row))
    return {letter: shapely.coverage_union_all(parts) for letter, parts in sorted(cells.items())}


def cell(column: int, row: int) -> shapely.Polygon:
    """One cell of a picture."""
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    return shapely.Polygon([corner(*place) for place in corners])


def corner(column: float, row: float) -> tuple[float, float]:
    """A corner of a cell, or a place between the corners, in degrees on the fixed grid."""
    x, y = to_grid([WEST + column * CELL_DEG, NORTH - row * CELL_DEG]).tolist()
    return x, y


def whole(polygons: Iterable[Any]) -> Any:
    """The union of an exact coverage, every vertex kept."""
    return shapely.coverage_union_all(list(polygons))


def pieces(grids: Mapping[str, Any], community_code: str = "c") -> list[GridPiece]:
    """The drawn polygons as the grids of one community."""
    return [GridPiece(code, community_code, polygon) for code, polygon in grids.items()]


def move_vertex(polygon: Any, place: tuple[float, float], target: tuple[float, float]) -> Any:
    """The polygon with one of its vertices somewhere else."""

    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        at = (points == np.array(place)).all(axis=1)
        assert at.any(), "the polygon has no such vertex"
        return np.where(at[:, None], np.array(target), points)

    return shapely.transform(polygon, moved)
