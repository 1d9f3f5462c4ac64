"""Coverage on the wire: each figure with its denominator, and the rows behind it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.downloads import download, told_as_table
from gridsvc.api.pagination import Page, Pages
from gridsvc.api.part_of_city import Part
from gridsvc.api.people import KnownAt
from gridsvc.infra.settings import Settings
from gridsvc.patrols import coverage, duties
from gridsvc.patrols.coverage import Period, share
from gridsvc.patrols.duties import Outcome
from gridsvc.patrols.queries import rounds
from gridsvc.patrols.where import Where

router = APIRouter(prefix="/api/v1/coverage", tags=["coverage"])

LONGEST_DAYS = 366


def period(
    at: deps.Moment,
    known: KnownAt,
    days: Annotated[float, Query(gt=0, le=LONGEST_DAYS, description="How many days up to the moment.")] = 30,
) -> Period:
    """The time asked about: so many days up to a moment."""
    return Period(at - timedelta(days=days), at, known)


Asked = Annotated[Period, Depends(period)]


class Figure(BaseModel):
    """One number of another; the share is null where there is nothing to count."""

    done: int
    of: int
    share: float | None


def _figure(done: int, of: int) -> Figure:
    return Figure(done=done, of=of, share=share(done, of))


class CoverageFigures(BaseModel):
    """What was reached in a period, in a part of the city inside one's jurisdiction.

    `doors`: distinct doors visited, of those registered at the end, by the net at the end. `care`: people reached in
    time, of those due. `duties`: care and patrol duties done in time, of those due. `patrol_points`: stops reached, of
    those planned, in the rounds that began in the period. Care is told to those who may read it; people of a sensitive
    class are counted, there and in `duties`, for those who may see them.
    """

    start: datetime
    end: datetime
    known_at: datetime | None
    register_date: date
    doors: Figure
    care: Figure | None
    duties: Figure
    patrol_points: Figure


@router.get("", summary="Coverage of a period")
def figures(
    asked: Asked,
    part: Part,
    actor: deps.CurrentActor,
    session: deps.MapReading,
    config: deps.Config,
) -> CoverageFigures:
    """All figures of a period, right for any past time, as known now or at an earlier moment."""
    actor = actor.by("duties.read")
    return _figures(session, actor, asked, part.where(session, actor, asked.end), config)


@router.get(
    "/figures.xlsx",
    summary="Coverage as a table",
    response_class=Response,
    responses=told_as_table("The figures with their meaning, and the doors by grid."),
)
def figures_sheet(
    asked: Asked,
    part: Part,
    actor: deps.CurrentActor,
    session: deps.MapReading,
    config: deps.Config,
) -> Response:
    """The same numbers as on the screen, with Chinese headers, a row of explanations and the date of the register."""
    from gridsvc.patrols.coverage_sheet import CoverageTold, coverage_workbook

    actor = actor.by("duties.read")
    where = part.where(session, actor, asked.end)
    found = _figures(session, actor, asked, where, config)
    shown = {"doors": found.doors, "care": found.care, "duties": found.duties, "patrol_points": found.patrol_points}
    told = CoverageTold(
        start=found.start,
        end=found.end,
        known_at=found.known_at,
        register_date=found.register_date,
        where=part.grid or part.area or "全部所辖范围",
        figures={key: (one.done, one.of) for key, one in shown.items() if one is not None},
        grids=coverage.doors_by_grid(session, asked, where),
    )
    return download(coverage_workbook(told, timezone=config.city_timezone), "coverage")


def _figures(
    session: deps.MapReading, actor: deps.CurrentActor, asked: Period, where: Where, config: Settings
) -> CoverageFigures:
    doors = coverage.doors_reached(session, asked, where)
    care = duties.care_outcomes(session, asked, where)
    readable = _where_care_is_told(actor, where)
    told = care if readable in (where, None) else duties.care_outcomes(session, asked, readable)
    patrol = duties.grid_outcomes(session, asked, where, cycle_days=config.visit_cycle_days)
    values = where.limits() | {"start": asked.start, "at": asked.end, "known_at": asked.known_at}
    stops = rounds.count_stops(session, values)
    return CoverageFigures(
        start=asked.start,
        end=asked.end,
        known_at=asked.known_at,
        register_date=_day(asked.end, config),
        doors=_figure(doors.visited, doors.doors),
        care=_in_time(told) if readable is not None else None,
        duties=_in_time([*care, *patrol]),
        patrol_points=_figure(stops.reached, stops.planned),
    )


def _where_care_is_told(actor: Actor, where: Where) -> Where | None:
    """As far of a part as one may read care; None for whoever may not at all."""
    if "care.read" not in actor.permissions:
        return None
    reader = actor.by("care.read")
    return replace(where, scope=reader.scope, sees_sensitive=reader.holds("care.read_sensitive"))


def _in_time(outcomes: list[Outcome]) -> Figure:
    return _figure(sum(one.is_in_time for one in outcomes), len(outcomes))


def _day(at: datetime, config: Settings) -> date:
    return at.astimezone(ZoneInfo(config.city_timezone)).date()


class GridFigure(Figure):
    """Doors visited of doors registered, in one grid."""

    grid_code: str


class GridFigures(BaseModel):
    """Door coverage of each grid of a part of the city."""

    items: list[GridFigure]


@router.get("/grids", summary="Door coverage by grid")
def by_grid(asked: Asked, part: Part, actor: deps.CurrentActor, session: deps.MapReading) -> GridFigures:
    """By the net at the period's end, in order of the codes. A large part of the city takes its time."""
    actor = actor.by("duties.read")
    found = coverage.doors_by_grid(session, asked, part.where(session, actor, asked.end))
    return GridFigures(
        items=[
            GridFigure(grid_code=code, done=one.visited, of=one.doors, share=one.share) for code, one in found.items()
        ]
    )


