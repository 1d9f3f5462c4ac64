"""Rows of a CSV file with the line each begins on: encoding and delimiter are found out, and nothing is repaired."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from gridsvc.core.errors import Fault, UnreadableFile
from gridsvc.infra.csv_text import LONGEST_LINE, column_names, delimiter_of, encoding_of


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row and the line of the file it begins on; with a fault instead where it cannot be read."""

    line: int
    cells: Sequence[str]
    fault: Fault | None = None


@dataclass(frozen=True)
class Table:
    """An open CSV file: the names in its first row and an iterator over the rest."""

    header: tuple[str, ...]
    rows: Iterator[Row]


@contextmanager
def open_table(path: Path, *, encoding: str | None = None) -> Iterator[Table]:
    """The table in a file: UTF-8 with or without a byte order mark, else GB18030, unless `encoding` says which.

    The delimiter is the one of comma, semicolon and tab that splits the first row into most names. Raises
    UnreadableFile for a missing, empty or undecodable file.
    """
    try:
        chosen = encoding or encoding_of(path)
        with path.open(encoding=chosen, newline="") as file:
            yield _table(file)
    except (OSError, LookupError) as error:
        raise UnreadableFile(f"The file cannot be opened: {error}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"The file is not valid {error.encoding}.") from error


def _table(file: TextIO) -> Table:
    lines = _lines(file)
    first = next(lines, "")
    rows = _rows(first, lines, delimiter_of(first))
    head = next(rows, None)
    names = column_names([] if head is None or head.fault is not None else list(head.cells))
    return Table(names, _checked(rows, len(names)))


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise UnreadableFile("A line of the file has more than a million characters.")
        yield line


def _rows(first: str, lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    def every_line() -> Iterator[str]:
        yield first
        yield from lines

    reader = csv.reader(every_line(), delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(begins, (), Fault("", "bad_quotes", f"The row cannot be read: {error}."))
            continue
        if cells:
            yield Row(begins, cells)


def _checked(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Rows of the right width; others carry a fault."""
    for row in rows:
        if row.fault is None and len(row.cells) != width:
            message = f"The row has {len(row.cells)} cells, the first row {width}."
            yield Row(row.line, (), Fault("", "row_length", message))
        else:
            yield row
