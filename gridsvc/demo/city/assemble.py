"""Puts the city together from its sketch: degrees, codes, names, and every level as the union of the one below."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.datum import to_grid, to_wgs84
from gridsvc.demo.city.boundaries import Boundaries, Unit
from gridsvc.demo.city.fabric import ROAD_CLASSES, Fabric, to_degrees
from gridsvc.demo.city.graph import DivisionFailed
from gridsvc.demo.city.layout import (
    CITY_CODE,
    METRIC_CRS,
    PROVINCE_CODE,
    RIVER_NAME,
    ZONES_LEFT_OUT,
    Layout,
    Size,
)
from gridsvc.demo.city.model import City, CityArea, CityBlock, CityGrid, CityLine, CityWater, Use
from gridsvc.demo.city.sketch import Sketch

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Polygons = NDArray[np.object_]

_COMMITTEE = re.compile(r"(?:居民委员会|居委会|村民委员会|村委会)(?:[(（].*)?$")


def assemble(
    seed: int, size: Size, boundaries: Boundaries, sketch: Sketch, report: Callable[[str, int, int], None]
) -> City:
    """The finished city. Every level is checked to be one exact coverage of single polygons before it is given out."""
    layout, fabric = sketch.layout, sketch.fabric
    steps = 5
    report("unions", 0, steps)
    order = _block_order(sketch)
    outlines = [boundaries.outlines_4326[code] for code in layout.district_codes]
    vertices = to_degrees(fabric, layout, outlines)
    polygons = fabric.polygons(vertices)[order]
    committee, grid = sketch.division.committee[order], sketch.division.grid[order]
    check_coverage(polygons, "blocks")
    report("unions", 1, steps)
    units = _committees(layout)
    blocks = _blocks(sketch, order, polygons, units)
    grids = _grids(sketch, polygons, grid, committee, units)
    report("unions", 2, steps)
    areas = _areas(boundaries, sketch, polygons, committee, units)
    report("unions", 3, steps)
    lines = _lines(sketch, vertices)
    report("unions", 4, steps)
    waters = _waters(sketch, polygons, order)
    report("unions", 5, steps)
    return City(seed, size, areas, blocks, grids, lines, waters, ZONES_LEFT_OUT)


def area_name(unit: Unit) -> str:
    """The area's own name: 东风社区 for 东风社区居委会, 卢小庙村 for 卢小庙村民委员会."""
    if unit.level < 5:
        return unit.name
    stem = _COMMITTEE.sub("", unit.name)
    ending = "村" if unit.kind == "village" else "社区"
    return stem if stem.endswith(ending) else stem + ending


def check_coverage(polygons: Polygons, what: str) -> None:
    """Raises DivisionFailed if polygons are broken, empty, in pieces, or no exact coverage."""
    if not (shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON).all():
        raise DivisionFailed(f"{what} are not single polygons")
    if not shapely.is_valid(polygons).all():
        raise DivisionFailed(f"{what} have invalid rings")
    if not shapely.coverage_is_valid(polygons):
        raise DivisionFailed(f"{what} have gaps or overlaps")


def _block_order(sketch: Sketch) -> Ints:
    """Blocks by committee, within it from west to east, then north to south."""
    x, y = sketch.centre_m.T
    return np.lexsort((-y, x, sketch.division.committee))


def _committees(layout: Layout) -> list[Unit]:
    """The committees in the order of their numbers: all communities, then all villages."""
    communities = [unit for street in layout.streets for unit in street.communities]
    return communities + [unit for street in layout.streets for unit in street.villages]


def _blocks(sketch: Sketch, order: Ints, polygons: Polygons, units: Sequence[Unit]) -> tuple[CityBlock, ...]:
    committee, counts = sketch.division.committee[order], sketch.counts
    first = np.searchsorted(committee, np.arange(len(units)))
    columns = zip(
        committee.tolist(),
        polygons,
        counts.use[order].tolist(),
        counts.households[order].tolist(),
        counts.population[order].tolist(),
        counts.doors[order].tolist(),
        counts.organisations[order].tolist(),
        strict=True,
    )
    return tuple(
        CityBlock(f"B{units[home].code}-{i - first[home] + 1:04d}", units[home].code, polygon, use, *numbers)
        for i, (home, polygon, use, *numbers) in enumerate(columns)
    )


def _unions(polygons: Polygons, group: Ints) -> tuple[Polygons, list[Ints]]:
    """The union of each group 0, 1, … and its members."""
    order = np.argsort(group, kind="stable")
    first = np.searchsorted(group[order], np.arange(int(group.max()) + 2))
    members = [order[a:b] for a, b in pairwise(first)]
    unions = np.array([shapely.coverage_union_all(polygons[mine]) for mine in members], dtype=object)
    return np.asarray(shapely.normalize(unions), dtype=object), members