class DoorLine(BaseModel):
    """A door, and whether it was reached in the period."""

    code: str
    address: str
    grid_code: str
    reached: bool


Reached = Annotated[bool | None, Query(description="Only those reached, or only those not reached.")]


@router.get("/doors", summary="Doors behind door coverage")
def doors_behind(
    asked: Asked,
    part: Part,
    actor: deps.CurrentActor,
    session: deps.Reading,
    paging: Pages,
    reached: Reached = None,
) -> Page[DoorLine]:
    """The doors registered at the period's end, in order of their codes."""
    actor = actor.by("doors.read")
    where = part.where(session, actor, asked.end)
    after = paging.after(str) or (None,)
    rows = coverage.list_doors(session, asked, where, reached=reached, after=after[0], most=paging.limit + 1)
    return paging.page(rows, _door, key=lambda row: (row.code,))


def _door(row: Any) -> DoorLine:
    return DoorLine(code=row.code, address=row.address, grid_code=row.grid_code, reached=row.is_reached)


class DutyLine(BaseModel):
    """A duty of the period: the first due time missed, or the last one that fell in it and was met.

    `code` is the grid's, or the number under which the community keeps a person; no name.
    """

    target: str = Field(json_schema_extra={"enum": ["care", "grid"]})
    id: UUID
    code: str
    class_key: str
    community_code: str
    due_at: datetime
    in_time: bool


@router.get("/duties", summary="Duties behind care and duty coverage")
def duty_lines(
    asked: Asked,
    part: Part,
    actor: deps.CurrentActor,
    session: deps.Reading,
    held: deps.AppState,
    config: deps.Config,
    paging: Pages,
    reached: Reached = None,
) -> Page[DutyLine]:
    """People first for those who may read care, then grids. Of a sensitive class those whom one may see."""
    actor = actor.by("duties.read")
    where = part.where(session, actor, asked.end)
    readable = _where_care_is_told(actor, where)
    care = duties.care_outcomes(session, asked, readable) if readable is not None else []
    patrol = duties.grid_outcomes(session, asked, where, cycle_days=config.visit_cycle_days)
    lines = [_line(one) for one in [*care, *patrol] if reached is None or one.is_in_time == reached]
    after = paging.after(str, str, UUID)
    if after is not None:
        lines = [line for line in lines if _place(line) > after]
    page = paging.page(sorted(lines, key=_place), lambda line: line, key=_place)
    if people := sum(line.target == "care" for line in page.items):
        record_read(held, session, actor, "care.list", "care_subject", detail={"count": people})
    return page


def _line(one: Outcome) -> DutyLine:
    duty = one.duty
    return DutyLine(
        target=duty.target,
        id=duty.id,
        code=duty.code,
        class_key=duty.class_key,
        community_code=duty.community_code,
        due_at=one.due_at,
        in_time=one.is_in_time,
    )


def _place(line: DutyLine) -> tuple[str, str, UUID]:
    return line.target, line.community_code + line.code, line.id


class StopLine(BaseModel):
    """A planned stop of a round, and when it was reached."""

    id: UUID
    patrol_id: UUID
    patrol: str
    grid_code: str
    started_at: datetime
    place: int
    kind: str
    name: str
    visit_id: UUID | None
    reached_at: datetime | None


@router.get("/patrol-stops", summary="Stops behind patrol coverage")
def patrol_stops(
    asked: Asked,
    part: Part,
    actor: deps.CurrentActor,
    session: deps.Reading,
    paging: Pages,
    reached: Reached = None,
) -> Page[StopLine]:
    """The stops of the rounds that began in the period, in order of time; missed ones by name."""
    actor = actor.by("duties.read")
    after = paging.after(datetime, UUID) or (None, None)
    values = part.where(session, actor, asked.end).limits()
    values |= {"start": asked.start, "at": asked.end, "known_at": asked.known_at, "reached": reached}
    values |= {"after_at": after[0], "after_id": after[1], "most": paging.limit + 1}
    return paging.page(rounds.list_stops(session, values), _stop, key=lambda row: (row.started_at, row.id))


def _stop(row: Any) -> StopLine:
    return StopLine(**{name: getattr(row, name) for name in StopLine.model_fields})
