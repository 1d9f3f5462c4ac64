"""People as tables by command: tried out, brought in, refused by cell, and taken out again."""

import json
from pathlib import Path

from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine, text

from gridsvc.infra.databases import Database
from tests.cli.in_process import Answer, gridsvc
from tests.fixtures.ground import COMMUNITY, TREE


def people(database: Database, *arguments: str) -> Answer:
    return gridsvc(database, "people", *arguments, "--json")


def table(folder: Path, *rows: tuple[str, ...]) -> str:
    book = Workbook()
    assert book.active is not None
    for row in (("工号", "姓名", "社区代码"), *rows):
        book.active.append(row)
    book.save(folder / "in.xlsx")
    return str(folder / "in.xlsx")


def test_workers_come_in_and_go_out_by_command(fresh_database: Database, fresh_engine: Engine, tmp_path: Path) -> None:
    with fresh_engine.begin() as connection:
        for code, name, parent in TREE:
            row = {"code": code, "name": name, "parent": parent}
            connection.execute(text("INSERT INTO management_node VALUES (:code, :name, :parent, :code)"), row)
    rows = (("W-1", "示例一", COMMUNITY), ("W-2", "示例二", COMMUNITY))
    tried = people(fresh_database, "import", table(tmp_path, *rows), "--kind", "workers", "--dry-run")
    assert (tried.returncode, json.loads(tried.stdout)["add"]) == (0, 2), tried.stderr
    wrong = people(fresh_database, "import", table(tmp_path, *rows, ("W-3", "", COMMUNITY)), "--kind", "workers")
    assert wrong.returncode == 1
    assert json.loads(wrong.stdout)["error"]["faults"][0]["place"] == "cell B4"
    done = people(fresh_database, "import", table(tmp_path, *rows), "--kind", "workers")
    assert json.loads(done.stdout)["add"] == 2
    out = people(fresh_database, "export", str(tmp_path / "out.xlsx"), "--kind", "workers")
    assert json.loads(out.stdout) == {"kind": "workers", "rows": 2}
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == ["W-1", "W-2"]
    assert people(fresh_database, "export", str(tmp_path / "x.xlsx"), "--kind", "cats").returncode == 2
