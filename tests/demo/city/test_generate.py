"""The demo city is exact: every level tiles the one above, every grid hangs together, and a seed means one city."""

import hashlib

import numpy as np
import pytest
import shapely

from gridsvc.core.datum import to_grid
from gridsvc.demo.city import City, generate, read_boundaries
from gridsvc.demo.city.layout import DISTRICT_CODES
from tests.demo.city.conftest import SEED


def fingerprint(city: City) -> str:
    """A digest of everything in the city."""
    digest = hashlib.sha256()
    for area in city.areas:
        digest.update(repr((area.code, area.name, area.kind, area.is_pilot)).encode())
        digest.update(area.polygon_4326.wkb if area.polygon_4326 else b"")
    for block in city.blocks:
        counts = (block.households, block.population, block.doors, block.organisations)
        digest.update(repr((block.code, block.community_code, block.use, counts)).encode() + block.polygon_4326.wkb)
    for grid in city.grids:
        digest.update(repr((grid.community_code, grid.kind, grid.purpose, grid.blocks)).encode())
        digest.update(grid.polygon_4326.wkb)
    for line in city.lines:
        digest.update(repr((line.road_class, line.name)).encode() + line.line_4326.wkb)
    for water in city.waters:
        digest.update(water.name.encode() + water.polygon_4326.wkb)
    return digest.hexdigest()


def assert_exact(city: City) -> None:
    """Blocks tile; grids, areas and water are unions of whole blocks; all numbers lie on the degree grid."""
    blocks = np.array([block.polygon_4326 for block in city.blocks], dtype=object)
    assert shapely.is_valid(blocks).all()
    assert shapely.coverage_is_valid(blocks)
    coords = shapely.get_coordinates(blocks)
    assert np.array_equal(coords, to_grid(coords))
    by_code = {area.code: area for area in city.areas}
    for area in city.areas:
        if area.level == 5:
            mine = [block.polygon_4326 for block in city.blocks if block.community_code == area.code]
        else:
            children = [child for child in city.areas if child.parent_code == area.code]
            assert children, area.name
            mine = [child.polygon_4326 for child in children if child.polygon_4326]
        if area.polygon_4326 is not None:
            assert area.polygon_4326.geom_type == "Polygon"
            assert area.polygon_4326.is_valid
            assert shapely.coverage_union_all(mine).normalize().equals_exact(area.polygon_4326, 0), area.name
    assert all(area.parent_code is None or area.parent_code in by_code for area in city.areas)


def assert_grids_cover(city: City) -> None:
    """Grids tile exactly the urban communities, each connected, whole, of at least nine blocks of one community."""
    kind = {area.code: area.kind for area in city.areas}
    urban = [i for i, block in enumerate(city.blocks) if kind[block.community_code] == "community"]
    assert sorted(i for grid in city.grids for i in grid.blocks) == urban
    for grid in city.grids:
        assert len(grid.blocks) >= 9
        assert {city.blocks[i].community_code for i in grid.blocks} == {grid.community_code}
        union = shapely.coverage_union_all([city.blocks[i].polygon_4326 for i in grid.blocks])
        assert union.geom_type == "Polygon"
        assert union.normalize().equals_exact(grid.polygon_4326, 0)
        assert (grid.purpose is None) == (grid.kind == "basic")


def households(city: City) -> list[int]:
    """The households of each basic grid."""
    return [sum(city.blocks[i].households for i in grid.blocks) for grid in city.grids if grid.kind == "basic"]


def test_every_level_is_the_exact_union_of_the_one_below(small_city: City) -> None:
    assert_exact(small_city)


def test_grids_tile_the_urban_communities_and_villages_have_none(small_city: City) -> None:
    assert_grids_cover(small_city)


