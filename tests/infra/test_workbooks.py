"""Tables to take along: what stands in a cell is what was meant, in Excel and in CSV."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from gridsvc.infra import workbooks
from gridsvc.infra.workbooks import csv_table, local_moment

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


def read(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).worksheets[0]


@pytest.mark.parametrize("text", [*FORMULAS[:4], "#N/A", "#REF!"])
def test_a_text_that_begins_like_a_formula_or_an_error_stays_as_it_is_in_excel(text: str) -> None:
    book = workbooks.new_workbook()
    sheet = workbooks.add_sheet(book, "示例")
    workbooks.add_row(sheet, [text, 1])
    found = read(workbooks.packed(book))
    assert (found["A1"].value, found["A1"].data_type) == (text, "s")
    assert (found["B1"].value, found["B1"].data_type) == (1, "n")


@pytest.mark.parametrize("text", FORMULAS)
def test_in_csv_it_is_marked_as_a_text(text: str) -> None:
    told = csv_table(["a"], [[text]])
    assert f"'{text}".encode() in told


def test_numbers_are_no_formulas_in_csv() -> None:
    assert csv_table(["a", "b"], [[-1, "示例"]]) == b"\xef\xbb\xbfa,b\r\n-1,\xe7\xa4\xba\xe4\xbe\x8b\r\n"


def test_a_sheet_has_its_heading_header_and_explanations_in_sight() -> None:
    book = workbooks.new_workbook()
    sheet = workbooks.add_sheet(book, "示例", widths=(30, 8), frozen_rows=3)
    workbooks.add_heading(sheet, "覆盖情况")
    workbooks.add_header(sheet, ["指标", "完成率"])
    workbooks.add_explanations(sheet, ["说明", "分母为 0 时不计"])
    workbooks.add_row(sheet, [None, 0.5], formats={1: "0.0%"})
    found = read(workbooks.packed(book))
    assert [[cell.value for cell in row] for row in found.iter_rows()] == [
        ["覆盖情况", None],
        ["指标", "完成率"],
        ["说明", "分母为 0 时不计"],
        [None, 0.5],
    ]
    assert found.freeze_panes == "A4"
    assert found.column_dimensions["A"].width == 30
    assert found["A1"].font.bold
    assert found["A2"].font.bold
    assert found["B4"].number_format == "0.0%"


def test_a_moment_is_told_by_the_clock_of_the_city() -> None:
    assert local_moment(datetime(2026, 3, 1, 20, 30, tzinfo=UTC), "Asia/Shanghai") == "2026-03-02 04:30"
