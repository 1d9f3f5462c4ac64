"""What the map shows now or showed then: where its geometry lies, and the status of every grid."""

import hashlib
import json
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from gridsvc.api import deps
from gridsvc.api.locate import UnitOut
from gridsvc.api.state import State, StatusText
from gridsvc.dashboard import documents, queries
from gridsvc.dashboard.points import point_columns
from gridsvc.dashboard.status import city_status
from gridsvc.geography.locating import current_net
from gridsvc.geography.queries import lookups
from gridsvc.people import queries as people

router = APIRouter(prefix="/api/v1", tags=["map"])


class NetVersionOut(BaseModel):
    """A published state of the net."""

    id: str
    number: int
    effective_at: datetime
    published_at: datetime


class DocumentsOut(BaseModel):
    """Addresses of geometry that never changes under its address; grids is null before the first net."""

    grids: str | None
    areas: str
    backdrop: str


class ShownSettings(BaseModel):
    """Settings that the pages need."""

    tile_url: str | None
    visit_cycle_days: float
    due_soon_share: float
    border_band_m: float
    city_timezone: str


class OmittedOut(BaseModel):
    """An area the map leaves out, because no outline of it is known."""

    code: str
    name: str
    reason: str = "no_outline"


class ViewOut(BaseModel):
    """What the map shows at a moment."""

    city: UnitOut | None
    moment: datetime
    net_version: NetVersionOut | None
    documents: DocumentsOut
    settings: ShownSettings
    omitted: list[OmittedOut]
    synthetic: bool


@router.get("/view", summary="What the map shows")
def view(
    request: Request, at: deps.Moment, actor: deps.CurrentActor, session: deps.MapReading, config: deps.Config
) -> ViewOut:
    """Net version, addresses of the geometry, and what the pages need to know about the city."""
    actor.require("map.read")
    net = current_net(session, at)
    city = queries.city(session, at)
    past = f"?as_of={at.isoformat().replace('+', '%2B')}" if "as_of" in request.query_params else ""
    return ViewOut(
        city=UnitOut(code=city.code, name=city.name) if city else None,
        moment=at,
        net_version=NetVersionOut(
            id=str(net.id), number=net.number, effective_at=net.effective_at, published_at=net.published_at
        )
        if net
        else None,
        documents=document_addresses(documents.names_at(session, at, net), past),
        settings=ShownSettings(**{name: getattr(config, name) for name in ShownSettings.model_fields}),
        omitted=[OmittedOut(code=row.code, name=row.name) for row in lookups.areas_without_outline(session, at)],
        synthetic=queries.holds_synthetic(session, at),
    )


def document_addresses(names: documents.Names, past: str) -> DocumentsOut:
    """Where the documents of these names are served; `past` is the query that asks for a past moment, or empty."""
    base = "/api/v1/documents"
    return DocumentsOut(
        grids=f"{base}/grids/{names.grids}.json{past}" if names.grids else None,
        areas=f"{base}/areas/{names.areas}.json{past}",
        backdrop=f"{base}/backdrop/{names.backdrop}.json{past}",
    )


@router.get(
    "/status",
    summary="Status of every grid",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}, 304: {"description": "Nothing has changed."}},
)
def status(
    request: Request,
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.MapReading,
    held: deps.AppState,
) -> Response:
    """Staffing, patrol status, last visit and open incidents of every grid as columns, and the headline figures.

    Unchanged since the ETag one has: 304. The moment itself and what only counts time do not make a change. Door
    coverage and the numbers by day may be up to a minute old; they say which moment they speak of. The rest is at most
    five seconds old, and only while nothing was written.
    """
    actor = actor.by("map.read")
    made = _status_text(session, at, actor, held, is_now="as_of" not in request.query_params)
    head, lasting = made.head, made.lasting
    headers = {"ETag": _tag(lasting), "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(f"{head[:-1]},{lasting[1:]}", media_type="application/json", headers=headers)


def _status_text(
    session: deps.MapReading, at: datetime, actor: deps.CurrentActor, held: State, *, is_now: bool
) -> StatusText:
    rules = deps.rules_of(held.settings)
    snapshot = queries.snapshot(session) if is_now else ""
    known = held.status.get(actor.scope, snapshot) if is_now else None
    if known is not None:
        return known
    answers = held.answers.at(session, at) if is_now else None
    figures = held.figures.at(session, at, rules) if is_now else None
    content = city_status(session, at, scope=actor.scope, rules=rules, answers=answers, figures=figures)
    head = _text({name: content.pop(name) for name in ("as_of", "headline")})
    made = StatusText(head, _text(content))
    if is_now:
        held.status.put(actor.scope, snapshot, made)
    return made


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _tag(lasting: str) -> str:
    return f'"{hashlib.blake2b(lasting.encode(), digest_size=12).hexdigest()}"'


class StatsOut(BaseModel):
    """Counts of what there is at a moment."""

    grids: int
    vacancies: int
    workers: int
    doors: int
    incidents: int
    visits: int
    communities: int
    communities_with_grids: int
    areas: int
    blocks: int


@router.get("/stats", summary="Counts")
def stats(at: deps.Moment, actor: deps.CurrentActor, session: deps.MapReading) -> StatsOut:
    """How many grids, vacancies, workers, doors, incidents and visits there are; records count up to the moment."""
    actor.require("map.read")
    ground = lookups.ground_counts(session, at)
    return StatsOut(
        grids=ground.grids,
        vacancies=queries.count_vacancies(session, at),
        workers=people.count_workers(session),
        doors=ground.doors,
        incidents=queries.count_incidents(session, at),
        visits=queries.count_visits(session, at),
        communities=ground.communities,
        communities_with_grids=ground.communities_with_grids,
        areas=ground.areas,
        blocks=ground.blocks,
    )


class PointsOut(BaseModel):
    """Open incidents that have a place, as columns of the same length; times in epoch seconds."""

    id: list[str]
    number: list[int]
    x: list[float]
    y: list[float]
    category: list[str]
    state: list[str]
    received_at: list[int]


@router.get("/incidents/points", summary="Open incidents on the map")
def points(at: deps.Moment, actor: deps.CurrentActor, session: deps.Reading) -> PointsOut:
    """Incidents open at the moment that have a place and lie in one's jurisdiction."""
    actor = actor.by("incidents.read")
    return PointsOut(**point_columns(session, at, actor.scope))
