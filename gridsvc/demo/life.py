"""Loads what fills the demo city: doors, reports and visits, in bulk and in portions."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.core.batches import BatchResult
from gridsvc.core.errors import GridsvcError
from gridsvc.demo.doors import Doors
from gridsvc.demo.ground import NOWHERE, Ground
from gridsvc.demo.incidents import Reports
from gridsvc.demo.steps import Advance
from gridsvc.demo.visits import Visits
from gridsvc.geography.doors import DoorBatch, register_doors
from gridsvc.geography.nets import PublishedNet
from gridsvc.incidents.bulk import ReportBatch, take_in_batch
from gridsvc.patrols.bulk import VisitBatch, record_visits
from gridsvc.people.contact import heard_from_all

ACTOR = "demo"
PORTION = 22_000

Columns = TypeVar("Columns")


class LoadFailed(GridsvcError):
    """The demo city broke a rule of the service; nothing was stored."""

    code = "demo_load_failed"


def load_doors(session: Session, ground: Ground, doors: Doors, *, registered_from: datetime, advance: Advance) -> None:
    """Register every door in its block."""
    total = len(doors.codes)
    names = ground.block_codes
    for start in range(0, total, PORTION):
        part = slice(start, start + PORTION)
        batch = DoorBatch(
            codes=doors.codes[part],
            addresses=doors.addresses[part],
            x=doors.x[part],
            y=doors.y[part],
            block_codes=[names[block] for block in doors.block[part].tolist()],
            synthetic=True,
        )
        register_doors(session, batch, registered_from=registered_from)
        advance(min(part.stop, total), total)


def load_reports(session: Session, reports: Reports, advance: Advance) -> None:
    """Take in every report."""
    total = len(reports.client_ids)
    for start in range(0, total, PORTION):
        part = _portion(reports, slice(start, start + PORTION))
        batch = ReportBatch(
            client_ids=part.client_ids,
            channels=part.channels,
            categories=part.categories,
            x=part.x,
            y=part.y,
            crs=part.crs,
            occurred_at=part.occurred_at,
            descriptions=part.descriptions,
            addresses=part.addresses,
            received_at=part.received_at,
            closed_at=part.closed_at,
            synthetic=True,
        )
        _check(take_in_batch(session, batch, actor=ACTOR))
        advance(min(start + PORTION, total), total)


def visit_batches(
    visits: Visits, doors: Doors, net: PublishedNet, workers: Sequence[UUID], subjects: Sequence[UUID] = ()
) -> Iterator[VisitBatch]:
    """Every visit, in portions to be recorded in any order."""
    for start in range(0, len(visits.client_ids), PORTION):
        part = _portion(visits, slice(start, start + PORTION))
        yield VisitBatch(
            client_ids=part.client_ids,
            worker_ids=[workers[worker] for worker in part.workers],
            kinds=part.kinds,
            results=part.results,
            # Where door or position say it, the device does not name the grid beside them.
            grid_codes=[
                net.codes[grid] if door == NOWHERE and x is None else None
                for grid, door, x in zip(part.grids, part.doors, part.x, strict=True)
            ],
            door_codes=[None if door == NOWHERE else doors.codes[door] for door in part.doors],
            x=part.x,
            y=part.y,
            crs=part.crs,
            accuracy_m=part.accuracy_m,
            occurred_at=part.occurred_at,
            received_at=part.received_at,
            notes=part.notes,
            subject_ids=[None if row == NOWHERE else subjects[row] for row in part.subjects],
            synthetic=True,
        )


def load_visits(session: Session, batch: VisitBatch) -> None:
    """Record a portion of the visits."""
    _check(record_visits(session, batch, actor=ACTOR))


def hear_from_workers(session: Session, visits: Visits, workers: Sequence[UUID], now: datetime) -> None:
    """Every device was heard from just now, but for those that fell silent with their last visit."""
    heard_from_all(session, [who for row, who in enumerate(workers) if row not in visits.silent], now)


def _portion(columns: Columns, part: slice) -> Columns:
    """The same columns, but only some of the rows; what is not a list is left out."""
    rows: dict[str, Any] = {
        field.name: value[part] if isinstance(value := getattr(columns, field.name), list) else value
        for field in fields(columns)  # type: ignore[arg-type]
    }
    return type(columns)(**rows)


def _check(result: BatchResult) -> None:
    if result.rejected:
        raise LoadFailed(f"{result.rejected} rows were refused.", faults=result.faults[:20])
