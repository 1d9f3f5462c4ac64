"""News as it happens: a stream of server-sent events fed by the database's notices."""

from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent

from gridsvc.api import deps
from gridsvc.infra import events

router = APIRouter(prefix="/api/v1", tags=["live"])

# A quiet stream says every so often that it lives, so that proxies and browsers keep it open.
QUIET_S = 15.0


@router.get("/live", response_class=EventSourceResponse, summary="Changes as they happen")
async def live(held: deps.AppState, _: deps.CurrentActor) -> AsyncIterator[ServerSentEvent]:
    """Events `change` with {"kind": "visit" | "incident" | "net", "grid": code or null}; ask anew for what changed.

    The stream holds a connection of its own and no database session.
    """
    async for news in events.changes(held.url, wait_s=QUIET_S):
        if news is None:
            yield ServerSentEvent(comment="quiet")
        else:
            yield ServerSentEvent(event="change", raw_data=news)
