"""The city as the bulk use cases of the ground take it: areas, blocks, lines, grids; and as simulators see it."""

from datetime import datetime

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gridsvc.core.codes import Level
from gridsvc.demo.city import City, CityGrid
from gridsvc.demo.ground import NOWHERE, Ground
from gridsvc.demo.steps import Steps
from gridsvc.geography.areas import AreaDraft, register_areas
from gridsvc.geography.blocks import BlockBatch, register_blocks
from gridsvc.geography.lines import LineBatch, register_lines
from gridsvc.geography.nets import GridDraft, PublishedNet
from gridsvc.people.staffing import import_grids_with_vacancies

# What a line of the city is on the backdrop. Outlines of districts are areas already, and local streets are the edges
# of the blocks, which are shown to whoever looks closely; thirty thousand stretches would only burden the backdrop.
LINE_KINDS = {
    "river": "river", "bank": "river", "ring": "ring", "radial": "arterial", "arterial": "arterial",
    "collector": "collector",
}  # fmt: skip
PURPOSES = {"school": "校园", "market": "市场", "park": "园区", "hospital": "医院", "industry": "企业"}
COUNTS = ("households", "population", "doors", "organisations")


def load_ground(
    session: Session, city: City, *, effective_at: datetime, by: str, now: datetime, steps: Steps
) -> PublishedNet:
    """Register areas, blocks and lines, and publish the net with a named vacancy for each grid."""
    with steps.step("areas", len(city.areas)):
        register_areas(session, area_drafts(city), valid_from=effective_at)
    with steps.step("blocks", len(city.blocks)):
        register_blocks(session, _blocks(city))
    with steps.step("lines", len(city.lines)):
        register_lines(session, _lines(city))
    with steps.step("grids", len(city.grids)):
        return import_grids_with_vacancies(session, grid_drafts(city), effective_at=effective_at, by=by, now=now)


def area_drafts(city: City) -> list[AreaDraft]:
    """Every area of the city, and the zones whose outline nobody has published."""
    zones = [AreaDraft(code, name, None) for code, name in city.zones_left_out.items()]
    return zones + [
        AreaDraft(area.code, area.name, area.polygon_4326, pilot=area.is_pilot, synthetic=area.is_synthetic)
        for area in city.areas
    ]


def grid_drafts(city: City) -> list[GridDraft]:
    """The grids with what is in them, in the order of the city."""
    return [
        GridDraft(
            grid.polygon_4326,
            community_code=grid.community_code,
            name=f"{PURPOSES.get(grid.purpose, '')}专属网格" if grid.purpose else None,
            kind=grid.kind,
            counts=_counts_of(city, grid),
            synthetic=True,
        )
        for grid in city.grids
    ]


def _counts_of(city: City, grid: CityGrid) -> dict[str, int]:
    blocks = [city.blocks[number] for number in grid.blocks]
    return {kind: sum(getattr(block, kind) for block in blocks) for kind in COUNTS}


def _blocks(city: City) -> BlockBatch:
    return BlockBatch(
        codes=[block.code for block in city.blocks],
        community_codes=[block.community_code for block in city.blocks],
        polygons=[block.polygon_4326 for block in city.blocks],
        counts=[{kind: getattr(block, kind) for kind in COUNTS} for block in city.blocks],
        synthetic=True,
    )


def _lines(city: City) -> LineBatch:
    shown = [line for line in city.lines if line.road_class in LINE_KINDS]
    return LineBatch(
        kinds=[LINE_KINDS[line.road_class] for line in shown],
        geometries=[line.line_4326 for line in shown],
        names=[line.name or None for line in shown],
        synthetic=True,
    )


def ground_of(city: City) -> Ground:
    """Blocks, grids and committees by row number; the grids in the order in which they are published."""
    committees = [area for area in city.areas if area.level == Level.COMMUNITY]
    number = {area.code: row for row, area in enumerate(committees)}
    block_grid = np.full(len(city.blocks), NOWHERE, dtype=np.int64)
    for row, grid in enumerate(city.grids):
        block_grid[list(grid.blocks)] = row
    return Ground(
        block_codes=[block.code for block in city.blocks],
        block_polygons=np.array([block.polygon_4326 for block in city.blocks], dtype=object),
        block_community=np.array([number[block.community_code] for block in city.blocks], dtype=np.int64),
        block_grid=block_grid,
        doors=np.array([block.doors for block in city.blocks], dtype=np.int64),
        population=np.array([block.population for block in city.blocks], dtype=np.int64),
        community_codes=[area.code for area in committees],
        community_names=[area.name for area in committees],
        grid_polygons=np.array([grid.polygon_4326 for grid in city.grids], dtype=object),
        grid_community=np.array([number[grid.community_code] for grid in city.grids], dtype=np.int64),
        outline=shapely.union_all([area.polygon_4326 for area in city.areas if area.level == Level.COUNTY]),
    )
