"""A part of a file: some rows as a record batch, how they are called, and what could not be a row."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be read or located: where ("line 7"), why, and its text if it is not in the output."""

    place: str
    reason: str
    content: str | None = None

    @property
    def number(self) -> int:
        """The line or row, for sorting."""
        return int(self.place.split()[1].split("-")[0])


@dataclass(frozen=True)
class Part:
    """Rows of a file in their order. `first` is the line or row that the batch begins on, `done` how far reading got.

    Where rows are not one a line, `lines` says on which each begins. `left_out` are texts that are no rows.
    """

    batch: pa.RecordBatch
    noun: str
    first: int
    done: int
    lines: NDArray[np.int64] | None = None
    left_out: tuple[Reject, ...] = ()

    def __len__(self) -> int:
        return int(self.batch.num_rows)

    def name(self, row: int) -> str:
        """What a row is called: "line 7" of a CSV file, "row 6" of a Parquet file, counted from 1."""
        return f"{self.noun} {self.first + row if self.lines is None else int(self.lines[row])}"


@dataclass(frozen=True)
class Source:
    """An open file: the columns it has, its parts, and how large it is in the unit of `Part.done`."""

    schema: pa.Schema
    parts: Iterator[Part]
    size: int
    encoding: str | None = None
    delimiter: str = ","
