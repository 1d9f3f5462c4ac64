"""The hand-over list as an Excel table with Chinese headers, to be read, printed and signed by both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gridsvc.handover.openwork import OpenItem
from gridsvc.infra import workbooks
from gridsvc.infra.workbooks import local_moment

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
    about = _about(row, facts, timezone)
    book = workbooks.new_workbook()
    sheet = workbooks.add_sheet(book, "交接清单", widths=WIDTHS, frozen_rows=len(about) + 3)
    workbooks.add_heading(sheet, "工作交接清单")
    for line in (*about, ()):
        workbooks.add_row(sheet, line)
    workbooks.add_header(sheet, HEADERS)
    for number, item in enumerate(items, start=1):
        workbooks.add_row(sheet, [number, *_line(item, facts.names, timezone)])
    if not items:
        workbooks.add_row(sheet, [None, "没有未办事项"])
    workbooks.add_row(sheet, [])
    workbooks.add_row(sheet, [None, "移交人签字：", row.given_by, None, "接收人签字：", row.taken_by])
    return workbooks.packed(book)


def _about(row: Any, facts: SheetFacts, timezone: str) -> list[list[str | None]]:
    since = local_moment(row.effective_at, timezone)
    span = f"{since} 至 {local_moment(row.until, timezone)}" if row.until else f"{since} 起"
    grids = "、".join(f"{name}（{code}）" for code, name in facts.grids)
    doors = [] if facts.doors is None else ["随地块转移的门牌数", str(facts.doors)]
    return [
        [None, "移交人", row.from_name, None, "接收人", row.to_name or "（待指定）"],
        [None, "交接事由", HANDOVER[row.kind], row.reason, "生效时间", span],
        [None, "涉及网格", grids or "全部", *doors],
    ]


def _line(item: OpenItem, names: Mapping[str, str], timezone: str) -> list[str | None]:
    status = STATUS.get(item.status or "", item.status)
    what = names.get(item.what, item.what) if item.kind == "incident" else WHAT.get(item.what, item.what)
    due = local_moment(item.due_at, timezone) if item.due_at else None
    return [KINDS[item.kind], item.code, what, item.grid_code, status, due, PASSING[item.passing]]
