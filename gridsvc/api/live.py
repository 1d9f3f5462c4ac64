"""News as it happens: a stream of server-sent events fed by the database's notices."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from gridsvc.api import deps
from gridsvc.core.errors import GridsvcError
from gridsvc.infra.events import Follower

router = APIRouter(prefix="/api/v1", tags=["live"])

# However quiet it is: so often it is asked whether the reader is still logged in.
QUIET_S = 15.0


async def following(held: deps.AppState, actor: deps.CurrentActor) -> AsyncIterator[Follower]:
    """News for whoever may see the map."""
    actor.require("map.read")
    async with held.news.follow() as follower:
        yield follower


@router.get("/live", response_class=EventSourceResponse, summary="Changes as they happen")
async def live(
    request: Request, held: deps.AppState, lives: deps.Limits, news: Annotated[Follower, Depends(following)]
) -> AsyncIterator[ServerSentEvent]:
    """Events `change` with {"kind": "visit" | "incident" | "net" | "plan", "grid": code or null}: ask anew.

    What happens several times while nobody reads is told once. The stream ends with the login or token that opened it,
    and when something may have been missed: open it again, and ask anew. An open stream counts as use of the login.
    """
    while (changes := await news.heard(QUIET_S)) is not None:
        try:
            (await deps.actor(request, held, lives)).require("map.read")
        except GridsvcError:
            return
        for change in changes:
            yield ServerSentEvent(event="change", raw_data=change)
