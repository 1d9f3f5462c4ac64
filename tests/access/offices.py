"""Administrators for tests of accounts: of the whole city and of one street, on the tree of `fixtures/ground.py`."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import identity
from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Node, place_nodes, resolve_scope
from gridsvc.access.queries import logins
from tests.fixtures.ground import SINCE, TREE

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
CITY, EAST, WEST, STREET = "340300000000", "340302000000", "340303000000", "340302001000"


def plant_tree(session: Session) -> None:
    """The tree without any ground."""
    place_nodes(session, [Node(code, name, parent, code) for code, name, parent in TREE])


def appoint(session: Session, name: str, role: str, node: str | None, home: str | None = None) -> Actor:
    """Somebody with a role over a node, as they stand now."""
    made = identity.create_account(
        session, username=name, display_name="示例", password="a long password", node=home or node
    )
    identity.grant(session, made, role=role, node=node, since=SINCE)
    return stand(session, made, name)


def stand(session: Session, account_id: UUID, name: str, at: datetime = NOW) -> Actor:
    """An account as an actor at a moment."""
    roles, permissions = logins.roles_and_permissions(session, account_id, at)
    return Actor(account_id, name, name, roles, permissions, resolve_scope(session, account_id, at))
