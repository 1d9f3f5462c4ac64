"""The corpus of files nobody should send: each is refused within seconds, for its reason, and reaches nothing."""

import json
import os
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from gridsvc.core.errors import InvalidInput
from gridsvc.geography.importer.files import UPLOAD_LIMITS, read_file
from gridsvc.geography.importer.strict_geojson import declared_crs
from gridsvc.geography.importer.tables import open_table
from tests.fixtures.layers import in_crs, write_geojson, write_layer, zipped

SQUARE = shapely.box(117.38, 32.92, 117.39, 32.93)
BOUNDS = (73.0, 3.0, 136.0, 54.0)
GAUSS_117 = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
    'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],'
    'UNIT["Meter",1.0]]'
)


def collection(geometry: str, properties: str = '{"a": "1"}') -> bytes:
    feature = '{"type": "Feature", "properties": ' + properties + ', "geometry": ' + geometry + "}"
    return ('{"type": "FeatureCollection", "features": [' + feature + "]}").encode()


def polygon(coordinates: str) -> bytes:
    return collection('{"type": "Polygon", "coordinates": ' + coordinates + "}")


def point(coordinates: str) -> bytes:
    return collection('{"type": "Point", "coordinates": ' + coordinates + "}")


RING = "[117.38, 32.92], [117.39, 32.92], [117.39, 32.93]"
BROKEN_GEOJSON: dict[str, tuple[bytes, str]] = {
    "texts for numbers": (point('["a", "b"]'), "invalid_geometry"),
    "numbers in texts": (point('["117.38", "32.92"]'), "invalid_geometry"),
    "truth values": (point("[true, false]"), "invalid_geometry"),
    "null for numbers": (point("[null, null]"), "invalid_geometry"),
    "null for coordinates": (point("null"), "invalid_geometry"),
    "no coordinates": (collection('{"type": "Point"}'), "invalid_geometry"),
    "one number": (point("[117.38]"), "invalid_geometry"),
    "five numbers": (point("[117.38, 32.92, 1, 2, 3]"), "invalid_geometry"),
    "an enormous number": (point("[1e308, 32.92]"), "invalid_geometry"),
    "an endless number": (point("[1e999, 32.92]"), "invalid_geometry"),
    "NaN": (point("[NaN, 32.92]"), "unreadable_file"),
    "a key twice": (point('[117.38, 32.92], "type": "Polygon"'), "unreadable_file"),
    "no ring": (polygon("[]"), "invalid_geometry"),
    "an empty ring": (polygon("[[]]"), "invalid_geometry"),
    "a ring that is open": (polygon("[[" + RING + "]]"), "invalid_geometry"),
    "a ring of two": (polygon("[[[117.38, 32.92], [117.38, 32.92]]]"), "invalid_geometry"),
    "too few lists": (polygon("[" + RING + "]"), "invalid_geometry"),
    "too many lists": (polygon("[[[" + RING + "]]]"), "invalid_geometry"),
    "a collection": (collection('{"type": "GeometryCollection", "geometries": []}'), "invalid_geometry"),
    "collections in collections": (
        collection('{"type": "GeometryCollection", "geometries": [' * 40 + "]}" * 40),
        "invalid_geometry",
    ),
    "a type nobody knows": (collection('{"type": "Circle", "coordinates": [117.38, 32.92]}'), "invalid_geometry"),
    "a type that is no text": (collection('{"type": ["Point"], "coordinates": [117.38, 32.92]}'), "invalid_geometry"),
    "a geometry that is text": (collection('"POINT(117 32)"'), "invalid_geometry"),
    "properties that are a list": (collection("null", "[1]"), "invalid_geometry"),
    "properties nested without end": (collection("null", '{"a": ' * 8 + "1" + "}" * 8), "invalid_geometry"),
    "a NUL in a text": (collection("null", '{"a": "\\u0000"}'), "invalid_input"),
    "half a character": (collection("null", '{"a": "\\ud800"}'), "invalid_input"),
    "a single feature": (b'{"type": "Feature", "geometry": null, "properties": {}}', "unreadable_file"),
    "features that are no list": (b'{"type": "FeatureCollection", "features": {}}', "unreadable_file"),
    "a feature that is none": (b'{"type": "FeatureCollection", "features": [1]}', "invalid_geometry"),
    "nested a hundred thousand deep": (b'{"a":' * 100_000, "unreadable_file"),
    "a list of a hundred thousand lists": (point("[" * 100_000 + "]" * 100_000), "unreadable_file"),
    "not UTF-8": (collection("null", '{"a": "x"}').replace(b'"x"', b'"\xff"'), "unreadable_file"),
    "UTF-16": (collection("null").decode().encode("utf-16"), "unreadable_file"),
    "another document inside": (b'{"type": "OGRVRT", "path": "/etc/passwd"}', "unreadable_file"),
    "outside the bounds": (point("[0, 0]"), "invalid_coordinate"),
    "axes the wrong way round": (point("[32.92, 117.38]"), "invalid_coordinate"),
}


