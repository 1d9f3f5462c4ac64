"""The reference system is declared once, by the file or by the caller; the same place in any of them is one place."""

from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlalchemy.orm import Session

from gridsvc.core.errors import InvalidCoordinate, InvalidGeometry, InvalidInput, UnknownDatum
from gridsvc.geography.blocks import register_blocks
from gridsvc.geography.doors import register_doors
from gridsvc.geography.importer.drafts import Fields, area_drafts, block_batch, door_batch, grid_drafts, line_batch
from gridsvc.geography.importer.tables import agreed_crs, open_table
from gridsvc.geography.locating import locate
from gridsvc.geography.nets import publish_grids
from tests.core.pictures import corner, draw
from tests.fixtures.layers import in_crs, write_geojson, write_layer, zipped
from tests.fixtures.towns import EFFECTIVE, FOUNDED, community_code, found_town

CHINA = (73.0, 3.0, 136.0, 54.0)
SHAPES = draw("abcd/abcd")
SQUARE = SHAPES["a"]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490", "EPSG:4548", "EPSG:4527", "GCJ-02", "BD-09"])
def test_one_place_in_any_datum_is_the_same_grid(session: Session, tmp_path: Path, crs: str) -> None:
    found_town(session)
    path = write_geojson(tmp_path / "g.geojson", in_crs(list(SHAPES.values()), crs), {"name": ["甲", "乙", "丙", "丁"]})
    table = open_table(path, crs=crs, bounds=CHINA)
    assert shapely.equals_exact(table.shapes, list(SHAPES.values()), tolerance=1.5e-7).all()
    net = publish_grids(session, grid_drafts(table, Fields(name="name")), effective_at=EFFECTIVE, by="test")
    found = locate(session, *corner(0.5, 1), at=EFFECTIVE, band_m=10)
    assert found is not None
    assert (found.name, found.grid_id) == ("甲", net.grid_ids[0])


def test_the_prj_of_a_shapefile_declares_it(tmp_path: Path) -> None:
    shapefile = write_layer(tmp_path / "g.shp", in_crs([SQUARE], "EPSG:4548"), {"a": ["1"]}, crs="EPSG:4548")
    table = open_table(zipped(shapefile), crs=None, bounds=CHINA)
    assert table.crs == "EPSG:4548"
    assert shapely.equals_exact(table.shapes[0], SQUARE, tolerance=1.5e-7)


def test_without_any_declaration_nothing_is_guessed(tmp_path: Path) -> None:
    shapefile = write_layer(tmp_path / "g.shp", [SQUARE], {"a": ["1"]}, crs="EPSG:4490")
    path = zipped(shapefile, without=[".prj"])
    with pytest.raises(UnknownDatum, match="declare it"):
        open_table(path, crs=None, bounds=CHINA)
    with pytest.raises(UnknownDatum, match="declare it"):
        open_table(write_geojson(tmp_path / "g.geojson", [SQUARE], {"a": ["1"]}), crs=None, bounds=CHINA)
    assert open_table(path, crs="EPSG:4490", bounds=CHINA).crs == "EPSG:4490"


def test_file_and_command_must_agree(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "g.gpkg", [SQUARE], {"a": ["1"]}, crs="EPSG:4490")
    with pytest.raises(UnknownDatum, match="EPSG:4490, the command says GCJ-02"):
        open_table(path, crs="GCJ-02", bounds=CHINA)
    assert agreed_crs("EPSG:4490", "EPSG:4326") == "EPSG:4326"
    assert agreed_crs("EPSG:4490", None) == "EPSG:4490"


def test_a_prj_whose_shift_nobody_knows_is_refused(tmp_path: Path) -> None:
    shapefile = write_layer(tmp_path / "g.shp", [SQUARE], {"a": ["1"]}, crs="EPSG:4610")
    with pytest.raises(UnknownDatum, match="1980"):
        open_table(zipped(shapefile), crs=None, bounds=CHINA)


LOCAL_PRJ = (
    'PROJCS["City_Local",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
    'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",80000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",117.4],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],'
    'UNIT["Meter",1.0]]'
)


def test_a_prj_without_number_leaves_the_word_to_the_command(tmp_path: Path) -> None:
    shapefile = write_layer(tmp_path / "g.shp", in_crs([SQUARE], "EPSG:4548"), {"a": ["1"]})
    shapefile.with_suffix(".prj").write_text(LOCAL_PRJ)
    with pytest.raises(UnknownDatum):
        open_table(zipped(shapefile), crs=None, bounds=CHINA)
    assert open_table(zipped(shapefile), crs="EPSG:4548", bounds=CHINA).crs == "EPSG:4548"


