"""The status of every grid at a moment, and the few figures that stand above the map.

Columns instead of rows: the same 2,461 codes go out with every change, so they must pack well.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope
from gridsvc.dashboard import queries
from gridsvc.geography.locating import current_net
from gridsvc.incidents.queries import reading as incidents
from gridsvc.patrols import coverage
from gridsvc.patrols.coverage import PATROL, GridPatrol
from gridsvc.people import queries as people
from gridsvc.people.answer import STAFFING, Answer, who_answers

TREND_DAYS = 14


@dataclass(frozen=True)
class Rules:
    """What a status is measured by: a grid should be visited once in `cycle_days`."""

    cycle_days: float
    due_soon_share: float
    timezone: str


def city_status(session: Session, at: datetime, *, scope: Scope, rules: Rules) -> dict[str, Any]:
    """Everything that changes on the map, ready for JSON. Names are left out outside `scope`."""
    grids = queries.live_grids(session, at)
    answers = who_answers(session, at)
    patrol = coverage.patrol_status(session, at, cycle_days=rules.cycle_days, due_soon_share=rules.due_soon_share)
    open_counts = incidents.open_by_grid(session, at)
    names = _Names()
    net = current_net(session, at)
    return {
        "as_of": at.isoformat(),
        "net_version": str(net.id) if net else None,
        "grids": {
            "code": [grid.code for grid in grids],
            "staffing": [_staffing(answers.get(grid.grid_id)) for grid in grids],
            "patrol": [_patrol(patrol.get(grid.grid_id)) for grid in grids],
            "last_visit": [_last_visit(patrol.get(grid.grid_id)) for grid in grids],
            "open_incidents": [open_counts.get(grid.grid_id, 0) for grid in grids],
            "worker": [
                names.index(answers.get(grid.grid_id)) if scope.covers(grid.community_code, grid.grid_id) else None
                for grid in grids
            ],
        },
        "workers": names.listed,
        "headline": _headline(session, at, grids, answers, patrol, scope, rules),
        "trend": {
            "visits": coverage.visits_by_day(session, at, days=TREND_DAYS, timezone=rules.timezone),
            "incidents": incidents.received_by_day(session, at, days=TREND_DAYS, timezone=rules.timezone),
        },
    }


class _Names:
    """The names of those who answer, each once."""

    def __init__(self) -> None:
        self.listed: list[str] = []
        self._places: dict[UUID, int] = {}

    def index(self, answer: Answer | None) -> int | None:
        """The place in the list of who answers; None when nobody does."""
        who = answer.answers if answer else None
        if who is None:
            return None
        if who.id not in self._places:
            self._places[who.id] = len(self.listed)
            self.listed.append(who.name)
        return self._places[who.id]


def _staffing(answer: Answer | None) -> str:
    return answer.staffing if answer else "vacant"


def _patrol(found: GridPatrol | None) -> str:
    return found.status if found else "never"


def _last_visit(found: GridPatrol | None) -> int | None:
    return int(found.last_visit.timestamp()) if found and found.last_visit else None


def _headline(
    session: Session,
    at: datetime,
    grids: Any,
    answers: Mapping[UUID, Answer],
    patrol: Mapping[UUID, GridPatrol],
    scope: Scope,
    rules: Rules,
) -> dict[str, Any]:
    by_patrol = Counter(_patrol(patrol.get(grid.grid_id)) for grid in grids)
    by_staffing = Counter(_staffing(answers.get(grid.grid_id)) for grid in grids)
    doors = coverage.door_coverage(session, at, days=rules.cycle_days)
    unplaced = incidents.open_unplaced(session, at)
    quota, filled = people.post_counts(session, scope)
    pilot, communities = queries.pilot_share(session, at)
    return {
        "coverage": {
            "visited": doors.visited,
            "doors": doors.doors,
            "from": (at - timedelta(days=rules.cycle_days)).isoformat(),
            "to": at.isoformat(),
            "register_date": at.astimezone(ZoneInfo(rules.timezone)).date().isoformat(),
        },
        "patrol": {status: by_patrol[status] for status in PATROL},
        "staffing": {status: by_staffing[status] for status in STAFFING},
        "overdue": {"grids": by_patrol["overdue"], "of": len(grids)},
        "open_incidents": {
            "count": unplaced.total,
            "unlocated": unplaced.unlocated,
            "outside": unplaced.outside,
        },
        "vacancies": {"grids": by_staffing["vacant"], "of": len(grids)},
        "posts": {"quota": quota, "filled": filled, "vacant": quota - filled},
        "pilot": {"communities": pilot, "of": communities},
    }
