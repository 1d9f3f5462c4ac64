"""Open work of a worker, piece by piece: what goes with the grids by itself, what must be taken, and what stays."""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from gridsvc.handover.queries import ground
from gridsvc.handover.queries import items as queries
from gridsvc.handover.queries.items import Rows
from gridsvc.infra.settings import get_settings
from gridsvc.patrols.due import ALL, Norm
from gridsvc.patrols.duties import Duty, Standing, standings
from gridsvc.patrols.queries import duties as duty_queries

Kind = Literal["incident", "duty", "pairing", "patrol", "correction"]
Passing = Literal["by_itself", "on_taking", "stays"]

# What a piece of work is about when it is about a person.
CARE: Final = "care"
URGENT = ("due_soon", "overdue", "never")


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One piece of open work. `code` is what people call it by: a number, a code or a name of a round.

    People to be visited are named by the community's number alone. `passing` says how it moves: with the grid by
    itself, when the other side takes it, or not at all.
    """

    kind: Kind
    ref_id: UUID
    code: str
    what: str
    grid_code: str | None = None
    status: str | None = None
    due_at: datetime | None = None
    passing: Passing = "by_itself"

    def values(self) -> dict[str, Any]:
        """As columns."""
        return asdict(self)


@dataclass(frozen=True)
class Extent:
    """Whose work, and which part of it: everything, what lies in some grids, or what lies on the ground of a hand-over.

    By ground, `grid_ids` are the grids that have it now. `stays_paired` is for a leave.
    """

    worker_id: UUID
    grid_ids: Collection[UUID]
    is_whole: bool
    stays_paired: bool = False
    ground_of: UUID | None = None

    def meant(self, session: Session, thing: ground.Thing, rows: Rows, key: str = "id") -> list[Row[Any]]:
        """Those of the rows that belong to it, by where the things with the ids in the column `key` are."""
        if self.is_whole:
            return list(rows)
        if self.ground_of is None:
            return [row for row in rows if row.grid_id in self.grid_ids]
        lying = ground.lying_on(session, self.ground_of, thing, [getattr(row, key) for row in rows])
        return [row for row in rows if getattr(row, key) in lying]


def open_items(session: Session, extent: Extent, at: datetime) -> list[OpenItem]:
    """Every open piece of the work at a moment, by kind; nothing is left out."""
    sources: tuple[Callable[[Session, Extent, datetime], list[OpenItem]], ...] = (
        _accepted, _untaken, _rounds_due, _care_due, _pairings, _rounds, _corrections,
    )  # fmt: skip
    return [item for source in sources for item in source(session, extent, at)]


def _accepted(session: Session, extent: Extent, at: datetime) -> list[OpenItem]:
    return [
        OpenItem("incident", row.id, str(row.number), row.category, row.grid_code, "accepted", passing="on_taking")
        for row in extent.meant(session, "incident", queries.cases_of(session, extent.worker_id, at))
    ]


def _untaken(session: Session, extent: Extent, at: datetime) -> list[OpenItem]:
    return [
        OpenItem("incident", row.id, str(row.number), row.category, row.grid_code, "open")
        for row in extent.meant(session, "incident", queries.untaken_in(session, list(extent.grid_ids), at))
    ]


def _rounds_due(session: Session, extent: Extent, at: datetime) -> list[OpenItem]:
    """Patrols of whole grids, as far as they are due soon or overdue."""
    of_ground = extent.ground_of
    grid_ids = list(extent.grid_ids) if of_ground is None else ground.grids_mostly_of(session, of_ground)
    if not grid_ids:
        return []
    settings = get_settings()
    limits = {"city_wide": False, "communities": [], "grids": grid_ids, "area": "%", "grid_id": None}
    grids = [
        Duty("grid", row.id, row.code, ALL, row.community_code, row.began_at)
        for row in duty_queries.grids_due(session, at, limits)
    ]
    cycle = Norm("grid", ALL, every=max(1, round(settings.visit_cycle_days)), unit="day", on_working_days=False)
    found = standings(session, grids, at, due_soon_share=settings.due_soon_share, fallback=cycle)
    return [_duty(one, one.duty.code) for one in found if one.status in URGENT]


def _care_due(session: Session, extent: Extent, at: datetime) -> list[OpenItem]:
    """Visits to people, as far as they are due soon or overdue."""
    if not extent.grid_ids:
        return []
    rows = duty_queries.subjects_of_worker(session, extent.worker_id, list(extent.grid_ids), at, now=at)
    lives_in = {row.id: row.grid_code for row in extent.meant(session, "subject", rows)}
    care = [Duty(CARE, *row[:5]) for row in rows if row.id in lives_in]
    found = standings(session, care, at, due_soon_share=get_settings().due_soon_share)
    return [_duty(one, lives_in[one.duty.id]) for one in found if one.status in URGENT]


def _duty(one: Standing, grid_code: str | None) -> OpenItem:
    return OpenItem("duty", one.duty.id, one.duty.code, one.duty.target, grid_code, one.status, one.due_at)


def _pairings(session: Session, extent: Extent, at: datetime) -> list[OpenItem]:
    passing: Passing = "stays" if extent.stays_paired else "on_taking"
    rows = queries.pairings_of(session, extent.worker_id, at)
    return [
        OpenItem("pairing", row.id, row.number, CARE, row.grid_code, passing=passing)
        for row in extent.meant(session, "subject", rows, "subject_id")
    ]


def _rounds(session: Session, extent: Extent, at: datetime) -> list[OpenItem]:
    return [
        OpenItem("patrol", row.id, row.name, "round", row.grid_code, f"{row.reached}/{row.stops}", passing="stays")
        for row in extent.meant(session, "patrol", queries.open_rounds(session, extent.worker_id, at))
    ]


def _corrections(session: Session, extent: Extent, at: datetime) -> list[OpenItem]:
    return [
        OpenItem("correction", row.id, row.door_code or "", row.kind, row.grid_code, "pending")
        for row in extent.meant(session, "correction", queries.corrections_of(session, extent.worker_id, at))
    ]
