"""People as Excel tables: the header, a row of explanations, and a row for each; texts stay texts."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gridsvc.infra import workbooks
from gridsvc.people.files.columns import COLUMNS, EXPLANATION, Kind

WIDEST = 28


def workbook(kind: Kind, rows: Iterable[Mapping[str, Any]], timezone: str) -> bytes:
    """A workbook with one sheet that the import of the same kind reads again."""
    columns = COLUMNS[kind]
    widths = [min(WIDEST, max(14, 2 * len(column.header) + 6)) for column in columns]
    book = workbooks.new_workbook()
    sheet = workbooks.add_sheet(book, kind, widths=widths, frozen_rows=2)
    workbooks.add_header(sheet, (column.header for column in columns))
    explained = [column.explained for column in columns]
    workbooks.add_explanations(sheet, [f"{EXPLANATION}：{explained[0]}", *explained[1:]])
    texts = dict.fromkeys(range(len(columns)), workbooks.TEXT)
    for row in rows:
        words = (_words(row.get(column.key), column.key, timezone) for column in columns)
        workbooks.add_row(sheet, words, formats=texts)
    return workbooks.packed(book)


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
