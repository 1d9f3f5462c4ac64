"""What became of grids: the life of a code, old grids beside new ones, and the nets that were."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict

from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.deps import EARLIEST, LATEST
from gridsvc.api.downloads import Form, download, told_as_table
from gridsvc.api.drawing import COLLECTION
from gridsvc.geography.gate import BASE_NET
from gridsvc.incidents.queries import catalogue
from gridsvc.plans import history
from gridsvc.plans.queries import history as queries

router = APIRouter(prefix="/api/v1", tags=["history"])

Since = Annotated[
    AwareDatetime,
    Query(ge=EARLIEST, le=LATEST, description="The earlier moment.", examples=["2026-11-01T00:00:00+08:00"]),
]
Until = Annotated[
    AwareDatetime | None, Query(ge=EARLIEST, le=LATEST, description="The later moment; now when left out.")
]
Community = Annotated[str | None, Query(pattern=r"^[0-9]{12}$", description="Only grids of this community.")]

LINK = {
    "code": "340302001001017",
    "name": "第十七网格",
    "operation": "split",
    "area_ppm": 400000,
    "household_ppm": 450000,
    "plan_number": 12,
    "plan_title": "示例方案",
}
STAGE: dict[str, Any] = {
    "grid_id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
    "code": "340302001001001",
    "name": "第一网格",
    "kind": "basic",
    "community_code": "340302001001",
    "area_m2": 84210.5,
    "counts": {"households": 180},
    "since": "2026-01-01T00:00:00+08:00",
    "until": None,
    "net_number": 1,
    "came_from": [],
    "went_to": [LINK],
}
ROW: dict[str, Any] = {
    "old_code": "340302001001001",
    "old_name": "第一网格",
    "new_code": "340302001001017",
    "new_name": "第十七网格",
    "community_code": "340302001001",
    "operation": "split",
    "area_ppm": 400000,
    "household_ppm": 450000,
}


class LinkOut(BaseModel):
    """Where a grid came from or went to; the shares are parts of the older grid in a million."""

    code: str
    name: str
    operation: Literal["kept", "split", "merged", "redrawn"]
    area_ppm: int
    household_ppm: int
    plan_number: int
    plan_title: str


class StageOut(BaseModel):
    """A grid as it was for a time."""

    grid_id: UUID
    code: str
    name: str
    kind: str
    community_code: str
    area_m2: float
    counts: dict[str, int]
    since: datetime
    until: datetime | None = None
    net_number: int
    came_from: list[LinkOut]
    went_to: list[LinkOut]


class LifeOut(BaseModel):
    """The stages of the grids that ever bore a code; none for one that was burnt with a withdrawn plan."""

    model_config = ConfigDict(json_schema_extra={"example": {"code": "340302001001001", "stages": [STAGE]}})

    code: str
    stages: list[StageOut]


class CodeOut(BaseModel):
    """A code that was given, with the name of the grid that bears or last bore it.

    `since` is null for a code that was burnt with a withdrawn plan, `until` while it has no end.
    """

    code: str
    community_code: str
    community: str | None
    name: str | None
    since: datetime | None
    until: datetime | None


class CodesOut(BaseModel):
    """Codes that begin or end with what was asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "items": [
                    {
                        "code": "340302001001007",
                        "community_code": "340302001001",
                        "community": "东风社区",
                        "name": "第七网格",
                        "since": "2026-01-01T00:00:00+08:00",
                        "until": "2026-12-01T00:00:00+08:00",
                    }
                ]
            }
        }
    )

    items: list[CodeOut]


class ConcordanceRowOut(BaseModel):
    """What part of an old grid is in a new one."""

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    community_code: str
    operation: Literal["same", "kept", "split", "merged", "redrawn"]
    area_ppm: int
    household_ppm: int


class ConcordanceOut(BaseModel):
    """Old grids beside new ones; the shares of each old grid sum to a million."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"since": "2026-01-01T00:00:00+08:00", "until": "2026-12-01T00:00:00+08:00", "items": [ROW]}
        }
    )

    since: datetime
    until: datetime
    items: list[ConcordanceRowOut]


class NetVersionRow(BaseModel):
    """A state of the net: its number in order of effect, from when on, and the plans that brought it."""

    id: UUID
    number: int
    effective_at: datetime
    published_at: datetime
    published_by: str
    plans: list[int]


class NetVersionsOut(BaseModel):
    """The states of the net in order of effect; those to come are among them."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "items": [
                    {
                        "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                        "number": 1,
                        "effective_at": "2026-01-01T00:00:00+08:00",
                        "published_at": "2026-01-01T00:00:00+08:00",
                        "published_by": "admin",
                        "plans": [],
                    }
                ]
            }
        }
    )

    items: list[NetVersionRow]


