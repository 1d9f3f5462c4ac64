"""People to be visited on the wire: masked for everybody but the worker who is paired with them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.access.masking import shown
from gridsvc.access.rowsecurity import sight_of
from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag, tag_of
from gridsvc.api.geography import refuse_nul, visible_grid
from gridsvc.api.locate import LONGEST_CRS, PointOut
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.api.pagination import Page, Pages
from gridsvc.geography.declared import declared_point
from gridsvc.infra.settings import Settings
from gridsvc.infra.sight import looking_as
from gridsvc.people import care
from gridsvc.people.care import SubjectDraft
from gridsvc.people.queries.care import CareFilter
from gridsvc.people.queries.care import classes as care_classes
from gridsvc.people.queries.care import pairings as pairings_of

router = APIRouter(prefix="/api/v1", tags=["care"], route_class=StrictRoute)

Coordinate = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Code = Annotated[str, Field(min_length=1, max_length=64)]


class CareNames(BaseModel):
    """A name in each language."""

    zh: str = Field(serialization_alias="zh-CN")
    en: str


class CareClassOut(BaseModel):
    """A class of people to be visited; a sensitive one is seen by pairing and special right, not by area alone."""

    code: str
    name: CareNames
    sensitive: bool


class CareClasses(BaseModel):
    """The city's classes."""

    items: list[CareClassOut]


class CareGrid(BaseModel):
    """The grid that has the place in the net of the moment asked about."""

    code: str
    name: str


class CareSubjectOut(BaseModel):
    """Somebody to be visited. Unless `in_clear`, name, phone, ID number and address are masked, the place left out."""

    id: UUID
    number: str
    class_code: str
    sensitive: bool
    name: str | None
    phone: str | None
    id_number: str | None
    address: str | None
    door_code: str | None
    point: PointOut | None
    community_code: str
    grid: CareGrid | None
    registered_from: datetime
    registered_until: datetime | None
    is_paired: bool = Field(description="Whether the worker who asks looks after them.")
    in_clear: bool
    revision: int
    synthetic: bool


class PairingOut(BaseModel):
    """A worker who looks after the subject, or did."""

    id: UUID
    worker_number: str
    worker_name: str
    since: datetime
    until: datetime | None


class CareSubjectDetail(CareSubjectOut):
    """The same with everybody who looks after them, or did."""

    pairings: list[PairingOut]


class CareSubjectIn(BaseModel):
    """Somebody to be registered: at a door, at a place (x, y, crs), or with neither."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "number": "C00001",
                "class_code": "elderly_alone",
                "name": "张示例",
                "phone": "00000000001",
                "community_code": "340302001001",
                "door_code": "340302001001-B01D0001",
                "synthetic": True,
            }
        },
    )

    number: Code
    class_code: Code
    name: Annotated[str, Field(min_length=1, max_length=care.LONGEST_NAME)]
    community_code: Code
    phone: Annotated[str | None, Field(max_length=care.LONGEST_PHONE)] = None
    id_number: Annotated[str | None, Field(max_length=care.LONGEST_ID_NUMBER)] = None
    door_code: Annotated[str | None, Field(max_length=64)] = None
    x: Coordinate | None = None
    y: Coordinate | None = None
    crs: Annotated[str | None, Field(max_length=LONGEST_CRS)] = None
    synthetic: Annotated[bool, Field(strict=True, description="Made up, for a demonstration or a test.")] = False


class CareSubjectChange(BaseModel):
    """What is to be different; what is left out stays, and null takes it away where there may be nothing."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"phone": "00000000002"}})

    class_code: Code = ""
    name: Annotated[str, Field(min_length=1, max_length=care.LONGEST_NAME)] = ""
    phone: Annotated[str | None, Field(max_length=care.LONGEST_PHONE)] = None
    id_number: Annotated[str | None, Field(max_length=care.LONGEST_ID_NUMBER)] = None
    door_code: Annotated[str | None, Field(max_length=64)] = None
    registered_until: Annotated[BodyMoment | None, Field(description="With its zone; ends pairings too.")] = None


