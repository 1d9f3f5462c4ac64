"""CSV files as people make them: encodings, quotes, times and columns; bad rows are named by line, good rows kept."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.core.batches import BatchResult
from gridsvc.core.datum import from_wgs84
from gridsvc.core.errors import InvalidInput, UnreadableFile
from gridsvc.incidents import csv_files, csv_rows, files
from gridsvc.incidents.bulk import take_in_batch
from gridsvc.incidents.files import FileFields, lists_of, read_reports
from tests.fixtures.small_net import SmallNet, lay_small_net, middle

HEAD = "lon,lat,what,when"


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def fields(**changes: Any) -> FileFields:
    plain: dict[str, Any] = {"zone": ZoneInfo("Asia/Shanghai"), "channel": "hotline", "category": "noise"}
    plain |= {"x_field": "lon", "y_field": "lat", "crs": "EPSG:4326", "description_field": "what", "time_field": "when"}
    return FileFields(**(plain | changes))


def bring_in(session: Session, path: Path, how: FileFields | None = None, **options: Any) -> BatchResult:
    total = BatchResult(0, 0, 0)
    for part in read_reports(path, how or fields(), lists_of(session), **options):
        total += part.result(take_in_batch(session, part.batch, actor="test"))
    return total


def line(letter: str, what: str = "噪声", when: str = "2026-03-01 08:30") -> str:
    x, y = middle(letter)
    return f"{x},{y},{what},{when}"


def written(folder: Path, *lines: str, encoding: str = "utf-8", ends: str = "\n") -> Path:
    path = folder / "reports.csv"
    path.write_bytes(ends.join([*lines, ""]).encode(encoding))
    return path


def counts(result: BatchResult) -> tuple[int, int, int]:
    return result.added, result.already_there, result.rejected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_chinese_text_comes_in_whatever_the_encoding(
    session: Session, net: SmallNet, tmp_path: Path, encoding: str, ends: str
) -> None:
    path = written(tmp_path, HEAD.replace("what", "内容"), line("A", "联通井盖破损"), encoding=encoding, ends=ends)
    result = bring_in(session, path, fields(description_field="内容"))
    assert counts(result) == (1, 0, 0)
    assert session.scalar(text("SELECT description FROM incident")) == "联通井盖破损"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found_out(session: Session, net: SmallNet, tmp_path: Path, mark: str) -> None:
    path = written(tmp_path, HEAD.replace(",", mark), line("A").replace(",", mark))
    assert counts(bring_in(session, path)) == (1, 0, 0)


def test_naive_times_are_in_the_declared_zone(session: Session, net: SmallNet, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD, line("A"), line("A", when="2026-03-01T00:30:00Z"), line("A", when=""))
    bring_in(session, path)
    moments = session.scalars(
        text("SELECT to_char(declared_at AT TIME ZONE 'UTC', 'HH24:MI') FROM incident ORDER BY number")
    )
    assert list(moments) == ["00:30", "00:30", None]


def test_bad_rows_are_named_by_line_and_good_rows_kept(session: Session, net: SmallNet, tmp_path: Path) -> None:
    x, y = middle("A")
    path = written(
        tmp_path,
        HEAD,
        line("A"),
        f'{x},{y},"two',
        'lines",2026-03-01',
        f"nan,{y},x,",
        "",
        f"{y},{x},swapped,",
        f'"{x}","{y}","he said ""no""",',
        f"{x},{y},x,01/03/2026",
        f"{x},{y},x",
        f"{x},,x,",
        f'{x},{y},"a"b,',
        f"{x},{y},a\x00b,",
        "2.35,48.85,Paris,",
        f"{x},{y},x,1926-03-01",
        ",,only words,",
        ",,,",
        line("B"),
    )
    result = bring_in(session, path)
    assert [fault.place for fault in result.faults] == [
        "line 5, x",
        "line 7, x",
        "line 9, time",
        "line 10",
        "line 11, y",
        "line 12",
        "line 13, description",
        "line 14, x",
        "line 15, occurred_at",
        "line 17, address",
    ]
    assert counts(result) == (5, 0, 10)
    kept = session.scalars(text("SELECT description FROM incident ORDER BY number")).all()
    assert kept == ["噪声", "two\nlines", 'he said "no"', "only words", "噪声"]


def test_the_same_file_twice_adds_nothing_and_a_longer_one_only_the_rest(
    session: Session, net: SmallNet, tmp_path: Path
) -> None:
    lines = [HEAD, line("A"), line("A"), line("B"), ",,只有地址,"]
    assert counts(bring_in(session, written(tmp_path, *lines))) == (4, 0, 0)
    assert counts(bring_in(session, written(tmp_path, *lines, encoding="gb18030"))) == (0, 4, 0)
    assert counts(bring_in(session, written(tmp_path, *lines, line("A"), line("C")))) == (2, 4, 0)


