"""GeoParquet as others write it: its points and its reference system are used when no columns are named."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pytest
import shapely
from pyarrow import parquet

from gridsvc.core.errors import InvalidInput, UnknownDatum, UnreadableFile
from gridsvc.geography.bulklocate.columns import Columns
from tests.geography.bulklocate.nets import DEGREES, PLACES, WANTED, places_table, read, run

POINTS = [shapely.Point(place) for place in PLACES]
FROM_GEOMETRY = Columns()


def geo_file(path: Path, shapes: list[Any], crs: str | None = "EPSG:4326", **options: Any) -> Path:
    """A file that geopandas writes."""
    frame = gpd.GeoDataFrame({"id": [f"0{number}" for number in range(len(shapes))]}, geometry=shapes, crs=crs)
    frame.to_parquet(path, **options)
    return path


def with_crs(path: Path, crs: object) -> Path:
    """The same file with another declaration of its system; `...` takes it away."""
    table = parquet.read_table(path)
    told = json.loads(table.schema.metadata[b"geo"])
    column = told["columns"]["geometry"]
    column.pop("crs", None)
    if crs is not ...:
        column["crs"] = crs
    parquet.write_table(table.replace_schema_metadata({"geo": json.dumps(told)}), path)
    return path


@pytest.mark.parametrize("encoding", ["WKB", "geoarrow"])
def test_points_are_taken_from_the_geometry(tmp_path: Path, encoding: str) -> None:
    path = geo_file(tmp_path / "in.parquet", POINTS, geometry_encoding=encoding)
    run(path, tmp_path / "out.parquet", FROM_GEOMETRY)
    out = read(tmp_path / "out.parquet")
    assert out["grid_code"].to_pylist() == WANTED
    assert out.schema.metadata[b"geo"] == read(path).schema.metadata[b"geo"]
    again = gpd.read_parquet(tmp_path / "out.parquet")
    assert list(again.geometry) == POINTS
    assert list(again["id"]) == ["00", "01", "02", "03"]


def test_the_files_reference_system_is_honoured(tmp_path: Path) -> None:
    plane = gpd.GeoSeries(POINTS, crs="EPSG:4490").to_crs("EPSG:4548")
    path = geo_file(tmp_path / "in.parquet", list(plane), "EPSG:4548")
    for declared in (None, "EPSG:4548"):
        run(path, tmp_path / "out.parquet", Columns(crs=declared))
        assert read(tmp_path / "out.parquet")["grid_code"].to_pylist()[0] == "0340"
    with pytest.raises(UnknownDatum, match="says that its points are in EPSG:4548, the command says GCJ-02"):
        run(path, tmp_path / "no.parquet", Columns(crs="GCJ-02"))


def test_no_word_means_degrees_and_null_means_not_known(tmp_path: Path) -> None:
    path = with_crs(geo_file(tmp_path / "in.parquet", POINTS), ...)
    assert run(path, tmp_path / "out.parquet", FROM_GEOMETRY).located == 3
    with_crs(path, None)
    with pytest.raises(UnknownDatum, match="does not name"):
        run(path, tmp_path / "out.parquet", FROM_GEOMETRY)
    assert run(path, tmp_path / "out.parquet", Columns(crs="EPSG:4490")).located == 3
    with_crs(path, {"id": {"authority": "EPSG", "code": 2384}})
    with pytest.raises(UnknownDatum, match="EPSG:2384"):
        run(path, tmp_path / "out.parquet", FROM_GEOMETRY)


def test_what_is_no_point_is_named_by_its_row(tmp_path: Path) -> None:
    shapes = [POINTS[0], None, shapely.Point(), shapely.box(0, 0, 1, 1), shapely.Point(*PLACES[1], 5.0)]
    total = run(geo_file(tmp_path / "in.parquet", shapes), tmp_path / "out.parquet", FROM_GEOMETRY)
    assert read(tmp_path / "out.parquet")["grid_code"].to_pylist() == ["0340", None, None, None, "0343"]
    assert [(one.place, one.reason) for _, one in total.rejects] == [
        ("row 2", "the geometry is missing"),
        ("row 3", "the point is empty"),
        ("row 4", "the geometry is a Polygon"),
    ]


def test_columns_go_before_the_geometry(tmp_path: Path) -> None:
    table = places_table(geometry=shapely.to_wkb(np.array(POINTS[::-1])))
    told = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    parquet.write_table(table.replace_schema_metadata({"geo": json.dumps(told)}), tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.parquet", replace(DEGREES))
    assert read(tmp_path / "out.parquet")["grid_code"].to_pylist() == WANTED


def test_a_file_without_points_says_so(tmp_path: Path) -> None:
    parquet.write_table(places_table(), tmp_path / "in.parquet")
    with pytest.raises(InvalidInput, match="no points of its own"):
        run(tmp_path / "in.parquet", tmp_path / "out.parquet", FROM_GEOMETRY)
    parquet.write_table(places_table().replace_schema_metadata({"geo": "{"}), tmp_path / "in.parquet")
    with pytest.raises(UnreadableFile, match="metadata"):
        run(tmp_path / "in.parquet", tmp_path / "out.parquet", FROM_GEOMETRY)


def test_slices_of_geometry_keep_their_place(tmp_path: Path) -> None:
    path = geo_file(tmp_path / "in.parquet", POINTS * 900, row_group_size=1000)
    run(path, tmp_path / "out.parquet", FROM_GEOMETRY)
    assert read(tmp_path / "out.parquet")["grid_code"].to_pylist() == WANTED * 900
    assert isinstance(read(path).schema.field("geometry").type, pa.DataType)