def _grids(
    sketch: Sketch, polygons: Polygons, grid: Ints, committee: Ints, units: Sequence[Unit]
) -> tuple[CityGrid, ...]:
    urban = np.flatnonzero(grid >= 0)
    unions, members = _unions(polygons[urban], grid[urban])
    check_coverage(unions, "grids")
    found = []
    for number, (union, mine) in enumerate(zip(unions, members, strict=True)):
        blocks = urban[mine]
        purpose = cast(Use | None, sketch.dedicated.get(number))
        home = units[int(committee[blocks[0]])]
        found.append(CityGrid(home.code, "dedicated" if purpose else "basic", purpose, union, tuple(blocks.tolist())))
    return tuple(found)


def _areas(
    boundaries: Boundaries, sketch: Sketch, polygons: Polygons, committee: Ints, units: Sequence[Unit]
) -> tuple[CityArea, ...]:
    """All units that are there, each level united from the one below."""
    pilots = {units[int(i)].code for i in sketch.pilots}
    unions, _ = _unions(polygons, committee)
    level = {unit.code: union for unit, union in zip(units, unions, strict=True)}
    found: list[CityArea] = []
    while level:
        check_coverage(np.array(list(level.values()), dtype=object), "areas")
        here = [boundaries.units[code] for code in sorted(level)]
        found = [_area(unit, level[unit.code], unit.code in pilots) for unit in here] + found
        parents = sorted({unit.parent_code for unit in here if unit.parent_code})
        number = {code: i for i, code in enumerate(parents)}
        if parents == [PROVINCE_CODE]:
            break
        group = np.array([number[str(unit.parent_code)] for unit in here])
        above, _ = _unions(np.array([level[unit.code] for unit in here], dtype=object), group)
        level = dict(zip(parents, above, strict=True))
    assert found[0].code == CITY_CODE
    return (_area(boundaries.units[PROVINCE_CODE], None, False), *found)


def _area(unit: Unit, polygon: Any, is_pilot: bool) -> CityArea:
    is_synthetic = unit.level > 3
    return CityArea(
        unit.code, area_name(unit), unit.name, unit.level, unit.kind, unit.parent_code, polygon, is_synthetic, is_pilot
    )


def _lines(sketch: Sketch, vertices: Floats) -> tuple[CityLine, ...]:
    """The roads between blocks, drawn on their vertices: named ones one by one, the others one of each class."""
    fabric, backbone = sketch.fabric, sketch.backbone
    found = [CityLine("river", RIVER_NAME, _river(sketch))]
    for i, line in enumerate(backbone.lines):
        edges = np.flatnonzero(fabric.roads == -1 - i) if line.road_class != "district" else np.empty(0, dtype=int)
        if len(edges):
            found.append(CityLine(line.road_class, line.name, _drawn(fabric, vertices, edges)))
    for name in ("district", "arterial", "collector", "local"):
        edges = np.flatnonzero(fabric.classes == ROAD_CLASSES.index(name))
        if len(edges):
            found.append(CityLine(name, "", _drawn(fabric, vertices, edges)))
    return tuple(found)


def _river(sketch: Sketch) -> shapely.MultiLineString:
    """The river's middle line as far as it runs along the districts."""
    near = [district.buffer(50) for district in sketch.layout.districts_m]
    course = shapely.intersection(sketch.backbone.river_line_m, shapely.union_all(near))

    def to_grid_4326(points: Floats) -> Floats:
        lon, lat = to_wgs84(points[:, 0], points[:, 1], METRIC_CRS)
        return np.column_stack([to_grid(lon), to_grid(lat)])

    return shapely.MultiLineString(list(shapely.get_parts(shapely.transform(course, to_grid_4326))))


def _drawn(fabric: Fabric, vertices: Floats, edges: Ints) -> shapely.MultiLineString:
    """Edges joined to lines, those of one cut to one line."""
    edges = edges[np.argsort(fabric.roads[edges], kind="stable")]
    _, cut = np.unique(fabric.roads[edges], return_inverse=True)
    stretches = np.asarray(shapely.linestrings(vertices[fabric.edges[edges]]))
    joined = shapely.line_merge(shapely.multilinestrings(stretches, indices=cut.reshape(-1)))
    return shapely.MultiLineString(list(shapely.get_parts(joined)))


def _waters(sketch: Sketch, polygons: Polygons, order: Ints) -> tuple[CityWater, ...]:
    water = sketch.water[order]
    names = sorted(set(water.tolist()) - {""})
    return tuple(
        CityWater(name, shapely.coverage_union_all(polygons[water == name]), is_synthetic=True) for name in names
    )
