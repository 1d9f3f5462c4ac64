"""Reach: the nodes of the management tree over which somebody holds one certain right, for what is managed by node."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import is_city_or_above
from gridsvc.access.queries import tree
from gridsvc.core.errors import Fault, Forbidden, InvalidInput


@dataclass(frozen=True)
class Reach:
    """Everything, or some nodes with all that is run from them."""

    everything: bool = False
    nodes: frozenset[str] = field(default_factory=frozenset)

    def covers(self, node: str | None) -> bool:
        """Whether the node is within reach; what belongs to no node belongs to the whole city."""
        return self.everything or node in self.nodes

    @property
    def nodes_or_all(self) -> frozenset[str] | None:
        """The nodes for a query; None: no limit."""
        return None if self.everything else self.nodes

    def within(self, other: "Reach") -> "Reach":
        """What lies in both."""
        if self.everything or other.everything:
            return other if self.everything else self
        return Reach(nodes=self.nodes & other.nodes)

    def require_node(self, session: Session, node: str | None, *, place: str) -> None:
        """Raise InvalidInput, naming the place, for a node that is not there or out of reach; which is not told."""
        if not self.covers(node) or (node is not None and tree.node(session, node) is None):
            fault = Fault(place, "unknown_node", "There is no such node in your part of the management tree.")
            raise InvalidInput(faults=[fault])

    def require_everything(self) -> None:
        """Raise Forbidden unless the whole city is within reach."""
        if not self.everything:
            raise Forbidden("This concerns the whole city; only who administers all of it may change it.")


EVERYTHING = Reach(everything=True)


class _Node(Protocol):
    """A node as it stands in the tree or in a row."""

    @property
    def code(self) -> str: ...
    @property
    def area_code(self) -> str | None: ...
    @property
    def parent_code(self) -> str | None: ...


def reach_of(session: Session, actor: Actor, permission: str, at: datetime) -> Reach:
    """Where the actor holds `permission`; raises Forbidden when nowhere.

    Of somebody who holds two roles, only the nodes of the role that allows it count; of a program, only what its token
    is limited to.
    """
    actor.require(permission)
    if actor.is_operator:
        return EVERYTHING
    reach = _run_from(session, tree.nodes_granted(session, actor.account_id, at, permission), at)
    limit = tree.node(session, actor.token_node) if actor.token_node is not None else None
    return reach if limit is None else reach.within(_run_from(session, [limit], at))


def _run_from(session: Session, nodes: Sequence[_Node], at: datetime) -> Reach:
    if any(node.parent_code is None or is_city_or_above(node.area_code or "") for node in nodes):
        return EVERYTHING
    codes = [node.code for node in nodes]
    return Reach(nodes=frozenset(row.code for row in tree.reached_from(session, codes, at)) if codes else frozenset())
