"""Searching and exporting the audit, for whoever may read all of it."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.audit_tables import AuditEntry
from gridsvc.access.identity import Actor
from gridsvc.access.queries import audit as queries
from gridsvc.access.queries.audit import AuditFilter
from gridsvc.access.reach import reach_of
from gridsvc.core.errors import InvalidInput
from gridsvc.infra.workbooks import csv_table

MOST_EXPORTED = 50_000

COLUMNS = (
    "at", "username", "account_id", "roles", "access", "address", "action", "object_kind", "object_id", "result",
    "reason", "detail", "id",
)  # fmt: skip


def search(
    session: Session,
    actor: Actor,
    wanted: AuditFilter,
    *,
    after: tuple[datetime, UUID] | None = None,
    limit: int,
    now: datetime,
) -> Sequence[AuditEntry]:
    """Rows of the audit, the newest first; raises Forbidden for whoever may not read the whole city's."""
    reach_of(session, actor, "audit.read", now).require_everything()
    return queries.page(session, wanted, after=after, limit=limit)


def export(session: Session, actor: Actor, wanted: AuditFilter, *, now: datetime) -> tuple[bytes, int]:
    """The rows as a CSV file (UTF-8 with byte order mark, for spreadsheets), and their number.

    Refuses more than `MOST_EXPORTED` rows with InvalidInput: a shorter time is then to be asked for.
    """
    reach_of(session, actor, "audit.export", now).require_everything()
    rows = queries.page(session, wanted, limit=MOST_EXPORTED + 1)
    if len(rows) > MOST_EXPORTED:
        raise InvalidInput(f"These are more than {MOST_EXPORTED} rows; ask for a shorter time.")
    return csv_table(COLUMNS, ([_cell(getattr(row, column)) for column in COLUMNS] for row in rows)), len(rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, list):
        value = " ".join(value)
    return str(value)
