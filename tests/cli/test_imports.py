"""An own city from its own files: areas, blocks, doors and grids by command, or a report of what keeps them out."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from sqlalchemy import Engine, text
from typer.testing import CliRunner, Result

from gridsvc.cli import check, exit_code, export, imports
from gridsvc.core.errors import GridsvcError, NetHasFaults, UnknownDatum
from gridsvc.infra.databases import Database
from gridsvc.infra.settings import get_settings
from tests.core.pictures import corner, draw
from tests.fixtures.layers import in_crs, write_geojson, write_layer, zipped
from tests.fixtures.towns import CITY, DISTRICT, STREET, community_code

COMMUNITIES, GRIDS = draw("AABB/AABB"), draw("abcd/abcd")


@pytest.fixture
def own_server(fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GRIDSVC_DATABASE_URL", fresh_database.url)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def run(*arguments: object) -> dict[str, Any]:
    answer = called(*arguments)
    assert answer.exit_code == 0, answer.output
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def called(*arguments: object) -> Result:
    app = check.app if arguments[0] == "net" else imports.app
    answer = CliRunner().invoke(app, [str(argument) for argument in (*arguments, "--json")])
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer


def area_file(folder: Path) -> Path:
    whole = shapely.coverage_union_all(list(COMMUNITIES.values()))
    columns = {
        "代码": [CITY, DISTRICT, STREET, community_code(1), community_code(2)],
        "名称": ["合成市", "合成区", "合成街道", "合成甲社区", "合成乙社区"],
    }
    return write_layer(folder / "areas.gpkg", [whole] * 3 + list(COMMUNITIES.values()), columns, crs="EPSG:4490")


def grid_file(folder: Path, shapes: list[Any]) -> Path:
    columns: dict[str, list[Any]] = {"名称": ["甲格", "乙格", "丙格", "丁格"], "HH": [1, 2, 3, 4]}
    shapefile = write_layer(folder / "grids.shp", in_crs(shapes, "EPSG:4548"), columns, crs="EPSG:4548", encoding="gbk")
    return zipped(shapefile, without=[".cpg"])


@pytest.mark.usefixtures("own_server")
def test_a_city_from_its_own_files(tmp_path: Path, fresh_engine: Engine) -> None:
    areas = ("areas", area_file(tmp_path), "--code-field", "代码", "--name-field", "名称")
    assert run(*areas)["added"] == 5
    assert run(*areas) | {"crs": ""} == {"kind": "areas", "read": 5, "added": 0, "crs": "", "encoding": "utf-8"}
    blocks = write_geojson(tmp_path / "b.geojson", list(GRIDS.values()), {"c": ["1", "2", "3", "4"], "n": [7, 7, 7, 7]})
    counts = ("--count-fields", "households=n")
    assert run("blocks", blocks, "--crs", "EPSG:4490", "--code-field", "c", *counts)["added"] == 4
    point = in_crs([shapely.Point(corner(0.5, 1))], "GCJ-02")
    doors = write_geojson(tmp_path / "d.geojson", point, {"c": ["D1"], "a": ["合成路1号"]})
    assert run("doors", doors, "--crs", "GCJ-02", "--code-field", "c", "--address-field", "a")["added"] == 1
    published = run(
        "grids", grid_file(tmp_path, list(GRIDS.values())), "--name-field", "名称", "--count-fields", "households=HH"
    )
    assert (published["added"], published["net_version"], published["encoding"]) == (4, 1, "gb18030")
    assert run("net")["summary"]["faults"] == 0
    with fresh_engine.connect() as connection:
        vacant = "SELECT count(*) FROM responsibility WHERE worker_id IS NULL AND role = 'main'"
        assert connection.execute(text(vacant)).scalar_one() == 4
        names = "SELECT code, name, counts ->> 'households' FROM grid_version ORDER BY code"
        assert tuple(connection.execute(text(names)).first() or ()) == ("340302001001001", "甲格", "1")


@pytest.mark.usefixtures("own_server")
def test_grids_with_faults_are_refused_with_a_report(tmp_path: Path, fresh_engine: Engine) -> None:
    run("areas", area_file(tmp_path), "--code-field", "代码", "--name-field", "名称")
    smaller = [*list(GRIDS.values())[:3], draw("...d/....")["d"]]
    report = tmp_path / "faults.geojson"
    with pytest.raises(NetHasFaults) as error:
        run("grids", grid_file(tmp_path, smaller), "--report", report)
    assert exit_code(error.value) == 1
    features = json.loads(report.read_text())["features"]
    assert [feature["properties"]["kind"] for feature in features] == ["gap"]
    assert features[0]["geometry"]["type"] == "Polygon"
    with fresh_engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM grid_version")).scalar_one() == 0


@pytest.mark.usefixtures("own_server")
@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), UnknownDatum.code),
        (("--crs", "EPSG:4490", "--effective-at", "yesterday"), "invalid_input"),
        (("--crs", "EPSG:4490", "--effective-at", "2026-01-01T08:00:00"), "invalid_input"),
        (("--crs", "EPSG:4490", "--count-fields", "households"), "invalid_input"),
        (("--crs", "EPSG:4490", "--name-field", "nothing"), "missing_field"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, options: tuple[str, ...], code: str) -> None:
    path = write_geojson(tmp_path / "g.geojson", list(GRIDS.values()), {"n": ["甲", "乙", "丙", "丁"]})
    with pytest.raises(GridsvcError) as error:
        run("grids", path, *options)
    assert error.value.code == code
    assert exit_code(error.value) == 2


@pytest.mark.usefixtures("own_server")
def test_a_net_with_damage_ends_with_one(tmp_path: Path, fresh_engine: Engine) -> None:
    run("areas", area_file(tmp_path), "--code-field", "代码", "--name-field", "名称")
    run("grids", grid_file(tmp_path, list(GRIDS.values())), "--effective-at", "2026-01-01")
    with fresh_engine.begin() as connection:
        connection.execute(text("UPDATE grid_version SET geom = ST_Multi(ST_Buffer(geom, -0.0001))"))
    answer = called("net", "-o", tmp_path / "found.geojson")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout) == json.loads((tmp_path / "found.geojson").read_text())
    plain = CliRunner().invoke(check.app, ["net"])
    assert "faults" in plain.stdout
    assert "gap" in plain.stdout


@pytest.mark.usefixtures("own_server")
def test_what_came_in_goes_out_again(tmp_path: Path) -> None:
    run("areas", area_file(tmp_path), "--code-field", "代码", "--name-field", "名称")
    run("grids", grid_file(tmp_path, list(GRIDS.values())), "--effective-at", "2026-01-01")
    output = tmp_path / "out.geojson"
    told = CliRunner().invoke(export.app, ["grids", "-o", str(output)])
    assert "4 grids" in told.stdout
    assert len(json.loads(output.read_text())["features"]) == 4
