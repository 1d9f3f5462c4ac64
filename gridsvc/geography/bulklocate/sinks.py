"""Writing record batches: CSV in UTF-8 or Parquet, under another name until the file is whole."""

import csv
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from gridsvc.core.errors import InvalidInput
from gridsvc.geography.bulklocate.formats import CSV, format_of

Write = Callable[[pa.RecordBatch], None]

COMPRESSION = "zstd"


@contextmanager
def open_sink(path: Path, schema: pa.Schema, *, delimiter: str = ",") -> Iterator[Write]:
    """A function that appends batches to a new file; the file is there when the block ends well, and only then.

    Raises InvalidInput for an unknown ending, or for columns that CSV cannot hold.
    """
    is_csv = format_of(path) == CSV
    if is_csv:
        _check_flat(schema)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            if is_csv:
                yield _csv_writer(file, schema, delimiter)
            else:
                with parquet.ParquetWriter(
                    file, schema, compression=COMPRESSION, use_dictionary=_repeating(schema)
                ) as writer:
                    yield writer.write_batch
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _check_flat(schema: pa.Schema) -> None:
    nested = [declared.name for declared in schema if pa.types.is_nested(declared.type)]
    if nested:
        raise InvalidInput(f"CSV cannot hold the column {', '.join(nested)}; write Parquet (-o NAME.parquet).")


def _repeating(schema: pa.Schema) -> list[str]:
    """Columns whose values may repeat: to look for repeated coordinates takes half of the writing."""
    return [declared.name for declared in schema if not pa.types.is_floating(declared.type)]


def _csv_writer(file: BinaryIO, schema: pa.Schema, delimiter: str) -> Write:
    csv_head = io.StringIO()
    csv.writer(csv_head, delimiter=delimiter, lineterminator="\n").writerow(schema.names)
    file.write(csv_head.getvalue().encode())

    def write(batch: pa.RecordBatch) -> None:
        flat = _as_text(batch)
        try:
            file.write(_quickly(flat, delimiter))
        except pa.ArrowInvalid:
            # A cell needs quotes. pyarrow would put them around every text of the file.
            file.write(_with_quotes(flat, delimiter))

    return write


def _quickly(batch: pa.RecordBatch, delimiter: str) -> bytes:
    made = pa.BufferOutputStream()
    options = arrow_csv.WriteOptions(include_header=False, delimiter=delimiter, quoting_style="none")
    arrow_csv.write_csv(batch, made, options)
    return bytes(made.getvalue())


def _with_quotes(batch: pa.RecordBatch, delimiter: str) -> bytes:
    made = io.StringIO()
    columns = [column.cast(pa.string()).to_pylist() for column in batch.columns]
    csv.writer(made, delimiter=delimiter, lineterminator="\n").writerows(zip(*columns, strict=True))
    return made.getvalue().encode()


def _as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with binary columns, such as geometry, as hexadecimal digits."""
    columns = []
    for column in batch.columns:
        plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        if pa.types.is_binary(plain.type) or pa.types.is_large_binary(plain.type):
            plain = pa.array([None if cell is None else cell.hex() for cell in plain.to_pylist()], type=pa.string())
        columns.append(plain)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
