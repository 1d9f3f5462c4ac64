"""Queries on hand-overs of leaves: those that are missing, those without reason any more, and what must go back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# A leave that somebody decided should not be handed over, by cancelling its list, is left alone.
_WITHOUT = text(
    """
    SELECT leave.request_id FROM leave
    WHERE leave.state = 'approved' AND upper_inf(leave.recorded)
      AND leave.valid && tstzrange(CAST(:now AS timestamptz), CAST(:soon AS timestamptz))
      AND EXISTS (SELECT FROM responsibility held WHERE held.worker_id = leave.worker_id AND held.role = 'main'
          AND upper_inf(held.recorded) AND held.valid @> greatest(lower(leave.valid), CAST(:now AS timestamptz)))
      AND NOT EXISTS (SELECT FROM handover WHERE handover.leave_id = leave.request_id)
    ORDER BY lower(leave.valid), leave.request_id LIMIT :most
    """
)

# An incident that whoever covers took on during the leave is theirs until the other takes it back.
_MUST_GO_BACK = """
    EXISTS (
        SELECT FROM case_holder holder
        JOIN incident ON incident.id = holder.incident_id AND incident.closed_at IS NULL
        JOIN LATERAL (SELECT routing.grid_id FROM routing WHERE routing.incident_id = incident.id
            ORDER BY routing.routed_at DESC LIMIT 1) decided ON true
        JOIN handover_grid own ON own.handover_id = out.id AND own.grid_id = decided.grid_id
        JOIN responsibility held ON held.grid_id = own.grid_id AND held.worker_id = leave.worker_id
            AND held.role = 'main' AND upper_inf(held.recorded) AND held.valid @> CAST(:now AS timestamptz)
        WHERE holder.worker_id = out.to_worker_id AND holder.until IS NULL AND holder.since >= lower(leave.valid)
    ) AND NOT EXISTS (
        SELECT FROM handover back WHERE back.leave_id = out.leave_id AND back.from_worker_id = out.to_worker_id
            AND back.to_worker_id = leave.worker_id
    )
"""
# Those that lead to the worker who was away are the way back, and not looked at.
_OVER = text(
    f"""
    SELECT * FROM (
        SELECT out.id, out.state, out.opened_at, out.leave_id, out.to_worker_id, leave.worker_id, leave.reason,
            upper(leave.valid) AS until, {_MUST_GO_BACK} AS must_go_back
        FROM handover out JOIN leave ON leave.request_id = out.leave_id AND upper_inf(leave.recorded)
        WHERE out.to_worker_id IS DISTINCT FROM leave.worker_id
          AND (leave.state <> 'approved' OR upper(leave.valid) <= CAST(:now AS timestamptz))
          AND (CAST(:leave_id AS uuid) IS NULL OR out.leave_id = CAST(:leave_id AS uuid))
    ) found
    WHERE state IN ('open', 'given') OR must_go_back ORDER BY opened_at, id LIMIT :most
    """  # noqa: S608 - our own text
)


def leaves_without(session: Session, now: datetime, *, ahead: timedelta, most: int) -> list[UUID]:
    """Approved leaves under way or about to begin, of workers with grids, for which no hand-over was ever opened."""
    return list(session.scalars(_WITHOUT, {"now": now, "soon": now + ahead, "most": most}))


def over(session: Session, now: datetime, *, leave_id: UUID | None = None, most: int = 1000) -> Sequence[Row[Any]]:
    """Hand-overs of leaves that are over or do not count: still waiting, or with something that `must_go_back`."""
    return session.execute(_OVER, {"now": now, "leave_id": leave_id, "most": most}).all()
