"""`gridsvc import incidents` from end to end."""

import json
from pathlib import Path

from sqlalchemy import Engine, text

from gridsvc.infra.databases import Database
from gridsvc.infra.db import unit_of_work
from tests.cli.in_process import Answer, gridsvc
from tests.fixtures.small_net import lay_small_net, middle


def run(database: Database, *arguments: str) -> Answer:
    return gridsvc(database, "import", "incidents", *arguments)


def test_a_file_comes_in_once_with_its_bad_rows_told(
    fresh_database: Database, fresh_engine: Engine, tmp_path: Path
) -> None:
    with unit_of_work(fresh_engine) as session:
        lay_small_net(session)
    x, y = middle("A")
    path = tmp_path / "reports.csv"
    path.write_text(f"lon,lat,when\n{x},{y},2026-03-01 08:30\n{y},{x},2026-03-01\n", encoding="utf-8")
    how = ["--x-field", "lon", "--y-field", "lat", "--crs", "EPSG:4326", "--channel", "hotline", "--time-field", "when"]

    first = run(fresh_database, str(path), *how, "--json")
    told = json.loads(first.stdout)
    assert (first.returncode, told["added"], told["already_there"], told["rejected"]) == (1, 1, 0, 1)
    assert told["faults"][0]["place"] == "line 3, x"

    again = run(fresh_database, str(path), *how)
    assert again.returncode == 1
    assert "0 incidents added, 1 were there already, 1 rejected" in again.stdout
    assert "line 3, x" in again.stdout
    with unit_of_work(fresh_engine) as session:
        assert session.scalar(text("SELECT count(*) FROM incident")) == 1


def test_wrong_use_is_told_in_one_line(fresh_database: Database, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("lon,lat\n1,2\n", encoding="utf-8")
    wrong = run(fresh_database, str(path), "--x-field", "lon", "--y-field", "lat", "--channel", "hotline")
    assert wrong.returncode == 2
    assert "datum" in wrong.stderr
    zone = run(fresh_database, str(path), "--channel", "hotline", "--timezone", "Nowhere/There")
    assert zone.returncode == 2
