"""The status of every grid at a moment, and the few figures that stand above the map.

Columns instead of rows: the same 2,461 codes go out with every change, so they must pack well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class Figures:
    """What takes longer to count and changes slowly: door coverage and the numbers of the last days."""

    coverage: Mapping[str, Any]
    pilot: Mapping[str, int]
    trend: Mapping[str, Sequence[int]]


def city_status(
    session: Session,
    at: datetime,
    *,
    scope: Scope,
    rules: Rules,
    answers: Mapping[UUID, Answer] | None = None,
    figures: Figures | None = None,
) -> dict[str, Any]:
    """Everything that changes on the map, ready for JSON. Names are left out outside `scope`.

    `answers` are who answers at `at`, if that is known already. `figures` may have been counted a little earlier: they
    say themselves up to which moment they speak.
    """
    answers = who_answers(session, at) if answers is None else answers
    patrol = coverage.patrol_status(session, at, cycle_days=rules.cycle_days, due_soon_share=rules.due_soon_share)
    open_counts = incidents.open_by_grid(session, at)
    columns = _Columns()
    for grid_id, code, community_code in queries.live_grids(session, at):
        visible = scope.covers(community_code, grid_id)
        columns.add(code, answers.get(grid_id), patrol.get(grid_id), open_counts.get(grid_id, 0), visible=visible)
    net = current_net(session, at)
    counted = figures or count_figures(session, at, rules=rules)
    return {
        "as_of": at.isoformat(),
        "headline": _headline(session, at, columns, counted, scope),
        "net_version": str(net.id) if net else None,
        "grids": columns.as_json(),
        "workers": columns.names,
        "trend": counted.trend,
    }


def count_figures(session: Session, at: datetime, *, rules: Rules) -> Figures:
    """Count door coverage of the cycle up to `at`, the pilot share, and visits and incidents by day."""
    doors = coverage.door_coverage(session, at, days=rules.cycle_days)
    pilot, communities = queries.pilot_share(session, at)
    zone = rules.timezone
    return Figures(
        coverage={
            "visited": doors.visited,
            "doors": doors.doors,
            "from": (at - timedelta(days=rules.cycle_days)).isoformat(),
            "to": at.isoformat(),
            "register_date": at.astimezone(ZoneInfo(zone)).date().isoformat(),
        },
        pilot={"communities": pilot, "of": communities},
        trend={
            "visits": coverage.visits_by_day(session, at, days=TREND_DAYS, timezone=zone),
            "incidents": incidents.received_by_day(session, at, days=TREND_DAYS, timezone=zone),
        },
    )


class _Columns:
    """One row for each grid, kept as columns; a name of who answers stands once in `names`."""

    def __init__(self) -> None:
        self.code: list[str] = []
        self.staffing: list[str] = []
        self.patrol: list[str] = []
        self.last_visit: list[int | None] = []
        self.open_incidents: list[int] = []
        self.worker: list[int | None] = []
        self.names: list[str] = []
        self._places: dict[UUID, int] = {}

    def add(
        self, code: str, answer: Answer | None, patrol: GridPatrol | None, open_incidents: int, *, visible: bool
    ) -> None:
        """Add a grid; who answers is left out unless it may be seen."""
        self.code.append(code)
        self.staffing.append(answer.staffing if answer else "vacant")
        self.patrol.append(patrol.status if patrol else "never")
        last = patrol.last_visit if patrol else None
        self.last_visit.append(int(last.timestamp()) if last else None)
        self.open_incidents.append(open_incidents)
        self.worker.append(self._place(answer) if visible else None)

    def _place(self, answer: Answer | None) -> int | None:
        who = answer.answers if answer else None
        if who is None:
            return None
        place = self._places.get(who.id)
        if place is None:
            place = self._places[who.id] = len(self.names)
            self.names.append(who.name)
        return place

    def as_json(self) -> dict[str, Any]:
        """The columns by name."""
        return {
            "code": self.code,
            "staffing": self.staffing,
            "patrol": self.patrol,
            "last_visit": self.last_visit,
            "open_incidents": self.open_incidents,
            "worker": self.worker,
        }


def _headline(session: Session, at: datetime, columns: _Columns, counted: Figures, scope: Scope) -> dict[str, Any]:
    by_patrol, by_staffing, grids = Counter(columns.patrol), Counter(columns.staffing), len(columns.code)
    unplaced = incidents.open_unplaced(session, at)
    quota, filled = people.post_counts(session, scope)
    return {
        "coverage": counted.coverage,
        "patrol": {status: by_patrol[status] for status in PATROL},
        "staffing": {status: by_staffing[status] for status in STAFFING},
        "overdue": {"grids": by_patrol["overdue"], "of": grids},
        "open_incidents": {
            "count": unplaced.total,
            "unlocated": unplaced.unlocated,
            "outside": unplaced.outside,
        },
        "vacancies": {"grids": by_staffing["vacant"], "of": grids},
        "posts": {"quota": quota, "filled": filled, "vacant": quota - filled},
        "pilot": counted.pilot,
    }