class PairingIn(BaseModel):
    """The worker who is to look after the subject from now on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"worker_number": "W00001"}})

    worker_number: Code


class UnmaskIn(BaseModel):
    """Why somebody must be seen in the clear; the audit keeps it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"reason": "电话联系家属（示例）"}})

    reason: Annotated[str, Field(min_length=care.SHORTEST_REASON, max_length=500)]


@router.get("/care-classes", summary="Classes of people to be visited")
def list_care_classes(actor: deps.CurrentActor, session: deps.Reading) -> CareClasses:
    """The catalogue as data; the shipped one is an example."""
    actor.require("care.read")
    return CareClasses(
        items=[
            CareClassOut(code=row.code, name=CareNames(zh=row.name_zh, en=row.name_en), sensitive=row.sensitive)
            for row in care_classes(session)
        ]
    )


@router.get("/care-subjects", summary="People to be visited")
def list_care_subjects(
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    held: deps.AppState,
    paging: Pages,
    class_code: Annotated[str | None, Query(alias="class", max_length=64)] = None,
    community: Annotated[str | None, Query(max_length=64, description="The code of a community.")] = None,
    grid: Annotated[str | None, Query(max_length=64, description="The code of a grid at the moment.")] = None,
) -> Page[CareSubjectOut]:
    """Those registered at the moment, in one's jurisdiction or paired with oneself, by community and number."""
    actor = actor.by("care.read")
    refuse_nul(class_code or "", community or "")
    wanted = CareFilter(class_code, community)
    if grid is not None:
        card = visible_grid(session, actor, grid, at)
        wanted = CareFilter(class_code, community or card.community_code, card.grid_id)
    after = paging.after(str, str)
    rows = care.subjects(session, actor, wanted, at=at, now=deps.now(), after=after, limit=paging.limit + 1)
    page = paging.page(rows, lambda row: _out(row, actor), key=lambda row: (row.community_code, row.number))
    record_read(held, session, actor, "care.list", "care_subject", detail={"count": len(page.items)})
    return page


@router.get("/care-subjects/{subject_id}", summary="One to be visited")
def get_care_subject(
    subject_id: UUID,
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    held: deps.AppState,
    response: Response,
) -> CareSubjectDetail:
    """Masked, unless one is paired with them; `POST …/unmask` shows them in the clear for a reason."""
    row = care.subject(session, actor, subject_id, at=at, now=deps.now())
    shown_out = _detail(session, row, actor)
    record_read(held, session, actor, "care.read", "care_subject", object_id=subject_id)
    tag(response, row.revision)
    return shown_out


@router.post("/care-subjects", status_code=201, response_model=CareSubjectDetail, summary="Register somebody")
def create_care_subject(
    wanted: CareSubjectIn,
    body: deps.RawBody,
    actor: deps.CurrentActor,
    session: deps.Writing,
    config: deps.Config,
    key: Key = None,
) -> Response:
    """Registered from now on. The answer is masked like every other."""

    def make() -> CareSubjectDetail:
        made = care.register(session, actor, _draft(wanted, config), now=deps.now())
        return _after_writing(session, actor, made)

    return created(
        session,
        actor=actor,
        route="care-subjects",
        key=key,
        body=body,
        make=make,
        location=lambda made: f"/api/v1/care-subjects/{made.id}",
        etag=lambda made: tag_of(made.revision),
    )


@router.patch("/care-subjects/{subject_id}", summary="Amend what is registered")
def change_care_subject(
    subject_id: UUID,
    change: CareSubjectChange,
    expected: Expectation,
    actor: deps.CurrentActor,
    session: deps.Writing,
    response: Response,
) -> CareSubjectDetail:
    """Fields that are named are changed, the others stay; made on the revision that If-Match names."""
    values = change.model_dump(include=change.model_fields_set)
    care.amend(session, actor, subject_id, values, expected=expected, now=deps.now())
    made = _after_writing(session, actor, subject_id)
    tag(response, made.revision)
    return made


