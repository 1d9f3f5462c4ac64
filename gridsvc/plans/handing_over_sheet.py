"""Hand-over lists as Excel tables with Chinese headers: a sheet of sums, and one for each worker."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gridsvc.plans.handing_over import HandoverList, Side, Thing

SUMS = ("工号", "姓名", "接收门牌", "移交门牌", "接收未结事件", "移交未结事件")
LINES = ("类别", "编号", "地址或类别", "原网格编码", "新网格编码", "方向", "对方工号", "对方姓名", "现承办人")
GAINED, GIVEN = "接收", "移交"
DOOR, INCIDENT = "门牌", "未结事件"
VACANT = "空缺"
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE = 31
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plan_workbook(
    told: HandoverList, *, number: int, timezone: str, categories: Mapping[str, str], is_published: bool = True
) -> bytes:
    """The hand-over list of the plan with that number; `categories` are names of classes of incidents."""
    moment = _moment(told.effective_at, timezone)
    since = f"{moment} 起" if is_published else f"未发布，假定 {moment} 生效"
    return _workbook(told, (f"方案 {number} 交接清单", since), categories)


def workbook_between(told: HandoverList, since: datetime, *, timezone: str, categories: Mapping[str, str]) -> bytes:
    """What passed from the net of one moment to that of another."""
    span = f"{_moment(since, timezone)} 至 {_moment(told.effective_at, timezone)}"
    return _workbook(told, ("交接清单", span), categories)


def _moment(moment: datetime, timezone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}"


def _workbook(told: HandoverList, heading: tuple[str, str], categories: Mapping[str, str]) -> bytes:
    from openpyxl import Workbook  # not for an idle service

    book = Workbook(write_only=True)
    sheet = book.create_sheet("汇总")
    sheet.append(heading)
    sheet.append(SUMS)
    for each in told.balances:
        numbers = each.doors_gained, each.doors_given, each.incidents_gained, each.incidents_given
        sheet.append([*_named(each.side), *numbers])
    doors, incidents = _by_worker(told.doors), _by_worker(told.incidents)
    for each in told.balances:
        worker = each.side.worker_id
        own = book.create_sheet(_title(each.side))
        own.freeze_panes = "A2"
        own.append(LINES)
        for thing in doors.get(worker, ()):
            own.append(_line(thing, worker, DOOR, thing.what))
        for thing in incidents.get(worker, ()):
            own.append(_line(thing, worker, INCIDENT, categories.get(thing.what, thing.what)))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _by_worker(things: Sequence[Thing]) -> dict[UUID | None, list[Thing]]:
    found: dict[UUID | None, list[Thing]] = {}
    for thing in things:
        for side in (thing.giver, thing.taker):
            found.setdefault(side.worker_id, []).append(thing)
    return found


def _line(thing: Thing, worker: UUID | None, kind: str, what: str) -> list[Any]:
    is_gained = thing.taker.worker_id == worker
    other = thing.giver if is_gained else thing.taker
    way = GAINED if is_gained else GIVEN
    cells = [kind, thing.code, what, thing.from_code, thing.to_code, way, *_named(other), thing.held_by or ""]
    return [_text(cell) for cell in cells]


def _named(side: Side) -> tuple[str, str]:
    return _text(side.number or ""), _text(side.name or VACANT)


def _title(side: Side) -> str:
    """A name of a sheet, which Excel bounds in length and signs; the number makes it the only one."""
    plain = f"{side.number} {side.name}" if side.number else VACANT
    return FORBIDDEN.sub(" ", plain)[:LONGEST_TITLE]


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
