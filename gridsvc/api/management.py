"""The management tree: what is run from where, and delegations with their dates."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access import management
from gridsvc.access.management import PlacedNode
from gridsvc.access.tables import Delegation
from gridsvc.api import deps
from gridsvc.api.accounts import Name, NodeCode
from gridsvc.api.actors import forget_when_stored
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag, tag_of
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created

router = APIRouter(prefix="/api/v1/management-nodes", tags=["management"], route_class=StrictRoute)

Code = Annotated[str, Path(max_length=64, pattern=r"^[\w.-]+$", examples=["340302001000"])]
DELEGATION: dict[str, Any] = {
    "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
    "parent": "development-zone",
    "from": "2026-12-01T00:00:00+08:00",
    "until": None,
}
ONE: dict[str, Any] = {
    "code": "340302001000",
    "name": "一街道",
    "area_code": "340302001000",
    "own_parent": "340302000000",
    "parent": "development-zone",
    "delegations": [DELEGATION],
    "revision": 2,
}


class DelegationItem(BaseModel):
    """That a node, with all below it, is run from another one for a time."""

    model_config = ConfigDict(populate_by_name=True, json_schema_extra={"example": DELEGATION})

    id: UUID
    parent: str
    since: datetime | None = Field(None, alias="from")
    until: datetime | None = None


class NodeItem(BaseModel):
    """A node. `parent` is what it is run from at the moment asked about, `own_parent` where it belongs by itself."""

    model_config = ConfigDict(json_schema_extra={"example": ONE})

    code: str
    name: str
    area_code: str | None = Field(None, description="The area it runs; null for a node that is no area.")
    own_parent: str | None = None
    parent: str | None = None
    delegations: list[DelegationItem] = Field(description="Those that are not over.")
    revision: int


class NodeList(BaseModel):
    """Nodes by code."""

    items: list[NodeItem]


class NewNode(BaseModel):
    """A node that is no area, such as a development zone; areas bring their own nodes when they are imported."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"code": "development-zone", "name": "开发区", "parent": "340300000000"}},
    )

    code: NodeCode
    name: Name
    parent: NodeCode


class NodeChange(BaseModel):
    """The node's other name."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"name": "高新区"}})

    name: Name


class NewDelegation(BaseModel):
    """From where the node is to be run, from a moment on (now when left out) and until one (open when left out)."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        json_schema_extra={"example": {"parent": "development-zone", "from": "2026-12-01T00:00:00+08:00"}},
    )

    parent: NodeCode
    since: BodyMoment | None = Field(None, alias="from")
    until: BodyMoment | None = None


@router.get("", summary="The management tree")
def list_management_nodes(
    actor: deps.CurrentActor,
    session: deps.Reading,
    at: deps.Moment,
    under: Annotated[str | None, Query(max_length=64, pattern=r"^[\w.-]+$", description="Only its children.")] = None,
) -> NodeList:
    """The nodes that one administers, as they stand at a moment."""
    return NodeList(items=[_out(placed) for placed in management.management_tree(session, actor, at, under=under)])


@router.post("", status_code=201, response_model=NodeItem, summary="Add a node that is no area")
def add_management_node(
    wanted: NewNode, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """Under a node that one administers."""

    def make() -> NodeItem:
        draft = management.NodeDraft(wanted.code, wanted.name, wanted.parent)
        return _out(management.add_node(session, actor, draft, now=deps.now()))

    return created(
        session,
        actor=actor,
        route="management-nodes",
        key=key,
        body=body,
        make=make,
        location=lambda node: f"/api/v1/management-nodes/{node.code}",
        etag=lambda node: tag_of(node.revision),
    )


@router.get("/{code}", summary="One node of the management tree")
def get_management_node(
    code: Code, response: Response, actor: deps.CurrentActor, session: deps.Reading, at: deps.Moment
) -> NodeItem:
    """A node that one administers; 404 for any other."""
    return _shown(response, management.find_node(session, actor, code, at))


@router.patch("/{code}", summary="Rename a node")
def rename_management_node(
    code: Code,
    wanted: NodeChange,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
) -> NodeItem:
    """The name of the area that it runs is not touched."""
    renamed = management.rename_node(session, actor, code, expected, name=wanted.name, now=deps.now())
    return _shown(response, renamed)


@router.post("/{code}/delegations", status_code=201, response_model=DelegationItem, summary="Run a node from elsewhere")
def delegate_management_node(
    code: Code,
    wanted: NewDelegation,
    body: deps.RawBody,
    actor: deps.CurrentActor,
    session: deps.Writing,
    held: deps.AppState,
    key: Key = None,
) -> Response:
    """With all below it. Who sees it and may act in it follows at that moment."""

    def make() -> DelegationItem:
        at = deps.now()
        draft = management.DelegationDraft(wanted.parent, wanted.since or at, wanted.until)
        return _delegation(management.delegate_node(session, actor, code, draft, now=at))

    forget_when_stored(session, held, None)
    route = f"management-nodes/{code}/delegations"
    return created(session, actor=actor, route=route, key=key, body=body, make=make)


@router.delete("/{code}/delegations/{delegation_id}", status_code=204, summary="End a delegation")
def end_management_delegation(
    code: Code, delegation_id: UUID, actor: deps.CurrentActor, session: deps.Writing, held: deps.AppState
) -> None:
    """The node is run from its own parent again; a delegation that has not begun is taken back.

    Refused while that parent is, or will be, run from this very node (`node_under_itself`).
    """
    management.end_delegation(session, actor, code, delegation_id, now=deps.now())
    forget_when_stored(session, held, None)


def _shown(response: Response, placed: PlacedNode) -> NodeItem:
    tag(response, placed.node.revision)
    return _out(placed)


def _out(placed: PlacedNode) -> NodeItem:
    return NodeItem(
        code=placed.node.code,
        name=placed.node.name,
        area_code=placed.node.area_code,
        own_parent=placed.node.parent_code,
        parent=placed.parent,
        delegations=[_delegation(delegation) for delegation in placed.delegations],
        revision=placed.node.revision,
    )


def _delegation(made: Delegation) -> DelegationItem:
    return DelegationItem(id=made.id, parent=made.parent_code, since=made.valid.lower, until=made.valid.upper)
