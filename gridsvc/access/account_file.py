"""Accounts from a table that somebody sends: every row checked and named, all of them made or none."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from gridsvc.access.accounts import PERMISSION, USERNAME, AccountDraft, make_account
from gridsvc.access.grants import GrantDraft, give_role
from gridsvc.access.identity import Actor
from gridsvc.access.queries import accounts, rights, tree
from gridsvc.access.reach import Reach, reach_of
from gridsvc.access.tables import Role
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.core.fields import text_faults
from gridsvc.infra.sheets import Sheet

MOST_ROWS = 3_000
LONGEST = 64
# A column and the names by which a table may call it, without regard to case.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "username": ("username", "用户名", "账号", "登录名"),
    "display_name": ("display_name", "name", "姓名", "名称"),
    "node": ("node", "所属", "所属单位", "所属区域"),
    "role": ("role", "角色"),
    "over": ("over", "管辖", "管辖范围"),
    "until": ("until", "有效期至"),
    "worker": ("worker", "工号", "网格员编号"),
}
NEEDED = ("username", "display_name", "role")


@dataclass(frozen=True)
class AccountRow:
    """A row: an account and the role that it is to hold. `over` is the node of the role, else that of the account."""

    number: int
    username: str
    display_name: str
    role: str
    node: str | None = None
    over: str | None = None
    until: datetime | None = None
    worker: str | None = None


@dataclass(frozen=True)
class ImportedAccount:
    """An account that was made from a row, and the password to hand over."""

    row: int
    account_id: UUID
    username: str
    one_time_password: str


@dataclass(frozen=True)
class Workers:
    """What the people's side offers: which numbers may be linked to an account, and the linking."""

    linkable: Callable[[Sequence[str]], frozenset[str]]
    link: Callable[[str, UUID], None]


@dataclass(frozen=True)
class Checked:
    """A table looked at: the rows that could be made, and what is wrong with the others."""

    read: int
    rows: tuple[AccountRow, ...]
    faults: tuple[Fault, ...]


def check_accounts(
    session: Session, actor: Actor, sheet: Sheet, workers: Workers, *, now: datetime, timezone: str
) -> Checked:
    """Look at every row and store nothing. Raises InvalidInput for a table without the columns it needs."""
    reach = reach_of(session, actor, PERMISSION, now)
    position = _positions(sheet)
    if len(sheet.rows) > MOST_ROWS:
        raise InvalidInput(f"A table may have {MOST_ROWS} rows; divide it.")
    known = _Known.read(session, reach, sheet, position, workers)
    good, faults = [], []
    for row in sheet.rows:
        cells = {column: row.cells[at] for column, at in position.items()}
        made, wrong = _row(row.number, cells, known, now, ZoneInfo(timezone))
        faults += wrong
        if made is not None:
            good.append(made)
    return Checked(len(sheet.rows), tuple(good), tuple(faults))


def import_accounts(
    session: Session, actor: Actor, checked: Checked, workers: Workers, *, now: datetime
) -> list[ImportedAccount]:
    """Make the accounts of a table, each with its role and a one-time password; refuses it all for one wrong row."""
    if checked.faults:
        raise InvalidInput("Some rows are wrong; nothing was stored.", faults=checked.faults)
    made = []
    for row in checked.rows:
        draft = AccountDraft(row.username, row.display_name, row.node)
        account, one_time = make_account(session, actor, draft, now=now)
        give_role(session, actor, account.id, GrantDraft(row.role, row.over, now, row.until), now=now)
        if row.worker is not None:
            workers.link(row.worker, account.id)
        made.append(ImportedAccount(row.number, account.id, row.username, one_time or ""))
    return made


