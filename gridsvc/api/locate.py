"""Who answers for a point, now or at any past moment."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.people import AnswerOut, answer_out
from gridsvc.geography.declared import declared_point
from gridsvc.geography.locating import Place, Unit, area_chain, current_net, locate
from gridsvc.infra.db import ReadSession
from gridsvc.infra.sight import WHOLE_CITY, seeing
from gridsvc.people.answer import who_answers

router = APIRouter(prefix="/api/v1", tags=["geography"])

LONGEST_CRS = 40


class UnitOut(BaseModel):
    """An area by code and name."""

    code: str
    name: str


class GridRef(BaseModel):
    """A grid by code, name and kind."""

    code: str
    name: str
    kind: str


class NetRef(BaseModel):
    """A published state of the net."""

    id: str
    number: int


class PointOut(BaseModel):
    """The point in WGS 84 degrees."""

    x: float
    y: float


class LocateOut(AnswerOut):
    """Where a point lies and who answers for it. Outside every grid is an answer: `grid` is null then."""

    grid: GridRef | None
    community: UnitOut | None
    street: UnitOut | None
    district: UnitOut | None
    net_version: NetRef | None
    distance_to_border_m: float | None
    in_border_band: bool
    point: PointOut
    as_of: datetime


@router.get("/locate", summary="Which grid has this point, and who answers?")
def locate_point(
    x: Annotated[float, Query(allow_inf_nan=False, description="Longitude or easting.", examples=[117.3889])],
    y: Annotated[float, Query(allow_inf_nan=False, description="Latitude or northing.", examples=[32.9169])],
    crs: Annotated[str, Query(max_length=LONGEST_CRS, description="EPSG:n, GCJ-02 or BD-09.", examples=["GCJ-02"])],
    at: deps.Moment,
    actor: deps.CurrentActor,
    held: deps.AppState,
) -> LocateOut:
    """The grid, its community, street and district, the net version, the distance to the border, and who answers.

    A point on a shared border belongs to the smallest code; near a border `in_border_band` is true.
    """
    actor = actor.by("map.read")
    point = declared_point(x, y, crs, bounds=held.settings.city_bounds)
    assert point is not None
    # Opened here and not by a dependency: this is asked most often, and it saves a thread.
    with ReadSession(held.instant_engine, expire_on_commit=False, info=seeing(WHOLE_CITY)) as session:
        return _located(session, actor, PointOut(x=point.x, y=point.y), at, held.settings.border_band_m)


def _located(session: ReadSession, actor: Actor, point: PointOut, at: datetime, band_m: float) -> LocateOut:
    place = locate(session, point.x, point.y, at=at, band_m=band_m)
    if place is None:
        return _outside(session, point, at)
    answer = who_answers(session, at, [place.grid_id]).get(place.grid_id)
    known = answer_out(answer, visible=actor.scope.covers(place.community_code, place.grid_id))
    return LocateOut(**dict(known), **_place(place), point=point, as_of=at)


def _place(place: Place) -> dict[str, object]:
    return {
        "grid": GridRef(code=place.code, name=place.name, kind=place.kind),
        "community": unit_out(place.areas.community),
        "street": unit_out(place.areas.street),
        "district": unit_out(place.areas.district),
        "net_version": NetRef(id=str(place.net_version_id), number=place.net_number),
        "distance_to_border_m": round(place.distance_to_border_m, 2),
        "in_border_band": place.in_border_band,
    }


def _outside(session: ReadSession, point: PointOut, at: datetime) -> LocateOut:
    chain = area_chain(session, point.x, point.y, at=at)
    net = current_net(session, at)
    return LocateOut(
        grid=None,
        community=unit_out(chain.community),
        street=unit_out(chain.street),
        district=unit_out(chain.district),
        net_version=NetRef(id=str(net.id), number=net.number) if net else None,
        distance_to_border_m=None,
        in_border_band=False,
        point=point,
        as_of=at,
    )


def unit_out(unit: Unit | None) -> UnitOut | None:
    """An area for the wire."""
    return UnitOut(code=unit.code, name=unit.name) if unit else None
