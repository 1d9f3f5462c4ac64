"""Tables for people to take along, as Excel or CSV: a text stays a text, a moment is told in the city's time.

openpyxl is loaded by the first table that is asked for; an idle service holds none of it.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

HEADING_SIZE = 14
# The format of a cell that stays a text when somebody types a number into it.
TEXT = "@"
# A spreadsheet that opens a CSV file takes a cell that begins with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def new_workbook() -> Any:
    """An empty workbook whose sheets are filled from the top, row by row."""
    from openpyxl import Workbook

    return Workbook(write_only=True)


def add_sheet(book: Any, title: str, *, widths: Sequence[float] = (), frozen_rows: int = 0) -> Any:
    """One more sheet; widths are in characters, the frozen rows stay in sight while one scrolls."""
    sheet = book.create_sheet(title)
    for place, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    if frozen_rows:
        sheet.freeze_panes = f"A{frozen_rows + 1}"
    return sheet


def add_row(sheet: Any, values: Iterable[Any], *, formats: Mapping[int, str] | None = None) -> None:
    """A row of texts, numbers and empty cells (None); `formats` are number formats by place."""
    wanted = formats or {}
    # A cell of its own takes twice the time of a bare value, and a table of a city has a million of them.
    sheet.append(
        [
            _cell(sheet, value, wanted.get(place)) if place in wanted or _is_taken_amiss(value) else value
            for place, value in enumerate(values)
        ]
    )


def add_heading(sheet: Any, text: str) -> None:
    """What the sheet is about, as its first row."""
    cell = _cell(sheet, text)
    cell.font = _font(bold=True, size=HEADING_SIZE)
    sheet.append([cell])


def add_header(sheet: Any, names: Iterable[str]) -> None:
    """The row that names the columns."""
    row = [_cell(sheet, name) for name in names]
    for cell in row:
        cell.font = _font(bold=True)
    sheet.append(row)


def add_explanations(sheet: Any, words: Iterable[str]) -> None:
    """A row below the names that says what stands in each column; an import that reads the table again skips it."""
    from openpyxl.styles import PatternFill

    row = [_cell(sheet, text) for text in words]
    for cell in row:
        cell.font = _font(color="666666")
        cell.fill = PatternFill("solid", fgColor="F2F2F2")
    sheet.append(row)


def packed(book: Any) -> bytes:
    """The workbook as the content of an .xlsx file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def csv_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file as Excel opens it rightly: UTF-8 with a byte order mark, and no text that it takes for a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def local_moment(moment: datetime, timezone: str) -> str:
    """A moment to the minute as a clock in that time zone shows it: 2026-03-01 08:30."""
    return f"{moment.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}"


def _is_taken_amiss(value: Any) -> bool:
    """Whether openpyxl would make a formula or an error of a text."""
    return isinstance(value, str) and value.startswith(("=", "#"))


def _cell(sheet: Any, value: Any, number_format: str | None = None) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if number_format is not None:
        cell.number_format = number_format
    return cell


def _font(**how: Any) -> Any:
    from openpyxl.styles import Font

    return Font(**how)


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
