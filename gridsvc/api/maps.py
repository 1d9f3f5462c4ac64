"""The folium pages: the same layers as the command center's map, as pages of their own."""

import secrets
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from gridsvc.api import deps
from gridsvc.api.headers import content_policy
from gridsvc.api.status import document_addresses
from gridsvc.dashboard import documents
from gridsvc.geography.locating import current_net

router = APIRouter(tags=["map"], include_in_schema=False)

Locale = Annotated[Literal["zh-CN", "en"] | None, Query(description="Language of the page.")]


@router.get("/maps/{name}.html", summary="A folium map")
def folium_map(
    name: Literal["coverage", "patrol"],
    request: Request,
    at: deps.Moment,
    visitor: deps.Visitor,
    config: deps.Config,
    session: deps.MapReading,
    locale: Locale = None,
) -> Response:
    """Coverage by staffing, or patrol status, at a moment; whoever is not logged in is led to the login."""
    from gridsvc.dashboard.city_map import MapRequest, served_map  # folium is not for an idle service

    if visitor is None:
        return RedirectResponse(f"/login?next={quote(request.url.path)}", status_code=303)
    visitor.require("map.read")
    asked = MapRequest(
        name=name,
        at=at,
        scope=visitor.scope,
        rules=deps.rules_of(config),
        locale=locale or config.locale,
        tile_url=config.tile_url,
        shows_incidents="incidents.read" in visitor.permissions,
    )
    nonce = secrets.token_urlsafe(16)
    past = at if "as_of" in request.query_params else None
    page = served_map(session, asked, addresses=_addresses(session, at, past), nonce=nonce)
    return HTMLResponse(page, headers={"Content-Security-Policy": content_policy(config.tile_url, nonce=nonce)})


def _addresses(session: deps.MapReading, at: datetime, past: datetime | None) -> dict[str, str | None]:
    asked = f"?as_of={quote(past.isoformat())}" if past else ""
    shown = document_addresses(documents.names_at(session, at, current_net(session, at)), asked)
    return {
        **shown.model_dump(),
        "status": f"/api/v1/status{asked}",
        "incidents": f"/api/v1/incidents/points{asked}",
        "catalogue": "/api/v1/catalogue",
    }
