"""Excel in and out: explanations skipped, errors named by their cell, a preview that does nothing, all rows or none."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import Forbidden, InvalidInput
from gridsvc.infra.sheets import Sheet, SheetRow, read_sheet
from gridsvc.people.answer import who_answers
from gridsvc.people.files.bringing import Brought, bring_in
from gridsvc.people.files.columns import COLUMNS, Kind, letter
from gridsvc.people.files.listing import lines_of
from gridsvc.people.files.reading import moment
from gridsvc.people.files.taking import Circumstances
from gridsvc.people.files.writing import workbook
from gridsvc.people.queries import posts, workers
from tests.fixtures.ground import COMMUNITY
from tests.people.team import DAY, NOW, PLANNER, SUPERVISOR, Team, check_constraints, lay_team

Rows = list[list[Any]]

CITY_TIME = "Asia/Shanghai"
WEST, EAST = f"{COMMUNITY}001", f"{COMMUNITY}002"


@pytest.fixture
def team(session: Session) -> Team:
    return lay_team(session)


def header(kind: Kind) -> list[str]:
    return [column.header for column in COLUMNS[kind]]


def saved(folder: Path, rows: Rows, merged: str | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    path = folder / "table.xlsx"
    book.save(path)
    return path


def sheet_of(rows: Rows) -> Sheet:
    """What is read of a file with these rows, without the file."""
    words = [tuple("" if value is None else str(value) for value in row) for row in rows]
    return Sheet(words[0], tuple(SheetRow(number, row) for number, row in enumerate(words[1:], 2) if any(row)))


def bring(
    session: Session, kind: Kind, table: Path | Rows, *, dry_run: bool = False, actor: Actor = PLANNER
) -> Brought:
    given = Circumstances(actor, NOW, CITY_TIME, "backup")
    sheet = read_sheet(table) if isinstance(table, Path) else sheet_of(table)
    return bring_in(session, kind, sheet, given, dry_run=dry_run)


def faults_of(session: Session, kind: Kind, path: Path | Rows) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as error:
        bring(session, kind, path)
    return [(fault.place, fault.code) for fault in error.value.faults]


def test_workers_are_added_and_changed_and_a_preview_stores_nothing(
    session: Session, team: Team, tmp_path: Path
) -> None:
    rows: Rows = [
        header("workers"),
        ["说明：填写说明见表头", "必填", "", "", "", ""],
        ["A", "示例甲", COMMUNITY, "000-0000-000A".replace("A", "1"), "网格", "窗口、综治调解"],
        ["W-7", "示例七", COMMUNITY, None, None, None],
        ["B", "示例B", COMMUNITY, "000-0000-0002", None, None],
    ]
    path = saved(tmp_path, rows)
    preview = bring(session, "workers", path, dry_run=True)
    assert [(row, done.action, done.what) for row, done in preview.done] == [
        (3, "change", "A"),
        (4, "add", "W-7"),
        (5, "change", "B"),
    ]
    assert preview.done[0][1].before["name"] == "示例A"
    assert "W-7" not in workers.worker_numbers(session, ["W-7"])
    done = bring(session, "workers", path)
    assert (done.count("add"), done.count("change")) == (1, 2)
    assert [row.rank for row in workers.functions_of(session, [team["A"]], NOW)] == ["main", "second", "second"]
    again = bring(session, "workers", path)
    assert (again.count("same"), again.read) == (3, 3)


def test_a_wrong_cell_is_named_and_nothing_is_stored(session: Session, team: Team) -> None:
    rows: Rows = [header("workers"), ["W-1", "示例一", COMMUNITY]]
    rows += [["W-2", "", "34030200100"], ["W-3", "示例三", "999999999999"], ["W-1", "示例一", COMMUNITY]]
    found = faults_of(session, "workers", rows)
    assert found == [("cell B3", "missing"), ("cell C3", "wrong_form"), ("cell A5", "row_twice")]
    rows[2][1:], rows[4][0] = ["示例二", COMMUNITY], "W-4"
    assert faults_of(session, "workers", rows) == [("cell C4", "unknown_community")]
    assert not workers.worker_numbers(session, ["W-1", "W-2", "W-3", "W-4"])


def test_merged_cells_are_refused_by_their_place(session: Session, team: Team, tmp_path: Path) -> None:
    rows: Rows = [header("workers"), ["W-1", "示例一", COMMUNITY], ["W-2", "示例二", COMMUNITY]]
    found = faults_of(session, "workers", saved(tmp_path, rows, merged="C2:C3"))
    assert ("cell C2:C3", "merged_cells") in found
    assert ("cell C3", "missing") in found


def test_swapped_columns_are_named_not_swallowed(session: Session, team: Team) -> None:
    rows: Rows = [["工号", "姓名", "社区代码", "电话"]]
    rows += [[f"W-{n}", f"示例{n}", f"000-0000-000{n}", COMMUNITY] for n in range(5)]
    found = faults_of(session, "workers", rows)
    assert found == [("cell C1", "swapped_columns"), ("cell D1", "swapped_columns")]


def test_columns_may_stand_in_any_order_but_must_be_there(session: Session, team: Team) -> None:
    path = [["社区代码", "姓名*", "工号（必填）"], [COMMUNITY, "示例一", "W-1"]]
    assert bring(session, "workers", path).count("add") == 1
    found = faults_of(session, "workers", [["工号", "姓名", "爱好"], ["W-2", "示例二", "书法"]])
    assert found == [("row 1", "missing_column"), ("cell C1", "unknown_column")]


def test_responsibilities_change_hands_by_a_table(session: Session, team: Team) -> None:
    rows: Rows = [
        header("responsibilities"),
        [WEST, "A岗", "D", "", "2026-11-25", None],
        [EAST, "A岗", None, "", "2026/11/25", None],
        [EAST, "B岗", "B", "", "2026年11月25日", "2026-11-30"],
    ]
    done = bring(session, "responsibilities", rows)
    assert done.count("change") == 3
    then = who_answers(session, NOW + 5 * DAY)
    west, east = then[team.ground.west], then[team.ground.east]
    assert west.main is not None
    assert east.backup is not None
    assert (west.main.id, east.main, east.backup.id) == (team["D"], None, team["B"])
    assert who_answers(session, NOW + 12 * DAY)[team.ground.east].backup is None
    check_constraints(session)


def test_overlapping_responsibilities_are_refused_by_their_cell(session: Session, team: Team) -> None:
    rows: Rows = [
        header("responsibilities"),
        [WEST, "A岗", "D", "", "2026-12-25", None],
        [WEST, "A岗", "C", "", "2026-11-25", None],
        [EAST, "B岗", "C", "", "2026-11-25", None],
        ["340302001001999", "A岗", "C", "", "2026-11-25", None],
        [EAST, "A岗", "Z", "", "2026-11-25", None],
    ]
    assert faults_of(session, "responsibilities", rows) == [
        ("cell E3", "later_appointment"),
        ("cell C4", "is_main"),
        ("cell A5", "not_found"),
        ("cell C6", "unknown_worker"),
    ]


def test_posts_and_teams_come_in(session: Session, team: Team) -> None:
    rows: Rows = [header("posts"), ["P-1", COMMUNITY, "网格", None, "A", None, None]]
    rows += [["P-2", COMMUNITY, "窗口", None, None, None, "2026-01-01"]]
    assert bring(session, "posts", rows).count("add") == 2
    rows[1][4], rows[2][4] = None, "A"
    assert bring(session, "posts", rows).count("change") == 2
    members: Rows = [header("team"), [WEST, "网格长", "A", None, None, None, None]]
    members += [[WEST, "志愿者", None, "示例志愿者", "000-0000-0099", None, None]]
    assert bring(session, "team", members).count("add") == 2
    assert bring(session, "team", members).count("same") == 2
    members[1][1] = "大王"
    assert faults_of(session, "team", members) == [("cell B2", "unknown_role")]


def test_posts_change_hands_among_the_rows_of_a_table(session: Session, team: Team) -> None:
    rows: Rows = [header("posts"), ["P-1", COMMUNITY, "网格", None, "A", None, "2026-01-01"]]
    rows += [["P-2", COMMUNITY, "网格", None, "B", None, "2026-01-01"]]
    assert bring(session, "posts", rows).count("add") == 2
    rows = [header("posts"), ["P-1", COMMUNITY, "网格", None, "B", None, "2026-03-01"]]
    rows += [["P-2", COMMUNITY, "网格", None, "A", None, "2026-03-01"], ["P-3", COMMUNITY, "网格", None, "C"]]
    assert [done.action for _, done in bring(session, "posts", rows).done] == ["change", "change", "add"]
    assert posts.posts_of(session, [team["A"], team["B"]], NOW) == {team["A"]: "P-2", team["B"]: "P-1"}
    rows += [["P-4", COMMUNITY, "网格", None, "C"], ["P-5", COMMUNITY, "网格", "S-9"], ["P-6", "999999999999", "网格"]]
    assert faults_of(session, "posts", rows) == [
        ("cell E5", "worker_twice"),
        ("cell D6", "unknown_station"),
        ("cell B7", "unknown_area"),
    ]


def test_a_row_sees_what_the_rows_above_it_did_with_the_same_grid(session: Session, team: Team) -> None:
    rows: Rows = [header("responsibilities"), [WEST, "A岗", "D", "", "2026-11-25", None]]
    rows += [[EAST, "A岗", "D", "", "2026-11-25", None], [WEST, "B岗", "D", "", "2026-11-25", None]]
    assert faults_of(session, "responsibilities", rows) == [("cell C4", "is_main")]
    rows[3][2] = "A"
    assert bring(session, "responsibilities", rows).count("change") == 3
    west = who_answers(session, NOW + 5 * DAY)[team.ground.west]
    assert west.main is not None
    assert west.backup is not None
    assert (west.main.id, west.backup.id) == (team["D"], team["A"])
    check_constraints(session)


def test_a_long_table_takes_as_few_statements_as_a_short_one(session: Session, team: Team) -> None:
    taken = []
    for first, many in ((0, 3), (100, 60)):
        asked: list[str] = []
        with listening(session, asked):
            names = [f"W-{number}" for number in range(first, first + many)]
            phones = ["000-0000-0001" if number % 2 else None for number in range(many)]
            rows: Rows = [header("workers")]
            rows += [[n, "示例", COMMUNITY, p, "网格", "综治调解"] for n, p in zip(names, phones, strict=True)]
            bring(session, "workers", rows)
            bring(session, "posts", [header("posts"), *([f"P{n}", COMMUNITY, "网格", None, n] for n in names)])
        taken.append(len(asked))
    assert taken[0] == taken[1]


@contextmanager
def listening(session: Session, asked: list[str]) -> Iterator[None]:
    """Collects the statements that go out inside the block."""

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield
    event.remove(connection, "before_cursor_execute", note)


def test_leaves_come_in_requested_or_approved(session: Session, team: Team) -> None:
    rows: Rows = [
        header("leaves"),
        ["A", "", "2026-11-25", "2026-11-26", "年休假", "已批准", None],
        ["C", "", "2026-11-25", "2026-11-26", "年休假", None, "D"],
    ]
    path = rows
    assert bring(session, "leaves", path, actor=SUPERVISOR).count("add") == 2
    assert bring(session, "leaves", path, actor=SUPERVISOR).count("same") == 2
    answer = who_answers(session, NOW + 5 * DAY)[team.ground.west]
    assert (answer.role, answer.on_leave_until) == ("backup", moment("2026-11-27", CITY_TIME))


@pytest.mark.parametrize("kind", list(COLUMNS))
def test_what_goes_out_comes_in_again_as_the_same(session: Session, team: Team, kind: Kind) -> None:
    test_posts_and_teams_come_in(session, team)
    test_leaves_come_in_requested_or_approved(session, team)
    # The workers of these tests have letters in their phone numbers, which no register would have taken.
    session.execute(text("UPDATE worker SET phone = NULL"))
    lines = lines_of(session, SUPERVISOR, kind, NOW)
    assert lines
    sheet = load_workbook(BytesIO(workbook(kind, lines, CITY_TIME))).active
    assert sheet is not None
    done = bring(session, kind, [[cell.value for cell in row] for row in sheet.iter_rows()], actor=SUPERVISOR)
    assert (done.count("same"), done.read) == (len(lines), len(lines))


def test_a_table_explains_itself_and_keeps_texts_as_texts() -> None:
    book = load_workbook(BytesIO(workbook("workers", [{"number": "001", "name": "=1+1"}], CITY_TIME)))
    sheet = book.active
    assert sheet is not None
    rows: Rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == header("workers")
    assert str(rows[1][0]).startswith("说明")
    assert rows[2][:2] == ["001", "=1+1"]
    assert sheet["B3"].data_type == "s"


def test_only_who_may_export_personal_data_gets_it(session: Session, team: Team) -> None:
    with pytest.raises(Forbidden):
        lines_of(session, PLANNER, "workers", NOW)


def test_columns_have_the_letters_of_the_program() -> None:
    assert [letter(place) for place in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


@pytest.mark.parametrize("words", ["2026-02-30", "2026-13-01", "明天"])
def test_there_is_no_such_day(words: str) -> None:
    assert moment(words, CITY_TIME) is None
