"""People in and out as Excel tables over HTTP: a preview that says what each row would do, the import, the export."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.downloads import download, told_as_table
from gridsvc.api.once import Key, created
from gridsvc.api.sheetform import FORM, sheet_for

router = APIRouter(prefix="/api/v1/people", tags=["people"])

Kind = Literal["workers", "responsibilities", "posts", "leaves", "team"]
LISTED = 500


class CellFault(BaseModel):
    """What is wrong with a cell ("cell B7") or a row ("row 7")."""

    place: str
    code: str
    message: str


class RowDone(BaseModel):
    """What a row does, or would: adds or changes something, or finds it like that already."""

    row: int
    action: Literal["add", "change", "same"]
    what: str
    before: dict[str, Any]
    after: dict[str, Any]


class PeopleImport(BaseModel):
    """What became of a table, or would; with one fault nothing is stored."""

    kind: Kind
    dry_run: bool
    read: int
    added: int
    changed: int
    same: int
    rows: list[RowDone] = Field(description="What is not the same already; at most 500 are listed.")
    faults: list[CellFault] = Field(description="At most 500 are listed.")
    faults_total: int


@router.post(
    "/import",
    status_code=201,
    response_model=PeopleImport,
    responses={200: {"model": PeopleImport, "description": "Tried out; nothing was stored."}},
    openapi_extra=FORM,
    summary="Bring people in from a table",
)
def import_people(
    kind: Kind,
    sheet: Annotated[Any, Depends(sheet_for("people.import"))],
    actor: deps.CurrentActor,
    session: deps.Writing,
    config: deps.Config,
    dry_run: Annotated[bool, Query(description="Only say what would happen.")] = False,
    key: Key = None,
) -> Response:
    """All rows or none; each goes through the same rules as if it were entered by hand, with one's own rights."""
    from gridsvc.people.files.taking import Circumstances  # not for an idle service

    given = Circumstances(actor.by("people.import"), deps.now(), config.city_timezone, config.leave_cover_rule)

    def make() -> PeopleImport:
        return _brought(session, kind, sheet, given, dry_run)

    body = repr((kind, dry_run, sheet)).encode("utf-8", "surrogatepass")
    status = 200 if dry_run else 201
    return created(session, actor=actor, route="people/import", key=key, body=body, make=make, status=status)


def _brought(session: Session, kind: Kind, sheet: Any, given: Any, dry_run: bool) -> PeopleImport:
    from gridsvc.people.files.bringing import bring_in

    brought = bring_in(session, kind, sheet, given, dry_run=dry_run)
    rows = [
        RowDone(row=row, action=done.action, what=done.what, before=dict(done.before), after=dict(done.after))
        for row, done in brought.done
        if done.action != "same"
    ]
    faults = [CellFault(place=fault.place, code=fault.code, message=fault.message) for fault in brought.faults]
    return PeopleImport(
        kind=kind,
        dry_run=dry_run,
        read=brought.read,
        added=brought.count("add"),
        changed=brought.count("change"),
        same=brought.count("same"),
        rows=rows[:LISTED],
        faults=faults[:LISTED],
        faults_total=len(faults),
    )


@router.get(
    "/export.xlsx",
    summary="People as a table",
    response_class=Response,
    responses=told_as_table("An Excel table that the import reads again."),
)
def export_people(
    kind: Kind, at: deps.Moment, actor: deps.CurrentActor, session: deps.Reading, held: deps.AppState
) -> Response:
    """Rows of one's jurisdiction at a moment. That it was taken is noted before it goes out."""
    from gridsvc.people.files.listing import lines_of
    from gridsvc.people.files.writing import workbook

    lines = lines_of(session, actor, kind, at)
    content = workbook(kind, lines, held.settings.city_timezone)
    record_read(held, session, actor, "personal.export", kind, detail={"rows": len(lines)})
    return download(content, kind)
