"""`gridsvc locate` from end to end: nets of the city and of files, totals, rejected rows, bounded memory."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from pyarrow.csv import WriteOptions, write_csv
from shapely import Point
from sqlalchemy import Engine, text
from typer.testing import CliRunner, Result

from gridsvc.cli import exit_code, locate
from gridsvc.core.errors import GridsvcError
from gridsvc.infra.databases import Database
from gridsvc.infra.db import unit_of_work
from gridsvc.infra.settings import get_settings
from tests.core.pictures import corner, draw
from tests.fixtures.layers import in_crs, write_geojson, write_layer, zipped
from tests.fixtures.small_net import CODES, lay_small_net, middle

DEGREES = ("--x-field", "x", "--y-field", "y", "--crs", "EPSG:4490")
# The command as it is, with smaller parts, so that a smaller file has more of them than are under way at once.
WATCHED = """
from gridsvc.cli import main
from gridsvc.geography.bulklocate import csv_source, parquet_source
csv_source.BLOCK_BYTES, parquet_source.PART_ROWS = 1 << 20, 1 << 14
try:
    main()
finally:
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
MEGABYTE = 1 << 20


@pytest.fixture
def city(fresh_database: Database, fresh_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A city with four grids, on a server of its own."""
    with unit_of_work(fresh_engine) as session:
        lay_small_net(session)
    monkeypatch.setenv("GRIDSVC_DATABASE_URL", fresh_database.url)
    get_settings.cache_clear()
    yield fresh_engine
    get_settings.cache_clear()


def called(*arguments: object) -> Result:
    answer = CliRunner().invoke(locate.app, [str(argument) for argument in arguments])
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer


def told(*arguments: object) -> dict[str, Any]:
    answer = called(*arguments, "--json")
    return {"exit": answer.exit_code, **json.loads(answer.stdout)}


def points_file(folder: Path, letters: str = "ABCD", more: str = "") -> Path:
    lines = [f"{letter},{middle(letter)[0]},{middle(letter)[1]}" for letter in letters]
    path = folder / "points.csv"
    path.write_text("\n".join(["name,x,y", *lines]) + "\n" + more, encoding="utf-8")
    return path


def polygon_file(folder: Path) -> Path:
    shapes = in_crs(list(draw("ab/cd").values()), "EPSG:4548")
    columns = {"编码": ["01", "02", "03", "04"], "社区": ["甲", "甲", "乙", "乙"]}
    return zipped(write_layer(folder / "net.shp", shapes, columns, crs="EPSG:4548", encoding="gbk"))


def test_points_find_the_citys_grids(city: Engine, tmp_path: Path) -> None:
    answer = told(points_file(tmp_path, more="out,117.9,32.9\n"), "-o", tmp_path / "out.csv", *DEGREES)
    wanted = {"exit": 0, "files": 1, "rows": 5, "located": 4, "outside": 1, "rejected": 0, "net": "net version 1"}
    assert {key: answer[key] for key in wanted} == wanted
    lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[3] for line in lines] == [*CODES.values(), ""]
    assert lines[0].endswith(f",{CODES['A']},{CODES['A'][:12]}")


def test_a_past_net_answers_for_its_time(city: Engine, tmp_path: Path) -> None:
    with city.begin() as connection:
        moment = {"at": datetime(2026, 3, 1, tzinfo=UTC)}
        connection.execute(
            text(
                "INSERT INTO net_version (id, net_id, number, published_at, effective_at, published_by) "
                "SELECT gen_random_uuid(), net_id, 2, :at, :at, 'test' FROM net_version"
            ),
            moment,
        )
        connection.execute(
            text("UPDATE grid_version SET valid = tstzrange(lower(valid), :at) WHERE code = :code"),
            moment | {"code": CODES["A"]},
        )
    points, out = points_file(tmp_path), tmp_path / "out.csv"
    assert told(points, "-o", out, *DEGREES)["located"] == 3
    assert told(points, "-o", out, *DEGREES, "--as-of", "2026-02-28")["located"] == 4
    assert told(points, "-o", out, *DEGREES, "--as-of", "2026-03-01T08:00:00+08:00")["located"] == 3
    for moment_text, code in (("2020-01-01", "not_found"), ("soon", "invalid_input")):
        with pytest.raises(GridsvcError) as error:
            called(points, "-o", out, *DEGREES, "--as-of", moment_text)
        assert error.value.code == code


def test_polygons_of_a_file_need_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDSVC_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    get_settings.cache_clear()
    x, y = corner(1, 0.5)
    points = tmp_path / "points.csv"
    points.write_text(f"x,y\n{x},{y}\n", encoding="utf-8")
    how = ("--net", polygon_file(tmp_path), "--code-field", "编码")
    answer = told(points, "-o", tmp_path / "out.csv", *DEGREES, *how, "--community-field", "社区", "--border-distance")
    assert (answer["located"], answer["net"]) == (1, "net.zip")
    head, line = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert head == "x,y,grid_code,community_code,border_distance_m"
    assert line == f"{x},{y},01,甲,0"
    called(points, "-o", tmp_path / "plain.csv", *DEGREES, *how)
    assert (tmp_path / "plain.csv").read_text("utf-8").splitlines()[1] == f"{x},{y},01,"
    get_settings.cache_clear()


def test_polygons_that_do_not_say_their_datum_have_that_of_the_points(tmp_path: Path) -> None:
    net = write_geojson(tmp_path / "net.geojson", in_crs(list(draw("ab/cd").values()), "GCJ-02"), {"c": list("1234")})
    x, y = corner(0.5, 0.5)
    for crs in ("GCJ-02", "EPSG:4490"):
        [shape] = in_crs([Point(x, y)], crs)
        points = tmp_path / "points.csv"
        points.write_text(f"x,y\n{shape.x},{shape.y}\n", encoding="utf-8")
        how = (*DEGREES[:4], "--crs", crs, "--net", net, "--code-field", "c")
        told_by_net = () if crs == "GCJ-02" else ("--net-crs", "GCJ-02")
        assert told(points, "-o", tmp_path / "out.csv", *how, *told_by_net)["located"] == 1
        assert (tmp_path / "out.csv").read_text("utf-8").endswith(",1,\n")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"c": ["1", "1", "3", "4"]}, "the code 1 stands at feature 1 too"),
        ({"c": ["1", "", "3", "4"]}, "feature 2: the code is missing"),
        ({"d": ["1", "2", "3", "4"]}, "no field 'c'"),
    ],
)
def test_polygons_without_codes_of_their_own_are_refused(
    tmp_path: Path, columns: dict[str, list[str]], words: str
) -> None:
    net = write_geojson(tmp_path / "net.geojson", list(draw("ab/cd").values()), columns)
    with pytest.raises(GridsvcError, match=words):
        called(
            *(points_file(tmp_path), "-o", tmp_path / "out.csv", *DEGREES),
            *("--net", net, "--code-field", "c", "--net-crs", "EPSG:4490"),
        )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--net", "here"), "--code-field"),
        (("--net", "here", "--code-field", "c", "--as-of", "2026-01-01"), "no past"),
        (("--community-field", "c"), "belong to --net"),
        (("--crs-field", "datum"), "no column datum"),
        (("--suffix", "x", "--crs", "EPSG:99999"), "not in the EPSG register"),
    ],
)
def test_wrong_use_is_told(city: Engine, tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    points = points_file(tmp_path)
    with pytest.raises(GridsvcError, match=words) as error:
        called(
            points, "-o", tmp_path / "out.csv", *DEGREES, *(str(points) if one == "here" else one for one in options)
        )
    assert exit_code(error.value) == 2


def test_rejected_rows_end_with_one_and_are_listed(city: Engine, tmp_path: Path) -> None:
    points = points_file(tmp_path, more="bad,north,east\nshort\n")
    plain = called(points, "-o", tmp_path / "out.csv", *DEGREES)
    assert plain.exit_code == 1
    assert "5 rows by net version 1: 4 in a grid, 0 outside, 2 rejected" in plain.stdout
    assert "line 6: x: 'north' is not a number." in plain.stderr
    assert "line 7: The row has 1 cells" in plain.stderr
    assert "points.csv: 100 %" in plain.stderr
    answer = told(points, "-o", tmp_path / "out.csv", *DEGREES, "--rejects", tmp_path / "rejects.csv")
    assert (answer["exit"], answer["rejected"], answer["left_out"], answer["faults"]) == (1, 2, 1, [])
    listed = (tmp_path / "rejects.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[1] for line in listed] == ["place", "line 6", "line 7"]
    assert listed[2].endswith(",short")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "points.csv", "rejects.csv"]


def test_several_files_go_to_a_folder(city: Engine, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    first = points_file(tmp_path / "one", "AB").rename(tmp_path / "one" / "first.csv")
    second = points_file(tmp_path / "two", "C", "bad,1,\n")
    rejects = tmp_path / "rejects.csv"
    answer = told(first, second, "-o", tmp_path / "out", *DEGREES, "--rejects", rejects)
    assert (answer["files"], answer["rows"], answer["rejected"]) == (2, 4, 1)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["first.csv", "points.csv"]
    assert rejects.read_text("utf-8").splitlines()[1] == f"{second},line 3,y is empty,"


def random_points(rows: int) -> pa.Table:
    random = np.random.default_rng(rows)
    return pa.table(
        {
            "x": random.uniform(117.379, 117.383, rows),
            "y": random.uniform(32.927, 32.931, rows),
            "text": pa.array(random.integers(0, 2**63, rows)).cast(pa.string()),
        }
    )


def parquet_of(path: Path, rows: int) -> Path:
    """One large row group."""
    parquet.write_table(random_points(rows), path.with_suffix(".parquet"), row_group_size=rows)
    return path.with_suffix(".parquet")


def csv_of(path: Path, rows: int) -> Path:
    write_csv(random_points(rows), path.with_suffix(".csv"), WriteOptions(quoting_style="none"))
    return path.with_suffix(".csv")


def peak_bytes(*arguments: object) -> int:
    """The largest resident size of a command in a process of its own, as the process saw itself."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "locate", *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[-1]) * 1024


@pytest.mark.parametrize("make", [pytest.param(parquet_of, marks=pytest.mark.slow), csv_of])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, make: Callable[[Path, int], Path]) -> None:
    import_module("gridsvc.core.locate")  # so that none of the two has to compile
    how = ("-o", tmp_path / "out.parquet", *DEGREES, "--net", polygon_file(tmp_path), "--code-field", "编码")
    small, large = (make(tmp_path / str(rows), rows) for rows in (200_000, 3_000_000))
    assert large.stat().st_size - small.stat().st_size > 80 * MEGABYTE
    grown = peak_bytes(large, *how, "--threads", "1") - peak_bytes(small, *how, "--threads", "1")
    assert grown < 60 * MEGABYTE  # allocators differ by 30 from run to run; the rows of the larger one take over 100
