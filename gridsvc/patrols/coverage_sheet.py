"""Coverage figures as an Excel table: the numbers of the screen with their denominators, and what each one means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

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
    from openpyxl import Workbook  # not for an idle service

    zone = ZoneInfo(timezone)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = TITLE
    known = [["已知时刻", _moment(told.known_at, zone)]] if told.known_at else []
    head: list[Sequence[Any]] = [
        [TITLE],
        ["统计期间", f"{_moment(told.start, zone)} 至 {_moment(told.end, zone)}"],
        ["统计范围", told.where],
        ["门牌登记日期", told.register_date.isoformat()],
        *known,
        [],
    ]
    _fill(sheet, head, HEADERS, EXPLANATION, [_line(key, *told.figures[key]) for key in MEANING if key in told.figures])
    rows = [(code, one.visited, one.doors, one.share) for code, one in told.grids.items()]
    about = [["门牌登记日期", told.register_date.isoformat()], []]
    _fill(book.create_sheet(GRIDS), about, GRID_HEADERS, GRID_EXPLANATION, rows)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _line(key: str, done: int, of: int) -> tuple[Any, ...]:
    name, meaning = MEANING[key]
    return name, done, of, share(done, of), meaning


def _fill(
    sheet: Any, head: Sequence[Sequence[Any]], header: Sequence[str], explanation: Sequence[str], rows: Sequence[Any]
) -> None:
    from openpyxl.styles import Font

    for line in (*head, header):
        sheet.append(list(line))
    for cell in (*sheet[sheet.max_row], sheet["A1"]):
        cell.font = Font(bold=True)
    sheet.freeze_panes = f"A{sheet.max_row + 1}"
    sheet.append(list(explanation))
    for row in rows:
        sheet.append(["—" if value is None else value for value in row])
        sheet.cell(sheet.max_row, 4).number_format = "0.0%"
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(65 + place)].width = width


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
