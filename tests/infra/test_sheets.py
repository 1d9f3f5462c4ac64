"""Tables that people send come in as texts, row by row; what says nothing certain is refused by cell."""

import datetime as dt
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from gridsvc.core.errors import InvalidInput, UnreadableFile
from gridsvc.infra.bounded import MEGABYTE, Resources, ask_child, own_folder
from gridsvc.infra.sheets import SheetLimits, SheetRow, read_sheet

HEADER = ["姓名", "账号"]


def book(path: Path, *rows: list[Any]) -> Path:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def changed(path: Path, part: str, old: str, new: str) -> Path:
    """The same Excel file with other words in one of its parts."""
    target = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            made.writestr(entry.filename, content)
    return target


def test_cells_come_as_people_see_them(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    half_past = dt.datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 - Excel knows no zones
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["姓名", "编码", "日期", "时刻", "数", "真"])
    sheet.append([" 张某（示例） ", 34030200, dt.date(2026, 3, 1), half_past, 2.5, True])
    sheet["B2"].number_format = "000000000000"
    sheet.append([None, None])
    sheet.append(["李某（示例）", "034030200100"])
    made.create_sheet("说明")
    made.save(path)
    read = read_sheet(path)
    assert read.header == ("姓名", "编码", "日期", "时刻", "数", "真")
    assert read.rows == (
        SheetRow(2, ("张某（示例）", "000034030200", "2026-03-01", "2026-03-01T08:30:00", "2.5", "TRUE")),
        SheetRow(4, ("李某（示例）", "034030200100", "", "", "", "")),
    )
    assert read.others == ("说明",)


