"""The lists a new installation starts with for people: service lines, team roles and norm profiles; a city's own data.

The norm profiles are examples after what was published about the programmes; their official texts were not read.
"""

from typing import Any, NamedTuple

SERVICE_LINES: tuple[tuple[str, str, str], ...] = (
    # key, Chinese, English
    ("party_building", "党建", "Party building"),
    ("civil_affairs", "民政救助", "Civil affairs and relief"),
    ("social_security", "劳动社保", "Employment and social security"),
    ("health", "卫生健康", "Health and family services"),
    ("mediation", "综治调解", "Public order and mediation"),
    ("safety", "安全环保", "Safety and environment"),
    ("disability", "残联工作", "Services for disabled people"),
    ("culture", "文体教育", "Culture and education"),
)

TEAM_ROLES: tuple[tuple[str, str, str, int], ...] = (
    # key, Chinese, English, place in the list
    ("leader", "网格长", "Grid leader", 1),
    ("secretary", "网格党支部书记", "Party secretary of the grid", 2),
    ("member", "网格员", "Grid worker", 3),
    ("building_head", "楼道长", "Building head", 4),
    ("police", "社区民警", "Community police officer", 5),
    ("child_director", "儿童主任", "Child director", 6),
    ("social_organisation", "社会组织", "Social organisation", 7),
    ("volunteer", "志愿者", "Volunteer", 8),
)


class Profile(NamedTuple):
    """A norm profile to begin with."""

    key: str
    name_zh: str
    name_en: str
    basis: str
    rules: tuple[dict[str, Any], ...]


NORM_PROFILES: tuple[Profile, ...] = (
    Profile(
        "grids",
        "网格员配备",
        "Staffing of grids",
        "Example: one post for each grid (一格一员); workload after grids of 300 to 500 households. Unconfirmed.",
        (
            {"kind": "posts_per_grid", "min": 1.0, "levels": [5]},
            {"kind": "households_per_worker", "min": 100, "max": 1000},
            {"kind": "second_function", "min": 1},
        ),
    ),
    Profile(
        "double_hundred_plan",
        "“双百”计划",
        "Double-Hundred plan",
        "Guangdong: 4 to 8 posts a station; stations for every street and town. Unconfirmed.",
        ({"kind": "posts_per_station", "min": 4, "max": 8}, {"kind": "stations_open", "min": 1.0, "levels": [2]}),
    ),
    Profile(
        "double_hundred_project",
        "“双百”工程",
        "Double-Hundred project",
        "Guangdong: at least 2 clerical posts, at least as many service posts as villages, at least 12 hours of "
        "supervision a station and month. Unconfirmed.",
        (
            {
                "kind": "station_posts_by_village",
                "clerical_min": 2,
                "service_per_village": 1.0,
                "counted": ["villagers_committee", "residents_committee"],
            },
            {"kind": "supervision_hours", "min": 12},
        ),
    ),
)
