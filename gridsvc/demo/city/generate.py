"""Generates the demo city: layout, first lines, cuts, one coverage, division, people, and everything put together."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.demo.city import people
from gridsvc.demo.city.assemble import assemble
from gridsvc.demo.city.backbone import make_backbone
from gridsvc.demo.city.boundaries import read_boundaries
from gridsvc.demo.city.cuts import Pieces, cut_blocks
from gridsvc.demo.city.divide import block_centres, bonds, divide_city
from gridsvc.demo.city.fabric import Fabric, weave
from gridsvc.demo.city.field import make_fields
from gridsvc.demo.city.graph import DivisionFailed
from gridsvc.demo.city.layout import CORE_KM, Layout, Size, km_to_metres, plan
from gridsvc.demo.city.model import City
from gridsvc.demo.city.sketch import Sketch
from gridsvc.demo.city.streets import Blocks

Progress: TypeAlias = Callable[[str, int, int], None]

# A street may fall apart by bad luck; then the city is drawn again from other numbers of the same seed.
ATTEMPTS = 8


def generate(seed: int, size: Size, *, folder: Path | None = None, progress: Progress | None = None) -> City:
    """The demo city of a seed: the same numbers always, to the last digit. `folder` holds the boundary files.

    Raises InstallationFault without boundary files, DivisionFailed if no attempt came out whole.
    """
    report = progress or (lambda step, done, total: None)
    boundaries = read_boundaries(folder)
    layout = plan(boundaries, size)
    for attempt in range(ATTEMPTS):
        try:
            sketch = draw(layout, np.random.default_rng([seed, attempt]), report)
            return assemble(seed, size, boundaries, sketch, report)
        except DivisionFailed:
            continue
    raise DivisionFailed


def draw(layout: Layout, rng: np.random.Generator, report: Progress) -> Sketch:
    """One attempt at the city in metres. Raises DivisionFailed."""
    report("first lines", 0, 1)
    backbone = make_backbone(layout, rng)
    fields = make_fields(layout, backbone, rng)
    report("first lines", 1, 1)
    pieces = cut_blocks(backbone, fields, rng, lambda done, total: report("blocks", done, total))
    report("coverage", 0, 1)
    fabric = weave(pieces, backbone, layout)
    report("coverage", 1, 1)
    polygons = fabric.polygons(fabric.vertices_m)
    centre = block_centres(polygons)
    face = np.array(pieces.tree.face, dtype=np.int64)[fabric.rows]
    water = np.array(backbone.face_water)[face]
    distance = np.hypot(*(centre - km_to_metres(CORE_KM)).T)
    use, expected = people.urban_uses(water != "", distance, rng)
    weight = people.division_weights(expected, layout.blocks_per_grid)
    built_up = np.asarray(fields.at(fields.built_up, centre), dtype=bool)
    blocks = Blocks(centre, backbone.face_district[face], _cells(pieces, fabric, water != ""), weight, built_up)
    division = divide_city(
        layout, bonds(fabric, water != ""), blocks, rng, lambda done, total: report("grids", done, total)
    )
    dedicated = people.dedicated_grids(division.grid, division.committee, rng)
    counts = people.settle(
        use, expected, grid=division.grid, committee=division.committee, area_m2=shapely.area(polygons),
        dedicated=dedicated, rng=rng,
    )  # fmt: skip
    pilots = np.sort(rng.permutation(layout.communities)[: layout.pilots])
    return Sketch(layout, backbone, fabric, division, dedicated, counts, water, centre, pilots)


def _cells(pieces: Pieces, fabric: Fabric, is_water: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The cell of each block, numbered from 0. Every piece of water is its own: the river goes with its banks."""
    cell = np.array(pieces.tree.cell, dtype=np.int64)[fabric.rows]
    cell[is_water] = cell.max() + 1 + np.arange(is_water.sum())
    return np.asarray(np.unique(cell, return_inverse=True)[1].reshape(-1), dtype=np.int64)
