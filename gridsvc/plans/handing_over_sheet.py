"""The hand-over list of a plan as an Excel table with Chinese headers: a sheet of sums, and one for each worker."""

import re
from collections.abc import Mapping, Sequence
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


def plan_workbook(told: HandoverList, *, number: int, timezone: str, categories: Mapping[str, str]) -> bytes:
    """A workbook of the hand-over list of the plan with that number; `categories` are names of classes of incidents."""
    from openpyxl import Workbook  # not for an idle service

    book = Workbook(write_only=True)
    sheet = book.create_sheet("汇总")
    sheet.append([f"方案 {number} 交接清单", f"{told.effective_at.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M} 起"])
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
