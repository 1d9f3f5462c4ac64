"""Roles of an account over nodes of the management tree, with their dates."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access import grants
from gridsvc.access.grants import GrantDraft
from gridsvc.access.tables import Grant
from gridsvc.api import deps
from gridsvc.api.accounts import NodeCode
from gridsvc.api.actors import forget_when_stored
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag, tag_of
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created

router = APIRouter(prefix="/api/v1/accounts/{account_id}/grants", tags=["accounts"], route_class=StrictRoute)

ONE: dict[str, Any] = {
    "id": "01a2005f-b6a0-7225-86d5-b56fbb0003c8",
    "role": "dispatcher",
    "node": "340302001000",
    "from": "2026-12-01T00:00:00+08:00",
    "until": None,
    "is_current": True,
    "revision": 1,
}


class GrantItem(BaseModel):
    """A role held over a node, with all that is run from it, from a moment on and until one (null: open).

    A role that reaches the own grids alone, as the grid worker's does, has no node.
    """

    model_config = ConfigDict(populate_by_name=True, json_schema_extra={"example": ONE})

    id: UUID
    role: str
    node: str | None = None
    since: datetime | None = Field(None, alias="from")
    until: datetime | None = None
    is_current: bool
    revision: int


class GrantList(BaseModel):
    """Every grant of an account, past ones too, in the order of their beginning."""

    items: list[GrantItem]


class NewGrant(BaseModel):
    """A role to be given; `from` is now when left out."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        json_schema_extra={"example": {"role": "dispatcher", "node": "340302001000"}},
    )

    role: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^\w+$")]
    node: NodeCode | None = None
    since: BodyMoment | None = Field(None, alias="from")
    until: BodyMoment | None = None


class GrantChange(BaseModel):
    """When the grant is to end; null: it stays open."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"until": "2027-03-01T00:00:00+08:00"}})

    until: BodyMoment | None


@router.get("", summary="Grants of an account")
def list_grants(account_id: UUID, actor: deps.CurrentActor, session: deps.Reading) -> GrantList:
    """Past, present and coming ones."""
    at = deps.now()
    return GrantList(items=[_out(grant, at) for grant in grants.list_grants(session, actor, account_id, now=at)])


@router.post("", status_code=201, response_model=GrantItem, summary="Give a role")
def give_grant(
    account_id: UUID,
    wanted: NewGrant,
    body: deps.RawBody,
    actor: deps.CurrentActor,
    session: deps.Writing,
    held: deps.AppState,
    key: Key = None,
) -> Response:
    """Over a node in one's own reach."""
    at = deps.now()

    def make() -> GrantItem:
        draft = GrantDraft(wanted.role, wanted.node, wanted.since or at, wanted.until)
        return _out(grants.give_role(session, actor, account_id, draft, now=at), at)

    forget_when_stored(session, held, account_id)
    route = f"accounts/{account_id}/grants"
    return created(session, actor=actor, route=route, key=key, body=body, make=make, etag=_tag)


@router.patch("/{grant_id}", summary="Let a grant end at another moment")
def change_grant(
    account_id: UUID,
    grant_id: UUID,
    wanted: GrantChange,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
    held: deps.AppState,
) -> GrantItem:
    """Now or later; a grant that has ended stays as it was."""
    at = deps.now()
    place = grants.GrantPlace(account_id, grant_id)
    grant = grants.change_role(session, actor, place, expected, until=wanted.until, now=at)
    forget_when_stored(session, held, account_id)
    return _shown(response, grant, at)


@router.delete("/{grant_id}", status_code=204, summary="End a grant")
def end_grant(
    account_id: UUID,
    grant_id: UUID,
    expected: Expectation,
    actor: deps.CurrentActor,
    session: deps.Writing,
    held: deps.AppState,
) -> None:
    """It ends now and stays in the list; one that has not begun is taken back."""
    grants.end_role(session, actor, grants.GrantPlace(account_id, grant_id), expected, now=deps.now())
    forget_when_stored(session, held, account_id)


def _tag(grant: GrantItem) -> str:
    return tag_of(grant.revision)


def _shown(response: Response, grant: Grant, at: datetime) -> GrantItem:
    tag(response, grant.revision)
    return _out(grant, at)


def _out(grant: Grant, at: datetime) -> GrantItem:
    since, until = grant.valid.lower, grant.valid.upper
    return GrantItem(
        id=grant.id,
        role=grant.role_code,
        node=grant.node_code,
        since=since,
        until=until,
        is_current=(since is None or since <= at) and (until is None or at < until),
        revision=grant.revision,
    )
