"""Queries on the management tree: what lies under which node at a moment, delegations included."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc.access.tables import Delegation, ManagementNode

# From some nodes down. A child is found by its own parent unless it is delegated at that moment; then by the other.
# Two searches by index and no OR: this is asked for every login every few seconds.
_DOWN = """
    WITH RECURSIVE moved AS MATERIALIZED (
        SELECT node_code, parent_code FROM management_delegation WHERE valid @> CAST(:at AS timestamptz)
    ), reached AS (
        {start}
        UNION
        SELECT child.code, child.area_code FROM reached CROSS JOIN LATERAL (
            SELECT own.code, own.area_code FROM management_node own
            WHERE own.parent_code = reached.code AND NOT EXISTS (SELECT FROM moved WHERE moved.node_code = own.code)
            UNION ALL
            SELECT run.code, run.area_code FROM moved JOIN management_node run ON run.code = moved.node_code
            WHERE moved.parent_code = reached.code
        ) child
    )
    SELECT code, area_code FROM reached
"""
_BELOW = text(_DOWN.format(start="SELECT code, area_code FROM management_node WHERE code = ANY(:codes)"))

# What somebody holds nodes for; a role that reaches the own grids alone reaches no node, whatever it was granted over.
_GRANTED = text(
    """
    SELECT DISTINCT node.code, node.area_code, node.parent_code FROM grant_
    JOIN role ON role.code = grant_.role_code AND NOT role.own_grids_only
    JOIN management_node node ON node.code = grant_.node_code
    WHERE grant_.account_id = :account_id AND grant_.valid @> CAST(:at AS timestamptz)
      AND (CAST(:permission AS text) IS NULL OR EXISTS (
          SELECT FROM role_permission cell
          WHERE cell.role_code = grant_.role_code AND cell.permission = :permission AND cell.allowed))
    """
)

_BY_RIGHT = text(
    """
    SELECT DISTINCT cell.permission, node.code, node.area_code FROM grant_
    JOIN role ON role.code = grant_.role_code AND NOT role.own_grids_only
    JOIN role_permission cell ON cell.role_code = grant_.role_code AND cell.allowed
    JOIN management_node node ON node.code = grant_.node_code
    WHERE grant_.account_id = :account_id AND grant_.valid @> CAST(:at AS timestamptz)
    """
)

_UP = text(
    """
    WITH RECURSIVE moved AS MATERIALIZED (
        SELECT node_code, parent_code FROM management_delegation WHERE valid @> CAST(:at AS timestamptz)
    ), above AS (
        SELECT CAST(:code AS text) AS code
        UNION
        SELECT coalesce(moved.parent_code, node.parent_code) FROM above JOIN management_node node USING (code)
        LEFT JOIN moved ON moved.node_code = node.code
        WHERE coalesce(moved.parent_code, node.parent_code) IS NOT NULL
    )
    SELECT code FROM above
    """
)


def insert_nodes(session: Session, nodes: Sequence[Mapping[str, Any]]) -> None:
    """Add management nodes, parents before children; known codes stay as they are."""
    if nodes:
        ordered = sorted(nodes, key=lambda node: (node["parent_code"] is not None, node["code"]))
        session.execute(insert(ManagementNode).on_conflict_do_nothing(), ordered)


def nodes_granted(
    session: Session, account_id: UUID, at: datetime, permission: str | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The nodes granted to an account at a moment, in any role or those that allow a thing: (code, area, parent)."""
    return session.execute(_GRANTED, {"account_id": account_id, "at": at, "permission": permission}).all()


def nodes_by_right(session: Session, account_id: UUID, at: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """What an account may do at a moment, and over which nodes: (permission, code, area_code)."""
    return session.execute(_BY_RIGHT, {"account_id": account_id, "at": at}).all()


def reached_from(session: Session, codes: Iterable[str], at: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """The nodes themselves and everything run from them at a moment: (code, area_code)."""
    return session.execute(_BELOW, {"codes": list(codes), "at": at}).all()


def nodes_above(session: Session, code: str, at: datetime) -> set[str]:
    """The node itself and everything it is run from at a moment."""
    return set(session.scalars(_UP, {"code": code, "at": at}))


def node(session: Session, code: str, *, to_change: bool = False) -> ManagementNode | None:
    """A node of the tree; locked when it is to be changed, so that two editors see each other's revision."""
    if not to_change:
        return session.get(ManagementNode, code)
    return session.get(ManagementNode, code, populate_existing=True, with_for_update={"key_share": True})


def nodes(session: Session, codes: Iterable[str] | None) -> Sequence[ManagementNode]:
    """These nodes, or all, by code."""
    statement = select(ManagementNode).order_by(ManagementNode.code)
    if codes is not None:
        statement = statement.where(ManagementNode.code.in_(list(codes)))
    return session.scalars(statement).all()


def roots(session: Session) -> Sequence[str]:
    """The nodes that belong to no other."""
    statement = select(ManagementNode.code).where(ManagementNode.parent_code.is_(None))
    return session.scalars(statement.order_by(ManagementNode.code)).all()


def delegations(session: Session, since: datetime, code: str | None = None) -> Sequence[Delegation]:
    """Delegations, of one node or of all, that are not over at a moment, in the order of their beginning."""
    statement = select(Delegation).where(func.upper_inf(Delegation.valid) | (func.upper(Delegation.valid) > since))
    if code is not None:
        statement = statement.where(Delegation.node_code == code)
    return session.scalars(statement.order_by(func.lower(Delegation.valid), Delegation.id)).all()


def delegation(session: Session, delegation_id: UUID) -> Delegation | None:
    """One delegation."""
    return session.get(Delegation, delegation_id)