@dataclass
class _Known:
    """What the rows are compared with, read once."""

    reach: Reach
    nodes: frozenset[str]
    roles: Mapping[str, Role]
    taken: set[str]
    linkable: frozenset[str]

    @classmethod
    def read(
        cls, session: Session, reach: Reach, sheet: Sheet, position: Mapping[str, int], workers: Workers
    ) -> "_Known":
        def column(name: str) -> list[str]:
            return sorted({row.cells[position[name]] for row in sheet.rows} - {""}) if name in position else []

        roles = {name: role for role in rights.roles(session) for name in (role.code, role.name_zh, role.name_en)}
        nodes = frozenset(node.code for node in tree.nodes(session, {*column("node"), *column("over")}))
        numbers = column("worker")
        return cls(
            reach,
            nodes,
            roles,
            accounts.taken_names(session, column("username")),
            workers.linkable(numbers) if numbers else frozenset(),
        )


def _positions(sheet: Sheet) -> dict[str, int]:
    """Column → its place in the table."""
    header = [name.casefold() for name in sheet.header]
    found = {column: header.index(name) for column, names in COLUMNS.items() for name in names if name in header}
    missing = [f"{column} ({COLUMNS[column][1]})" for column in NEEDED if column not in found]
    if missing:
        faults = [Fault(f"column {name}", "missing", "The table has no such column.") for name in missing]
        raise InvalidInput("The table lacks columns.", faults=faults)
    return found


def _row(
    number: int, cells: Mapping[str, str], known: _Known, now: datetime, zone: ZoneInfo
) -> tuple[AccountRow | None, list[Fault]]:
    """The row as it would be made; None with what is wrong."""
    role = known.roles.get(cells["role"])
    node, worker = cells.get("node") or None, cells.get("worker") or None
    over = None if role is not None and role.own_grids_only else cells.get("over") or node
    until, wrong = _until(number, cells.get("until", ""), now, zone)
    wrong += _name_faults(number, cells, known)
    if role is None:
        wrong.append(Fault(f"row {number}, role", "unknown_role", "There is no such role."))
    elif role.own_grids_only and cells.get("over"):
        wrong.append(Fault(f"row {number}, over", "own_grids_only", "This role is given without a node."))
    elif not role.own_grids_only and over is None:
        wrong.append(Fault(f"row {number}, over", "missing", "This role is given over a node."))
    for column, code in (("node", node), ("over", over)):
        if (column == "node" or code is not None) and not _is_known(known, code):
            message = "There is no such node in your part of the management tree."
            wrong.append(Fault(f"row {number}, {column}", "unknown_node", message))
    if worker is not None and worker not in known.linkable:
        message = "No worker of yours has this number and no account yet."
        wrong.append(Fault(f"row {number}, worker", "unknown_worker", message))
    if wrong or role is None:
        return None, wrong
    known.taken.add(cells["username"])
    known.linkable -= {worker}
    made = AccountRow(number, cells["username"], cells["display_name"], role.code, node, over, until, worker)
    return made, []


def _is_known(known: _Known, code: str | None) -> bool:
    return known.reach.covers(code) and (code is None or code in known.nodes)


def _name_faults(number: int, cells: Mapping[str, str], known: _Known) -> list[Fault]:
    wrong: list[Fault] = []
    for column in ("username", "display_name"):
        place = f"row {number}, {column}"
        if not cells[column]:
            wrong.append(Fault(place, "missing", "This is needed."))
        wrong += text_faults(place, cells[column], limit=LONGEST)
    place = f"row {number}, username"
    if cells["username"] and not re.fullmatch(USERNAME, cells["username"]):
        wrong.append(Fault(place, "bad_character", "Letters, digits and . _ @ + - alone make a user name."))
    if cells["username"] in known.taken:
        wrong.append(Fault(place, "username_taken", "The user name is in use, or stands in the table twice."))
    return wrong


def _until(number: int, text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime | None, list[Fault]]:
    """The end of the last day on which the role is held, in the city's zone."""
    if not text:
        return None, []
    place = f"row {number}, until"
    try:
        day = date.fromisoformat(text[:10])
        end = datetime.combine(day + timedelta(days=1), time(), zone)
    except (ValueError, OverflowError):
        return None, [Fault(place, "not_a_day", "A day is written as 2027-06-30.")]
    if end <= now:
        return None, [Fault(place, "out_of_range", "This day is over.")]
    return end, []
