"""One's own logins: where one is logged in, and ending one of them."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access import logins
from gridsvc.api import deps
from gridsvc.api.actors import forget_when_stored

router = APIRouter(prefix="/api/v1/sessions", tags=["session"])


class SessionItem(BaseModel):
    """A living login of one's own; `client` is what the browser said it was."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
                "client": "Mozilla/5.0 (Linux; Android 14)",
                "created_at": "2026-11-21T08:00:00Z",
                "last_seen_at": "2026-11-21T09:30:00Z",
                "expires_at": "2026-11-28T08:00:00Z",
                "is_current": True,
            }
        }
    )

    id: UUID
    client: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime = Field(description="At the latest; sooner when it is not used.")
    is_current: bool


class SessionList(BaseModel):
    """One's own logins, the last used first."""

    items: list[SessionItem]


@router.get("", summary="My logins")
def list_my_sessions(actor: deps.CurrentActor, session: deps.Writing, lives: deps.Limits) -> SessionList:
    """Every place where one is logged in."""
    # Read as the service: the roles that only read have no access to logins.
    rows = logins.own_sessions(session, actor, now=deps.now(), limits=lives)
    return SessionList(items=[SessionItem(**row._mapping, is_current=row.id == actor.session_id) for row in rows])


@router.delete("/{session_id}", status_code=204, summary="End one of my logins")
def end_my_session(session_id: UUID, actor: deps.CurrentActor, session: deps.Writing, held: deps.AppState) -> None:
    """Whoever uses it is logged out with their next request."""
    logins.end_own_session(session, actor, session_id)
    forget_when_stored(session, held, actor.account_id)
