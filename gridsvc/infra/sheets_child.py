"""Reading a table inside the bounded child: the sheet of an Excel file or the lines of a CSV file, strictly."""

import codecs
import csv
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from gridsvc.core.errors import Fault, InvalidInput, UnreadableFile
from gridsvc.core.fields import is_storable
from gridsvc.infra.csv_text import column_names, delimiter_of, encoding_of

MEGABYTE = 1024 * 1024
MOST_ENTRIES = 1000
MOST_FAULTS = 1000
# What the library loads for convenience if it is there, which takes half of the time until it reads.
NOT_NEEDED = ("numpy", "PIL")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "cp437", "latin-1", "utf-16")
# Excel keeps fifteen digits; of a longer number it has already forgotten the end.
EXACT_BELOW = 10**15
# What a parser passes over, or takes for a sign of the encoding, before the first bracket.
BEFORE_MARKUP = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_UNCOUNTED = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?r=\"([A-Z]{1,3}\d{1,7})\"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ZEROS = re.compile(r"0{2,}")


def prepare(order: dict[str, Any]) -> None:
    """Loads what will be needed, by reading a table of our own: afterwards libraries may be out of reach."""
    for name in ENCODINGS:
        codecs.lookup(name)
    if order["kind"] == "xlsx":
        for name in NOT_NEEDED:
            sys.modules.setdefault(name, None)  # type: ignore[arg-type]
        from openpyxl import Workbook

        sample, made = BytesIO(), Workbook()
        made.worksheets[0].append(["a", 1, 1.5, datetime(2026, 1, 1), "=1"])  # noqa: DTZ001 - Excel knows no zones
        made.save(sample)
        _workbook(sample, order["limits"])


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Header, rows, merged ranges and names of sheets. Raises InvalidInput or UnreadableFile."""
    limits, source = order["limits"], Path(order["source"])
    told = _workbook(source, limits) if order["kind"] == "xlsx" else _lines(source, limits)
    faults = told.pop("faults")
    if faults:
        first = faults[0]
        raise InvalidInput(f"{first.place}: {first.message} Nothing was stored.", faults=faults[:MOST_FAULTS])
    return told


def _workbook(source: Path | BytesIO, limits: dict[str, int]) -> dict[str, Any]:
    from openpyxl import load_workbook

    _check_archive(source, limits["unpacked_bytes"])
    try:
        book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
        names = [sheet.title for sheet in book.worksheets]
        if not names:
            raise UnreadableFile("The Excel file has no sheet.")
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size may be anything
        rows, faults = _cells(sheet, limits)
        with zipfile.ZipFile(source) as archive:
            raw = archive.read(str(sheet._worksheet_path).lstrip("/"))
    except InvalidInput:
        raise
    except Exception as error:
        # Whatever a library for such files stumbles over, it is the file that is at fault; memory and time are bounded.
        raise UnreadableFile("The file cannot be read as an Excel file.") from error
    faults += [
        Fault(f"cell {cell.decode()}", "formula_without_result", "The cell has a formula, but not its result.")
        for cell in _UNCOUNTED.findall(raw)
    ]
    merged = sorted({found.decode() for found in _MERGED.findall(raw)})
    return _table(rows, faults, limits) | {"merged": merged, "name": names[0], "others": names[1:]}


def _check_archive(source: Path | BytesIO, most: int) -> None:
    """Raises UnreadableFile unless the archive is whole, unpacks to little enough, and its documents define nothing."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise UnreadableFile(f"The file has more than {MOST_ENTRIES} parts.")
            if sum(entry.file_size for entry in entries) > most:
                raise UnreadableFile(f"The file unpacks to more than {most // MEGABYTE} MB.")
            if len({entry.filename for entry in entries}) != len(entries):
                raise UnreadableFile("The file has a part twice.")
            for entry in entries:
                content = archive.read(entry)
                if _may_be_markup(entry.filename, content):
                    _check_document(content)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableFile("The Excel file is damaged or encrypted.") from error
    except (ValueError, OverflowError) as error:
        raise UnreadableFile("The Excel file is damaged.") from error


def _may_be_markup(name: str, content: bytes) -> bool:
    """Whether a parser could take the part for a document: the relationships may name any part as one."""
    return name.lower().endswith((".xml", ".rels", ".vml")) or content.lstrip(BEFORE_MARKUP).startswith(b"<")


