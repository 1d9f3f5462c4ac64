"""Files from outside: three formats by their content, encodings by rule, bombs and lies refused within limits."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from gridsvc.core.errors import UnreadableFile
from gridsvc.geography.importer.files import COMMAND_LIMITS, UPLOAD_LIMITS, read_file
from gridsvc.infra.bounded import MEGABYTE
from tests.fixtures.layers import set_language_byte, write_geojson, write_layer, zipped

SQUARE = shapely.box(117.38, 32.92, 117.39, 32.93)
# 亗 holds a byte from 0x80 to 0x9F in GBK, where Western code pages differ from each other.
COLUMNS: dict[str, list[Any]] = {"社区编码": ["340302001001"], "网格名称": ["第一网格亗"], "HH": [12]}


@pytest.mark.parametrize("name", ["grids.gpkg", "grids.geojson", "grids.shp"])
def test_each_format_is_read_by_its_content_not_its_name(tmp_path: Path, name: str) -> None:
    path = write_layer(tmp_path / name, [SQUARE], COLUMNS, crs="EPSG:4490")
    if path.suffix != ".shp":
        path = path.rename(tmp_path / "content.bin")
    table = read_file(path)
    assert table.columns == {"社区编码": ["340302001001"], "网格名称": ["第一网格亗"], "HH": ["12"]} or (
        path.suffix == ".shp" and set(table.columns) == {"社区编", "网格名", "HH"}
    )
    assert len(table.wkb) == 1


@pytest.mark.parametrize(
    ("encoding", "language_byte", "left_out", "read_as"),
    [
        ("gbk", 0, (), "gb18030"),
        ("gbk", 0, (".cpg",), "gb18030"),
        ("gbk", 0x4D, (".cpg",), "gb18030"),
        ("gbk", 0x57, (".cpg",), "gb18030"),
        ("gbk", 0x03, (".cpg",), "gb18030"),
        ("utf-8", 0, (), "utf-8"),
        ("utf-8", 0, (".cpg",), "utf-8"),
    ],
)
def test_chinese_text_survives_every_way_of_declaring_it(
    tmp_path: Path, encoding: str, language_byte: int, left_out: tuple[str, ...], read_as: str
) -> None:
    shapefile = write_layer(tmp_path / "g.shp", [SQUARE], COLUMNS, crs="EPSG:4490", encoding=encoding)
    set_language_byte(shapefile, language_byte)
    table = read_file(zipped(shapefile, without=left_out, folder="成果/"))
    assert table.encoding == read_as
    assert ["第一网格亗"] in table.columns.values()
    assert table.crs == "EPSG:4490"


def test_field_names_cut_at_ten_bytes_are_cut_at_a_whole_character(tmp_path: Path) -> None:
    shapefile = write_layer(tmp_path / "g.shp", [SQUARE], {"所属社区名称": ["x"]}, encoding="utf-8")
    assert list(read_file(zipped(shapefile)).columns) == ["所属社"]


def test_a_cpg_that_lies_is_told(tmp_path: Path) -> None:
    shapefile = write_layer(tmp_path / "g.shp", [SQUARE], COLUMNS, encoding="gbk")
    shapefile.with_suffix(".cpg").write_text("UTF-8")
    with pytest.raises(UnreadableFile, match="not in that encoding"):
        read_file(zipped(shapefile))


def test_codes_stay_text_with_every_digit(tmp_path: Path) -> None:
    columns: dict[str, list[Any]] = {"text": ["034030300100", None], "number": [340302001001001, None]}
    table = read_file(write_layer(tmp_path / "g.gpkg", [SQUARE, SQUARE], columns, crs="EPSG:4490"))
    assert table.columns["text"] == ["034030300100", None]
    assert table.columns["number"] == ["340302001001001", None]


def test_a_bomb_in_an_archive_is_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("g.shp", b"")
        archive.writestr("g.shx", b"")
        with archive.open("g.dbf", "w") as entry:
            for _ in range(300):
                entry.write(b" " * MEGABYTE)
    assert bomb.stat().st_size < MEGABYTE
    with pytest.raises(UnreadableFile, match="unpacks to more than 200 MB"):
        read_file(bomb, limits=UPLOAD_LIMITS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("grids.vrt", b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'),
        ("grids.geojson", b"<OGRVRTDataSource></OGRVRTDataSource>"),
        ("grids.csv", b"x,y\n1,2\n"),
        ("grids.kml", b'<?xml version="1.0"?><kml></kml>'),
        ("empty.gpkg", b""),
    ],
)
def test_other_formats_are_refused_whatever_they_are_called(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="neither GeoJSON"):
        read_file(path)


@pytest.mark.parametrize(
    "content",
    [
        b'{"type": "FeatureCollection", "features": [',
        b'{"type": "Topology", "objects": {}}',
        b'{"type": "OGRVRT", "path": "/vsicurl/http://example.org/x.geojson"}',
        b"{" * 5000,
        b"SQLite format 3\x00" + b"\x00" * 100,
        (9994).to_bytes(4, "big") + b"\xff" * 200,
        b"PK\x03\x04" + b"\xff" * 200,
    ],
)
def test_damaged_files_are_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.shp"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        read_file(path)


def test_an_archive_must_hold_exactly_one_shapefile(tmp_path: Path) -> None:
    made = tmp_path / "two.zip"
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("a.shp", "a.shx", "a.dbf", "b.shp", "b.shx", "b.dbf"):
            archive.writestr(name, b"")
    with pytest.raises(UnreadableFile, match="holds 2"):
        read_file(made)


def test_names_in_an_archive_cannot_leave_the_folder(tmp_path: Path) -> None:
    shapefile = write_layer(tmp_path / "g.shp", [SQUARE], {"a": ["1"]})
    table = read_file(zipped(shapefile, folder="../../"))
    assert table.columns == {"a": ["1"]}
    assert not (tmp_path.parent.parent / "g.shp").exists()


def test_more_features_than_allowed_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "g.gpkg", [SQUARE] * 5, {"a": ["1"] * 5})
    with pytest.raises(UnreadableFile, match="has 5 features; 4 are allowed"):
        read_file(path, limits=replace(COMMAND_LIMITS, features=4))


def test_more_vertices_than_allowed_are_refused(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "g.geojson", [shapely.Point(117, 33).buffer(0.1, quad_segs=500)], {"a": ["1"]})
    with pytest.raises(UnreadableFile, match="more than 1000 vertices"):
        read_file(path, limits=replace(COMMAND_LIMITS, vertices=1000))


def test_a_reader_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "g.geojson", [SQUARE], {"a": ["1"]})
    with pytest.raises(UnreadableFile, match="limits of memory and time"):
        read_file(path, limits=replace(COMMAND_LIMITS, memory_bytes=40 * MEGABYTE))


def test_a_geopackage_of_several_layers_needs_a_name(tmp_path: Path) -> None:
    import geopandas as gpd

    path = tmp_path / "two.gpkg"
    for name in ("grids", "blocks"):
        gpd.GeoDataFrame({"a": [name]}, geometry=[SQUARE], crs="EPSG:4490").to_file(path, layer=name)
    with pytest.raises(UnreadableFile, match="grids, blocks"):
        read_file(path)
    assert read_file(path, layer="blocks").columns == {"a": ["blocks"]}
