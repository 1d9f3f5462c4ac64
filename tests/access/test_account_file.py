"""Accounts from a table: every wrong row is named, and all accounts are made or none."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access import account_file, identity
from gridsvc.access.account_file import Checked, Workers
from gridsvc.access.identity import Actor, SessionLimits
from gridsvc.core.errors import InvalidInput
from gridsvc.infra.db import new_id
from gridsvc.infra.sheets import Sheet, SheetRow, read_sheet
from gridsvc.people import accounts as people
from gridsvc.people.tables import Worker
from tests.access.offices import CITY, EAST, NOW, STREET, WEST, appoint, plant_tree, stand
from tests.fixtures.ground import COMMUNITY

HEADER = ("用户名", "姓名", "角色", "所属", "管辖范围", "有效期至", "工号")
GOOD = (
    ("wang.li", "王丽（示例）", "派遣员", STREET, "", "2027-06-30", ""),
    ("zhao", "赵示例", "planner", EAST, STREET, "", ""),
    ("sun", "孙示例", "网格员", COMMUNITY, "", "", "W1"),
)


@pytest.fixture
def chief(session: Session) -> Actor:
    plant_tree(session)
    for number, community in (("W1", COMMUNITY), ("W2", "340303001001")):
        session.add(Worker(id=new_id(), number=number, name="示例", community_code=community))
    session.flush()
    return appoint(session, "chief", "administrator", CITY)


def workers(session: Session, actor: Actor) -> Workers:
    return Workers(
        linkable=lambda numbers: people.linkable(session, actor.scope, numbers),
        link=lambda number, account: people.give_account(session, actor.scope, number, account),
    )


def sheet(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Sheet:
    return Sheet(header, tuple(SheetRow(number, row) for number, row in enumerate(rows, start=2)))


def check(session: Session, actor: Actor, given: Sheet) -> Checked:
    return account_file.check_accounts(
        session, actor, given, workers(session, actor), now=NOW, timezone="Asia/Shanghai"
    )


def test_every_row_becomes_an_account_with_its_role_and_a_one_time_password(session: Session, chief: Actor) -> None:
    checked = check(session, chief, sheet(*GOOD))
    assert checked.faults == ()
    made = account_file.import_accounts(session, chief, checked, workers(session, chief), now=NOW)
    assert [(each.row, each.username) for each in made] == [(2, "wang.li"), (3, "zhao"), (4, "sun")]
    limits = SessionLimits(NOW - NOW.replace(hour=0), NOW - NOW.replace(hour=0))
    for each in made:
        assert identity.log_in(session, username=each.username, password=each.one_time_password, now=NOW, limits=limits)
    wang, zhao, sun = (stand(session, each.account_id, each.username) for each in made)
    assert [set(actor.roles) for actor in (wang, zhao, sun)] == [{"dispatcher"}, {"planner"}, {"worker"}]
    assert zhao.scope.community_codes == {COMMUNITY, "340302001002"}
    assert session.scalar(text("SELECT account_id FROM worker WHERE number = 'W1'")) == sun.account_id
    end = session.scalar(text("SELECT upper(valid) FROM grant_ WHERE account_id = :id"), {"id": wang.account_id})
    assert end == datetime(2027, 6, 30, 16, tzinfo=UTC), "the last day is held to its end, in the city"


def test_looking_at_a_table_stores_nothing(session: Session, chief: Actor) -> None:
    check(session, chief, sheet(*GOOD))
    assert session.scalars(text("SELECT username FROM account")).all() == ["chief"]


def test_every_wrong_cell_is_named(session: Session, chief: Actor) -> None:
    given = sheet(
        GOOD[0],
        ("", "无名", "planner", EAST, "", "", ""),
        ("a b", "示例", "planner", EAST, "", "", ""),
        ("chief", "示例", "planner", EAST, "", "", ""),
        ("wang.li", "示例", "planner", EAST, "", "", ""),
        ("q", "示例", "皇帝", EAST, "", "", ""),
        ("r", "示例", "planner", "999", "", "", ""),
        ("s", "示例", "planner", EAST, "", "30.6.2027", ""),
        ("t", "示例", "planner", EAST, "", "2020-01-01", ""),
        ("u", "示例", "worker", COMMUNITY, COMMUNITY, "", ""),
        ("v", "示例", "worker", COMMUNITY, "", "", "W9"),
    )
    faults = check(session, chief, given).faults
    assert {(fault.place, fault.code) for fault in faults} == {
        ("row 3, username", "missing"),
        ("row 4, username", "bad_character"),
        ("row 5, username", "username_taken"),
        ("row 6, username", "username_taken"),
        ("row 7, role", "unknown_role"),
        ("row 8, node", "unknown_node"),
        ("row 8, over", "unknown_node"),
        ("row 9, until", "not_a_day"),
        ("row 10, until", "out_of_range"),
        ("row 11, over", "own_grids_only"),
        ("row 12, worker", "unknown_worker"),
    }


def test_one_wrong_row_stores_nothing(session: Session, chief: Actor) -> None:
    checked = check(session, chief, sheet(*GOOD, ("x", "示例", "皇帝", EAST, "", "", "")))
    assert len(checked.rows) == 3
    with pytest.raises(InvalidInput):
        account_file.import_accounts(session, chief, checked, workers(session, chief), now=NOW)
    assert session.scalars(text("SELECT username FROM account")).all() == ["chief"]


def test_a_district_brings_in_its_own_people_alone(session: Session, chief: Actor) -> None:
    east = appoint(session, "east", "administrator", EAST)
    given = sheet(
        ("a", "示例", "planner", WEST, "", "", ""),
        ("b", "示例", "worker", COMMUNITY, "", "", "W2"),
        ("c", "示例", "planner", "", EAST, "", ""),
    )
    assert {(fault.place, fault.code) for fault in check(session, east, given).faults} == {
        ("row 2, node", "unknown_node"),
        ("row 2, over", "unknown_node"),
        ("row 3, worker", "unknown_worker"),
        ("row 4, node", "unknown_node"),
    }


def test_a_worker_is_linked_once_in_a_table(session: Session, chief: Actor) -> None:
    twice = (GOOD[2], ("other", "示例", "网格员", COMMUNITY, "", "", "W1"))
    assert [fault.code for fault in check(session, chief, sheet(*twice)).faults] == ["unknown_worker"]


def test_a_table_without_the_columns_it_needs_is_refused(session: Session, chief: Actor) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(session, chief, sheet(("x",), header=("用户名",)))
    assert {fault.code for fault in refused.value.faults} == {"missing"}


def test_an_excel_table_is_read(session: Session, chief: Actor, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (HEADER, *GOOD):
        page.append(row)
    book.save(tmp_path / "accounts.xlsx")
    checked = check(session, chief, read_sheet(tmp_path / "accounts.xlsx"))
    assert (checked.faults, [row.username for row in checked.rows]) == ((), ["wang.li", "zhao", "sun"])
