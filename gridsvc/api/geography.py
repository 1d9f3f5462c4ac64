"""Grids, areas, blocks and doors on the wire, and the health of the net."""

import json
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from gridsvc.api import deps
from gridsvc.api.locate import UnitOut
from gridsvc.api.pagination import Page, Pages
from gridsvc.api.words import FoundKind
from gridsvc.core.errors import Fault, InvalidInput, NotFound
from gridsvc.geography.queries import lookups
from gridsvc.people import queries as people

router = APIRouter(prefix="/api/v1", tags=["geography"])

GEOJSON = "application/geo+json"
GEOJSON_OUT: dict[int | str, dict[str, Any]] = {
    200: {"content": {GEOJSON: {}}, "description": "A GeoJSON FeatureCollection (RFC 7946)."}
}


@router.get("/grids", summary="The whole net, exactly", response_class=Response, responses=GEOJSON_OUT)
def grids(at: deps.Moment, actor: deps.CurrentActor, session: deps.MapReading) -> Response:
    """Every grid of the base net at a moment as one FeatureCollection, seven decimals, for other systems."""
    from gridsvc.geography.display import exact_grids  # shapely is not for an idle service

    actor.require("map.read")
    return Response(exact_grids(session, at), media_type=GEOJSON)


@router.get("/blocks", summary="Blocks in a box", response_class=Response, responses=GEOJSON_OUT)
def blocks(
    bbox: Annotated[
        str,
        Query(max_length=120, description="West,south,east,north in degrees.", examples=["117.35,32.91,117.37,32.93"]),
    ],
    actor: deps.CurrentActor,
    session: deps.MapReading,
) -> Response:
    """At most 2,000 blocks that touch the box."""
    from gridsvc.geography.display import blocks_in

    actor.require("map.read")
    return Response(blocks_in(session, parse_box(bbox)), media_type=GEOJSON)


def parse_box(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees; raises InvalidInput."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        is_box = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    except ValueError:
        is_box = False
    if not is_box:
        raise InvalidInput(faults=[Fault("query.bbox", "not_a_box", "A box is west,south,east,north in degrees.")])
    return west, south, east, north


class DoorOut(BaseModel):
    """A registered door."""

    code: str
    address: str


@router.get("/grids/{code}/doors", summary="Doors of a grid")
def doors(
    code: str,
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    paging: Pages,
    q: Annotated[str, Query(max_length=100, description="Part of an address, or the beginning of a code.")] = "",
) -> Page[DoorOut]:
    """Registered doors inside the grid, if it is in one's jurisdiction."""
    actor = actor.by("doors.read")
    card = visible_grid(session, actor, code, at)
    refuse_nul(q)
    after = paging.after(str) or ("",)
    rows = lookups.doors_of_grid(
        session, actor.scope, card.grid_version_id, at=at, q=q, after=after[0], limit=paging.limit + 1
    )
    return paging.page(rows, _door_out, key=lambda row: (row.code,))


def _door_out(row: Any) -> DoorOut:
    return DoorOut(code=row.code, address=row.address)


def visible_grid(session: deps.Reading, actor: deps.CurrentActor, code: str, at: datetime) -> Any:
    """The grid that bears the code at a moment; NotFound when there is none or it is outside one's jurisdiction."""
    refuse_nul(code)
    card = lookups.grid_card(session, code, at)
    if card is None or not actor.scope.covers(card.community_code, card.grid_id):
        raise NotFound
    return card


def refuse_nul(*texts: str) -> None:
    """Raise InvalidInput for a text with a NUL, which no row can hold."""
    if any("\0" in text for text in texts):
        raise InvalidInput("A text holds a NUL character.")


class SearchItem(BaseModel):
    """Something found: `grid_codes` are the grids to show, `bbox` is west, south, east, north."""

    kind: FoundKind
    code: str
    label: str
    detail: str | None
    grid_codes: list[str]
    bbox: list[float] | None


class SearchOut(BaseModel):
    """What was found: areas, then grids, then workers."""

    items: list[SearchItem]


@router.get("/search", summary="Search by code, name or worker")
def search(
    q: Annotated[str, Query(min_length=1, max_length=60)],
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    limit: Annotated[int, Query(ge=1, le=50)] = 12,
) -> SearchOut:
    """Areas and grids by code or name, and workers of one's jurisdiction by name or number, with their grids."""
    actor = actor.by("map.read")
    refuse_nul(q)
    found = [_found(row) for row in lookups.search(session, q.strip(), at, limit=limit)]
    workers = people.workers_named(session, q.strip(), actor.scope, 5) if "grids.read_card" in actor.permissions else ()
    return SearchOut(items=[*found, *(_worker(session, row, at) for row in workers)])


def _found(row: Any) -> SearchItem:
    box = [row.west, row.south, row.east, row.north]
    return SearchItem(
        kind=row.kind,
        code=row.code,
        label=row.label,
        detail=row.detail,
        grid_codes=list(row.grid_codes),
        bbox=None if None in box else box,
    )


def _worker(session: deps.Reading, row: Any, at: datetime) -> SearchItem:
    held = people.grids_of_worker(session, row.id, at)
    grids = lookups.grids_by_id(session, [grid.grid_id for grid in held], at)
    box = None
    if grids:
        box = [min(g.west for g in grids), min(g.south for g in grids)]
        box += [max(g.east for g in grids), max(g.north for g in grids)]
    return SearchItem(
        kind="worker",
        code=row.number,
        label=row.name,
        detail=grids[0].community_name if grids else None,
        grid_codes=[grid.code for grid in grids],
        bbox=box,
    )


def unit(code: str | None, name: str | None) -> UnitOut | None:
    """An area for the wire."""
    return UnitOut(code=code, name=name or code) if code else None


@router.get("/net/check", summary="Health of the net", response_class=Response, responses=GEOJSON_OUT)
def net_check(at: deps.Moment, actor: deps.CurrentActor, session: deps.MapReading) -> Response:
    """Every place where grids do not tile their communities at a moment, as features with kind and size in m².

    The member `summary` has the figures. A net without faults has no features.
    """
    from gridsvc.geography.health import check_net  # works on whole nets

    actor.require("net.check")
    report = check_net(session, at=at)
    return Response(json.dumps(report.feature_collection(), ensure_ascii=False), media_type=GEOJSON)
