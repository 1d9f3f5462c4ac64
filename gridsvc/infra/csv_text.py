"""What a CSV file is written in: its encoding and delimiter, found out from its bytes, and nothing repaired."""

import codecs
import csv
from pathlib import Path
from typing import BinaryIO

from gridsvc.core.errors import Fault, UnreadableFile

DELIMITERS = (",", ";", "\t")
LONGEST_LINE = 1 << 20
_CHUNK = 1 << 20
# So many characters beyond ASCII do not come out right by chance: a file that then breaks is broken UTF-8.
_PROOF_OF_UTF8 = 8
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(path: Path) -> str:
    """UTF-8 with or without a byte order mark, else GB18030. Raises UnreadableFile for UTF-16 and for broken UTF-8."""
    with path.open("rb") as file:
        start = file.read(3)
        if start[:2] in _UTF16:
            raise UnreadableFile("The file is UTF-16; save it as UTF-8.")
        file.seek(0)
        valid_until, beyond_ascii = _scan_utf8(file)
        if valid_until is None:
            return "utf-8-sig"
        if start == codecs.BOM_UTF8 or beyond_ascii >= _PROOF_OF_UTF8:
            line = _lines_before(file, valid_until) + 1
            raise UnreadableFile(
                "The file is UTF-8 but broken.", faults=[Fault(f"line {line}", "bad_encoding", "Not valid UTF-8.")]
            )
    return "gb18030"


def delimiter_of(first_line: str) -> str:
    """The one of comma, semicolon and tab that splits the first row into most names."""
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([first_line], delimiter=mark), [])))


def column_names(cells: list[str]) -> tuple[str, ...]:
    """The names in a first row. Raises UnreadableFile if there are none, or two columns have the same."""
    names = tuple(cell.strip() for cell in cells)
    if not any(names):
        raise UnreadableFile("The file has no first row with the names of its columns.")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UnreadableFile(f"Two columns have the same name: {', '.join(twice)}.")
    return names


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


def _lines_before(file: BinaryIO, end: int) -> int:
    file.seek(0)
    return sum(file.read(min(_CHUNK, end - start)).count(b"\n") for start in range(0, end, _CHUNK))


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))
