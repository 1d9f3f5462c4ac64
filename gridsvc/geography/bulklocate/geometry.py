"""Points of GeoParquet columns as numbers: WKB or coordinates as columns; what is no point is named with its reason."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from gridsvc.core.datum import Floats
from gridsvc.core.errors import InvalidInput
from gridsvc.geography.bulklocate.parquet_source import PointColumn

# A point as WKB: byte order, type and two numbers.
_WKB_BYTES = 21
_WKB_HEAD = np.frombuffer(bytes.fromhex("0101000000"), dtype=np.uint8)

# Raw x and y, NaN where there is no point, and the reason for each such row.
Decoded = tuple[Floats, Floats, dict[int, str]]


def decoder_of(geometry: PointColumn, schema: pa.Schema) -> Callable[[pa.Array], Decoded]:
    """How the points of a column are read. Raises InvalidInput for encodings of other shapes."""
    kind = schema.field(geometry.name).type
    if geometry.encoding == "WKB" and (pa.types.is_binary(kind) or pa.types.is_large_binary(kind)):
        return _from_wkb
    if geometry.encoding == "point" and pa.types.is_struct(kind):
        return _from_struct
    raise InvalidInput(
        f"The column {geometry.name} holds {geometry.encoding} as {kind}; points are read as WKB or as point."
    )


def _from_wkb(cells: pa.Array) -> Decoded:
    quick = _from_equal_wkb(cells)
    if quick is not None:
        return quick
    shapes = shapely.from_wkb(cells.to_numpy(zero_copy_only=False), on_invalid="ignore")
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    placed = is_point & ~shapely.is_empty(shapes)
    x, y = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    x[placed], y[placed] = shapely.get_x(shapes[placed]), shapely.get_y(shapes[placed])
    missing = cells.is_null().to_numpy(zero_copy_only=False)
    reasons = {}
    for row in np.flatnonzero(np.isnan(x) | np.isnan(y)).tolist():
        if missing[row]:
            reasons[row] = "the geometry is missing"
        elif shapes[row] is None:
            reasons[row] = "the geometry is not valid WKB"
        else:
            reasons[row] = "the point is empty" if is_point[row] else f"the geometry is a {shapes[row].geom_type}"
        x[row] = y[row] = np.nan
    return x, y, reasons


def _from_equal_wkb(cells: pa.Array) -> Decoded | None:
    """The numbers of plain points, taken out of the buffer as they lie there; None if some are something else."""
    if cells.null_count or not len(cells) or not pa.types.is_binary(cells.type):
        return None
    _, offsets, data = cells.buffers()
    starts = np.frombuffer(offsets, dtype=np.int32)[cells.offset : cells.offset + len(cells) + 1]
    if data is None or (np.diff(starts) != _WKB_BYTES).any():
        return None
    raw = np.frombuffer(data, dtype=np.uint8)[starts[0] : starts[-1]].reshape(-1, _WKB_BYTES)
    if (raw[:, :5] != _WKB_HEAD).any():
        return None
    numbers = np.ascontiguousarray(raw[:, 5:]).view("<f8").astype(np.float64)
    return None if np.isnan(numbers).any() else (numbers[:, 0].copy(), numbers[:, 1].copy(), {})


def _from_struct(cells: pa.Array) -> Decoded:
    reasons: dict[int, str] = {}
    x, y = (np.array(pc.struct_field(cells, name).to_numpy(zero_copy_only=False), dtype=np.float64) for name in "xy")
    for row in np.flatnonzero(np.isnan(x) | np.isnan(y)).tolist():
        reasons[row] = "the geometry is missing"
    return x, y, reasons
