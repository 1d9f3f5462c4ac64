"""Giving things out as files: grids, areas and blocks as GeoJSON, GeoPackage or zipped Shapefile in any datum."""

import json
import tempfile
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from sqlalchemy.orm import Session

from gridsvc.core import datum, geojson
from gridsvc.core.errors import InvalidInput
from gridsvc.geography.queries import maps
from gridsvc.geography.shapes import Shapes, from_wkb

KINDS = ("areas", "blocks", "grids")
DRIVERS = {".geojson": "GeoJSON", ".gpkg": "GPKG", ".zip": "ESRI Shapefile"}
# What all kinds may have in the way of words, in the order of the columns; counts follow by their kinds.
WORDS = ("code", "name", "kind", "parent", "community", "synthetic")
_OWN_NAMES = (datum.GCJ02, datum.BD09)


def export_layer(session: Session, kind: str, path: Path, *, crs: str, at: datetime) -> int:
    """Writes what exists at a moment into `path`, whose ending says the format; returns the number of features.

    GeoJSON is WGS 84 by its standard (RFC 7946). GCJ-02 and BD-09 have no official name: such a file declares no
    reference system, and whoever reads it must be told. Refuses other endings and kinds (InvalidInput).
    """
    if kind not in KINDS:
        raise InvalidInput(f"{kind!r} is not one of {', '.join(KINDS)}.")
    if path.suffix.lower() not in DRIVERS:
        raise InvalidInput(f"The name of the file must end with one of {', '.join(DRIVERS)}.")
    name = datum.parse_crs(crs)
    rows = maps.rows_to_export(session, kind, at)
    shapes, columns = from_wkb([row.wkb for row in rows]), _columns(rows)
    if path.suffix.lower() == ".geojson":
        if name not in (datum.WGS84, datum.CGCS2000):
            raise InvalidInput("GeoJSON is WGS 84; for another system write a .gpkg or a .zip.")
        _write_geojson(path, shapes, columns)
    elif path.suffix.lower() == ".gpkg":
        path.unlink(missing_ok=True)
        _write(path, _in_crs(shapes, name), columns, name, kind)
    else:
        _write_zipped(path, _in_crs(shapes, name), columns, name, kind)
    return len(rows)


def _columns(rows: Sequence[Any]) -> dict[str, list[Any]]:
    words = [word for word in WORDS if rows and hasattr(rows[0], word)]
    kinds = sorted({kind for row in rows for kind in row.counts})
    columns: dict[str, list[Any]] = {word: [getattr(row, word) for row in rows] for word in words}
    return columns | {kind: [row.counts.get(kind) for row in rows] for kind in kinds}


def _in_crs(shapes: Shapes, name: str) -> Shapes:
    def convert(points: Any) -> Any:
        return np.column_stack(datum.from_wgs84(points[:, 0], points[:, 1], name))

    return np.asarray(shapely.transform(shapes, convert), dtype=object)


def _write_geojson(path: Path, shapes: Shapes, columns: Mapping[str, list[Any]]) -> None:

    features = [
        geojson.feature(shape, {name: values[index] for name, values in columns.items()}, columns["code"][index])
        for index, shape in enumerate(shapes)
    ]
    path.write_text(json.dumps(geojson.feature_collection(features), ensure_ascii=False), "utf-8")


def _write(path: Path, shapes: Shapes, columns: Mapping[str, list[Any]], name: str, layer: str) -> None:
    fields = [_array(values) for values in columns.values()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an undeclared reference system is meant for GCJ-02 and BD-09
        pyogrio.raw.write(
            path,
            geometry=shapely.to_wkb(shapes),
            field_data=fields,
            fields=[field[:10] if path.suffix == ".shp" else field for field in columns],
            field_mask=[np.array([value is None for value in values]) for values in columns.values()],
            geometry_type="MultiPolygon",
            crs=None if name in _OWN_NAMES else name,
            driver="GPKG" if path.suffix == ".gpkg" else "ESRI Shapefile",
            encoding="UTF-8",
            layer=layer if path.suffix == ".gpkg" else path.stem,
        )


def _array(values: Sequence[Any]) -> np.ndarray[Any, Any]:
    if any(isinstance(value, str) for value in values):
        return np.array(["" if value is None else value for value in values], dtype=object)
    return np.array([0 if value is None else int(value) for value in values], dtype=np.int32)


def _write_zipped(path: Path, shapes: Shapes, columns: Mapping[str, list[Any]], name: str, layer: str) -> None:
    with tempfile.TemporaryDirectory(prefix="gridsvc-export-") as folder:
        _write(Path(folder) / f"{layer}.shp", shapes, columns, name, layer)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.write(part, part.name)
