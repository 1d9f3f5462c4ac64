"""Whole files: every column and row comes out again in its order and type, with the grid each point lies in."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from gridsvc.core.datum import from_wgs84
from gridsvc.core.errors import GridsvcError, InvalidInput, UnknownDatum, UnreadableFile
from gridsvc.geography.bulklocate import csv_source, parquet_source
from gridsvc.geography.bulklocate.columns import Columns
from gridsvc.geography.bulklocate.files import jobs_for
from tests.geography.bulklocate.nets import DEGREES, PLACES, WANTED, places_csv, places_table, read, run, write_csv


def test_csv_keeps_its_texts_and_gains_columns(tmp_path: Path) -> None:
    total = run(places_csv(tmp_path / "in.csv"), tmp_path / "out.csv")
    assert (total.rows, total.located, total.outside, total.rejected) == (4, 3, 1, 0)
    lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert lines[0] == "id,x,y,grid_code,community_code"
    assert lines[1] == f"000,{PLACES[0][0]},{PLACES[0][1]},0340,上"
    assert lines[4] == f"003,{PLACES[3][0]},{PLACES[3][1]},,"


def test_csv_becomes_parquet_with_codes_as_text(tmp_path: Path) -> None:
    run(places_csv(tmp_path / "in.csv"), tmp_path / "out.parquet", replace(DEGREES, with_border_distance=True))
    table = read(tmp_path / "out.parquet")
    assert table.column_names == ["id", "x", "y", "grid_code", "community_code", "border_distance_m"]
    assert table["id"].to_pylist() == ["000", "001", "002", "003"]
    assert table["grid_code"].to_pylist() == WANTED
    metres = table["border_distance_m"].to_pylist()
    assert metres[0] == pytest.approx(46.8, abs=0.5)
    assert metres[2:] == [0, None]


def test_parquet_keeps_its_types_and_metadata(tmp_path: Path) -> None:
    table = places_table(
        count=pa.array([1, 2, 3, None], type=pa.int16()),
        at=pa.array([0, 1, 2, 3], type=pa.timestamp("ms", tz="Asia/Shanghai")),
        kind=pa.array(["甲", "乙", "甲", None]).dictionary_encode(),
        tags=pa.array([["a"], [], None, ["b", "c"]]),
    ).replace_schema_metadata({"of": "somebody"})
    parquet.write_table(table, tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.parquet")
    out = read(tmp_path / "out.parquet")
    assert out.select(table.column_names).equals(read(tmp_path / "in.parquet"))
    assert out.schema.metadata[b"of"] == b"somebody"
    assert out["grid_code"].to_pylist() == WANTED


def test_parquet_becomes_csv_unless_a_column_is_nested(tmp_path: Path) -> None:
    parquet.write_table(places_table(raw=[b"\x01", b"", None, b"\xff"]), tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().splitlines()[4].endswith(",ff,,")
    parquet.write_table(places_table(tags=[["a"], [], None, []]), tmp_path / "nested.parquet")
    with pytest.raises(InvalidInput, match="tags"):
        run(tmp_path / "nested.parquet", tmp_path / "nested.csv")


def test_many_parts_come_out_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_source, "BLOCK_BYTES", 200)
    monkeypatch.setattr(parquet_source, "PART_ROWS", 1024)
    random = np.random.default_rng(1)
    x, y = random.uniform(117.379, 117.383, 5000).round(7), random.uniform(32.927, 32.931, 5000).round(7)
    table = pa.table({"id": [f"{number:05}" for number in range(5000)], "x": x, "y": y})
    parquet.write_table(table, tmp_path / "in.parquet", row_group_size=700)
    by_row = run(tmp_path / "in.parquet", tmp_path / "a.parquet")
    rows = [",".join(map(str, row.values())) for row in table.to_pylist()]
    by_line = run(write_csv(tmp_path / "in.csv", rows), tmp_path / "b.parquet")
    first, second = read(tmp_path / "a.parquet"), read(tmp_path / "b.parquet")
    assert first["id"].equals(second["id"])
    assert first["grid_code"].equals(second["grid_code"])
    assert (by_row.located, by_row.outside) == (by_line.located, by_line.outside)
    assert by_row.rows == 5000


def test_each_row_may_have_its_own_datum(tmp_path: Path) -> None:
    rows = []
    for crs in ("EPSG:4490", "GCJ-02", "BD-09", "EPSG:4548", ""):
        x, y = from_wgs84([PLACES[1][0]], [PLACES[1][1]], crs or "EPSG:4326")
        rows.append(f"{crs},{x[0]},{y[0]}")
    rows.append("EPSG:1,117,32")
    columns = replace(DEGREES, crs_field="datum")
    total = run(write_csv(tmp_path / "in.csv", rows, "datum,x,y"), tmp_path / "out.parquet", columns)
    assert read(tmp_path / "out.parquet")["grid_code"].to_pylist() == ["0343"] * 5 + [None]
    assert [(one.place, "EPSG:1" in one.reason) for _, one in total.rejects] == [("line 7", True)]
    without = replace(columns, crs=None)
    told = run(tmp_path / "in.csv", tmp_path / "out.parquet", without).rejects
    assert [one.place for _, one in told] == ["line 6", "line 7"]


def test_rows_that_cannot_be_located_are_kept_and_named(tmp_path: Path) -> None:
    x, y = PLACES[0]
    rows = [f"a,{x},{y}", f"b,,{y}", "c,east,north", f"d,{y},{x}", "e,nan,inf", f"f, {x} ,{y}", "g,,"]
    path, rejects = write_csv(tmp_path / "in.csv", rows), tmp_path / "rejects.csv"
    total = run(path, tmp_path / "out.csv", rejects=rejects)
    assert (total.rows, total.located, total.outside, total.rejected, total.left_out) == (7, 2, 0, 5, 0)
    assert [one.place for _, one in total.rejects] == ["line 3", "line 4", "line 5", "line 6", "line 8"]
    listed = rejects.read_text("utf-8").splitlines()
    assert listed[0] == "file,place,reason,content"
    assert listed[1] == f"{path},line 3,x is empty,"
    assert "latitude" in listed[3]
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 8


def test_points_beyond_the_bounds_of_the_city_are_refused(tmp_path: Path) -> None:
    columns = replace(DEGREES, bounds=(73, 3, 136, 54))
    total = run(write_csv(tmp_path / "in.csv", ["a,2.35,48.85"]), tmp_path / "out.csv", columns)
    assert (total.outside, total.rejected) == (0, 1)


@pytest.mark.parametrize(
    ("columns", "error", "words"),
    [
        (Columns(), InvalidInput, "--x-field"),
        (Columns(x_field="x"), InvalidInput, "both columns"),
        (Columns(x_field="x", y_field="y"), InvalidInput, "datum"),
        (Columns(x_field="x", y_field="y", crs="WGS-72"), UnknownDatum, "not known"),
        (Columns(x_field="x", y_field="y", crs="EPSG:2384"), UnknownDatum, "not public"),
        (replace(DEGREES, y_field="lat"), InvalidInput, "no column lat; it has id, x, y"),
        (replace(DEGREES, crs_field="datum"), InvalidInput, "no column datum"),
    ],
)
def test_what_is_declared_wrongly_is_told(
    tmp_path: Path, columns: Columns, error: type[GridsvcError], words: str
) -> None:
    with pytest.raises(error, match=words):
        run(places_csv(tmp_path / "in.csv"), tmp_path / "out.csv", columns)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_columns_that_are_there_already_are_not_overwritten(tmp_path: Path) -> None:
    run(places_csv(tmp_path / "in.csv"), tmp_path / "once.csv")
    with pytest.raises(InvalidInput, match="grid_code, community_code already"):
        run(tmp_path / "once.csv", tmp_path / "twice.csv")
    run(tmp_path / "once.csv", tmp_path / "twice.csv", replace(DEGREES, suffix="_new"))
    assert (tmp_path / "twice.csv").read_text().startswith("id,x,y,grid_code,community_code,grid_code_new,")


def test_a_column_of_something_else_is_no_coordinate(tmp_path: Path) -> None:
    parquet.write_table(places_table(when=pa.array([0] * 4, type=pa.date32())), tmp_path / "in.parquet")
    with pytest.raises(InvalidInput, match="when holds date32"):
        run(tmp_path / "in.parquet", tmp_path / "out.parquet", replace(DEGREES, x_field="when"))


def test_parquet_that_is_cut_off_or_damaged_leaves_nothing(tmp_path: Path) -> None:
    parquet.write_table(places_table(), tmp_path / "whole.parquet")
    whole = (tmp_path / "whole.parquet").read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"PAR1", whole[:40] + b"\xff" * 60 + whole[100:]):
        (tmp_path / "in.parquet").write_bytes(content)
        with pytest.raises(UnreadableFile, match=r"in\.parquet: .*Parquet"):
            run(tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "whole.parquet"]


def test_names_of_files_decide_what_is_written(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.parquet"
    assert [job.output for job in jobs_for([first], tmp_path / "c.parquet")] == [tmp_path / "c.parquet"]
    assert [job.output for job in jobs_for([first, second], tmp_path / "out")] == [
        tmp_path / "out" / "a.csv",
        tmp_path / "out" / "b.parquet",
    ]
    with pytest.raises(InvalidInput, match="overwritten"):
        jobs_for([first], first)
    with pytest.raises(InvalidInput, match="ends with none"):
        jobs_for([tmp_path / "a.xlsx"], tmp_path / "b.csv")
    with pytest.raises(InvalidInput, match="same name"):
        jobs_for([first, tmp_path / "other" / "a.csv"], tmp_path / "out")
