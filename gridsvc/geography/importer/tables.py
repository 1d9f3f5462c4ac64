"""Features of a file in WGS 84: texts by field, and shapes converted from the declared reference system."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core import datum
from gridsvc.core.errors import InvalidCoordinate, InvalidGeometry, MissingField, UnknownDatum
from gridsvc.core.fields import shortened
from gridsvc.geography.faults import FaultList
from gridsvc.geography.importer.files import COMMAND_LIMITS, Limits, RawTable, read_file
from gridsvc.geography.shapes import Shapes

Bounds = tuple[float, float, float, float]
# The two agree within the accuracy of any boundary; a file in one may be declared as the other.
_SAME = {datum.CGCS2000: datum.WGS84}
# So many of a file's own words are told in a refusal.
QUOTED_NAMES, QUOTED_CHARACTERS = 20, 40


@dataclass(frozen=True)
class Table:
    """Features in the order of the file. `crs` is what the coordinates were in; shapes are degrees (WGS 84)."""

    format: str
    encoding: str
    crs: str
    columns: Mapping[str, list[str | None]]
    shapes: Shapes

    def __len__(self) -> int:
        return len(self.shapes)

    def texts(self, field: str) -> list[str | None]:
        """The texts of a field, without blanks around them; None if empty. Raises MissingField if there is none."""
        if field not in self.columns:
            raise MissingField(f"The file has no field {field!r}; it has {_quoted(sorted(self.columns)) or 'none'}.")
        return [(text or "").strip() or None for text in self.columns[field]]

    def required(self, field: str, what: str) -> list[str]:
        """The texts of a field in which every feature must have one. Raises InvalidInput with a fault for each gap."""
        texts, faults = self.texts(field), FaultList()
        for index, text in enumerate(texts):
            if text is None:
                faults.add(index, "missing", f"{what} is missing (field {field})")
        faults.refuse()
        return [text or "" for text in texts]

    def whole_numbers(self, field: str) -> list[int | None]:
        """The whole numbers of a field. Raises InvalidInput with a fault for everything else."""
        made: list[int | None] = []
        faults = FaultList()
        for index, text in enumerate(self.texts(field)):
            if text is not None and not (text.isascii() and text.isdigit() and len(text) < 10):
                faults.add(index, "invalid_count", f"{field} is {text[:40]!r}, not a whole number")
            made.append(int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None)
        faults.refuse()
        return made


def open_table(
    path: Path,
    *,
    crs: str | None,
    bounds: Bounds,
    layer: str | None = None,
    limits: Limits = COMMAND_LIMITS,
) -> Table:
    """The features of a file, converted to WGS 84.

    The reference system is what the file says (.prj, GeoPackage, a `crs` member) or what `crs` declares; where both
    speak they must agree. Raises UnknownDatum if nobody says it or they disagree, InvalidCoordinate with a fault for
    each feature that has no place in that system or lies outside `bounds` (west, south, east, north in degrees), and
    UnreadableFile (see `read_file`).
    """
    raw = read_file(path, layer=layer, limits=limits)
    name = agreed_crs(_inside(raw, crs), crs)
    return Table(raw.format, raw.encoding, name, raw.columns, converted(_built(raw.wkb, limits), name, bounds))


def agreed_crs(inside: str | None, declared: str | None) -> str:
    """The one reference system that the file and the caller mean. Raises UnknownDatum."""
    given = datum.parse_crs(declared) if declared else None
    if inside is None and given is None:
        raise UnknownDatum(
            "Neither the file nor the command says which reference system the coordinates are in; "
            "declare it (--crs EPSG:4490, EPSG:4548, GCJ-02 …). In Bengbu a wrong one is off by half a kilometre."
        )
    if inside is None or given is None:
        return given or inside or ""
    if _SAME.get(inside, inside) != _SAME.get(given, given):
        raise UnknownDatum(
            f"The file says {inside}, the command says {given}. If the file is wrong, remove its declaration "
            "(for a Shapefile the .prj) and declare the system again."
        )
    return given


def converted(shapes: Shapes, crs: str, bounds: Bounds) -> Shapes:
    """Shapes in `crs` as degrees on the grid, vertex by vertex. Raises InvalidCoordinate by feature."""
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    done = datum.try_to_wgs84(coordinates[:, 0], coordinates[:, 1], crs)
    faults = FaultList()
    told: set[int] = set()
    for row, reason in done.reasons.items():
        owner = int(owners[row])
        if owner not in told:
            told.add(owner)
            faults.add(owner, InvalidCoordinate.code, f"vertex {_short(coordinates[row])} is {reason}")
    outside = _outside(done.x, done.y, bounds) & ~done.bad
    for row in np.flatnonzero(outside).tolist():
        owner = int(owners[row])
        if owner not in told:
            told.add(owner)
            place = f"vertex {_short(coordinates[row])} is at {done.x[row]:.4f}° E, {done.y[row]:.4f}° N"
            faults.add(owner, InvalidCoordinate.code, f"{place}, outside the bounds of the city")
    faults.refuse(InvalidCoordinate)
    degrees = np.column_stack((datum.to_grid(done.x), datum.to_grid(done.y)))
    return np.asarray(shapely.set_coordinates(shapely.force_2d(shapes), degrees), dtype=object)


def _built(wkb: Sequence[str | None], limits: Limits) -> Shapes:
    """The shapes; None stays None. Raises InvalidGeometry for each that is none, such as a ring that is not closed."""
    given = np.array([None if text is None else bytes.fromhex(text) for text in wkb], dtype=object)
    shapes = np.asarray(shapely.from_wkb(given, on_invalid="ignore"), dtype=object).reshape(len(wkb))
    faults = FaultList()
    for index in np.flatnonzero(
        shapely.is_missing(shapes) & np.array([text is not None for text in wkb], dtype=bool)
    ).tolist():
        faults.add(index, InvalidGeometry.code, "the geometry is broken: a ring is too short or not closed")
    parts, owners = shapely.get_parts(shapes, return_index=True)
    for owner in np.unique(owners[shapely.get_num_coordinates(parts) > limits.polygon_vertices]).tolist():
        faults.add(owner, InvalidGeometry.code, f"a polygon has more than {limits.polygon_vertices} vertices")
    faults.refuse(InvalidGeometry)
    return shapes


def _inside(raw: RawTable, declared: str | None) -> str | None:
    """The reference system the file declares, as the bounded child understood it.

    A .prj that describes a system without number says too little to be used and too little to contradict `declared`.
    """
    if raw.is_unnumbered and not declared:
        raise UnknownDatum("What the file says of its reference system matches no EPSG system; declare one.")
    return datum.parse_crs(raw.crs) if raw.crs else None


def _quoted(names: Sequence[str]) -> str:
    told = [shortened(name, QUOTED_CHARACTERS) for name in names[:QUOTED_NAMES]]
    return ", ".join([*told, "…"] if len(names) > QUOTED_NAMES else told)


def _outside(lon: datum.Floats, lat: datum.Floats, bounds: Bounds) -> NDArray[np.bool_]:
    west, south, east, north = bounds
    with np.errstate(invalid="ignore"):
        return np.asarray(~((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)))


def _short(vertex: NDArray[np.float64]) -> str:
    return f"({vertex[0]:.7g}, {vertex[1]:.7g})"
