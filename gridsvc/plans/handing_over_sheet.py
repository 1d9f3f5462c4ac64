"""Hand-over lists as Excel tables with Chinese headers: a sheet of sums, and one for each worker."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from gridsvc.infra import workbooks
from gridsvc.infra.workbooks import local_moment
from gridsvc.plans.handing_over import HandoverList, Side, Thing

SUMS = ("工号", "姓名", "接收门牌", "移交门牌", "接收未结事件", "移交未结事件")
LINES = ("类别", "编号", "地址或类别", "原网格编码", "新网格编码", "方向", "对方工号", "对方姓名", "现承办人")
GAINED, GIVEN = "接收", "移交"
DOOR, INCIDENT = "门牌", "未结事件"
VACANT = "空缺"
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE = 31
SUM_WIDTHS = (14, 14, 12, 12, 16, 16)
WIDTHS = (10, 24, 28, 20, 20, 8, 14, 14, 14)


def plan_workbook(
    told: HandoverList, *, number: int, timezone: str, categories: Mapping[str, str], is_published: bool = True
) -> bytes:
    """The hand-over list of the plan with that number; `categories` are names of classes of incidents."""
    moment = local_moment(told.effective_at, timezone)
    since = f"{moment} 起" if is_published else f"未发布，假定 {moment} 生效"
    return _workbook(told, (f"方案 {number} 交接清单", since), categories)


def workbook_between(told: HandoverList, since: datetime, *, timezone: str, categories: Mapping[str, str]) -> bytes:
    """What passed from the net of one moment to that of another."""
    span = f"{local_moment(since, timezone)} 至 {local_moment(told.effective_at, timezone)}"
    return _workbook(told, ("交接清单", span), categories)


def _workbook(told: HandoverList, heading: tuple[str, str], categories: Mapping[str, str]) -> bytes:
    book = workbooks.new_workbook()
    sheet = workbooks.add_sheet(book, "汇总", widths=SUM_WIDTHS, frozen_rows=2)
    workbooks.add_row(sheet, heading)
    workbooks.add_header(sheet, SUMS)
    for each in told.balances:
        numbers = each.doors_gained, each.doors_given, each.incidents_gained, each.incidents_given
        workbooks.add_row(sheet, [*_named(each.side), *numbers])
    doors, incidents = _by_worker(told.doors), _by_worker(told.incidents)
    for each in told.balances:
        worker = each.side.worker_id
        own = workbooks.add_sheet(book, _title(each.side), widths=WIDTHS, frozen_rows=1)
        workbooks.add_header(own, LINES)
        for thing in doors.get(worker, ()):
            workbooks.add_row(own, _line(thing, worker, DOOR, thing.what))
        for thing in incidents.get(worker, ()):
            what = categories.get(thing.what, thing.what)
            workbooks.add_row(own, _line(thing, worker, INCIDENT, what))
    return workbooks.packed(book)


def _by_worker(things: Sequence[Thing]) -> dict[UUID | None, list[Thing]]:
    found: dict[UUID | None, list[Thing]] = {}
    for thing in things:
        for side in (thing.giver, thing.taker):
            found.setdefault(side.worker_id, []).append(thing)
    return found


def _line(thing: Thing, worker: UUID | None, kind: str, what: str) -> list[str]:
    is_gained = thing.taker.worker_id == worker
    other = thing.giver if is_gained else thing.taker
    way = GAINED if is_gained else GIVEN
    return [kind, thing.code, what, thing.from_code, thing.to_code, way, *_named(other), thing.held_by or ""]


def _named(side: Side) -> tuple[str, str]:
    return side.number or "", side.name or VACANT


def _title(side: Side) -> str:
    """A name of a sheet, which Excel bounds in length and signs; the number makes it the only one."""
    plain = f"{side.number} {side.name}" if side.number else VACANT
    return FORBIDDEN.sub(" ", plain)[:LONGEST_TITLE]
