"""A part with its answers: the columns that are added to it, and the rows that have none because they are faulty."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from gridsvc.core.locate import GridIndex
from gridsvc.geography.bulklocate.columns import Columns
from gridsvc.geography.bulklocate.parts import Part, Reject
from gridsvc.geography.bulklocate.points import Reading

# Digits of a millimetre: more would only tell of floating point.
DISTANCE_DECIMALS = 3


@dataclass(frozen=True)
class CodedIndex:
    """An index with the code of each position and its community's, None where that is not known; and a name for it."""

    index: GridIndex
    codes: Sequence[str]
    communities: Sequence[str | None]
    name: str


@dataclass(frozen=True)
class Located:
    """A part of the output, its rejected rows, and how many of its rows are in a grid or outside all of them."""

    batch: pa.RecordBatch
    rejects: tuple[Reject, ...]
    located: int
    outside: int
    done: int


def output_schema(schema: pa.Schema, columns: Columns) -> pa.Schema:
    """The input's columns and types, and the added ones behind them."""
    types = (pa.string(), pa.string(), pa.float64())
    for name, kind in zip(columns.added(), types, strict=False):
        schema = schema.append(pa.field(name, kind))
    return schema


def locate_part(part: Part, reading: Reading, net: CodedIndex, columns: Columns) -> Located:
    """The part with its grid code, its community code and, if wanted, metres to the border; empty outside all grids."""
    points = reading(part.batch)
    positions = net.index.locate(points.x, points.y)
    outside = positions < 0
    indices = pa.array(np.where(outside, 0, positions), mask=outside)
    added = [
        pa.array(net.codes, type=pa.string()).take(indices),
        pa.array(net.communities, type=pa.string()).take(indices),
    ]
    if columns.with_border_distance:
        metres = net.index.border_distance_m(points.x, points.y, positions)
        added.append(pa.array(np.round(metres, DISTANCE_DECIMALS), mask=outside))
    batch = pa.RecordBatch.from_arrays([*part.batch.columns, *added], schema=output_schema(part.batch.schema, columns))
    located = len(part) - int(outside.sum())
    faulty = [Reject(part.name(row), reason) for row, reason in points.reasons.items()]
    rejects = tuple(sorted([*part.left_out, *faulty], key=lambda reject: reject.number))
    return Located(batch, rejects, located, len(part) - located - len(faulty), part.done)
