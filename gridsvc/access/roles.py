"""The roles a city starts with and the table of what each may do; in the database both are the city's own data."""

from typing import Final

ROLES: Final[tuple[tuple[str, str, str], ...]] = (
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
ROLE_CODES: Final = tuple(code for code, _, _ in ROLES)

# One row a permission, one column a role in the order of ROLES; every cell says yes or no. A row says what may be done;
# to whose data is a matter of jurisdiction: a worker's rows reach the own grids and what is paired with the worker.
# The administrator administers and reads nobody's care; the auditor reads the audit and nobody's data unmasked.
_TABLE: Final = """
                     administrator planner approver dispatcher handler commander supervisor worker auditor
map.read             yes           yes     yes      yes        yes     yes       yes        yes    yes
grids.read_card      yes           yes     yes      yes        yes     yes       yes        yes    no
net.check            yes           yes     yes      no         no      yes       no         no     yes
net.history          yes           yes     yes      yes        no      yes       yes        no     yes
doors.read           yes           yes     no       yes        no      no        yes        yes    no
register.correct     no            no      no       no         no      no        yes        yes    no
register.confirm     no            yes     no       no         no      no        yes        no     no
incidents.read       yes           no      no       yes        yes     yes       yes        yes    no
incidents.create     yes           no      no       yes        yes     no        no         yes    no
duties.read          no            yes     no       yes        no      yes       yes        yes    no
duties.edit          no            no      no       no         no      no        yes        no     no
visits.read          no            no      no       no         no      yes       yes        yes    no
visits.create        no            no      no       no         no      no        no         yes    no
visits.review        no            no      no       no         no      no        yes        no     no
people.read          yes           yes     yes      yes        no      yes       yes        no     no
people.edit          yes           yes     no       no         no      no        yes        no     no
people.import        yes           yes     no       no         no      no        yes        no     no
leave.request        no            no      no       no         no      no        yes        yes    no
leave.approve        no            no      no       no         no      no        yes        no     no
norms.edit           yes           yes     no       no         no      no        no         no     no
care.read            no            no      no       no         no      no        yes        yes    no
care.read_sensitive  no            no      no       no         no      no        yes        no     no
care.edit            no            no      no       no         no      no        yes        no     no
personal.unmask      no            no      no       no         no      no        yes        yes    no
personal.export      no            no      no       no         no      no        yes        no     no
plans.read           yes           yes     yes      no         no      yes       yes        no     yes
plans.edit           no            yes     no       no         no      no        no         no     no
plans.approve        no            no      yes      no         no      no        no         no     no
plans.publish        no            yes     no       no         no      no        no         no     no
plans.withdraw       no            yes     yes      no         no      no        no         no     no
handover.read        no            yes     yes      yes        no      yes       yes        yes    no
handover.confirm     no            no      no       no         no      no        yes        yes    no
handover.manage      no            yes     no       no         no      no        yes        no     no
accounts.manage      yes           no      no       no         no      no        no         no     no
tokens.manage        yes           yes     no       no         no      no        no         no     no
rights.read          yes           no      no       no         no      no        no         no     yes
rights.edit          yes           no      no       no         no      no        no         no     no
settings.read        yes           no      no       no         no      no        no         no     yes
settings.edit        yes           no      no       no         no      no        no         no     no
catalogue.edit       yes           no      no       no         no      no        no         no     no
imports.run          yes           yes     no       no         no      no        no         no     no
audit.read           yes           no      no       no         no      no        no         no     yes
audit.export         no            no      no       no         no      no        no         no     yes
metrics.read         yes           no      no       no         no      no        no         no     no
system.read          yes           no      no       no         no      no        no         no     yes
"""


def _read(table: str) -> dict[str, dict[str, bool]]:
    """Cells by permission and role; refuses a row that leaves a role out, so that no cell is there by accident."""
    head, *rows = table.strip("\n").splitlines()
    if tuple(head.split()) != ROLE_CODES:
        raise ValueError("The columns of the table of rights are not the roles.")
    cells = {}
    for permission, *marks in (row.split() for row in rows):
        if len(marks) != len(ROLE_CODES) or not set(marks) <= {"yes", "no"} or permission in cells:
            raise ValueError(f"The row of {permission} does not say yes or no for every role, once.")
        cells[permission] = {role: mark == "yes" for role, mark in zip(ROLE_CODES, marks, strict=True)}
    return cells


# Permission -> role -> allowed, as shipped.
MATRIX: Final = _read(_TABLE)
# Permission -> the roles that have it: what the second migration puts into a new database.
PERMISSIONS: Final[dict[str, tuple[str, ...]]] = {
    permission: tuple(role for role, is_allowed in row.items() if is_allowed) for permission, row in MATRIX.items()
}
