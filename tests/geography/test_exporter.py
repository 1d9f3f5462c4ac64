"""What is given out comes back in as it was, from every format and datum."""

from pathlib import Path

import pytest
import shapely
from sqlalchemy.orm import Session

from gridsvc.core.errors import InvalidInput
from gridsvc.geography.blocks import register_blocks
from gridsvc.geography.display import exact_grids
from gridsvc.geography.exporter import export_layer
from gridsvc.geography.importer.tables import open_table
from gridsvc.geography.shapes import as_multi
from tests.fixtures.towns import EFFECTIVE, found_town, gridded_town
from tests.geography.test_blocks_doors_lines import BLOCKS

CHINA = (73.0, 3.0, 136.0, 54.0)


@pytest.mark.parametrize(
    ("name", "crs", "declared"),
    [
        ("grids.geojson", "EPSG:4490", "EPSG:4490"),
        ("grids.gpkg", "EPSG:4490", None),
        ("grids.gpkg", "EPSG:4548", None),
        ("grids.gpkg", "GCJ-02", "GCJ-02"),
        ("grids.zip", "EPSG:4548", None),
        ("grids.zip", "BD-09", "BD-09"),
    ],
)
def test_grids_come_back_as_they_were(
    session: Session, tmp_path: Path, name: str, crs: str, declared: str | None
) -> None:
    town = gridded_town(session)
    assert export_layer(session, "grids", tmp_path / name, crs=crs, at=EFFECTIVE) == 4
    table = open_table(tmp_path / name, crs=declared, bounds=CHINA)
    assert town.net is not None
    assert table.texts("code") == list(town.net.codes)
    assert table.texts("name")[0] == "第一网格"
    stored = shapely.from_geojson(exact_grids(session, EFFECTIVE))
    same = shapely.equals_exact(shapely.get_parts(stored), as_multi(table.shapes), tolerance=1.5e-7, normalize=True)
    assert same.all()


def test_blocks_keep_their_counts_and_areas_their_tree(session: Session, tmp_path: Path) -> None:
    found_town(session)
    register_blocks(session, BLOCKS)
    export_layer(session, "blocks", tmp_path / "b.gpkg", crs="EPSG:4490", at=EFFECTIVE)
    table = open_table(tmp_path / "b.gpkg", crs=None, bounds=CHINA)
    assert table.whole_numbers("households") == [10, 20, 30, 40]
    assert export_layer(session, "areas", tmp_path / "a.zip", crs="EPSG:4490", at=EFFECTIVE) == 5
    assert open_table(tmp_path / "a.zip", crs=None, bounds=CHINA).texts("parent")[0] is None


def test_wrong_use_is_told(session: Session, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="GeoJSON is WGS 84"):
        export_layer(session, "grids", tmp_path / "g.geojson", crs="EPSG:4548", at=EFFECTIVE)
    with pytest.raises(InvalidInput, match="must end with"):
        export_layer(session, "grids", tmp_path / "g.dwg", crs="EPSG:4490", at=EFFECTIVE)
    with pytest.raises(InvalidInput, match="not one of"):
        export_layer(session, "people", tmp_path / "g.gpkg", crs="EPSG:4490", at=EFFECTIVE)
