"""Rows of a CSV file with the line each begins on: encoding and delimiter are found out, and nothing is repaired."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from gridsvc.core.errors import Fault, UnreadableFile

DELIMITERS = (",", ";", "\t")
LONGEST_LINE = 1 << 20
_CHUNK = 1 << 20
# So many characters beyond ASCII do not come out right by chance: a file that then breaks is broken UTF-8.
_PROOF_OF_UTF8 = 8
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
        chosen = encoding or _encoding_of(path)
        with path.open(encoding=chosen, newline="") as file:
            yield _table(file)
    except (OSError, LookupError) as error:
        raise UnreadableFile(f"The file cannot be opened: {error}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"The file is not valid {error.encoding}.") from error


def _encoding_of(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(3)
        if start[:2] in _UTF16:
            raise UnreadableFile("The file is UTF-16; save it as UTF-8.")
        file.seek(0)
        valid_until, beyond_ascii = _scan_utf8(file)
        if valid_until is None:
            return "utf-8-sig"
        if start == codecs.BOM_UTF8 or beyond_ascii >= _PROOF_OF_UTF8:
            file.seek(0)
            line = file.read(valid_until).count(b"\n") + 1
            raise UnreadableFile(
                "The file is UTF-8 but broken.", faults=[Fault(f"line {line}", "bad_encoding", "Not valid UTF-8.")]
            )
    return "gb18030"


def _scan_utf8(file: BinaryIO) -> tuple[int | None, int]:
    """Up to which byte the file is UTF-8 (None: to its end), and how many characters beyond ASCII come before."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    read, beyond_ascii = 0, 0
    while True:
        chunk = file.read(_CHUNK)
        waiting = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode("utf-8")
            return read - waiting + error.start, beyond_ascii + _beyond_ascii(good)
        beyond_ascii += _beyond_ascii(text)
        read += len(chunk)
        if not chunk:
            return None, beyond_ascii


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else sum(character > "\x7f" for character in text)


def _table(file: TextIO) -> Table:
    lines = _lines(file)
    first = next(lines, "")
    delimiter = max(DELIMITERS, key=lambda mark: len(_names(first, mark)))
    rows = _rows(first, lines, delimiter)
    head = next(rows, None)
    if head is None or head.fault is not None or not any(cell.strip() for cell in head.cells):
        raise UnreadableFile("The file has no first row with the names of its columns.")
    names = tuple(cell.strip() for cell in head.cells)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UnreadableFile(f"Two columns have the same name: {', '.join(twice)}.")
    return Table(names, _checked(rows, len(names)))


def _names(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


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