def test_swapped_axes_are_told_by_feature(tmp_path: Path) -> None:
    swapped = shapely.transform(SQUARE, lambda points: points[:, ::-1])
    path = write_geojson(tmp_path / "g.geojson", [SQUARE, swapped], {"a": ["1", "2"]})
    with pytest.raises(InvalidCoordinate) as error:
        open_table(path, crs="EPSG:4490", bounds=CHINA)
    assert [fault.place for fault in error.value.faults] == ["feature 2"]


def test_a_wrong_zone_or_place_is_told(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "g.geojson", in_crs([SQUARE], "EPSG:4527"), {"a": ["1"]})
    with pytest.raises(InvalidCoordinate, match="outside the area of EPSG:4548"):
        open_table(path, crs="EPSG:4548", bounds=CHINA)
    abroad = write_geojson(tmp_path / "p.geojson", [shapely.box(2, 48, 2.1, 48.1)], {"a": ["1"]})
    with pytest.raises(InvalidCoordinate, match="outside the bounds of the city"):
        open_table(abroad, crs="EPSG:4326", bounds=CHINA)


def test_an_open_ring_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "g.geojson"
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"1"},"geometry":'
        '{"type":"Polygon","coordinates":[[[117.1,32.1],[117.2,32.1],[117.2,32.2]]]}}]}'
    )
    with pytest.raises(InvalidGeometry, match="feature 1"):
        open_table(path, crs="EPSG:4326", bounds=CHINA)


def table_of(tmp_path: Path, shapes: list[Any], columns: dict[str, list[Any]]) -> Any:
    return open_table(write_geojson(tmp_path / "t.geojson", shapes, columns), crs="EPSG:4490", bounds=CHINA)


def test_fields_become_areas(tmp_path: Path) -> None:
    columns: dict[str, list[Any]] = {"c": ["340302001001", "340302001002"], "n": ["甲", " 乙 "], "p": ["是", None]}
    drafts = area_drafts(table_of(tmp_path, [SQUARE, None], columns), Fields(code="c", name="n", pilot="p"))
    assert [(draft.code, draft.name, draft.pilot) for draft in drafts] == [
        ("340302001001", "甲", True),
        ("340302001002", "乙", False),
    ]
    assert drafts[1].polygon is None


def test_blocks_find_their_community_and_keep_their_counts(session: Session, tmp_path: Path) -> None:
    found_town(session)
    columns: dict[str, list[Any]] = {"c": ["B1", "B2", "B3", "B4"], "HH": [10, 20, None, 40]}
    table = table_of(tmp_path, list(SHAPES.values()), columns)
    batch = block_batch(session, table, Fields(code="c", counts={"households": "HH"}), at=EFFECTIVE)
    assert batch.community_codes == [community_code(1)] * 2 + [community_code(2)] * 2
    assert batch.counts == [{"households": 10}, {"households": 20}, {}, {"households": 40}]
    assert register_blocks(session, batch) == 4
    points = [shapely.Point(corner(0.5, 1)), shapely.Point(corner(2.5, 1))]
    doors = door_batch(table_of(tmp_path, points, {"c": ["D1", "D2"], "a": ["1号", "2号"]}), Fields("c", "a"))
    assert register_doors(session, doors, registered_from=FOUNDED) == 2


def test_what_a_field_lacks_is_told_by_feature(tmp_path: Path) -> None:
    table = table_of(tmp_path, [SQUARE, SQUARE], {"c": ["1", None], "n": ["12", "a dozen"]})
    with pytest.raises(InvalidInput, match="it has c, n"):
        table.texts("code")
    with pytest.raises(InvalidInput, match="feature 2: the code is missing"):
        table.required("c", "the code")
    with pytest.raises(InvalidInput, match="'a dozen', not a whole number"):
        table.whole_numbers("n")
    with pytest.raises(InvalidInput, match="--code-field"):
        area_drafts(table, Fields())
    with pytest.raises(InvalidGeometry, match="a door is a point"):
        door_batch(table, Fields(code="n", name="n"))


def test_lines_keep_their_class(tmp_path: Path) -> None:
    line = shapely.LineString([corner(0, 0), corner(1, 1)])
    batch = line_batch(table_of(tmp_path, [line], {"k": ["river"], "n": ["淮河"]}), Fields(kind="k", name="n"))
    assert (batch.kinds, batch.names) == (["river"], ["淮河"])