@pytest.mark.parametrize(("content", "code"), BROKEN_GEOJSON.values(), ids=BROKEN_GEOJSON.keys())
def test_geojson_that_is_not_right_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_bytes(content)
    assert (first_look(path) or refusal(path)).code == code


def first_look(path: Path) -> InvalidInput | None:
    """What the child finds before its library looks."""
    try:
        declared_crs(path)
    except InvalidInput as refused:
        return refused
    return None


def refusal(path: Path, crs: str | None = "EPSG:4326") -> InvalidInput:
    """Why the file is not taken; it takes seconds at most to find out."""
    began = time.monotonic()
    with pytest.raises(InvalidInput) as refused:
        open_table(path, crs=crs, bounds=BOUNDS, limits=UPLOAD_LIMITS)
    assert time.monotonic() - began < 60
    return refused.value


def test_a_polygon_with_too_many_vertices_is_named(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "x.geojson", [SQUARE, shapely.Point(117, 33).buffer(0.1, quad_segs=3000)], {})
    refused = refusal(path)
    assert [(fault.place, fault.message) for fault in refused.faults] == [
        ("feature 2", "a polygon has more than 10000 vertices")
    ]


def write_archive(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def link(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = 0o120777 << 16
    return made


SHAPE_HEAD = (9994).to_bytes(4, "big") + b"\0" * 96


def a_link_out(folder: Path) -> Path:
    return write_archive(
        folder / "x.zip",
        (link("a.shp"), b"/etc/passwd"),
        (link("a.shx"), b"/etc/passwd"),
        (link("a.dbf"), b"/etc/shadow"),
    )


def lying_sizes(folder: Path) -> Path:
    path = write_archive(folder / "x.zip", ("a.shp", SHAPE_HEAD), ("a.shx", SHAPE_HEAD), ("a.dbf", b" " * 5_000_000))
    content = path.read_bytes()
    path.write_bytes(content.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    return path


def headers_alone(folder: Path) -> Path:
    return write_archive(
        folder / "x.zip", ("a.shp", SHAPE_HEAD), ("a.shx", SHAPE_HEAD), ("a.dbf", b"\x03" + b"\xff" * 40)
    )


def without_index(folder: Path) -> Path:
    return zipped(write_layer(folder / "a.shp", [SQUARE], {"a": ["1"]}, crs="EPSG:4490"), without=[".shx"])


def without_table(folder: Path) -> Path:
    return zipped(write_layer(folder / "a.shp", [SQUARE], {"a": ["1"]}, crs="EPSG:4490"), without=[".dbf"])


def encrypted(folder: Path) -> Path:
    path = write_archive(folder / "x.zip", ("a.shp", SHAPE_HEAD), ("a.shx", SHAPE_HEAD), ("a.dbf", b""))
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    return path


def workbook(folder: Path) -> Path:
    return write_archive(folder / "x.zip", ("xl/workbook.xml", b"<workbook/>"))


def google_earth(folder: Path) -> Path:
    entity = b'<!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return write_archive(folder / "x.kmz", ("doc.kml", entity + b"<kml>&x;</kml>"))


def database(folder: Path, *statements: str) -> Path:
    path = folder / "x.gpkg"
    with sqlite3.connect(path) as made:
        for statement in statements:
            made.execute(statement)
    return path


def any_database(folder: Path) -> Path:
    return database(folder, "CREATE TABLE a (b)", "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END")


def view_for_layer(folder: Path) -> Path:
    path = write_layer(folder / "x.gpkg", [SQUARE], {"a": ["1"]}, crs="EPSG:4490")
    with sqlite3.connect(path) as made:
        made.execute("ALTER TABLE x RENAME TO y")
        forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom FROM n"
        made.execute(f"CREATE VIEW x AS {forever}")
    return path


def view_for_contents(folder: Path) -> Path:
    path = write_layer(folder / "x.gpkg", [SQUARE], {"a": ["1"]}, crs="EPSG:4490")
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA legacy_alter_table=ON")
        made.execute("ALTER TABLE gpkg_contents RENAME TO kept")
        made.execute("CREATE VIEW gpkg_contents AS SELECT * FROM kept")
    return path


def broken_pages(folder: Path) -> Path:
    path = write_layer(folder / "x.gpkg", [SQUARE] * 50, {"a": ["1"] * 50}, crs="EPSG:4490")
    content = bytearray(path.read_bytes())
    content[5000:40_000] = b"\xff" * 35_000
    path.write_bytes(content)
    return path


MAKERS: tuple[Callable[[Path], Path], ...] = (
    a_link_out,
    lying_sizes,
    headers_alone,
    without_index,
    without_table,
    encrypted,
    workbook,
    google_earth,
    any_database,
    view_for_layer,
    view_for_contents,
    broken_pages,
)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_container_that_is_not_right_is_refused(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    refused = refusal(make(tmp_path))
    assert refused.code == "unreadable_file"
    assert "root:" not in refused.message


MARK = "WhoWroteThis"
# A datum whose shift is not public, described by its author.
XIAN_80 = (
    f'GEOGCS["{MARK}",DATUM["{MARK} Xian 1980",SPHEROID["{MARK}",6378140,298.257]],'
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
)


def with_part(folder: Path, suffix: str, content: bytes) -> Path:
    """A Shapefile in an archive, one of its parts written by somebody else."""
    shapefile = write_layer(folder / "a.shp", [SQUARE], {"a": ["区"]}, crs="EPSG:4490")
    shapefile.with_suffix(suffix).write_bytes(content)
    return zipped(shapefile)


@pytest.mark.parametrize(
    ("suffix", "content", "code"),
    [
        (".cpg", MARK.encode(), "unreadable_file"),
        (".cpg", MARK.encode() + b" " * 100_000_000, "unreadable_file"),
        (".prj", MARK.encode(), "unknown_datum"),
        (".prj", XIAN_80.encode(), "unknown_datum"),
        (".prj", XIAN_80.encode() + b" " * 100_000_000, "unreadable_file"),
        (".prj", b"GEOGCS[" * 1_000, "unreadable_file"),
    ],
    ids=["cpg", "endless cpg", "prj", "prj without shift", "endless prj", "nested prj"],
)
def test_what_a_shapefile_says_of_itself_is_short_and_not_repeated(
    tmp_path: Path, suffix: str, content: bytes, code: str
) -> None:
    refused = refusal(with_part(tmp_path, suffix, content), crs=None)
    assert refused.code == code
    assert MARK not in refused.message
    assert len(refused.message) < 200


@pytest.mark.parametrize("name", [MARK, XIAN_80, "GEOGCS[" * 100_000], ids=["word", "without shift", "endless"])
def test_what_geojson_says_of_its_system_is_not_repeated(tmp_path: Path, name: str) -> None:
    path = write_geojson(tmp_path / "x.geojson", [SQUARE], {})
    document = json.loads(path.read_text()) | {"crs": {"type": "name", "properties": {"name": name}}}
    path.write_text(json.dumps(document))
    refused = refusal(path, crs=None)
    assert refused.code in ("unknown_datum", "unreadable_file")
    assert MARK not in refused.message
    assert "GEOGCS" not in refused.message


def test_a_reference_system_is_understood_by_the_child_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: str) -> None:
        raise AssertionError("a text from outside is parsed in the service")

    shapefile = write_layer(tmp_path / "a.shp", in_crs([SQUARE], "EPSG:4548"), {"a": ["1"]})
    shapefile.with_suffix(".prj").write_text(GAUSS_117)
    monkeypatch.setattr("pyproj.CRS.from_wkt", never)
    assert open_table(zipped(shapefile), crs=None, bounds=BOUNDS, limits=UPLOAD_LIMITS).crs == "EPSG:4548"


def test_a_field_without_end_is_refused_without_its_name(tmp_path: Path) -> None:
    refused = refusal(write_geojson(tmp_path / "x.geojson", [SQUARE], {MARK * 1000: ["1"]}))
    assert refused.code == "unreadable_file"
    assert MARK not in refused.message


def test_of_many_fields_some_are_told(tmp_path: Path) -> None:
    fields = {f"field{number:03}" + "x" * 100: ["1"] for number in range(400)}
    path = write_geojson(tmp_path / "x.geojson", [SQUARE], fields)
    table = open_table(path, crs="EPSG:4326", bounds=BOUNDS, limits=UPLOAD_LIMITS)
    with pytest.raises(InvalidInput) as refused:
        table.texts("code")
    assert "field000" in refused.value.message
    assert len(refused.value.message) < 1000


@pytest.mark.parametrize(("polygons", "is_too_many"), [(40_000, False), (40_001, True)])
def test_vertices_are_counted_one_by_one_however_small_the_features(
    tmp_path: Path, polygons: int, is_too_many: bool
) -> None:
    shapes = [SQUARE] * polygons + [None] * 1000
    path = write_layer(tmp_path / "x.gpkg", shapes, {"a": ["1"] * len(shapes)}, crs="EPSG:4326")
    if is_too_many:
        assert refusal(path).message == "The file has more than 200000 vertices."
    else:
        assert len(read_file(path, limits=UPLOAD_LIMITS).wkb) == len(shapes)


def test_without_a_prj_nothing_is_guessed(tmp_path: Path) -> None:
    shapefile = write_layer(tmp_path / "a.shp", [SQUARE], {"a": ["1"]}, crs="EPSG:4490")
    assert refusal(zipped(shapefile, without=[".prj"]), crs=None).code == "unknown_datum"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_decoding_leaves_nothing_behind_and_needs_no_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_layer(tmp_path / "x.gpkg", [SQUARE], {"a": ["1"]}, crs="EPSG:4490")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o711)
        monkeypatch.setattr("tempfile.tempdir", place)
        assert len(read_file(path, limits=UPLOAD_LIMITS).wkb) == 1
        assert list(Path(place).iterdir()) == []


def test_a_self_crossing_polygon_is_not_repaired(tmp_path: Path) -> None:
    bow: Any = shapely.Polygon([(117.38, 32.92), (117.39, 32.93), (117.39, 32.92), (117.38, 32.93)])
    path = write_geojson(tmp_path / "x.geojson", [bow], {})
    table = open_table(path, crs="EPSG:4326", bounds=BOUNDS, limits=UPLOAD_LIMITS)
    assert json.loads(shapely.to_geojson(table.shapes[0])) == json.loads(shapely.to_geojson(bow))
