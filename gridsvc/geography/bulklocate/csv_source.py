"""Parts of a CSV file: every cell a text, every row called by the line it begins on.

Blocks of whole lines in which nothing is quoted are split by pyarrow at once; whatever else a block holds is read row
by row with Python's strict reader. A row that is none is left out and named; a quote that swallows lines ends the
reading, because nobody knows which rows it swallowed.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from gridsvc.core.errors import Fault, UnreadableFile
from gridsvc.geography.bulklocate.parts import Part, Reject, Source
from gridsvc.infra.csv_text import LONGEST_LINE, column_names, delimiter_of, encoding_of

BLOCK_BYTES = 4 << 20
SLOW_ROWS = 50_000
_UTF8 = "utf-8-sig"


@contextmanager
def open_csv(path: Path, encoding: str | None = None) -> Iterator[Source]:
    """The rows of a CSV file: UTF-8 with or without a byte order mark, else GB18030, unless `encoding` says which.

    Raises UnreadableFile for an empty or undecodable file, and for a quote that is not closed in its row.
    """
    try:
        chosen = encoding or encoding_of(path)
        if "16" in chosen or "32" in chosen:
            raise UnreadableFile("A CSV file must be in an encoding that begins with ASCII; save it as UTF-8.")
        "".encode(chosen)
        with path.open("rb") as file:
            reader = _Reader(file, chosen)
            schema = pa.schema([(name, pa.string()) for name in reader.names])
            yield Source(schema, reader.parts(), path.stat().st_size, chosen, reader.delimiter)
    except (OSError, LookupError) as error:
        raise UnreadableFile(f"The file cannot be opened: {error}.") from error


class _Reader:
    """The state of reading: what the next line is called, and the blocks that are still to come."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self.encoding = encoding
        self.done = 0
        self.line = 1
        self._blocks = self._whole_lines(file)
        first = next(self._blocks, "")
        head = first.split("\n", 1)[0]
        self.delimiter = delimiter_of(head)
        feed = _Feed(self, first)
        self.names = column_names(next(csv.reader(feed, delimiter=self.delimiter), []))
        self._rest = feed.rest()
        self.line = feed.next_line

    def parts(self) -> Iterator[Part]:
        """The rows after the first."""
        if self._rest:
            yield from self._part(self._rest)
        while (block := next(self._blocks, None)) is not None:
            yield from self._part(block)

    def _part(self, block: str) -> Iterator[Part]:
        quick = self._read_quickly(block)
        if quick is None:
            yield from self._read_strictly(block)
            return
        yield Part(quick, "line", self.line, self.done)
        self.line += quick.num_rows

    def _read_quickly(self, block: str) -> pa.RecordBatch | None:
        """The rows of a block in which every line is one; None if it is not so plain."""
        if '"' in block or "\n\n" in block or "\n\r" in block or block.startswith(("\n", "\r")):
            return None
        if block.count("\r") != block.count("\r\n"):
            return None
        raw = block.encode()
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(raw),
                read_options=arrow_csv.ReadOptions(
                    column_names=list(self.names), use_threads=False, block_size=len(raw) + 1
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=self.delimiter, quote_char=False, ignore_empty_lines=False
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types={name: pa.string() for name in self.names}, strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid:
            return None
        if table.num_rows != block.count("\n") + (not block.endswith("\n")):
            return None
        return table.combine_chunks().to_batches()[0]

    def _read_strictly(self, block: str) -> Iterator[Part]:
        feed = _Feed(self, block)
        reader = csv.reader(feed, delimiter=self.delimiter, strict=True)
        rows: list[list[str]] = []
        lines: list[int] = []
        left_out: list[Reject] = []
        while feed.begin_row():
            begins = feed.next_line
            try:
                cells = next(reader)
            except csv.Error as error:
                left_out.append(_unreadable(begins, feed, error))
                continue
            except StopIteration:
                break
            if cells and len(cells) != len(self.names):
                reason = f"The row has {len(cells)} cells, the first row {len(self.names)}."
                left_out.append(Reject(_named(begins, feed.next_line), reason, feed.text()))
            elif cells:
                rows.append(cells)
                lines.append(begins)
            if len(rows) + len(left_out) >= SLOW_ROWS:
                yield self._strict_part(rows, lines, left_out)
                rows, lines, left_out = [], [], []
        self.line = feed.next_line
        if rows or left_out:
            yield self._strict_part(rows, lines, left_out)

    def _strict_part(self, rows: list[list[str]], lines: list[int], left_out: list[Reject]) -> Part:
        columns = list(zip(*rows, strict=True)) or [()] * len(self.names)
        arrays = [pa.array(cells, type=pa.string()) for cells in columns]
        batch = pa.RecordBatch.from_arrays(arrays, names=list(self.names))
        return Part(batch, "line", lines[0] if lines else self.line, self.done, np.array(lines), tuple(left_out))

    def next_block(self) -> str | None:
        """More lines, for a row that goes on in the next block."""
        return next(self._blocks, None)

    def _whole_lines(self, file: BinaryIO) -> Iterator[str]:
        """The text of the file in blocks that end where a line ends."""
        before = b""
        encoding = self.encoding
        line = 1
        while data := file.read(BLOCK_BYTES):
            data = before + data
            cut = data.rfind(b"\n") + 1
            if len(data) - cut > LONGEST_LINE:
                raise UnreadableFile("A line of the file has more than a million characters.")
            before = data[cut:]
            self.done += cut
            if cut:
                yield _decoded(data[:cut], encoding, line)
                line += data.count(b"\n", 0, cut)
                encoding = "utf-8" if encoding == _UTF8 else encoding
        if before:
            self.done += len(before)
            yield _decoded(before, encoding, line)


class _Feed:
    """Lines for the strict reader, which asks for more when a quoted cell goes on; knows where each row began."""

    def __init__(self, reader: _Reader, block: str) -> None:
        self._reader = reader
        self._lines = deque(io.StringIO(block, newline="\n"))
        self._taken: list[str] = []
        self.next_line = reader.line

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if not self._lines and (more := self._reader.next_block()) is not None:
            self._lines.extend(io.StringIO(more, newline="\n"))
        if not self._lines:
            raise StopIteration
        line = self._lines.popleft()
        self._taken.append(line)
        self.next_line += 1
        return line

    def begin_row(self) -> bool:
        """Whether a line is left that a row can begin with."""
        self._taken = []
        return bool(self._lines)

    def text(self) -> str:
        """The lines of the row that was read last."""
        return "".join(self._taken)

    def rest(self) -> str:
        """What was not taken."""
        return "".join(self._lines)


def _unreadable(begins: int, feed: _Feed, error: csv.Error) -> Reject:
    """A line that cannot be read. Raises UnreadableFile if a quote took more than its own line."""
    if feed.next_line > begins + 1 or "unexpected end" in str(error):
        message = f"The quote that opens in line {begins} is not closed as it should be ({error})."
        raise UnreadableFile(message, faults=[Fault(f"line {begins}", "bad_quotes", message)]) from error
    return Reject(f"line {begins}", f"The row cannot be read: {error}.", feed.text())


def _named(begins: int, after: int) -> str:
    return f"line {begins}" if after == begins + 1 else f"lines {begins}-{after - 1}"


def _decoded(data: bytes, encoding: str, line: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = line + data.count(b"\n", 0, error.start)
        message = f"The file is not valid {error.encoding} in line {at}."
        raise UnreadableFile(message, faults=[Fault(f"line {at}", "bad_encoding", message)]) from error
