"""Tokens of programs: made, shown once, listed, revoked."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access import tokens
from gridsvc.access.tables import ApiToken, TokenState
from gridsvc.access.tokens import TokenDraft
from gridsvc.api import deps
from gridsvc.api.accounts import Name, NodeCode
from gridsvc.api.actors import forget_when_stored
from gridsvc.api.body import StrictRoute
from gridsvc.api.moments import BodyMoment

router = APIRouter(prefix="/api/v1/tokens", tags=["tokens"], route_class=StrictRoute)

ONE: dict[str, Any] = {
    "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
    "name": "hotline 12345",
    "account": "admin",
    "permissions": ["incidents.create", "map.read"],
    "node": None,
    "created_at": "2026-11-21T08:00:00Z",
    "until": "2027-06-30T16:00:00Z",
    "last_used_at": None,
    "state": "active",
}


class TokenItem(BaseModel):
    """A program's token: it acts for `account`, by these rights as far as the account has them itself."""

    model_config = ConfigDict(json_schema_extra={"example": ONE})

    id: UUID
    name: str
    account: str
    permissions: list[str]
    node: str | None = Field(
        None, description="The part of the city it is limited to; null: as far as the account reaches."
    )
    created_at: datetime
    until: datetime
    last_used_at: datetime | None = Field(None, description="To the minute.")
    state: TokenState


class TokenList(BaseModel):
    """Tokens that one made, or whose accounts one looks after; the newest first."""

    items: list[TokenItem]


class MadeToken(TokenItem):
    """A new token; the secret is shown here and never again."""

    model_config = ConfigDict(json_schema_extra={"example": ONE | {"token": "gridsvc_…"}})

    token: str


class NewToken(BaseModel):
    """A token to be made: a part of one's own rights, over a part of one's own area, for at most a year."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "name": "hotline 12345",
                "permissions": ["incidents.create", "map.read"],
                "node": None,
                "until": "2027-06-30T00:00:00+08:00",
            }
        },
    )

    name: Name
    permissions: Annotated[list[Annotated[str, Field(max_length=64)]], Field(min_length=1, max_length=100)]
    node: NodeCode | None = None
    until: BodyMoment


@router.get("", summary="Tokens")
def list_tokens(actor: deps.CurrentActor, session: deps.Reading) -> TokenList:
    """Ended ones too. No token is shown again."""
    at = deps.now()
    rows = tokens.visible_tokens(session, actor, now=at)
    return TokenList(items=[TokenItem(**_out(row.ApiToken, row.username, at)) for row in rows])


@router.post("", status_code=201, summary="Make a token")
def create_token(wanted: NewToken, actor: deps.CurrentActor, session: deps.Writing) -> MadeToken:
    """For a program, which sends it as `Authorization: Bearer …`. No Idempotency-Key: its answer would be kept."""
    at = deps.now()
    draft = TokenDraft(wanted.name, frozenset(wanted.permissions), wanted.node, wanted.until)
    made, secret = tokens.make_token(session, actor, draft, now=at)
    return MadeToken(**_out(made, actor.username, at), token=secret)


@router.delete("/{token_id}", status_code=204, summary="Revoke a token")
def revoke_token(token_id: UUID, actor: deps.CurrentActor, session: deps.Writing, held: deps.AppState) -> None:
    """It is refused from the next request on, and stays in the list."""
    token = tokens.revoke_token(session, actor, token_id, now=deps.now())
    forget_when_stored(session, held, token.account_id)


def _out(token: ApiToken, username: str, at: datetime) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "account": username,
        "permissions": token.permissions,
        "node": token.node_code,
        "created_at": token.created_at,
        "until": token.expires_at,
        "last_used_at": token.last_used_at,
        "state": token.state(at),
    }
