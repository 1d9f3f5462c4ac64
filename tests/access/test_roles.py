"""The table of rights as shipped, cell by cell, and as the migrations put it into a database."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access.roles import MATRIX, PERMISSIONS, ROLE_CODES

# The same table the other way round: what each role may do, and by silence what not. A change is made in both places.
MAY: dict[str, set[str]] = {
    "administrator": {
        "map.read", "grids.read_card", "net.check", "net.history", "doors.read", "incidents.read", "incidents.create",
        "people.read", "people.edit", "people.import", "norms.edit", "plans.read", "accounts.manage", "tokens.manage",
        "rights.read", "rights.edit", "settings.read", "settings.edit", "catalogue.edit", "imports.run", "audit.read",
        "metrics.read", "system.read",
    },
    "planner": {
        "map.read", "grids.read_card", "net.check", "net.history", "doors.read", "register.confirm", "duties.read",
        "people.read", "people.edit", "people.import", "norms.edit", "plans.read", "plans.edit", "plans.publish",
        "plans.withdraw", "handover.read", "handover.manage", "tokens.manage", "imports.run",
    },
    "approver": {
        "map.read", "grids.read_card", "net.check", "net.history", "people.read", "plans.read", "plans.approve",
        "plans.withdraw", "handover.read",
    },
    "dispatcher": {
        "map.read", "grids.read_card", "net.history", "doors.read", "incidents.read", "incidents.create",
        "duties.read", "people.read", "handover.read",
    },
    "handler": {"map.read", "grids.read_card", "incidents.read", "incidents.create"},
    "commander": {
        "map.read", "grids.read_card", "net.check", "net.history", "incidents.read", "duties.read", "visits.read",
        "people.read", "plans.read", "handover.read",
    },
    "supervisor": {
        "map.read", "grids.read_card", "net.history", "doors.read", "register.correct", "register.confirm",
        "incidents.read", "duties.read", "duties.edit", "visits.read", "visits.review", "people.read", "people.edit",
        "people.import", "leave.request", "leave.approve", "care.read", "care.read_sensitive", "care.edit",
        "personal.unmask", "personal.export", "plans.read", "handover.read", "handover.confirm", "handover.manage",
    },
    "worker": {
        "map.read", "grids.read_card", "doors.read", "register.correct", "incidents.read", "incidents.create",
        "duties.read", "visits.read", "visits.create", "leave.request", "care.read",
        "personal.unmask", "handover.read", "handover.confirm",
    },
    "auditor": {
        "map.read", "net.check", "net.history", "plans.read", "rights.read", "settings.read", "audit.read",
        "audit.export", "system.read",
    },
}  # fmt: skip
CELLS = [(permission, role) for permission in MATRIX for role in ROLE_CODES]


@pytest.mark.parametrize(("permission", "role"), CELLS)
def test_a_cell_says_what_was_decided(permission: str, role: str) -> None:
    assert MATRIX[permission][role] == (permission in MAY[role])


def test_every_right_that_was_decided_is_in_the_table() -> None:
    assert set(MAY) == set(ROLE_CODES)
    assert set().union(*MAY.values()) == set(MATRIX)


def test_every_right_belongs_to_some_role() -> None:
    assert [permission for permission, roles in PERMISSIONS.items() if not roles] == []


def test_a_new_database_has_every_cell_and_says_the_same(session: Session) -> None:
    rows = session.execute(text("SELECT permission, role_code, allowed FROM role_permission")).all()
    assert {(row.permission, row.role_code): row.allowed for row in rows} == {
        (permission, role): MATRIX[permission][role] for permission, role in CELLS
    }


def test_who_administers_reads_nobodys_care_and_who_audits_reads_nobody_in_the_clear() -> None:
    personal = {permission for permission in MATRIX if permission.startswith(("care.", "personal."))}
    assert personal & MAY["administrator"] == set()
    assert personal & MAY["auditor"] == set()


def test_who_may_see_people_in_the_clear_may_see_them_masked() -> None:
    for role in ROLE_CODES:
        assert MATRIX["personal.unmask"][role] <= MATRIX["care.read"][role]
