"""The audit on the wire: searching and exporting it; and recording what a read has shown, before it is shown."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict

from gridsvc.access import audit, audit_search
from gridsvc.access.audit_tables import AuditEntry
from gridsvc.access.identity import Actor
from gridsvc.access.queries.audit import AuditFilter
from gridsvc.api import deps
from gridsvc.api.downloads import download, told_as_table
from gridsvc.api.pagination import Page, Pages
from gridsvc.api.state import State
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.infra.db import ReadSession

router = APIRouter(prefix="/api/v1/audit", tags=["audit"])

Word = Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")]


def record_read(held: State, session: ReadSession, actor: Actor, action: str, object_kind: str, **more: Any) -> None:
    """Record that personal data was read, in a transaction of its own. If it cannot be stored, nothing is answered.

    Call it last: the reading session gives its connection back first, so that a request never holds two.
    """
    session.close()
    audit.record_apart(held.engine, actor, action, object_kind, **more)


class AuditRow(BaseModel):
    """One thing that was done, refused or failed."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                "at": "2026-11-21T08:00:00+08:00",
                "account_id": "01a2005f-b6a0-7225-86d5-b56e70cef451",
                "username": "supervisor",
                "roles": ["supervisor"],
                "access": "session",
                "address": "10.1.2.3",
                "action": "care.unmask",
                "object_kind": "care_subject",
                "object_id": "01a2005f-b6a0-7225-86d5-b56e70cef452",
                "result": "done",
                "reason": "电话联系家属（示例）",
                "detail": {"number": "C00001"},
            }
        }
    )

    id: UUID
    at: datetime
    account_id: UUID | None
    username: str
    roles: list[str]
    access: str
    address: str | None
    action: str
    object_kind: str
    object_id: str | None
    result: Literal["done", "refused", "failed"]
    reason: str | None
    detail: dict[str, Any]


async def wanted_rows(
    username: Word = None,
    action: Annotated[
        str | None, Query(max_length=200, pattern=r"^[\w.]*$", description="One action, or all that begin so: `care.`.")
    ] = None,
    object_kind: Word = None,
    object_id: Word = None,
    result: Annotated[Literal["done", "refused", "failed"] | None, Query()] = None,
    since: Annotated[datetime | None, Query(description="From this moment on, with its zone.")] = None,
    until: Annotated[datetime | None, Query(description="Before this moment, with its zone.")] = None,
) -> AuditFilter:
    """Which rows are asked for; moments without a zone are refused, for they would be a guess."""
    for name, moment in (("since", since), ("until", until)):
        if moment is not None and (moment.tzinfo is None or not 1949 <= moment.year <= 2200):
            raise InvalidInput(faults=[Fault(f"query.{name}", "no_zone", "The moment needs a zone and a sane year.")])
    given = (username, action, object_kind, object_id, result, since, until)
    return AuditFilter(*(value or None for value in given))  # type: ignore[arg-type]


Wanted = Annotated[AuditFilter, Depends(wanted_rows)]


@router.get("", summary="Search the audit")
def list_audit(wanted: Wanted, actor: deps.CurrentActor, session: deps.Reading, paging: Pages) -> Page[AuditRow]:
    """What was done by whom, when, from where, to which object and with what result, the newest first."""
    actor = actor.by("audit.read")
    after = paging.after(datetime, UUID)
    rows = audit_search.search(session, actor, wanted, after=after, limit=paging.limit + 1, now=deps.now())
    return paging.page(rows, _row, key=lambda row: (row.at, row.id))


@router.get(
    "/export",
    summary="Export the audit",
    response_class=Response,
    responses=told_as_table("A CSV file, UTF-8 with byte order mark.", csv=",".join(audit_search.COLUMNS), xlsx=False),
)
def export_audit(wanted: Wanted, actor: deps.CurrentActor, session: deps.Reading, held: deps.AppState) -> Response:
    """The same rows as a file, at most 50,000; the export is itself recorded."""
    actor = actor.by("audit.export")
    content, count = audit_search.export(session, actor, wanted, now=deps.now())
    asked = {name: str(value) for name, value in vars(wanted).items() if value is not None}
    record_read(held, session, actor, "audit.export", "audit", detail={"rows": count, "filter": asked})
    return download(content, "audit", "csv")


def _row(entry: AuditEntry) -> AuditRow:
    return AuditRow(**{name: getattr(entry, name) for name in AuditRow.model_fields})
