"""What the map draws is smaller than what is stored, and has no more gaps; what integrators get is exact."""

import json
from typing import Any

import pytest
import shapely
from sqlalchemy.orm import Session

from gridsvc.geography import display
from gridsvc.geography.blocks import register_blocks
from gridsvc.geography.lines import LineBatch, register_lines
from tests.core.pictures import corner
from tests.fixtures.towns import CITY, EFFECTIVE, community_code, gridded_town
from tests.geography.test_blocks_doors_lines import BLOCKS


def shapes_of(collection: dict[str, Any]) -> list[Any]:
    return [shapely.geometry.shape(feature["geometry"]) for feature in collection["features"]]


def test_displayed_grids_are_simplified_together(session: Session) -> None:
    town = gridded_town(session)
    assert town.net is not None
    drawn = json.loads(display.display_grids(session, town.net.net_version_id))
    assert [feature["id"] for feature in drawn["features"]] == list(town.net.codes)
    assert drawn["features"][0]["properties"] == {
        "code": "340302001001001",
        "name": "第一网格",
        "kind": "basic",
        "community_code": community_code(1),
    }
    shapes = shapes_of(drawn)
    assert shapely.coverage_is_valid(shapes)
    assert shapely.get_num_coordinates(shapes).max() < 12
    assert all(round(x, 6) == x for shape in shapes for x in shapely.get_coordinates(shape).ravel())


def test_exact_grids_are_as_stored(session: Session) -> None:
    town = gridded_town(session)
    exact = json.loads(display.exact_grids(session, EFFECTIVE))
    assert exact["type"] == "FeatureCollection"
    assert "crs" not in exact
    assert set(exact["features"][0]["properties"]) >= {"code", "name", "kind", "community_code"}
    for feature, shape in zip(exact["features"], town.grids.values(), strict=True):
        found = shapely.geometry.shape(feature["geometry"])
        # The border of the community has gained vertices, each at most 8 mm off; no ring runs the wrong way.
        assert shapely.symmetric_difference(found, shape).area < 1e-9
        assert all(shapely.is_ccw(part.exterior) for part in shapely.get_parts(found))


def test_areas_carry_sums_and_flags(session: Session) -> None:
    gridded_town(session)
    register_blocks(session, BLOCKS)
    drawn = json.loads(display.display_areas(session, EFFECTIVE))
    by_code = {feature["id"]: feature["properties"] for feature in drawn["features"]}
    assert by_code[CITY]["households"] == 100
    assert by_code[CITY]["population"] is None
    assert by_code[community_code(1)]["households"] == 30
    assert by_code[community_code(1)] | {"households": None} == {
        "code": community_code(1),
        "name": "合成A社区",
        "level": 5,
        "kind": "residents_committee",
        "parent_code": "340302001000",
        "synthetic": True,
        "has_grids": True,
        "pilot": False,
        "households": None,
        "population": None,
    }


def test_the_backdrop_has_one_feature_for_each_class_and_name(session: Session) -> None:
    lines = [shapely.LineString([corner(n, 0), corner(n + 1, 0)]) for n in range(4)]
    register_lines(session, LineBatch(["river", "river", "local", "local"], lines, ["淮河", "淮河", None, None]))
    drawn = json.loads(display.backdrop(session))
    assert [feature["properties"] for feature in drawn["features"]] == [
        {"class": "local"},
        {"class": "river", "name": "淮河"},
    ]
    assert len(drawn["features"][1]["geometry"]["coordinates"]) == 2


def test_nothing_to_draw_is_an_empty_collection(session: Session) -> None:
    empty = {"type": "FeatureCollection", "features": []}
    assert json.loads(display.backdrop(session)) == empty
    assert json.loads(display.display_areas(session, EFFECTIVE)) == empty
    assert json.loads(display.exact_grids(session, EFFECTIVE)) == empty


@pytest.mark.parametrize(("most", "found"), [(2000, 2), (1, 1)])
def test_blocks_of_a_box(session: Session, most: int, found: int) -> None:
    gridded_town(session)
    register_blocks(session, BLOCKS)
    west, north = corner(0.2, 0.2)
    east, south = corner(1.8, 1.8)
    drawn = json.loads(display.blocks_in(session, (west, south, east, north), most=most))
    assert len(drawn["features"]) == found
    assert drawn["features"][0]["properties"]["households"] == 10
