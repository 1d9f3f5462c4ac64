"""The roles a city starts with and what each allows; the first migration puts them into the database as data."""

ROLES: tuple[tuple[str, str, str], ...] = (
    ("administrator", "系统管理员", "Administrator"),
    ("planner", "网格规划员", "Planner"),
    ("approver", "审批人", "Approver"),
    ("dispatcher", "派遣员", "Dispatcher"),
    ("handler", "处置人员", "Handler"),
    ("commander", "指挥长", "Commander"),
    ("supervisor", "督导员", "Supervisor"),
    ("worker", "网格员", "Grid worker"),
    ("auditor", "审计员", "Auditor"),
)

# What may be done, and the roles that may do it. Whose data it is done to is a matter of jurisdiction.
PERMISSIONS: dict[str, tuple[str, ...]] = {
    "map.read": (
        "administrator",
        "planner",
        "approver",
        "dispatcher",
        "handler",
        "commander",
        "supervisor",
        "worker",
        "auditor",
    ),
    "grids.read_card": (
        "administrator",
        "planner",
        "approver",
        "dispatcher",
        "handler",
        "commander",
        "supervisor",
        "worker",
    ),
    "doors.read": ("administrator", "planner", "dispatcher", "supervisor", "worker"),
    "incidents.read": ("administrator", "dispatcher", "handler", "commander", "supervisor", "worker"),
    "incidents.create": ("administrator", "dispatcher", "handler", "worker"),
    "visits.create": ("worker",),
    "net.check": ("administrator", "planner", "approver", "commander", "auditor"),
}
