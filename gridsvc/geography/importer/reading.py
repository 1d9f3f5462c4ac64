"""Decoding one file inside the bounded child, with one driver of the reading library and no other.

Nothing here is imported by the service itself; `bounded_child` calls `prepare` and then `answer`.
"""

import codecs
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gridsvc.core import datum
from gridsvc.core.errors import Fault, InvalidInput, UnreadableFile
from gridsvc.core.fields import is_storable
from gridsvc.geography.importer.archives import unpack_shapefile
from gridsvc.geography.importer.encodings import GB, chosen_encoding, field_name
from gridsvc.geography.importer.strict_geojson import declared_crs
from gridsvc.infra.bounded_child import start_anew

DRIVERS = {"shapefile": "ESRI Shapefile", "geopackage": "GPKG", "geojson": "GeoJSON"}
# Read as if it were Latin-1, a .dbf comes out byte by byte, and its encoding can be chosen afterwards.
BYTES = "ISO-8859-1"
LARGEST_EXACT = 2**53
STRIPPED = "GRIDSVC_DRIVERS_STRIPPED"
# The vector drivers of GDAL 3.12 as its Python package brings them; those of others are found at the start.
KNOWN_DRIVERS = (
    "ADBC;AIVector;AVCBin;AVCE00;AmigoCloud;CSV;CSW;Carto;DGN;DXF;EDIGEO;EEDA;ESRI Shapefile;ESRIJSON;"
    "Elasticsearch;FlatGeobuf;GDALG;GML;GPKG;GPSBabel;GPX;GTFS;GeoJSON;GeoJSONSeq;GeoRSS;HTTP;Idrisi;"
    "JML;JSONFG;KML;LIBKML;LVBAG;MBTiles;MEM;MVT;MapInfo File;MapML;MiraMonVector;NGW;OAPIF;ODS;"
    "OGCAPI;OGR_GMT;OGR_PDS;OGR_VRT;OSM;OpenFileGDB;PCIDSK;PDF;PDS4;PGDUMP;PLSCENES;PMTiles;S57;"
    "SQLite;SXF;Selafin;TopoJSON;VDV;VFK;VICAR;WAsP;WFS;XLSX"
)
# What the library loads for convenience if it is there, which costs more than reading the file.
NOT_NEEDED = ("geopandas", "pandas", "pyarrow")
ENCODINGS = ("utf-8", "gb18030", "big5", "latin-1", "ascii", "cp437")
# What a file says of itself is a word or a paragraph; the fields of a layer are written by people.
LONGEST_CPG, LONGEST_CRS = 64, 8192
MOST_FIELDS, LONGEST_FIELD_NAME = 500, 255
COUNTED_AT_ONCE = 10_000
MOST_FAULTS = 1000
SAMPLE_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
)


def prepare(order: dict[str, Any]) -> None:
    """Loads the library with no driver but the wanted one, and everything it will need to read its kind of file."""
    for name in ENCODINGS:
        codecs.lookup(name)
    only_driver(DRIVERS[order["format"]])
    rehearse(Path(order["source"]).parent, DRIVERS[order["format"]])


def only_driver(wanted: str) -> None:
    """Takes all drivers but one away; if the library knows more than we do, this process starts anew without them."""
    os.environ.setdefault("OGR_SKIP", ",".join(name for name in KNOWN_DRIVERS.split(";") if name != wanted))
    os.environ["CPL_VSIL_CURL_ALLOWED_EXTENSIONS"] = "none"
    for name in NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment]
    import pyogrio

    others = [name for name in pyogrio.list_drivers() if name != wanted]
    if others and STRIPPED in os.environ:
        raise UnreadableFile("The drivers of the reading library cannot be restricted.")
    if others:
        start_anew({STRIPPED: "1", "OGR_SKIP": ",".join([os.environ["OGR_SKIP"], *others])})


