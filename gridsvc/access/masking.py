"""Masking, in one place: which role sees which personal field in the clear, and what a masked value looks like.

Outside one's scope nothing is shown at all; that is a matter of jurisdiction and decided before this. A worker who is
paired with somebody sees them in the clear, and one who answers for a grid sees its team so. Whoever else needs to see
a person to be visited in the clear asks for it with a reason, which the audit keeps.
"""

import re
from collections.abc import Collection
from typing import Final, Literal, get_args

View = Literal["clear", "masked", "hidden"]
Kind = Literal[
    "worker.name", "worker.phone",
    "subject.name", "subject.phone", "subject.id_number", "subject.address",
    "team.name", "team.phone",
]  # fmt: skip

# One row a field, one column a role; every cell says how the role sees the field of somebody inside its scope. Names
# and work phones of workers are service contacts. Residents in the team of a grid gave theirs to whoever leads its
# workers and to those who answer for the grid. Who does not visit has no use for those of people to be visited. Who
# reported something is shown by no answer, and so has no row.
_TABLE: Final = """
                   administrator planner approver dispatcher handler commander supervisor worker auditor
worker.name        clear         clear   clear    clear      clear   clear     clear      clear  clear
worker.phone       clear         clear   clear    clear      clear   clear     clear      clear  clear
subject.name       hidden        hidden  hidden   hidden     hidden  hidden    masked     masked hidden
subject.phone      hidden        hidden  hidden   hidden     hidden  hidden    masked     masked hidden
subject.id_number  hidden        hidden  hidden   hidden     hidden  hidden    masked     masked hidden
subject.address    hidden        hidden  hidden   hidden     hidden  hidden    masked     masked hidden
team.name          masked        masked  masked   masked     masked  masked    clear      masked hidden
team.phone         masked        masked  masked   masked     masked  masked    clear      masked hidden
"""
# The kinds of field that nobody sees in the clear without a reason, and that come in the clear by no list.
GUARDED: Final = ("subject.",)

MASK = "*"


def _read(table: str) -> dict[str, dict[str, View]]:
    """Cells by field and role; refuses a row that leaves a role out or says anything else."""
    head, *rows = table.strip("\n").splitlines()
    roles = head.split()
    views: dict[str, View] = {view: view for view in get_args(View)}
    cells = {}
    for kind, *marks in (row.split() for row in rows):
        if len(marks) != len(roles) or not set(marks) <= set(views) or kind in cells:
            raise ValueError(f"The row of {kind} does not say for every role how it is seen, once.")
        cells[kind] = {role: views[mark] for role, mark in zip(roles, marks, strict=True)}
    return cells


VIEWS: Final = _read(_TABLE)


def view_of(roles: Collection[str], kind: Kind) -> View:
    """How somebody who holds these roles sees a field inside their scope: as the role that sees most of it does."""
    seen = {VIEWS[kind].get(role, "hidden") for role in roles}
    for view in get_args(View):
        if view in seen:
            return view  # type: ignore[no-any-return]
    return "hidden"


def shown(roles: Collection[str], kind: Kind, value: str | None, *, is_own: bool = False) -> str | None:
    """The value as these roles see it, or None; the worker to whom it is entrusted (`is_own`) sees it as it is."""
    view = "clear" if is_own else view_of(roles, kind)
    if value is None or view == "hidden":
        return None
    return value if view == "clear" else mask(kind, value)


def mask(kind: Kind, value: str) -> str:
    """The value so that those who know it recognise it and nobody learns it."""
    field = kind.partition(".")[2]
    if field == "name":
        return mask_name(value)
    if field == "address":
        return mask_address(value)
    return mask_number(value)


def mask_name(name: str) -> str:
    """The first sign and one star, however long the name is: 张*."""
    return name.strip()[:1] + MASK


def mask_number(number: str) -> str:
    """The first three and the last four signs of a phone or ID number, 138****0001; of a short one nothing."""
    if len(number) < 11:
        return MASK * len(number)
    return number[:3] + MASK * (len(number) - 7) + number[-4:]


def mask_address(address: str) -> str:
    """The words of an address without its numbers: 朝阳路*号*栋."""
    return re.sub(r"[0-9A-Za-z０-９一二三四五六七八九十百千]+", MASK, address)
