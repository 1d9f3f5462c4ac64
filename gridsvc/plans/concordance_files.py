"""The concordance of two nets as tables for people: CSV and Excel with Chinese headers."""

from collections.abc import Sequence

from gridsvc.infra import workbooks
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
WIDTHS = (20, 20, 20, 20, 16, 8, 22, 22)
CHANGES = {"same": "未变", "kept": "调整", "split": "拆分", "merged": "合并", "redrawn": "重划"}


def as_csv(rows: Sequence[ConcordanceRow]) -> bytes:
    """A CSV file as Excel opens it."""
    return workbooks.csv_table(HEADERS, map(_cells, rows))


def as_xlsx(rows: Sequence[ConcordanceRow]) -> bytes:
    """A workbook with one sheet."""
    book = workbooks.new_workbook()
    sheet = workbooks.add_sheet(book, "新旧网格对照表", widths=WIDTHS, frozen_rows=1)
    workbooks.add_header(sheet, HEADERS)
    for row in rows:
        workbooks.add_row(sheet, _cells(row))
    return workbooks.packed(book)


def _cells(row: ConcordanceRow) -> tuple[str | int, ...]:
    return (
        row.old_code,
        row.old_name,
        row.new_code,
        row.new_name,
        row.community_code,
        CHANGES[row.operation],
        row.area_ppm,
        row.household_ppm,
    )
