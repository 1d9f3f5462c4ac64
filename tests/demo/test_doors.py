"""Doors stand in buildings inside their block, each with an address of its own."""

import shapely

from gridsvc.demo.doors import Doors, short_name
from gridsvc.demo.ground import NOWHERE, Ground


def test_there_is_a_door_for_each_counted_one_of_the_urban_blocks(ground: Ground, doors: Doors) -> None:
    assert len(doors.codes) == ground.doors[ground.block_grid != NOWHERE].sum()


def test_every_door_lies_inside_its_block(ground: Ground, doors: Doors) -> None:
    assert shapely.intersects_xy(ground.block_polygons[doors.block], doors.x, doors.y).all()


def test_codes_and_addresses_are_given_once(doors: Doors) -> None:
    assert len(set(doors.codes)) == len(doors.codes)
    assert len(set(doors.addresses)) == len(doors.addresses)


def test_neighbours_share_a_building(doors: Doors) -> None:
    buildings = {address.split("号楼")[0] for address in doors.addresses}
    assert len(doors.addresses) / len(buildings) > 5


def test_a_committee_is_known_by_its_short_name() -> None:
    assert short_name("东风社区居委会") == "东风"
    assert short_name("幸福村村委会") == "幸福村"
    assert short_name("延安街道") == "延安街道"
