"""Coverage figures as an Excel table: the numbers of the screen with their denominators, and what each one means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gridsvc.infra import workbooks
from gridsvc.infra.workbooks import local_moment
from gridsvc.patrols.coverage import DoorCoverage, share

TITLE = "覆盖情况"
GRIDS = "各网格门牌覆盖"
HEADERS = ("指标", "已完成", "应完成", "完成率", "口径说明")
GRID_HEADERS = ("网格编码", "已走访门牌", "登记门牌", "覆盖率")
EXPLANATION = ("说明", "期间内完成的数量", "分母，见口径说明", "分母为 0 时不计", "与屏幕数字同一口径")
GRID_EXPLANATION = ("说明：按截止时刻的网格划分", "期间内至少成功走访一次", "截止时刻登记在册", "登记门牌为 0 时不计")
# Key -> name and definition; the same words as docs/patrols.md.
MEANING: Mapping[str, tuple[str, str]] = {
    "doors": ("门牌覆盖", "期间内走访到的门牌数（去重）÷ 期末登记门牌数，按期末网格划分"),
    "care": ("走访对象覆盖", "按时走访到的对象数 ÷ 应走访的对象数"),
    "duties": ("任务按期完成", "按期完成的任务数 ÷ 到期任务数（走访与巡查）"),
    "patrol_points": ("巡查点位", "实际到达的点位数 ÷ 期间内开始的巡查所计划的点位数"),
}
WIDTHS = (26, 20, 20, 16, 64)
SHARE_PLACE = 3


@dataclass(frozen=True)
class CoverageTold:
    """What the table tells: the figures by key as (done, of), door coverage by grid, and what all of it is about."""

    start: datetime
    end: datetime
    known_at: datetime | None
    register_date: date
    where: str
    figures: Mapping[str, tuple[int, int]]
    grids: Mapping[str, DoorCoverage]


def coverage_workbook(told: CoverageTold, *, timezone: str) -> bytes:
    """A workbook of two sheets: the figures with their meaning, and the doors of each grid."""
    register = ("门牌登记日期", told.register_date.isoformat())
    span = f"{local_moment(told.start, timezone)} 至 {local_moment(told.end, timezone)}"
    about = [("统计期间", span), ("统计范围", told.where), register]
    if told.known_at:
        about.append(("已知时刻", local_moment(told.known_at, timezone)))
    book = workbooks.new_workbook()
    figures = [_line(key, *told.figures[key]) for key in MEANING if key in told.figures]
    _add(book, TITLE, about, (HEADERS, EXPLANATION), figures)
    grids = [(code, one.visited, one.doors, one.share) for code, one in told.grids.items()]
    _add(book, GRIDS, [register], (GRID_HEADERS, GRID_EXPLANATION), grids)
    return workbooks.packed(book)


def _line(key: str, done: int, of: int) -> tuple[Any, ...]:
    name, meaning = MEANING[key]
    return name, done, of, share(done, of), meaning


def _add(
    book: Any,
    title: str,
    about: Sequence[Sequence[str]],
    header: tuple[Sequence[str], Sequence[str]],
    rows: Sequence[Sequence[Any]],
) -> None:
    sheet = workbooks.add_sheet(book, title, widths=WIDTHS, frozen_rows=len(about) + 3)
    workbooks.add_heading(sheet, title)
    for line in (*about, ()):
        workbooks.add_row(sheet, line)
    workbooks.add_header(sheet, header[0])
    workbooks.add_explanations(sheet, header[1])
    for row in rows:
        workbooks.add_row(sheet, ["—" if value is None else value for value in row], formats={SHARE_PLACE: "0.0%"})