class CompareOut(BaseModel):
    """The grids of two moments that are not the same, as GeoJSON."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "since": "2026-01-01T00:00:00+08:00",
                "until": "2026-12-01T00:00:00+08:00",
                "old": COLLECTION,
                "new": COLLECTION,
            }
        }
    )

    since: datetime
    until: datetime
    old: dict[str, Any]
    new: dict[str, Any]


@router.get("/grids/{code}/life", summary="Where did a code go?")
def get_life(code: str, actor: deps.CurrentActor, session: deps.MapReading) -> LifeOut:
    """Every stage of the grids that ever bore the code, with where each came from and went to."""
    actor.require("net.history")
    stages = history.life_of_code(session, code)
    return LifeOut(code=code, stages=[StageOut.model_validate(asdict(stage)) for stage in stages])


@router.get("/grid-codes", summary="Codes that were ever given")
def find_codes(
    search: Annotated[str, Query(min_length=1, max_length=60, pattern=r"^[^\x00]+$", examples=["007"])],
    actor: deps.CurrentActor,
    session: deps.Reading,
    community: Community = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> CodesOut:
    """Also those of grids that are no more, and those burnt with a plan that was withdrawn before its day."""
    actor.require("net.history")
    names = CodeOut.model_fields
    rows = queries.codes_like(session, search, community, limit)
    return CodesOut(items=[CodeOut(**{name: getattr(row, name) for name in names}) for row in rows])


@router.get("/net-versions", summary="States of the net")
def list_net_versions(actor: deps.CurrentActor, session: deps.MapReading) -> NetVersionsOut:
    """All states of the net in order of effect, also those that are published and still to come."""
    actor.require("net.history")
    rows = queries.net_versions(session, BASE_NET)
    names = NetVersionRow.model_fields
    return NetVersionsOut(items=[NetVersionRow(**{name: getattr(row, name) for name in names}) for row in rows])


@router.get("/concordance", summary="Old grids beside new ones")
def get_concordance(
    since: Since,
    actor: deps.CurrentActor,
    session: deps.MapReading,
    until: Until = None,
    community: Community = None,
) -> ConcordanceOut:
    """What part of each grid of the earlier moment is in which grid of the later one."""
    actor.require("net.history")
    later = until or deps.now()
    rows = history.concordance(session, since, later, communities=[community] if community else None)
    return ConcordanceOut(
        since=since, until=later, items=[ConcordanceRowOut.model_validate(asdict(row)) for row in rows]
    )


@router.get(
    "/concordance.{form}",
    summary="Old grids beside new ones, as a table",
    response_class=Response,
    responses=told_as_table("CSV or Excel.", csv="原网格编码,新网格编码"),
)
def get_concordance_table(
    form: Form,
    since: Since,
    actor: deps.CurrentActor,
    session: deps.MapReading,
    until: Until = None,
    community: Community = None,
) -> Response:
    """CSV or Excel with Chinese headers."""
    from gridsvc.plans import concordance_files as files

    actor.require("net.history")
    rows = history.concordance(session, since, until or deps.now(), communities=[community] if community else None)
    return download(files.as_csv(rows) if form == "csv" else files.as_xlsx(rows), "concordance", form)


@router.get("/compare", summary="The nets of two moments")
def compare(
    since: Since,
    actor: deps.CurrentActor,
    session: deps.MapReading,
    until: Until = None,
    community: Community = None,
) -> CompareOut:
    """The grids that are not the same at both moments, with their borders then."""
    from gridsvc.plans.comparing import differing

    actor.require("net.history")
    later = until or deps.now()
    old, new = differing(session, since, later, [community] if community else None)
    return CompareOut(since=since, until=later, old=old, new=new)


@router.get(
    "/compare/handover.xlsx",
    summary="What passed between the nets of two moments, as a table",
    response_class=Response,
    responses=told_as_table("An Excel table, a sheet for each worker."),
)
def get_handover_between(
    since: Since,
    actor: deps.CurrentActor,
    session: deps.MapReading,
    held: deps.AppState,
    until: Until = None,
    community: Community = None,
) -> Response:
    """In one's jurisdiction: who answered then beside who answers later. Noted before it goes out."""
    from gridsvc.plans import handing_over
    from gridsvc.plans.handing_over_sheet import workbook_between

    told = handing_over.between(session, actor, since, until or deps.now(), community)
    zone = held.settings.city_timezone
    content = workbook_between(told, since, timezone=zone, categories=catalogue.names_of_categories(session))
    detail = {"rows": len(told.doors) + len(told.incidents), "since": since.isoformat(), "community": community}
    record_read(held, session, actor, "net.export_handover", "net", detail=detail)
    return download(content, "handover")
