"""Parts of a Parquet file, and what a GeoParquet file says about its points."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from gridsvc.core.datum import WGS84, parse_crs
from gridsvc.core.errors import UnknownDatum, UnreadableFile
from gridsvc.geography.bulklocate.parts import Part, Source

PART_ROWS = 1 << 17
PART_BYTES = 64 << 20
# Pages are read one after another; otherwise a whole row group would be held in memory, however large it is.
_READ_BYTES = 1 << 20


@dataclass(frozen=True)
class PointColumn:
    """The column that holds the points of a GeoParquet file, how they are written, and the system they are in.

    `crs` is None where the file says that it is not known, or names none.
    """

    name: str
    encoding: str
    crs: str | None


@contextmanager
def open_parquet(path: Path) -> Iterator[Source]:
    """The rows of a Parquet file. Raises UnreadableFile if it is none, is cut off, or is damaged."""
    try:
        with parquet.ParquetFile(path, pre_buffer=False, buffer_size=_READ_BYTES) as file:
            yield Source(file.schema_arrow, _parts(file), file.metadata.num_rows)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableFile(f"The file is not a whole Parquet file: {_first_line(error)}") from error


def _parts(file: parquet.ParquetFile) -> Iterator[Part]:
    first = 1
    for batch in file.iter_batches(batch_size=_rows_of_a_part(file.metadata)):
        yield Part(batch, "row", first, first - 1 + batch.num_rows)
        first += batch.num_rows


def _rows_of_a_part(metadata: parquet.FileMetaData) -> int:
    """Fewer rows where they are wide."""
    size = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    width = max(1, int(size) // max(1, int(metadata.num_rows)))
    return max(1024, min(PART_ROWS, PART_BYTES // width))


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def point_column(schema: pa.Schema) -> PointColumn | None:
    """The column of points that the file's metadata names; None if it is plain Parquet. Raises UnreadableFile."""
    raw = (schema.metadata or {}).get(b"geo")
    if raw is None:
        return None
    try:
        told = json.loads(raw)
        name = told["primary_column"]
        column = told["columns"][name]
        return PointColumn(name, str(column["encoding"]), _crs_of(column))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableFile("The GeoParquet metadata of the file cannot be read.") from error


def _crs_of(column: dict[str, Any]) -> str | None:
    """The system a column is in: without a word degrees of WGS 84, as the format says; null is not known."""
    if "crs" not in column:
        return WGS84
    identity = (column["crs"] or {}).get("id")
    if not identity:
        return None
    try:
        return parse_crs(f"{identity['authority']}:{identity['code']}")
    except UnknownDatum as error:
        raise UnknownDatum(
            f"The file says that its points are in {identity['authority']}:{identity['code']}: {error.message}"
        ) from error
