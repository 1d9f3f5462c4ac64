"""Supervision of stations on the wire: noting it, voiding it, and the hours of a month."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.geography import refuse_nul
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.people import stations
from gridsvc.people.queries import posts
from gridsvc.people.stations import SupervisionDraft

# Part of the router of `gridsvc.api.stations`.
router = APIRouter(route_class=StrictRoute)

Text = Annotated[str, Field(min_length=1, max_length=200)]
MONTH = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"


class SupervisionIn(BaseModel):
    """Supervision that was held at a station."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "supervisor": "示例督导",
                "began_at": "2026-11-02T09:00:00+08:00",
                "ended_at": "2026-11-02T12:00:00+08:00",
            }
        },
    )

    supervisor: Text
    began_at: BodyMoment
    ended_at: BodyMoment
    note: Annotated[str | None, Field(max_length=stations.LONGEST_NOTE)] = None


class SupervisionMade(BaseModel):
    """A record of supervision."""

    id: UUID
    hours: float


class SupervisionOut(BaseModel):
    """A record of supervision; a voided one does not count."""

    id: UUID
    supervisor: str
    began_at: datetime
    ended_at: datetime
    hours: float
    note: str | None
    recorded_by: str
    voided_at: datetime | None
    void_reason: str | None


class SupervisionMonth(BaseModel):
    """Supervision at a station in a month and its hours that count."""

    station_code: str
    month: str
    hours: float
    items: list[SupervisionOut]


@router.get("/stations/{code}/supervision", summary="Supervision of a station")
def station_supervision(
    code: str,
    month: Annotated[str, Query(pattern=MONTH, examples=["2026-11"])],
    actor: deps.CurrentActor,
    session: deps.Reading,
    config: deps.Config,
) -> SupervisionMonth:
    """Records that touch the month; of those that reach beyond it, only the hours inside count."""
    actor = actor.by("people.read")
    refuse_nul(code)
    station = stations.find_station(session, actor, code)
    since = datetime(int(month[:4]), int(month[5:]), 1, tzinfo=ZoneInfo(config.city_timezone))
    until = (since + timedelta(days=32)).replace(day=1)
    rows = posts.supervisions(session, station.id, since=since, until=until)
    counted = [min(row.ended_at, until) - max(row.began_at, since) for row in rows if row.voided_at is None]
    hours = round(sum(counted, timedelta()).total_seconds() / 3600, 2)
    return SupervisionMonth(station_code=code, month=month, hours=hours, items=[_supervision(row) for row in rows])


@router.post(
    "/stations/{code}/supervision", status_code=201, response_model=SupervisionMade, summary="Note supervision"
)
def add_supervision(
    code: str,
    given: SupervisionIn,
    body: deps.RawBody,
    actor: deps.CurrentActor,
    session: deps.Writing,
    key: Key = None,
) -> Response:
    """After it was held; refused when the same supervisor is noted there for that time already."""
    refuse_nul(code)

    def make() -> SupervisionMade:
        draft = SupervisionDraft(code, **given.model_dump())
        made = stations.record_supervision(session, actor, draft, now=deps.now())
        return SupervisionMade(id=made, hours=_hours(given))

    return created(session, actor=actor, route=f"stations/{code}/supervision", key=key, body=body, make=make)


class VoidIn(BaseModel):
    """Why a record is not to count."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"reason": "登记有误"}})

    reason: Text


@router.post("/supervision/{supervision_id}/void", status_code=204, summary="Void a record of supervision")
def void_supervision(supervision_id: UUID, given: VoidIn, actor: deps.CurrentActor, session: deps.Writing) -> None:
    """It stays to be seen, with the reason, and counts no more."""
    stations.void_supervision(session, actor, supervision_id, reason=given.reason, now=deps.now())


def _supervision(row: Any) -> SupervisionOut:
    return SupervisionOut(
        id=row.id,
        supervisor=row.supervisor,
        began_at=row.began_at,
        ended_at=row.ended_at,
        hours=_hours(row),
        note=row.note,
        recorded_by=row.recorded_by,
        voided_at=row.voided_at,
        void_reason=row.void_reason,
    )


def _hours(held: Any) -> float:
    return float(round((held.ended_at - held.began_at).total_seconds() / 3600, 2))