def _check_document(content: bytes) -> None:
    """Raises UnreadableFile for entities, which may unpack to anything, and for encodings that could hide them."""
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = re.match(rb"<\?xml[^>]*?encoding=[\"']([\w.-]+)", start)
    is_plain = start.startswith(b"<") and (declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii"))
    if content and not (is_plain and b"\0" not in content[:200]):
        raise UnreadableFile("A part of the Excel file is not UTF-8.")
    if _DOCTYPE.search(content):
        raise UnreadableFile("A part of the Excel file defines entities, which no table needs.")


def _cells(sheet: Any, limits: dict[str, int]) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    rows: list[tuple[int, list[str]]] = []
    faults: list[Fault] = []
    total = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if len(row) > limits["columns"]:
            raise UnreadableFile(f"Row {number} has more than {limits['columns']} columns.")
        texts = [_text(cell, number, column, limits, faults) for column, cell in enumerate(row)]
        if any(texts):
            rows.append((number, texts))
            total += len(texts)
        if len(rows) > limits["rows"] + 1 or total > limits["cells"]:
            raise UnreadableFile(f"The table has more than {limits['rows']} rows or {limits['cells']} cells.")
    return rows, faults


def _text(cell: Any, number: int, column: int, limits: dict[str, int], faults: list[Fault]) -> str:
    value = cell.value
    if value is None:
        return ""
    text = _plain(value, str(getattr(cell, "number_format", "") or ""))
    reason = _unusable(value, text, str(getattr(cell, "data_type", "")), limits["cell_chars"])
    if reason is not None:
        if len(faults) < MOST_FAULTS:
            faults.append(Fault(f"cell {_letters(column)}{number}", *reason))
        return "-"
    return text


def _plain(value: Any, number_format: str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        shown = re.sub(r"[;@].*", "", number_format)
        return str(value).zfill(len(shown)) if _ZEROS.fullmatch(shown) else str(value)
    if isinstance(value, datetime):
        is_day = value.time() == time() and not re.search(r"[hs]", number_format)
        return value.date().isoformat() if is_day else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()


def _unusable(value: Any, text: str, data_type: str, longest: int) -> tuple[str, str] | None:
    """Code and words for a cell that says nothing certain."""
    if data_type == "e":
        return "cell_error", "The cell holds an error."
    if isinstance(value, int | float) and not isinstance(value, bool) and not -EXACT_BELOW < value < EXACT_BELOW:
        return "inexact_number", "The number has more digits than Excel keeps; write it as text."
    if len(text) > longest:
        return "too_long", f"The cell has more than {longest} characters."
    if not is_storable(text) or any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text):
        return "bad_character", "The cell holds a character that cannot be stored."
    return None


def _letters(column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _lines(source: Path, limits: dict[str, int]) -> dict[str, Any]:
    rows: list[tuple[int, list[str]]] = []
    faults: list[Fault] = []
    csv.field_size_limit(limits["cell_chars"] * 8)
    try:
        with source.open(encoding=encoding_of(source), newline="") as file:
            first = file.readline(limits["cell_chars"] * limits["columns"])
            file.seek(0)
            for number, cells in _csv_rows(csv.reader(file, delimiter=delimiter_of(first), strict=True)):
                texts = [cell.strip() for cell in cells]
                if not any(texts):
                    continue
                rows.append((number, texts))
                faults += _line_faults(number, texts, len(rows[0][1]), limits)
                if len(rows) > limits["rows"] + 1 or len(faults) > MOST_FAULTS:
                    break
    except csv.Error as error:
        raise UnreadableFile(f"The file is not a CSV file that can be read: {error}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile("The file is in no known encoding; save it as UTF-8.") from error
    if len(rows) > limits["rows"] + 1:
        raise UnreadableFile(f"The table has more than {limits['rows']} rows.")
    return _table(rows, faults, limits) | {"merged": [], "name": "", "others": []}


def _csv_rows(reader: Any) -> Iterator[tuple[int, list[str]]]:
    while True:
        begins = reader.line_num + 1
        try:
            yield begins, next(reader)
        except StopIteration:
            return


def _line_faults(number: int, texts: list[str], width: int, limits: dict[str, int]) -> Iterator[Fault]:
    if len(texts) < width:
        yield Fault(f"row {number}", "row_length", f"The row has {len(texts)} cells, the first row {width}.")
    for column, text in enumerate(texts[: limits["columns"]]):
        reason = _unusable(None, text, "", limits["cell_chars"])
        if reason is not None:
            yield Fault(f"cell {_letters(column)}{number}", *reason)


def _table(rows: list[tuple[int, list[str]]], faults: list[Fault], limits: dict[str, int]) -> dict[str, Any]:
    """Header and rows of equal width. Raises UnreadableFile without a header, and for values under no name."""
    if not rows:
        raise UnreadableFile("The file has no first row with the names of its columns.")
    names = rows[0][1]
    while names and not names[-1]:
        names = names[:-1]
    header = column_names(names)
    if len(header) > limits["columns"]:
        raise UnreadableFile(f"The table has more than {limits['columns']} columns.")
    width = len(header)
    for number, cells in rows[1:]:
        if any(cells[width:]) and len(faults) < MOST_FAULTS:
            faults.append(Fault(f"row {number}", "row_length", f"The row goes on after the {width} named columns."))
    even = [(number, (cells + [""] * width)[:width]) for number, cells in rows[1:]]
    return {"header": list(header), "rows": even, "faults": faults}
