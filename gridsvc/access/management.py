"""The management tree: nodes that are no areas, names, and delegations that run a part of the tree from elsewhere.

The tree comes with the areas and follows their codes. Where duty runs otherwise, as when a development zone runs a
street, the node is delegated: from a moment on and until one, with all below it. Nothing else about the node changes,
and when the delegation ends it is where it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.access.queries import accounts
from gridsvc.access.queries import tree as queries
from gridsvc.access.reach import Reach, reach_of
from gridsvc.access.tables import Delegation, ManagementNode
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NodeUnderItself, NotFound
from gridsvc.core.revisions import Expected
from gridsvc.infra.db import new_id

EDITING, READING = "accounts.manage", "rights.read"


@dataclass(frozen=True)
class PlacedNode:
    """A node as it stands at a moment: `parent` is what it is run from, and delegations that are not over."""

    node: ManagementNode
    parent: str | None
    delegations: tuple[Delegation, ...]


@dataclass(frozen=True)
class NodeDraft:
    """A node to be added under a parent."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class DelegationDraft:
    """From where a node is to be run, from a moment on and until one."""

    parent: str
    since: datetime
    until: datetime | None = None


def management_tree(session: Session, actor: Actor, at: datetime, *, under: str | None = None) -> list[PlacedNode]:
    """The nodes in reach of the actor as they stand at a moment, by code; `under` one of them, those run from it."""
    reach = _reading_reach(session, actor, at)
    found = queries.nodes(session, reach.nodes_or_all)
    standing = queries.delegations(session, at)
    placed = (
        [_placed(node, [d for d in standing if d.node_code == node.code], at) for node in found]
        if standing
        else [PlacedNode(node, node.parent_code, ()) for node in found]
    )
    return [each for each in placed if under is None or each.parent == under]


def root_of_tree(session: Session) -> str:
    """The one node that everything is run from; raises NotFound where there is none, or no single one."""
    roots = queries.roots(session)
    if len(roots) != 1:
        raise NotFound("The management tree has no single root; import the areas first, or name the area.")
    return roots[0]


def find_node(session: Session, actor: Actor, code: str, at: datetime) -> PlacedNode:
    """One node in reach; raises NotFound for any other."""
    return _found(session, _reading_reach(session, actor, at), code, at)


def add_node(session: Session, actor: Actor, draft: NodeDraft, *, now: datetime) -> PlacedNode:
    """A node that is no area, under a node in reach; areas bring their own nodes when they are imported."""
    reach_of(session, actor, EDITING, now).require_node(session, draft.parent, place="body.parent")
    if queries.node(session, draft.code) is not None:
        raise Conflict(faults=[Fault("body.code", "code_taken", "The management tree has a node of this code.")])
    node = ManagementNode(code=draft.code, name=draft.name, parent_code=draft.parent, area_code=None, revision=1)
    session.add(node)
    session.flush()
    audit.record(session, actor, "node.create", "management_node", draft.code, detail={"parent": draft.parent})
    return PlacedNode(node, draft.parent, ())


def rename_node(
    session: Session, actor: Actor, code: str, expected: Expected, *, name: str, now: datetime
) -> PlacedNode:
    """Give a node another name; the name of the area that it runs is not touched."""
    found = _found(session, reach_of(session, actor, EDITING, now), code, now, to_change=True)
    expected.check(found.node.revision)
    found.node.name = name
    return _changed(session, actor, found.node, "node.rename", now)