def rehearse(folder: Path, driver: str) -> None:
    """Writes and reads a point of our own, so that the libraries have their data files open while they may."""
    import numpy as np
    import pyogrio

    sample = folder / f"sample{SUFFIXES[driver]}"
    point = np.array([bytes.fromhex("0101000000" + "00" * 16)], dtype=object)
    pyogrio.raw.write(sample, point, [], [], driver=driver, geometry_type="Point", crs="EPSG:4490")
    pyogrio.raw.read(sample)
    for path in folder.glob("sample.*"):
        path.unlink()
    datum.crs_of_wkt(SAMPLE_WKT)


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """The content of one file. Raises UnreadableFile or InvalidInput."""
    import pyogrio
    from pyogrio.errors import DataSourceError, FeatureError, FieldError, GeometryError

    source, limits = Path(order["source"]), order["limits"]
    if source.suffix == ".zip":
        source = unpack_shapefile(source, most=limits["unpacked_bytes"])
    inside = DECLARED_BEFORE[order["format"]](source)
    try:
        layer = chosen_layer(pyogrio.list_layers(source), order["layer"])
        options = {"encoding": BYTES} if order["format"] == "shapefile" else {}
        info = pyogrio.read_info(source, layer=layer, force_feature_count=True, **options)
        check_size(info["features"], [str(name) for name in info["fields"]], limits["features"])
        meta, _, wkb, fields = pyogrio.raw.read(source, layer=layer, force_2d=True, **options)
    except (DataSourceError, FeatureError, FieldError, GeometryError, ValueError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"The file cannot be read as {order['format']}.") from error
    check_vertices(wkb, limits["vertices"])
    columns = {str(name): as_texts(str(name), values) for name, values in zip(meta["fields"], fields, strict=True)}
    encoding, columns = decoded(source, columns) if order["format"] == "shapefile" else ("utf-8", columns)
    check_texts(columns)
    declared = crs_of_geopackage(meta) if order["format"] == "geopackage" else inside
    crs = named_system(declared) if declared is not None else None
    return {
        "format": order["format"],
        "crs": crs,
        "is_unnumbered": declared is not None and crs is None,
        "encoding": encoding,
        "columns": columns,
        "wkb": [None if value is None else value.hex() for value in wkb],
    }


def chosen_layer(layers: Any, wanted: str | None) -> str:
    """The layer to read: the one asked for, or the only one."""
    names = [str(name) for name, kind in layers if kind is not None]
    if wanted is not None:
        if wanted not in names:
            raise UnreadableFile(f"There is no layer {wanted}; the file has {', '.join(names)}.")
        return wanted
    if len(names) != 1:
        raise UnreadableFile(f"Name the layer to read; the file has {', '.join(names) or 'none with geometry'}.")
    return names[0]


def check_size(features: int, fields: list[str], most_features: int) -> None:
    """Raises UnreadableFile for more features, or more or longer fields, than a layer may have."""
    if features > most_features:
        raise UnreadableFile(f"The file has {features} features; {most_features} are allowed.")
    if len(fields) > MOST_FIELDS or max(map(len, fields), default=0) > LONGEST_FIELD_NAME:
        raise UnreadableFile(f"The file has more than {MOST_FIELDS} fields, or one of an endless name.")


def check_vertices(wkb: Any, most: int) -> None:
    """Raises UnreadableFile for more vertices than `most`, counted one by one; broken geometries are refused later."""
    import shapely

    left = most
    for first in range(0, len(wkb), COUNTED_AT_ONCE):
        shapes = shapely.from_wkb(wkb[first : first + COUNTED_AT_ONCE], on_invalid="ignore")
        left -= int(shapely.get_num_coordinates(shapes).sum())
        if left < 0:
            raise UnreadableFile(f"The file has more than {most} vertices.")


def as_texts(name: str, values: Any) -> list[str | None]:
    """The values of a field as texts: codes keep their digits, whole numbers have no decimal point."""
    return [as_text(name, value) for value in values.tolist()]


def as_text(name: str, value: Any) -> str | None:
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        if abs(value) > LARGEST_EXACT:
            raise UnreadableFile(f"The field {name} holds numbers too long to be exact; store codes as text.")
        return str(int(value))
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def decoded(source: Path, columns: dict[str, list[str | None]]) -> tuple[str, dict[str, list[str | None]]]:
    """The encoding of a Shapefile, and its columns in it."""
    cpg = short_part(source, ".cpg", LONGEST_CPG)
    named_by_file = None if cpg is None else cpg.decode("latin-1")
    with source.with_suffix(".dbf").open("rb") as file:
        language_byte = file.read(32)[29]
    texts = {value for values in columns.values() for value in values if value is not None and not value.isascii()}
    encoding = chosen_encoding(named_by_file, language_byte, [text.encode("latin-1") for text in texts])
    if not texts:
        encoding = encoding_of_names(columns, encoding)
    named: dict[str, list[str | None]] = {}
    for name, values in columns.items():
        plain = field_name(name.encode("latin-1"), encoding)
        named[plain] = [None if text is None else text.encode("latin-1").decode(encoding) for text in values]
    return encoding, named