def test_merged_cells_are_told(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (HEADER, ["甲", "a"], [None, "b"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    made.save(tmp_path / "merged.xlsx")
    assert read_sheet(tmp_path / "merged.xlsx").merged == ("A2:A3",)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("=1+1", "formula_without_result"),
        ("#N/A", "cell_error"),
        (340302001001001001, "inexact_number"),
        ("x" * 5000, "too_long"),
    ],
)
def test_a_cell_that_says_nothing_certain_is_named(tmp_path: Path, value: object, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_sheet(book(tmp_path / "t.xlsx", HEADER, ["甲", value]))
    assert [(fault.place, fault.code) for fault in refusal.value.faults] == [("cell B2", code)]


def test_values_beyond_the_named_columns_are_refused_by_row(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_sheet(book(tmp_path / "t.xlsx", HEADER, ["甲", "a", "left over"]))
    assert [fault.place for fault in refusal.value.faults] == ["row 2"]


def test_a_table_may_be_csv_in_the_encodings_of_this_country(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path = tmp_path / f"{encoding}.xlsx"
        path.write_text("姓名;账号\n甲;a\n\n乙;b\n", encoding)
        assert read_sheet(path).rows == (SheetRow(2, ("甲", "a")), SheetRow(4, ("乙", "b")))


def test_rows_of_another_length_are_refused_by_row(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n1\n1,2,3\n", "utf-8")
    with pytest.raises(InvalidInput) as refusal:
        read_sheet(path)
    assert [fault.place for fault in refusal.value.faults] == ["row 3", "row 4"]


def test_entities_are_refused_before_anything_unpacks_them(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", HEADER, ["甲", "a"])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(UnreadableFile, match="defines entities"):
        read_sheet(changed(path, "xl/worksheets/sheet1.xml", "<worksheet", f"{bomb}<worksheet"))


def renamed(path: Path, part: str, name: str, encoding: str = "utf-8") -> Path:
    """The same Excel file with one part under another name, as the relationships allow, and in another encoding."""
    target = path.with_name(f"renamed-{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            content = source.read(entry).replace(part.encode(), name.encode())
            if entry.filename.endswith(part):
                content = content.decode("utf-8").encode(encoding)
            made.writestr(entry.filename.replace(part, name), content)
    return target


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("name", ["sheet1.png", "sheet1.bin", "sheet1"])
def test_entities_are_found_whatever_a_part_is_called(tmp_path: Path, name: str, encoding: str) -> None:
    path = book(tmp_path / "t.xlsx", HEADER, ["甲", "a"])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    spoiled = changed(path, "xl/worksheets/sheet1.xml", "<worksheet", f"{bomb}<worksheet")
    assert read_sheet(renamed(path, "sheet1.xml", name)).rows == (SheetRow(2, ("甲", "a")),)
    with pytest.raises(UnreadableFile, match=r"defines entities|not UTF-8"):
        read_sheet(renamed(spoiled, "sheet1.xml", name, encoding))


def test_pictures_in_a_book_do_no_harm(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", HEADER, ["甲", "a"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG\r\n\x1a\n\0<!DOCTYPE")
        archive.writestr("xl/printerSettings/printerSettings1.bin", "HP".encode("utf-16-le") + bytes(100))
    assert len(read_sheet(path).rows) == 1


def test_a_document_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", HEADER, ["甲", "a"])
    declared = '<?xml version="1.0" encoding="UTF-16"?><worksheet'
    with pytest.raises(UnreadableFile, match="not UTF-8"):
        read_sheet(changed(path, "xl/worksheets/sheet1.xml", "<worksheet", declared))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as entry:
        for _ in range(300):
            entry.write(b" " * MEGABYTE)
    assert bomb.stat().st_size < MEGABYTE
    with pytest.raises(UnreadableFile, match="unpacks to more than 200 MB"):
        read_sheet(bomb)


def test_a_sheet_that_claims_to_end_far_away_costs_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", HEADER, ["甲", "a"])
    assert len(read_sheet(changed(path, "xl/worksheets/sheet1.xml", "A1:B2", "A1:XFD1048576")).rows) == 1


def test_a_cell_far_to_the_right_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", HEADER, ["甲", "a"])
    with pytest.raises(UnreadableFile, match="more than 200 columns"):
        read_sheet(changed(path, "xl/worksheets/sheet1.xml", 'r="B2"', 'r="XFD2"'))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04" + b"\xff" * 200, b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"\xff\xfea\0,\0b\0", b"\0" * 100, b"\n\n"],
    ids=["empty", "damaged", "old Excel", "UTF-16", "NULs", "blank"],
)
def test_other_contents_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(content)
    with pytest.raises(InvalidInput):
        read_sheet(path)


def test_more_rows_than_allowed_are_refused(tmp_path: Path) -> None:
    few = replace(SheetLimits(), rows=2)
    rows: list[list[Any]] = [["甲", "a"]] * 3
    with pytest.raises(UnreadableFile, match="more than 2 rows"):
        read_sheet(book(tmp_path / "t.xlsx", HEADER, *rows), limits=few)
    assert len(read_sheet(book(tmp_path / "t.xlsx", HEADER, *rows[:2]), limits=few).rows) == 2


class TestBoundedChild:
    """What the child may do; this module is itself the child's module."""

    RESOURCES = Resources(512 * MEGABYTE, 2, MEGABYTE)

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
    def test_a_child_of_root_is_nobody_without_network_and_cannot_start_programs(self) -> None:
        with own_folder() as folder:
            told = ask_child("tests.infra.curious_child", {"do": "look"}, folder=folder, resources=self.RESOURCES)
        assert told == {"uid": 65534, "groups": [], "interfaces": [], "secret": False, "child": False}

    @pytest.mark.parametrize("deed", ["eat", "spin", "write", "die", "babble"])
    def test_a_child_that_takes_too_much_is_ended(self, deed: str) -> None:
        with own_folder() as folder, pytest.raises(UnreadableFile, match=r"within the limits|longer than"):
            ask_child("tests.infra.curious_child", {"do": deed}, folder=folder, resources=self.RESOURCES)

    def test_nothing_of_the_child_is_loaded_by_whoever_asks(self) -> None:
        code = "import sys, gridsvc.infra.sheets; print('openpyxl' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "False"
