"""The policy profile as shipped: what is never done to workers here, and what a city may choose. Data from then on."""

from typing import Final, Literal, NamedTuple


class Rule(NamedTuple):
    """A line of the profile: `never` done, `always` done, or the city's `choice`; its workers are told in any case."""

    key: str
    kind: Literal["never", "always", "choice"]
    is_on: bool
    name_zh: str
    name_en: str
    about_zh: str
    about_en: str


SHIPPED: Final = (
    Rule(
        "check_in", "never", False, "打卡签到", "Check-in",
        "本系统不设打卡、签到，也没有这一功能。",
        "There is no check-in here, and nothing that could do it.",
    ),
    Rule(
        "ranking", "never", False, "积分排名", "Ranking",
        "本系统不对人员积分、打分或排名；考核只看事项办成与否。",
        "Nobody is scored or ranked; what is assessed is whether things were done.",
    ),
    Rule(
        "online_time", "never", False, "在线时长统计", "Online time",
        "不统计在线时长；只记手机最近一次联系的时间，用来区分“未知”和“逾期”，不留历史。",
        "Time online is not counted. Only the last contact of a phone is kept, to tell unknown from overdue.",
    ),
    Rule(
        "tracks", "never", False, "轨迹记录", "Tracks",
        "不记录行走轨迹；巡查只看是否到过计划的点位。",
        "No tracks are recorded; of a patrol only the planned stops reached count.",
    ),
    Rule(
        "position", "choice", True, "走访时可附位置", "A position may be added to a visit",
        "由本人每次自愿点选，不附位置同样有效；到期自动删除。",
        "Each time by one's own choice; a visit counts just the same without, and positions are deleted in time.",
    ),
    Rule(
        "photo", "choice", True, "走访时可附照片", "Photos may be added to a visit",
        "由本人自愿添加，照片中的位置信息会被去掉；不作为走访有效的条件。",
        "By one's own choice; place data inside photos are removed, and no visit needs one.",
    ),
    Rule(
        "odd_visits", "always", True, "异常走访由人复核", "Odd visits are looked at by a person",
        "系统只标记、不扣除；由督导员核实后决定，本人可以看到标记。",
        "They are marked and never dropped; a supervisor decides, and the worker sees the mark.",
    ),
)  # fmt: skip
