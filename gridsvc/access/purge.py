"""Letting go of rows of the audit whose time is over: whole sealed times only, with a row that says what went."""

from datetime import datetime
from typing import Final

from sqlalchemy import Engine

from gridsvc.access import audit
from gridsvc.access.audit import Origin, coming_from
from gridsvc.access.queries import seals as queries
from gridsvc.infra.db import unit_of_work

WHO = "retention"
# A week of hourly seals; so that what has gathered for years does not go in one transaction.
AT_ONCE: Final = 168


def purge_audit(engine: Engine, *, kept_months: int, now: datetime, at_once: int = AT_ONCE) -> int:
    """Remove the rows that are older than so many months and return how many there were.

    The seal over a time that is partly over keeps it whole until all of it is. What went and up to when is a row in
    the same transaction, by which the check of the seals knows that nothing was lost.
    """
    total = 0
    while (removed := _remove(engine, kept_months, now, at_once)) is not None:
        total += removed
    return total


def _remove(engine: Engine, kept_months: int, now: datetime, at_once: int) -> int | None:
    with unit_of_work(engine) as session, coming_from(Origin(access="job")):
        queries.alone(session)
        over = queries.seals_over(session, now=now, kept_months=kept_months, most=at_once)
        if not over:
            return None
        until = over[-1].until
        removed = queries.remove_rows(session, until)
        detail = {
            "rows": removed,
            "sealed": sum(one.rows for one in over),
            "until": until.isoformat(),
            "kept_months": kept_months,
        }
        audit.record(session, None, "audit.purge", "audit", username=WHO, detail=detail)
        return removed
