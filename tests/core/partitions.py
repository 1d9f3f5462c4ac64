"""Partitions drawn as letter pictures, with the border of the community densified as it is after an import."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core.densify import densify, densify_along
from gridsvc.core.partition import Partition
from tests.core.pictures import corner, draw, whole


def parted(picture: str) -> Partition:
    """The partition of a picture; the community is all of it."""
    drawn = draw(picture)
    community = densify(np.array([whole(drawn.values())], dtype=object))
    shapes = densify_along(np.array(list(drawn.values()), dtype=object), community)
    return Partition.from_polygons(community[0], dict(zip(drawn, shapes, strict=True)))


def blocks_of(picture: str) -> dict[str, BaseGeometry]:
    """The letters of a picture as blocks by id, with the vertices they share with the community's border."""
    drawn = draw(picture)
    community = densify(np.array([whole(drawn.values())], dtype=object))
    shapes = densify_along(np.array(list(drawn.values()), dtype=object), community)
    return dict(zip(drawn, shapes, strict=True))


def read(partition: Partition, like: str) -> str:
    """The picture of a partition: the grid at the middle of each cell of a picture of that size."""
    rows = []
    for row, line in enumerate(like.split("/")):
        places = [corner(column + 0.5, row + 0.5) for column in range(len(line))]
        rows.append("".join(_at(partition, place) for place in places))
    return "/".join(rows)


def line(*places: tuple[float, float]) -> shapely.LineString:
    """A line over places in cells from the corner of the picture."""
    return shapely.LineString([corner(*place) for place in places])


def area(*places: tuple[float, float]) -> shapely.Polygon:
    """An area over places in cells."""
    return shapely.Polygon([corner(*place) for place in places])


def _at(partition: Partition, place: tuple[float, float]) -> str:
    found = [key for key, polygon in partition.polygons().items() if shapely.contains_xy(polygon, *place)]
    return found[0] if found else "."
