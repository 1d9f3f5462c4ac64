"""The demo city as a value: areas, blocks, grids, water and roads in EPSG:4326 on the 1e-7 degree grid.

Neighbours share their vertices as equal numbers, and every level is the exact union of the one below. Districts are
real outlines; streets, communities, villages, blocks, grids, roads and shores are synthetic, and so is everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.demo.city.layout import Size
from gridsvc.demo.city.sampling import BlockSampler

GridKind = Literal["basic", "dedicated"]
Use = Literal[
    "residential", "commerce", "office", "school", "market", "park", "hospital", "industry", "water", "hamlet", "fields"
]


@dataclass(frozen=True, slots=True)
class CityArea:
    """An administrative unit: `name` is the area's, `official_name` the committee's; the province has no polygon."""

    code: str
    name: str
    official_name: str
    level: int
    kind: str
    parent_code: str | None
    polygon_4326: shapely.Polygon | None
    is_synthetic: bool
    is_pilot: bool = False


@dataclass(frozen=True, slots=True)
class CityBlock:
    """The atom of division with its counts; `code` is B, the committee's code, and a number within it."""

    code: str
    community_code: str
    polygon_4326: shapely.Polygon
    use: Use
    households: int
    population: int
    doors: int
    organisations: int


@dataclass(frozen=True, slots=True)
class CityGrid:
    """A grid of an urban community: whole blocks (indices into the city's blocks). Codes are given by the importer.

    Grids come community by community, within one from west to east, then north to south. A dedicated grid has a
    `purpose`: the use of its blocks.
    """

    community_code: str
    kind: GridKind
    purpose: Use | None
    polygon_4326: shapely.Polygon
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CityLine:
    """A line of the backdrop: river, bank, ring, radial, district, arterial, collector or local; it may have a name."""

    road_class: str
    name: str
    line_4326: shapely.MultiLineString


@dataclass(frozen=True, slots=True)
class CityWater:
    """A river or lake: the union of its blocks."""

    name: str
    polygon_4326: BaseGeometry
    is_synthetic: bool


@dataclass(frozen=True)
class City:
    """The whole demo city. Areas come from the province down, by code within a level."""

    seed: int
    size: Size
    areas: tuple[CityArea, ...]
    blocks: tuple[CityBlock, ...]
    grids: tuple[CityGrid, ...]
    lines: tuple[CityLine, ...]
    waters: tuple[CityWater, ...]
    zones_left_out: Mapping[str, str]

    @cached_property
    def sampler(self) -> BlockSampler:
        return BlockSampler(np.array([block.polygon_4326 for block in self.blocks], dtype=object))

    def sample_points_in_blocks(
        self, rng: np.random.Generator, block_index: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """A random place inside each of the blocks given (indices, repeated at will): longitudes and latitudes."""
        return self.sampler.sample(rng, block_index)
