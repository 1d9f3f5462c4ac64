"""The child process that decodes one file: `python -m gridsvc.geography.importer.reading ORDER`.

It limits itself before it looks at the file, starts anew without any driver that was not asked for, and writes one JSON
answer. Nothing here is imported by the service itself.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


class Refused(Exception):
    """The file cannot be taken; the text says why."""


def main(order: dict[str, Any]) -> None:
    """Reads what the order names and writes the answer, or why there is none."""
    limit_self(order["limits"])
    try:
        only_driver(DRIVERS[order["format"]])
        answer = read(order)
    except Refused as refused:
        answer = {"error": str(refused)}
    Path(order["answer"]).write_text(json.dumps(answer, ensure_ascii=False), "utf-8")


def limit_self(limits: dict[str, int]) -> None:
    """Sets what this process may use; the kernel ends it when it takes more."""
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, limits["unpacked_bytes"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def only_driver(wanted: str) -> None:
    """Loads the library with no driver but the wanted one; if it knows more than we do, this process starts anew."""
    os.environ.setdefault("OGR_SKIP", ",".join(name for name in KNOWN_DRIVERS.split(";") if name != wanted))
    os.environ["CPL_VSIL_CURL_ALLOWED_EXTENSIONS"] = "none"
    for name in NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment]
    import pyogrio

    others = [name for name in pyogrio.list_drivers() if name != wanted]
    if others and STRIPPED in os.environ:
        raise Refused("The drivers of the reading library cannot be restricted.")
    if others:
        skipped = {STRIPPED: "1", "OGR_SKIP": ",".join([os.environ["OGR_SKIP"], *others])}
        program = [sys.executable, "-m", "gridsvc.geography.importer.reading", sys.argv[1]]
        os.execve(sys.executable, program, os.environ | skipped)  # noqa: S606 - this very program


def read(order: dict[str, Any]) -> dict[str, Any]:
    """The answer for one file."""
    import pyogrio
    from pyogrio.errors import DataSourceError, FeatureError, FieldError, GeometryError

    source = Path(order["source"])
    try:
        layer = chosen_layer(pyogrio.list_layers(source), order["layer"])
        options = {"encoding": BYTES} if order["format"] == "shapefile" else {}
        count = pyogrio.read_info(source, layer=layer, force_feature_count=True, **options)["features"]
        if count > order["limits"]["features"]:
            raise Refused(f"The file has {count} features; {order['limits']['features']} are allowed.")
        meta, _, wkb, fields = pyogrio.raw.read(source, layer=layer, force_2d=True, **options)
    except (DataSourceError, FeatureError, FieldError, GeometryError, ValueError, UnicodeDecodeError) as error:
        raise Refused(f"The file cannot be read as {order['format']}.") from error
    check_vertices(wkb, order["limits"]["vertices"])
    columns = {str(name): as_texts(str(name), values) for name, values in zip(meta["fields"], fields, strict=True)}
    encoding, columns = decoded(source, columns) if order["format"] == "shapefile" else ("utf-8", columns)
    return {
        "format": order["format"],
        "crs": DECLARATIONS[order["format"]](source, meta),
        "encoding": encoding,
        "columns": columns,
        "wkb": [None if value is None else value.hex() for value in wkb],
    }


def chosen_layer(layers: Any, wanted: str | None) -> str:
    """The layer to read: the one asked for, or the only one."""
    names = [str(name) for name, kind in layers if kind is not None]
    if wanted is not None:
        if wanted not in names:
            raise Refused(f"There is no layer {wanted}; the file has {', '.join(names)}.")
        return wanted
    if len(names) != 1:
        raise Refused(f"Name the layer to read; the file has {', '.join(names) or 'none with geometry'}.")
    return names[0]


def check_vertices(wkb: Any, most: int) -> None:
    """Two numbers of eight bytes a vertex: the bytes of all geometries bound the vertices."""
    if sum(len(value) for value in wkb if value is not None) > most * 16 + len(wkb) * 64:
        raise Refused(f"The file has more than {most} vertices.")


def as_texts(name: str, values: Any) -> list[str | None]:
    """The values of a field as texts: codes keep their digits, whole numbers have no decimal point."""
    return [as_text(name, value) for value in values.tolist()]


def as_text(name: str, value: Any) -> str | None:
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        if abs(value) > LARGEST_EXACT:
            raise Refused(f"The field {name} holds numbers too long to be exact; store codes as text.")
        return str(int(value))
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def decoded(source: Path, columns: dict[str, list[str | None]]) -> tuple[str, dict[str, list[str | None]]]:
    """The encoding of a Shapefile, and its columns in it."""
    from gridsvc.core.errors import UnreadableFile
    from gridsvc.geography.importer.encodings import chosen_encoding, field_name

    cpg = source.with_suffix(".cpg")
    with source.with_suffix(".dbf").open("rb") as file:
        language_byte = file.read(32)[29]
    texts = {value for values in columns.values() for value in values if value is not None and not value.isascii()}
    try:
        encoding = chosen_encoding(
            cpg.read_text("latin-1") if cpg.is_file() else None,
            language_byte,
            [text.encode("latin-1") for text in texts],
        )
    except UnreadableFile as error:
        raise Refused(error.message) from error
    if not texts:
        encoding = encoding_of_names(columns, encoding)
    named: dict[str, list[str | None]] = {}
    for name, values in columns.items():
        plain = field_name(name.encode("latin-1"), encoding)
        named[plain] = [None if text is None else text.encode("latin-1").decode(encoding) for text in values]
    return encoding, named


def encoding_of_names(columns: dict[str, list[str | None]], fallback: str) -> str:
    """With plain texts only the field names tell: UTF-8 if they all are, even cut off; else what was chosen."""
    from gridsvc.geography.importer.encodings import GB

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


def prj_of(source: Path, _meta: Any) -> str | None:
    """The text of the .prj file."""
    prj = source.with_suffix(".prj")
    return prj.read_text("utf-8", errors="replace").strip() or None if prj.is_file() else None


def crs_of_geopackage(_source: Path, meta: Any) -> str | None:
    """What the layer is declared to be in; the two undefined systems declare nothing."""
    declared = meta["crs"]
    if not declared or "undefined" in declared.lower():
        return None
    return str(declared)


def crs_of_geojson(source: Path, _meta: Any) -> str | None:
    """The old `crs` member, if there is one; without it the file says nothing, since much GeoJSON is in GCJ-02."""
    with source.open("rb") as file:
        document = json.load(file)
    member = document.get("crs") if isinstance(document, dict) else None
    if not isinstance(member, dict):
        return None
    properties = member.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    return str(name) if name else None


DECLARATIONS: dict[str, Callable[[Path, Any], str | None]] = {
    "shapefile": prj_of,
    "geopackage": crs_of_geopackage,
    "geojson": crs_of_geojson,
}

if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