@router.post("/care-subjects/{subject_id}/unmask", summary="See somebody in the clear")
def unmask_care_subject(
    subject_id: UUID, wanted: UnmaskIn, actor: deps.CurrentActor, session: deps.Writing
) -> CareSubjectOut:
    """Every value as it is. Who, whom and why is recorded before the answer leaves."""
    row = care.unmask(session, actor, subject_id, wanted.reason, now=deps.now())
    return _out(row, actor, in_clear=True)


@router.post(
    "/care-subjects/{subject_id}/pairings",
    status_code=201,
    response_model=CareSubjectDetail,
    summary="Pair a worker",
)
def create_care_pairing(
    subject_id: UUID,
    wanted: PairingIn,
    body: deps.RawBody,
    actor: deps.CurrentActor,
    session: deps.Writing,
    key: Key = None,
) -> Response:
    """From now on the worker sees the subject in the clear, wherever they live. A second pairing is refused."""

    def make() -> CareSubjectDetail:
        care.pair(session, actor, subject_id, wanted.worker_number, now=deps.now())
        return _after_writing(session, actor, subject_id)

    return created(session, actor=actor, route=f"care-subjects/{subject_id}/pairings", key=key, body=body, make=make)


@router.delete("/care-subjects/{subject_id}/pairings/{pairing_id}", status_code=204, summary="End a pairing")
def end_care_pairing(subject_id: UUID, pairing_id: UUID, actor: deps.CurrentActor, session: deps.Writing) -> None:
    """The worker looks after the subject no longer, from now on."""
    care.end_pairing(session, actor, subject_id, pairing_id, now=deps.now())


def _draft(wanted: CareSubjectIn, config: Settings) -> SubjectDraft:
    point = declared_point(wanted.x, wanted.y, wanted.crs, bounds=config.city_bounds)
    values = wanted.model_dump(exclude={"x", "y", "crs"})
    return SubjectDraft(**values, point=(point.x, point.y) if point else None)


def _after_writing(session: deps.Writing, actor: Actor, subject_id: UUID) -> CareSubjectDetail:
    row = care.seen(session, actor, subject_id, deps.now())
    with looking_as(session, sight_of(actor)):
        return _detail(session, row, actor)


def _detail(session: deps.Reading | deps.Writing, row: Any, actor: Actor) -> CareSubjectDetail:
    lines = pairings_of(session, row.id)
    pairings = [
        PairingOut(id=line.id, worker_number=line.number, worker_name=line.name, since=line.since, until=line.until)
        for line in lines
    ]
    return CareSubjectDetail(**dict(_out(row, actor)), pairings=pairings)


def _out(row: Any, actor: Actor, *, in_clear: bool = False) -> CareSubjectOut:
    is_clear = in_clear or row.is_paired
    return CareSubjectOut(
        id=row.id,
        number=row.number,
        class_code=row.class_code,
        sensitive=row.sensitive,
        name=shown(actor.roles, "subject.name", row.name, is_own=is_clear),
        phone=shown(actor.roles, "subject.phone", row.phone, is_own=is_clear),
        id_number=shown(actor.roles, "subject.id_number", row.id_number, is_own=is_clear),
        address=shown(actor.roles, "subject.address", row.address, is_own=is_clear),
        door_code=row.door_code if is_clear else None,
        point=PointOut(x=row.x, y=row.y) if is_clear and row.x is not None else None,
        community_code=row.community_code,
        grid=CareGrid(code=row.grid_code, name=row.grid_name) if row.grid_code else None,
        registered_from=row.registered_from,
        registered_until=row.registered_until,
        is_paired=row.is_paired,
        in_clear=is_clear,
        revision=row.revision,
        synthetic=row.synthetic,
    )
