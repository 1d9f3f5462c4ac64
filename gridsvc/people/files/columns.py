"""The columns of each kind of table: its header, what is explained in the second row, and what its cells look like."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["workers", "responsibilities", "posts", "leaves", "team"]
Shape = Literal["text", "number", "area", "grid", "phone", "day", "choice"]

EXPLANATION = "说明"

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ](\d{1,2}):(\d{2})(?::\d{2})?)?")
SHAPES: dict[Shape, re.Pattern[str]] = {
    "text": re.compile(r".*", re.DOTALL),
    "choice": re.compile(r".*", re.DOTALL),
    "number": re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]*"),
    "area": re.compile(r"[0-9]{12}"),
    "grid": re.compile(r"[0-9A-Za-z]{13,20}"),
    "phone": re.compile(r"\+?[0-9][0-9 ()-]{6,}"),
    "day": DAY,
}


@dataclass(frozen=True)
class Column:
    """A column: `key` is the field it fills, `choices` are the words it may hold, by Chinese word."""

    key: str
    header: str
    explained: str
    shape: Shape = "text"
    needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()

    def fits(self, value: str) -> bool:
        """Whether a text can stand in this column."""
        if self.shape == "choice":
            return value in dict(self.choices)
        return SHAPES[self.shape].fullmatch(value) is not None


POST_KINDS = (("网格", "grid"), ("窗口", "counter"), ("文职", "clerical"), ("服务", "service"))
ROLES = (("A岗", "main"), ("B岗", "backup"))
STATES = (("待审批", "requested"), ("已批准", "approved"))

_WORKER = "工号：字母和数字，全市唯一"
_DAY = "日期，如 2026-03-01"

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    "workers": (
        Column("number", "工号", f"必填。{_WORKER}", "number", needed=True),
        Column("name", "姓名", "必填", needed=True),
        Column("community_code", "社区代码", "必填，12 位统计用区划代码", "area", needed=True),
        Column("phone", "电话", "可空", "phone"),
        Column("main", "主岗", "网格、窗口或条线名称，可空"),
        Column("others", "副岗", "认领的副岗，多个用顿号分隔，可空"),
    ),
    "responsibilities": (
        Column("grid_code", "网格编码", "必填，已发布的网格编码", "grid", needed=True),
        Column("role", "岗位", "必填，A岗 或 B岗", "choice", needed=True, choices=ROLES),
        Column("worker", "工号", "空白表示空岗（A岗）或没有 B岗", "number"),
        Column("name", "姓名", "仅供核对，不读入"),
        Column("since", "开始日期", f"必填。{_DAY}", "day", needed=True),
        Column("until", "结束日期", "可空，含当天；之后恢复原负责人", "day"),
    ),
    "posts": (
        Column("number", "岗位编号", "必填，全市唯一", "number", needed=True),
        Column("community_code", "区划代码", "必填，12 位", "area", needed=True),
        Column("kind", "岗位类别", "必填：网格、窗口、文职或服务", "choice", needed=True, choices=POST_KINDS),
        Column("station_code", "站点编码", "属于社工站的岗位填写", "number"),
        Column("worker_number", "在岗工号", "空白表示空缺", "number"),
        Column("name", "姓名", "仅供核对，不读入"),
        Column("since", "开始日期", f"可空，默认今天。{_DAY}", "day"),
    ),
    "leaves": (
        Column("worker", "工号", f"必填。{_WORKER}", "number", needed=True),
        Column("name", "姓名", "仅供核对，不读入"),
        Column("since", "开始日期", f"必填。{_DAY}", "day", needed=True),
        Column("until", "结束日期", "必填，含当天；写明时刻则到该时刻为止", "day", needed=True),
        Column("reason", "事由", "必填，如 年休假", needed=True),
        Column("state", "状态", "待审批（默认）或 已批准", "choice", choices=STATES),
        Column("cover", "代岗工号", "可空：由 B岗 或按规则代岗", "number"),
    ),
    "team": (
        Column("grid_code", "网格编码", "必填", "grid", needed=True),
        Column("role", "角色", "必填，如 网格长、楼道长、志愿者", needed=True),
        Column("worker_number", "工号", "本市社工填工号，其他人填姓名", "number"),
        Column("name", "姓名", "工号与姓名填一项"),
        Column("phone", "电话", "可空", "phone"),
        Column("since", "开始日期", f"可空，默认今天。{_DAY}", "day"),
        Column("until", "结束日期", "可空", "day"),
    ),
}

# Columns that are there for whoever reads the table; what they say is not taken in.
ONLY_SHOWN: dict[Kind, frozenset[str]] = {
    "workers": frozenset(),
    "responsibilities": frozenset({"name"}),
    "posts": frozenset({"name"}),
    "leaves": frozenset({"name"}),
    "team": frozenset(),
}


def letter(place: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