def test_small_city_is_two_urban_streets_and_two_villages(small_city: City) -> None:
    kinds = [area.kind for area in small_city.areas]
    assert len(small_city.grids) == 120
    assert kinds.count("community") == 7
    assert kinds.count("village") == 2
    assert [area.level for area in small_city.areas] == sorted(area.level for area in small_city.areas)
    assert small_city.areas[0].polygon_4326 is None
    assert sum(area.is_pilot for area in small_city.areas) == 3


def test_same_seed_is_the_same_city_and_another_seed_another(small_city: City) -> None:
    assert fingerprint(generate(SEED, "small")) == fingerprint(small_city)
    assert fingerprint(generate(SEED + 1, "small")) != fingerprint(small_city)


@pytest.mark.parametrize("seed", range(1, 6))
def test_other_seeds_are_exact_too(seed: int) -> None:
    city = generate(seed, "small")
    assert_exact(city)
    assert_grids_cover(city)


def test_households_are_spread_over_the_grids_without_empty_ones(small_city: City) -> None:
    counts = np.array(households(small_city))
    assert 150 < counts.mean() < 185
    assert np.percentile(counts, 5) > 0.6 * counts.mean()
    assert np.percentile(counts, 95) < 1.4 * counts.mean()


def test_counts_of_a_block_agree_with_each_other(small_city: City) -> None:
    for block in small_city.blocks:
        assert block.doors >= block.households >= 0
        assert block.households <= block.population <= 4 * block.households
        if block.use == "water":
            assert block.population == block.doors == block.organisations == 0


def test_block_codes_are_unique_and_name_the_community(small_city: City) -> None:
    codes = [block.code for block in small_city.blocks]
    assert len(set(codes)) == len(codes)
    assert all(block.code.startswith(f"B{block.community_code}-") for block in small_city.blocks)


def test_what_is_made_up_is_marked_so(small_city: City) -> None:
    assert {area.level for area in small_city.areas if area.is_synthetic} == {4, 5}
    assert set(small_city.zones_left_out) == {"340371000000", "340372000000"}


def test_roads_run_along_block_borders(small_city: City) -> None:
    classes = {line.road_class for line in small_city.lines}
    assert {"river", "bank", "ring", "radial", "collector", "local"} <= classes
    borders = {tuple(p) for p in shapely.get_coordinates([block.polygon_4326 for block in small_city.blocks])}
    for line in small_city.lines:
        if line.road_class != "river":
            assert {tuple(p) for p in shapely.get_coordinates(line.line_4326)} <= borders


def test_progress_reaches_the_end_of_every_step() -> None:
    seen: dict[str, tuple[int, int]] = {}
    generate(SEED, "small", progress=lambda step, done, total: seen.update({step: (done, total)}))
    assert list(seen) == ["first lines", "blocks", "coverage", "grids", "unions"]
    assert all(done == total > 0 for done, total in seen.values())


@pytest.mark.slow
def test_full_city_has_the_numbers_of_bengbu() -> None:
    city = generate(SEED, "full")
    assert_exact(city)
    assert_grids_cover(city)
    kinds = [area.kind for area in city.areas]
    assert (len(city.grids), kinds.count("community"), kinds.count("village")) == (2461, 155, 138)
    assert sum(area.is_pilot for area in city.areas) == 66
    urban = {area.code for area in city.areas if area.kind == "community"}
    assert sum(block.community_code in urban for block in city.blocks) >= 9 * 2461
    assert sum(block.community_code not in urban for block in city.blocks) >= 2500
    assert 400_000 <= sum(block.households for block in city.blocks if block.community_code in urban) <= 430_000
    outlines = read_boundaries().outlines_4326
    for area in city.areas:
        if area.code in DISTRICT_CODES:
            assert area.polygon_4326 is not None
            real = {tuple(p) for p in shapely.get_coordinates(outlines[area.code])}
            assert real <= {tuple(p) for p in shapely.get_coordinates(area.polygon_4326)}
            assert shapely.hausdorff_distance(area.polygon_4326, outlines[area.code]) < 3e-7
