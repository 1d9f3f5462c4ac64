"""People as Excel tables: the header, a row of explanations, and a row for each; texts stay texts."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from gridsvc.people.files.columns import COLUMNS, EXPLANATION, Kind

WIDEST = 28


def workbook(kind: Kind, rows: Iterable[Mapping[str, Any]], timezone: str) -> bytes:
    """A workbook with one sheet that the import of the same kind reads again."""
    from openpyxl import Workbook  # not for an idle service
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    columns = COLUMNS[kind]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(kind)
    sheet.freeze_panes = "A3"
    for place, column in enumerate(columns):
        sheet.column_dimensions[chr(65 + place)].width = min(WIDEST, max(14, 2 * len(column.header) + 6))

    def cells(values: Iterable[Any], *, bold: bool = False, grey: bool = False) -> list[Any]:
        made = []
        for value in values:
            cell = WriteOnlyCell(sheet, value="" if value is None else value)
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins like a formula is none
                cell.number_format = "@"
            if bold:
                cell.font = Font(bold=True)
            if grey:
                cell.font = Font(color="666666")
                cell.fill = PatternFill("solid", fgColor="F2F2F2")
            made.append(cell)
        return made

    sheet.append(cells((column.header for column in columns), bold=True))
    explained = [column.explained for column in columns]
    sheet.append(cells([f"{EXPLANATION}：{explained[0]}", *explained[1:]], grey=True))
    for row in rows:
        sheet.append(cells(_words(row.get(column.key), column.key, timezone) for column in columns))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _words(value: Any, key: str, timezone: str) -> str | None:
    """A value as it stands in a cell: days as days of the city, an end at midnight as the day before."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(timezone))
        is_midnight = (local.hour, local.minute) == (0, 0)
        if is_midnight and key == "until":
            local -= timedelta(days=1)
        return f"{local:%Y-%m-%d}" if is_midnight else f"{local:%Y-%m-%d %H:%M}"
    return str(value)
