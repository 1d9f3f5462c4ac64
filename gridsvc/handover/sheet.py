"""The hand-over list as an Excel table with Chinese headers, to be read, printed and signed by both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from gridsvc.handover.openwork import OpenItem

HEADERS = ("序号", "类别", "名称或编号", "内容", "网格编码", "状态", "应办时限", "交接方式", "接收人确认")
WIDTHS = (6, 14, 24, 18, 20, 12, 18, 22, 14)
KINDS = {
    "incident": "未结事件", "duty": "到期任务", "pairing": "结对对象",
    "patrol": "未完成巡查", "correction": "待核实门牌更正",
}  # fmt: skip
PASSING = {"by_itself": "随网格自动转移", "on_taking": "接收人确认后转移", "stays": "留给原责任人"}
STATUS = {
    "accepted": "已受理", "open": "未受理", "pending": "待核实",
    "due_soon": "临期", "overdue": "逾期", "never": "未走访",
}  # fmt: skip
WHAT = {
    "grid": "网格巡查", "care": "走访对象", "round": "巡查路线",
    "missing": "缺门牌", "gone": "已灭失", "empty": "空置", "moved": "位置不符",
}  # fmt: skip
HANDOVER = {"transfer": "调整责任人", "leave": "请假顶岗", "plan": "网格调整", "leaving": "离岗"}


@dataclass(frozen=True)
class SheetFacts:
    """What stands beside the items: grids by code and name, the city's own names of classes of incidents, doors."""

    grids: Sequence[tuple[str, str]]
    names: Mapping[str, str]
    doors: int | None = None


def handover_workbook(row: Any, items: Sequence[OpenItem], facts: SheetFacts, *, timezone: str) -> bytes:
    """A workbook of one sheet: who hands what over to whom, every open item, and places to sign."""
    from openpyxl import Workbook  # not for an idle service
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "交接清单"
    zone = ZoneInfo(timezone)
    for line in _head(row, facts, zone):
        sheet.append(line)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append(list(HEADERS))
    top = sheet.max_row
    for cell in sheet[top]:
        cell.font = Font(bold=True)
    for number, item in enumerate(items, start=1):
        sheet.append([number, *_line(item, facts.names, zone)])
    if not items:
        sheet.append(["", "没有未办事项"])
    sheet.append([])
    sheet.append(["", "移交人签字：", row.given_by, "", "接收人签字：", row.taken_by])
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.data_type == "f":
                cell.data_type = "s"  # a text that begins like a formula is none
    sheet.freeze_panes = f"A{top + 1}"
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(65 + place)].width = width
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head(row: Any, facts: SheetFacts, zone: ZoneInfo) -> list[list[str | None]]:
    span = _moment(row.effective_at, zone) + (f" 至 {_moment(row.until, zone)}" if row.until else " 起")
    grids = "、".join(f"{name}（{code}）" for code, name in facts.grids)
    doors = [] if facts.doors is None else ["随地块转移的门牌数", str(facts.doors)]
    return [
        ["工作交接清单"],
        ["", "移交人", row.from_name, "", "接收人", row.to_name or "（待指定）"],
        ["", "交接事由", HANDOVER[row.kind], row.reason, "生效时间", span],
        ["", "涉及网格", grids or "全部", *doors],
        [],
    ]


def _line(item: OpenItem, names: Mapping[str, str], zone: ZoneInfo) -> list[str | None]:
    status = STATUS.get(item.status or "", item.status)
    what = names.get(item.what, item.what) if item.kind == "incident" else WHAT.get(item.what, item.what)
    due = _moment(item.due_at, zone) if item.due_at else None
    return [KINDS[item.kind], item.code, what, item.grid_code, status, due, PASSING[item.passing]]


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
