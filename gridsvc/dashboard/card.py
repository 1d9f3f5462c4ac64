"""The card of one grid: what several features know about it, put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope
from gridsvc.dashboard.status import Rules
from gridsvc.geography.queries import lookups
from gridsvc.incidents.queries import reading as incidents
from gridsvc.patrols import coverage
from gridsvc.patrols.coverage import GridPatrol
from gridsvc.patrols.queries import reading as visits
from gridsvc.people.answer import Answer, who_answers

MOST_INCIDENTS = 20

Rows = Sequence[Row[*tuple[Any, ...]]]


@dataclass(frozen=True)
class GridCard:
    """Who answers for a grid, how it is looked after, its last visits, its open incidents, and its past."""

    answer: Answer | None
    patrol: GridPatrol
    visits: Rows
    incidents: Rows
    open_incidents: int
    history: Rows


def grid_card(session: Session, grid: Any, at: datetime, *, scope: Scope, rules: Rules) -> GridCard:
    """The card of a grid found by `lookups.grid_card`, at the same moment."""
    patrol = coverage.patrol_status(
        session, at, cycle_days=rules.cycle_days, due_soon_share=rules.due_soon_share, grid_ids=[grid.grid_id]
    )
    listed = incidents.incident_page(session, scope, state="open", at=at, grid_id=grid.grid_id, limit=MOST_INCIDENTS)
    counted = len(listed) if len(listed) < MOST_INCIDENTS else incidents.open_in_grid(session, grid.grid_id, at)
    return GridCard(
        answer=who_answers(session, at, [grid.grid_id]).get(grid.grid_id),
        patrol=patrol[grid.grid_id],
        visits=visits.visits_in_grid(session, grid.grid_id, at),
        incidents=listed,
        open_incidents=counted,
        history=lookups.grid_history(session, grid.grid_id),
    )