def delegate_node(session: Session, actor: Actor, code: str, draft: DelegationDraft, *, now: datetime) -> Delegation:
    """Run a node, with all below it, from another one, from a moment that has not passed on.

    Refuses a place under the node itself, and a second delegation for the same time.
    """
    accounts.one_at_a_time(session)  # two delegations at once could close a circle that neither sees
    reach = reach_of(session, actor, EDITING, now)
    found = _found(session, reach, code, now, to_change=True)
    reach.require_node(session, draft.parent, place="body.parent")
    since, until = draft.since, draft.until
    if since < now or (until is not None and until <= since):
        fault = Fault("body.from", "out_of_range", "A delegation begins now or later, and ends after that.")
        raise InvalidInput(faults=[fault])
    standing = queries.delegations(session, since, code)
    if any(until is None or other.valid.lower is None or other.valid.lower < until for other in standing):
        raise Conflict("The node is delegated for some of that time already; end that delegation first.")
    made = Delegation(id=new_id(), node_code=code, parent_code=draft.parent, valid=Range(since, until, bounds="[)"))
    if _closes_circle(session, code, draft.parent, since, until):
        raise NodeUnderItself(faults=[Fault("body.parent", "node_under_itself", "It is run from this very node.")])
    session.add(made)
    _changed(session, actor, found.node, "node.delegate", now, to=draft.parent, since=since, until=until)
    return made


def end_delegation(session: Session, actor: Actor, code: str, delegation_id: UUID, *, now: datetime) -> None:
    """End a delegation now; one that has not begun is taken back.

    Raises NotFound when it is over or out of reach, NodeUnderItself when the node would go back under one that is run
    from it.
    """
    accounts.one_at_a_time(session)
    reach = reach_of(session, actor, EDITING, now)
    made = queries.delegation(session, delegation_id)
    found = _found(session, reach, code, now, to_change=True)
    if made is None or made.node_code != code or (made.valid.upper is not None and made.valid.upper <= now):
        raise NotFound
    start, until = max(made.valid.lower or now, now), made.valid.upper
    if made.valid.lower is not None and made.valid.lower >= now:
        session.delete(made)
    else:
        made.valid = Range(made.valid.lower, now, bounds="[)")
    session.flush()
    own = found.node.parent_code
    if own is not None and _closes_circle(session, code, own, start, until):
        raise NodeUnderItself("Its own parent is run from this very node by then; end that delegation first.")
    _changed(session, actor, found.node, "node.end_delegation", now, to=made.parent_code)


def _closes_circle(session: Session, code: str, parent: str, since: datetime, until: datetime | None) -> bool:
    """Whether the parent would be run from the node at some time from one moment on and before another.

    The tree stands still between the moments at which a delegation begins or ends.
    """
    turns = {since}
    for other in queries.delegations(session, since):
        bounds = (other.valid.lower, other.valid.upper)
        turns |= {each for each in bounds if each and each > since and (until is None or each < until)}
    return any(code in queries.nodes_above(session, parent, moment) for moment in sorted(turns))


def _reading_reach(session: Session, actor: Actor, at: datetime) -> Reach:
    """Where one may look: where one holds either right. Raises Forbidden for who holds none."""
    held = [right for right in (EDITING, READING) if right in actor.permissions] or [READING]
    reaches = [reach_of(session, actor, right, at) for right in held]
    return Reach(any(reach.everything for reach in reaches), frozenset().union(*(reach.nodes for reach in reaches)))


def _found(session: Session, reach: Reach, code: str, at: datetime, *, to_change: bool = False) -> PlacedNode:
    node = queries.node(session, code, to_change=to_change)
    if node is None or not reach.covers(code):
        raise NotFound
    return _placed(node, queries.delegations(session, at, code), at)


def _placed(node: ManagementNode, standing: Sequence[Delegation], at: datetime) -> PlacedNode:
    return PlacedNode(node, _parent_at(standing, at) or node.parent_code, tuple(standing))


def _parent_at(standing: Iterable[Delegation], at: datetime) -> str | None:
    return next((d.parent_code for d in standing if d.valid.lower is None or d.valid.lower <= at), None)


def _changed(
    session: Session, actor: Actor, node: ManagementNode, action: str, now: datetime, **detail: object
) -> PlacedNode:
    node.revision += 1
    session.flush()
    told = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in detail.items()}
    audit.record(session, actor, action, "management_node", node.code, detail=told)
    return _placed(node, queries.delegations(session, now, node.code), now)
