"""The concordance of two nets as tables for people: CSV and Excel with Chinese headers."""

import csv
import io
from collections.abc import Sequence

from gridsvc.plans.history import ConcordanceRow

HEADERS = (
    "原网格编码",
    "原网格名称",
    "新网格编码",
    "新网格名称",
    "社区代码",
    "变化",
    "面积占比（百万分之）",
    "户数占比（百万分之）",
)
CHANGES = {"same": "未变", "kept": "调整", "split": "拆分", "merged": "合并", "redrawn": "重划"}
# What a spreadsheet would take for a formula is told to be text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Sequence[ConcordanceRow]) -> bytes:
    """CSV in UTF-8 with a mark at the beginning, as Excel needs it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    writer.writerows(_cells(row) for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(rows: Sequence[ConcordanceRow]) -> bytes:
    """A workbook with one sheet."""
    from openpyxl import Workbook  # not for an idle service

    book = Workbook(write_only=True)
    sheet = book.create_sheet("新旧网格对照表")
    sheet.freeze_panes = "A2"
    sheet.append(HEADERS)
    for row in rows:
        sheet.append(_cells(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(row: ConcordanceRow) -> tuple[str | int, ...]:
    return (
        _text(row.old_code),
        _text(row.old_name),
        _text(row.new_code),
        _text(row.new_name),
        row.community_code,
        CHANGES[row.operation],
        row.area_ppm,
        row.household_ppm,
    )


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
