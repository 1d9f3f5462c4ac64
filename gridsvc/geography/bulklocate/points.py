"""The points of a part: its columns or its geometry as degrees (WGS 84), and why some rows have none."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from gridsvc.core.cells import number_of
from gridsvc.core.datum import CGCS2000, WGS84, Floats, parse_crs, to_grid, try_to_wgs84
from gridsvc.core.errors import InvalidInput, UnknownDatum
from gridsvc.geography.bulklocate.columns import WHOLE_GLOBE, Columns
from gridsvc.geography.bulklocate.geometry import decoder_of
from gridsvc.geography.bulklocate.parquet_source import PointColumn, point_column

_SAME = {CGCS2000: WGS84}


@dataclass
class Points:
    """Degrees on the grid of 1e-7, NaN where a row has no point, and the reason for each such row."""

    x: Floats
    y: Floats
    reasons: dict[int, str] = field(default_factory=dict)


Reading = Callable[[pa.RecordBatch], Points]


def reading_of(schema: pa.Schema, columns: Columns) -> Reading:
    """How the points of a file with this schema are read.

    Raises InvalidInput if the columns are missing or hold something else than numbers, UnknownDatum if nobody says
    which system the points are in, or the file and the command say different ones.
    """
    columns.check_names(schema.names)
    if columns.x_field is not None and columns.y_field is not None:
        return _from_fields(schema, columns, columns.x_field, columns.y_field)
    geometry = point_column(schema)
    if geometry is None or geometry.name not in schema.names:
        raise InvalidInput("The file has no points of its own; say which columns hold them (--x-field, --y-field).")
    crs = _agreed(geometry, columns.crs)
    decode = decoder_of(geometry, schema)

    def read(batch: pa.RecordBatch) -> Points:
        x, y, reasons = decode(batch.column(batch.schema.get_field_index(geometry.name)))
        points = Points(x, y, reasons)
        _convert(points, {crs: np.flatnonzero(~np.isnan(x))}, columns)
        return points

    return read


def _from_fields(schema: pa.Schema, columns: Columns, x_field: str, y_field: str) -> Reading:
    for name in (x_field, y_field):
        _check_numbers(schema.field(name))

    def read(batch: pa.RecordBatch) -> Points:
        reasons: dict[int, str] = {}
        x = _numbers(batch.column(batch.schema.get_field_index(x_field)), x_field, reasons)
        y = _numbers(batch.column(batch.schema.get_field_index(y_field)), y_field, reasons)
        points = Points(x, y, reasons)
        good = np.ones(len(x), dtype=np.bool_)
        good[list(reasons)] = False
        _convert(points, _rows_by_crs(batch, columns, good, reasons), columns)
        return points

    return read


def _convert(points: Points, rows_by_crs: dict[str, NDArray[np.intp]], columns: Columns) -> None:
    """Brings raw numbers to degrees, datum by datum."""
    raw_x, raw_y = points.x, points.y
    points.x, points.y = np.full(len(raw_x), np.nan), np.full(len(raw_x), np.nan)
    for crs, rows in rows_by_crs.items():
        try:
            done = try_to_wgs84(raw_x[rows], raw_y[rows], crs)
        except UnknownDatum as error:
            points.reasons.update(dict.fromkeys(rows.tolist(), f"{crs[:40]!r}: {error.message}"))
            continue
        x, y = to_grid(done.x), to_grid(done.y)
        points.reasons |= {int(rows[row]): f"the point is {reason}" for row, reason in done.reasons.items()}
        _leave_out_beyond(x, y, rows, points, columns)
        points.x[rows], points.y[rows] = x, y


def _leave_out_beyond(x: Floats, y: Floats, rows: NDArray[np.intp], points: Points, columns: Columns) -> None:
    if columns.bounds == WHOLE_GLOBE:
        return
    west, south, east, north = columns.bounds
    beyond = np.flatnonzero((x < west) | (x > east) | (y < south) | (y > north))
    points.reasons |= dict.fromkeys(rows[beyond].tolist(), "the point is outside the bounds of the city")
    x[beyond], y[beyond] = np.nan, np.nan


def _rows_by_crs(
    batch: pa.RecordBatch, columns: Columns, good: NDArray[np.bool_], reasons: dict[int, str]
) -> dict[str, NDArray[np.intp]]:
    """Rows with numbers by the datum they declare; the command's datum where they say nothing."""
    if columns.crs_field is None:
        return {columns.crs or "": np.flatnonzero(good)}
    cells = batch.column(batch.schema.get_field_index(columns.crs_field)).cast(pa.string())
    coded = pc.fill_null(pc.utf8_trim_whitespace(cells), "").dictionary_encode()
    which = coded.indices.to_numpy(zero_copy_only=False)
    order = np.argsort(which, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(which[order])) + 1)
    found: dict[str, NDArray[np.intp]] = {}
    for rows in groups:
        wanted = rows[good[rows]]
        if not len(wanted):
            continue
        crs = coded.dictionary[int(which[wanted[0]])].as_py() or columns.crs
        if crs is None:
            reasons |= dict.fromkeys(wanted.tolist(), f"no datum is declared ({columns.crs_field} is empty)")
        else:
            found[crs] = np.concatenate([found[crs], wanted]) if crs in found else wanted
    return found


def _check_numbers(declared: pa.Field) -> None:
    kind = declared.type.value_type if pa.types.is_dictionary(declared.type) else declared.type
    is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    if not (is_number or is_text or pa.types.is_null(kind)):
        raise InvalidInput(f"The column {declared.name} holds {kind}, not numbers.")


def _numbers(cells: pa.Array, name: str, reasons: dict[int, str]) -> Floats:
    """The numbers of a column; NaN with a reason where there is none."""
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if not (pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type) or pa.types.is_decimal(cells.type)):
        cells = pc.utf8_trim_whitespace(cells.cast(pa.string()))
        cells = pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)
        try:
            cells = cells.cast(pa.float64())
        except pa.ArrowInvalid:
            return _numbers_one_by_one(cells, name, reasons)
    for row in np.flatnonzero(cells.is_null().to_numpy(zero_copy_only=False)).tolist():
        reasons.setdefault(row, f"{name} is empty")
    return np.array(cells.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _numbers_one_by_one(cells: pa.Array, name: str, reasons: dict[int, str]) -> Floats:
    numbers = np.full(len(cells), np.nan)
    for row, cell in enumerate(cells.to_pylist()):
        if cell is None:
            reasons.setdefault(row, f"{name} is empty")
            continue
        try:
            numbers[row] = number_of(cell)
        except ValueError as error:
            reasons.setdefault(row, f"{name}: {error}")
    return numbers


def _agreed(geometry: PointColumn, declared: str | None) -> str:
    given = parse_crs(declared) if declared else None
    if geometry.crs is None and given is None:
        raise UnknownDatum(
            "The file does not name the reference system of its points; declare it (--crs EPSG:4490, GCJ-02 …)."
        )
    if (
        geometry.crs is not None
        and given is not None
        and _SAME.get(geometry.crs, geometry.crs) != _SAME.get(given, given)
    ):
        raise UnknownDatum(
            f"The file says that its points are in {geometry.crs}, the command says {given}. If the file is wrong, "
            "take coordinates from columns (--x-field, --y-field)."
        )
    return geometry.crs or given or ""