def encoding_of_names(columns: dict[str, list[str | None]], fallback: str) -> str:
    """With plain texts only the field names tell: UTF-8 if they all are, even cut off; else what was chosen."""
    for name in columns:
        raw = name.encode("latin-1")
        if not any(_decodes(raw[:end]) for end in range(len(raw), max(len(raw) - 4, -1), -1)):
            return GB if fallback == "utf-8" else fallback
    return fallback


def _decodes(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def check_texts(columns: dict[str, list[str | None]]) -> None:
    """Raises InvalidInput with a fault for each text that no database can store, and for a field's name that is one."""
    faults = [
        Fault(f"feature {number}", "bad_character", "A field holds a character that cannot be stored.")
        for values in columns.values()
        for number, value in enumerate(values, 1)
        if value is not None and not is_storable(value)
    ]
    if not all(map(is_storable, columns)):
        faults.append(Fault("fields", "bad_character", "The name of a field holds a character that cannot be stored."))
    if faults:
        raise InvalidInput(f"{faults[0].place}: {faults[0].message} Nothing was stored.", faults=faults[:MOST_FAULTS])


def prj_of(source: Path) -> str | None:
    """The text of the .prj file, once it and the .cpg are known to be no longer than such files are."""
    short_part(source, ".cpg", LONGEST_CPG)
    prj = short_part(source, ".prj", LONGEST_CRS)
    return prj.decode("utf-8", errors="replace").strip() or None if prj else None


def short_part(source: Path, suffix: str, most: int) -> bytes | None:
    """The content of a part of a Shapefile; None without it. Raises UnreadableFile for more than `most` bytes."""
    part = source.with_suffix(suffix)
    if not part.is_file():
        return None
    with part.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise UnreadableFile(f"The {suffix} file has more than {most} bytes.")
    return content


def named_system(declared: str) -> str | None:
    """The name of the system a file declares, by its name or in WKT; None if it describes one that has no number.

    Raises UnreadableFile for a text of absurd length, UnknownDatum for one that is no reference system.
    """
    if len(declared) > LONGEST_CRS:
        raise UnreadableFile(f"What the file says of its reference system has more than {LONGEST_CRS} characters.")
    return datum.spelled_crs(declared) or datum.crs_of_wkt(declared)


def no_views(source: Path) -> None:
    """Raises UnreadableFile when a layer is a view: reading it would run whatever its author wrote."""
    database = sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True)
    try:
        database.execute("PRAGMA trusted_schema=OFF")
        views = database.execute(
            "SELECT 1 FROM gpkg_contents JOIN sqlite_master ON lower(name) = lower(table_name) WHERE type <> 'table'"
            " UNION ALL SELECT 1 FROM sqlite_master WHERE type = 'view' AND name LIKE 'gpkg%'"
        ).fetchone()
    except (sqlite3.Error, ValueError, OverflowError) as error:
        raise UnreadableFile("The file is not a GeoPackage.") from error
    finally:
        database.close()
    if views is not None:
        raise UnreadableFile("A layer of the GeoPackage is a view; store it as a table.")


def crs_of_geopackage(meta: Any) -> str | None:
    """What the layer is declared to be in; the two undefined systems declare nothing."""
    declared = meta["crs"]
    if not declared or "undefined" in declared.lower():
        return None
    return str(declared)


SUFFIXES = {"ESRI Shapefile": ".shp", "GPKG": ".gpkg", "GeoJSON": ".geojson"}
# What is looked at before the library: its own declaration, and whether it may be looked at at all.
DECLARED_BEFORE: dict[str, Callable[[Path], str | None]] = {
    "shapefile": prj_of,
    "geopackage": no_views,
    "geojson": declared_crs,
}
