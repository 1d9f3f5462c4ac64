"""CSV as people write it: encodings, quotes, lines; whatever is no row is named by its line, and nothing is guessed."""

from pathlib import Path

import pytest

from gridsvc.core.errors import UnreadableFile
from gridsvc.geography.bulklocate import csv_source
from gridsvc.geography.bulklocate.csv_source import open_csv
from gridsvc.geography.bulklocate.parts import Reject

HEAD = "id,地址,x\n"


def rows_of(path: Path, encoding: str | None = None) -> tuple[list[tuple[str, list[str]]], list[Reject]]:
    """Each row by its name, and what was left out."""
    rows: list[tuple[str, list[str]]] = []
    left_out: list[Reject] = []
    with open_csv(path, encoding) as source:
        for part in source.parts:
            cells = [list(row.values()) for row in part.batch.to_pylist()]
            rows += [(part.name(number), row) for number, row in enumerate(cells)]
            left_out += part.left_out
    return rows, left_out


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "in.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_chinese_files_are_read_as_they_are_saved(tmp_path: Path, encoding: str, mark: str, end: str) -> None:
    text = "id,地址,x\n001,淮河路一号,1.50\n002,龙子湖区,\n".replace(",", mark).replace("\n", end)
    rows, left_out = rows_of(written(tmp_path, text, encoding))
    assert rows == [("line 2", ["001", "淮河路一号", "1.50"]), ("line 3", ["002", "龙子湖区", ""])]
    assert left_out == []


@pytest.mark.parametrize("block", [16, 30, 1 << 20])
def test_quoted_cells_may_hold_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(csv_source, "BLOCK_BYTES", block)
    text = HEAD + '1,"a, ""b""",2\n2,"two\nlines",3\n\n3,plain,4\n4,5" pipe,5'
    rows, left_out = rows_of(written(tmp_path, text))
    assert rows == [
        ("line 2", ["1", 'a, "b"', "2"]),
        ("line 3", ["2", "two\nlines", "3"]),
        ("line 6", ["3", "plain", "4"]),
        ("line 7", ["4", '5" pipe', "5"]),
    ]
    assert left_out == []


@pytest.mark.parametrize("block", [16, 1 << 20])
def test_lines_that_are_no_rows_are_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(csv_source, "BLOCK_BYTES", block)
    text = HEAD + '1,a,2\n2,b\n3,"c"d,4\n4,e,5,6\n5,f,7\n'
    rows, left_out = rows_of(written(tmp_path, text))
    assert [name for name, _ in rows] == ["line 2", "line 6"]
    assert [(one.place, one.content) for one in left_out] == [
        ("line 3", "2,b\n"),
        ("line 4", '3,"c"d,4\n'),
        ("line 5", "4,e,5,6\n"),
    ]


@pytest.mark.parametrize("tail", ["", 'x,"y",1\n' * 3, "2,b,3\n" * 40_000])
def test_a_quote_that_swallows_lines_ends_the_reading(tmp_path: Path, tail: str) -> None:
    with pytest.raises(UnreadableFile, match="line 3") as error:
        rows_of(written(tmp_path, HEAD + '1,a,2\n2,"b,3\n3,c,4\n' + tail))
    assert error.value.faults[0].place == "line 3"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no first row"),
        (b"\n1,2\n", "no first row"),
        (b"x,x\n1,2\n", "same name"),
        ("id,x\n1,2\n".encode("utf-16"), "UTF-16"),
        (HEAD.encode() * 4 + b"1,\xff\xfe,2\n", "UTF-8 but broken"),
        ("id,地\n".encode("gbk") + b"1,\xff\xff\n", "line 2"),
        (b"id,x\n" + b"1" * (8 << 20), "million characters"),
    ],
)
def test_files_that_are_no_tables_are_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as error:
        rows_of(path)
    told = " ".join([error.value.message, *(fault.place for fault in error.value.faults)])
    assert words in told


def test_a_declared_encoding_is_believed_or_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "id,地址,x\n1,臺北,2\n", "big5")
    assert rows_of(path, "big5")[0] == [("line 2", ["1", "臺北", "2"])]
    for encoding in ("utf-8", "utf-16", "klingon"):
        with pytest.raises(UnreadableFile):
            rows_of(path, encoding)