def test_the_file_s_own_identifier_tells_rows_apart(session: Session, net: SmallNet, tmp_path: Path) -> None:
    how = fields(id_field="id")
    first = written(tmp_path, f"id,{HEAD}", f"1,{line('A')}", f"2,{line('A')}", f",{line('A')}", f"1,{line('A')}")
    result = bring_in(session, first, how)
    assert counts(result) == (2, 1, 1)
    assert result.faults[0].place == "line 4, id"
    changed = written(tmp_path, f"id,{HEAD}", f"1,{line('B')}", f"3,{line('A')}")
    assert counts(bring_in(session, changed, how)) == (1, 0, 1)


def test_a_file_in_many_batches_is_one_file(
    session: Session, net: SmallNet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BATCH_ROWS", 3)
    lines = [HEAD, *[line(letter) for letter in "ABCDABCDAB"], "x,y,z,"]
    path = written(tmp_path, *lines)
    result = bring_in(session, path)
    assert counts(result) == (10, 0, 1)
    assert result.faults[0].place == "line 12, x"
    assert counts(bring_in(session, path)) == (0, 10, 1)


def test_a_column_may_say_the_datum_the_channel_and_the_category(
    session: Session, net: SmallNet, tmp_path: Path
) -> None:
    x, y = from_wgs84([middle("D")[0]], [middle("D")[1]], "BD-09")
    path = written(
        tmp_path,
        "lon,lat,datum,from,kind",
        f"{x[0]},{y[0]},BD-09,12345热线,暴露垃圾",
        f"{middle('D')[0]},{middle('D')[1]},,patrol,street_lamp",
        f"{middle('D')[0]},{middle('D')[1]},xian80,patrol,street_lamp",
        f"{middle('D')[0]},{middle('D')[1]},,pigeon,street_lamp",
    )
    how = FileFields(
        zone=ZoneInfo("UTC"),
        x_field="lon",
        y_field="lat",
        crs="CGCS2000",
        crs_field="datum",
        channel_field="from",
        category_field="kind",
    )
    result = bring_in(session, path, how)
    assert [fault.place for fault in result.faults] == ["line 4, crs", "line 5, channel"]
    rows = session.execute(
        text(
            "SELECT channel, category, raw_crs, grid_id FROM incident JOIN routing ON incident.id = incident_id "
            "ORDER BY number"
        )
    ).all()
    grid = net.grids["D"]
    assert [tuple(row) for row in rows] == [
        ("hotline", "exposed_rubbish", "BD-09", grid),
        ("patrol", "street_lamp", "EPSG:4490", grid),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "first row"),
        (b"\n\n", "first row"),
        ("lon,lat\n1,2".encode("utf-16"), "UTF-16"),
        (b"lon,lat,lon\n", "same name"),
        ("lon,lat,内容说明文字共八个字以上\n".encode() + b"1,2,\xff\n", "broken"),
        (b"\xef\xbb\xbflon,lat\n1,\xff\n", "broken"),
        (b"lon,lat\n1,\xff\xff\n", "not valid"),
        (b"a" * (1 << 21), "million characters"),
    ],
)
def test_a_file_that_is_no_table_is_refused(session: Session, tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=told):
        bring_in(session, path, fields(description_field=None, time_field=None))


def test_broken_utf8_is_named_by_line(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes("lon,lat,内容\n1,2,这里的文字足够长\n1,2,".encode() + b"\xe5\x99\n")
    with pytest.raises(UnreadableFile) as refused:
        bring_in(session, path)
    assert [fault.place for fault in refused.value.faults] == ["line 3"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"y_field": None}, "both columns"),
        ({"crs": None}, "datum"),
        ({"channel": None}, "channel"),
        ({"category": None}, "category"),
        ({"x_field": None, "y_field": None, "description_field": None}, "columns of coordinates"),
        ({"x_field": "longitude"}, "no column longitude; it has lon, lat"),
    ],
)
def test_columns_that_do_not_suffice_are_told(
    session: Session, tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    with pytest.raises(InvalidInput, match=told):
        bring_in(session, written(tmp_path, HEAD, line("A")), fields(**changes))


def test_a_file_is_decoded_by_the_bounded_child_and_not_here(
    session: Session, net: SmallNet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "open_table", None)
    assert counts(bring_in(session, written(tmp_path, HEAD, line("A")))) == (1, 0, 0)


def test_a_file_that_takes_the_child_too_much_is_refused(
    session: Session, net: SmallNet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_files, "MOST_WRITTEN", 1000)
    with pytest.raises(UnreadableFile, match="too large"):
        bring_in(session, written(tmp_path, HEAD, *[line("A")] * 500))
    monkeypatch.setattr(csv_files, "MOST_BYTES", 1000)
    with pytest.raises(UnreadableFile, match="more than"):
        bring_in(session, written(tmp_path, HEAD, *[line("A")] * 500))
