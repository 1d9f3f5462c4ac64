"""The catalogue of kinds of visit, which a city edits: services and patrols, in both languages."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from gridsvc.access.audit import record
from gridsvc.access.identity import Actor
from gridsvc.access.reach import reach_of
from gridsvc.core.errors import InvalidInput
from gridsvc.core.fields import text_faults
from gridsvc.patrols.tables import VisitKind

LONGEST_NAME = 64


def set_kind(
    session: Session,
    key: str,
    *,
    group: Literal["service", "patrol"],
    name_zh: str,
    name_en: str,
    is_active: bool,
    now: datetime,
    actor: Actor,
) -> Any:
    """Add or change a kind and return its row, for who may do so over the whole city.

    A kind is never taken away, for old visits bear it.
    """
    reach_of(session, actor, "catalogue.edit", now).require_everything()
    faults = [
        *text_faults("name_zh", name_zh, limit=LONGEST_NAME),
        *text_faults("name_en", name_en, limit=LONGEST_NAME),
    ]
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)
    row = VisitKind(key=key, group=group, name_zh=name_zh, name_en=name_en, is_active=is_active, is_example=False)
    merged = session.merge(row)
    session.flush()
    record(session, actor, "visit_kind.set", "visit_kind", key, detail={"is_active": is_active})
    return merged
