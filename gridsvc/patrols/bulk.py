"""Logging many visits at once, for files and for a city's history: the same rules, row by row kept or refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from math import hypot
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import Row
from sqlalchemy.orm import Session

from gridsvc.core.batches import BatchResult, at_row
from gridsvc.core.errors import Fault
from gridsvc.core.fields import moment_faults, reckoned_time
from gridsvc.geography.declared import DeclaredPoints, declared_points
from gridsvc.geography.gate import BASE_NET, shared_gate
from gridsvc.geography.locating import Places, locate_many, metres_per_degree
from gridsvc.incidents.bulk import column, hexadecimal
from gridsvc.incidents.intake import county_of
from gridsvc.infra.copying import fresh_ids
from gridsvc.infra.events import announce
from gridsvc.infra.settings import get_settings
from gridsvc.patrols.logged import (
    BACK_FILLED,
    BACK_FILLED_AFTER,
    DOOR_NOT_REGISTERED,
    FAR_FROM_PLACE,
    FAR_M,
    GRID_NOT_ALIVE,
    OTHER_GRID,
    OUTSIDE,
    VisitReport,
    visit_faults,
)
from gridsvc.patrols.queries import bulk as queries
from gridsvc.people.contact import heard_from_each

_CONFLICT = Fault("client_id", "conflict", "This identifier is already stored with other content.")


@dataclass(frozen=True, kw_only=True)
class VisitBatch:
    """Visits as columns of equal length; at least one of grid, door and point is given in every row.

    A care subject is named beside one of these. None in `x` and `y` means no coordinates; NaN is a fault. `received_at`
    is for history that was received elsewhere; without it a visit is received now. `names` say how faults call the
    rows, otherwise "row 0" and so on.
    """

    client_ids: Sequence[UUID]
    worker_ids: Sequence[UUID]
    kinds: Sequence[str]
    results: Sequence[str]
    occurred_at: Sequence[datetime | None]
    grid_codes: Sequence[str | None] | None = None
    door_codes: Sequence[str | None] | None = None
    x: Sequence[float | None] | None = None
    y: Sequence[float | None] | None = None
    crs: Sequence[str | None] | None = None
    accuracy_m: Sequence[float | None] | None = None
    notes: Sequence[str | None] | None = None
    received_at: Sequence[datetime | None] | None = None
    subject_ids: Sequence[UUID | None] | None = None
    names: Sequence[str] | None = None
    synthetic: bool = False

    def __len__(self) -> int:
        return len(self.client_ids)

    def visits(self) -> Iterator[VisitReport]:
        """The rows one by one."""
        count = len(self)
        optional = (self.grid_codes, self.door_codes, self.x, self.y, self.crs, self.accuracy_m)
        for row in zip(
            self.client_ids,
            self.kinds,
            self.results,
            *(column(values, count) for values in optional),
            self.occurred_at,
            column(self.notes, count),
            [self.synthetic] * count,
            column(self.subject_ids, count),
            strict=True,
        ):
            yield VisitReport(*row)


@dataclass(frozen=True)
class _Register:
    """The doors and the states of grids that a batch names, by code, and the care subjects."""

    doors: dict[str, Row[Any]]
    grids: dict[str, list[Row[Any]]]
    subjects: frozenset[UUID]

    def door(self, visit: VisitReport) -> Row[Any] | None:
        return self.doors.get(visit.door_code) if visit.door_code else None

    def grid(self, visit: VisitReport, at: datetime) -> Row[Any] | None:
        """The state at that moment of the grid that the visit names, if it was alive then."""
        states = self.grids.get(visit.grid_code, []) if visit.grid_code else []
        return next((state for state in states if _is_valid(state.valid_from, state.valid_to, at)), None)


def record_visits(session: Session, batch: VisitBatch, *, actor: str) -> BatchResult:
    """Store the good rows, each in the grid of its place by the net of its time, and say what is wrong with the others.

    A row whose client identifier is already stored with the same content counts as already there, one with other
    content is refused. Each worker's device counts as heard from when the last of their visits was received. `actor` is
    who sends the batch; visits have no log of their own, their worker is named in each row.
    """
    del actor
    if not len(batch):
        return BatchResult(0, 0, 0)
    now = shared_gate(session).asked_at
    visits = list(batch.visits())
    count = len(batch)
    points = declared_points(
        column(batch.x, count), column(batch.y, count), column(batch.crs, count), bounds=get_settings().city_bounds
    )
    register = _register(session, visits)
    faults = _faults(session, batch, visits, register, now) | points.faults
    repeats = _repeats(batch, visits, faults)
    rows = [row for row in range(count) if row not in faults and row not in repeats]
    added, known = _store(session, batch, visits, points, register, rows, now) if rows else (0, [])
    faults |= {row: _CONFLICT for row, is_same in known if not is_same}
    if added:
        announce(session, "visit")
    names = batch.names or [f"row {row}" for row in range(count)]
    return BatchResult(
        added=added,
        already_there=len(repeats) + sum(is_same for _, is_same in known),
        rejected=len(faults),
        faults=tuple(at_row(names[row], fault) for row, fault in sorted(faults.items())),
    )


def _register(session: Session, visits: Sequence[VisitReport]) -> _Register:
    doors = {
        row.code: row for row in queries.doors_by_code(session, list({v.door_code for v in visits if v.door_code}))
    }
    grids: dict[str, list[Row[Any]]] = {}
    for row in queries.grids_by_code(session, list({v.grid_code for v in visits if v.grid_code}), BASE_NET):
        grids.setdefault(row.named, []).append(row)
    subjects = queries.known_subjects(session, list({v.subject_id for v in visits if v.subject_id}))
    return _Register(doors, grids, subjects)


def _faults(
    session: Session, batch: VisitBatch, visits: Sequence[VisitReport], register: _Register, now: datetime
) -> dict[int, Fault]:
    """The first fault of each bad row, its coordinates aside."""
    kinds, workers = queries.known_kinds(session), queries.known_workers(session, list(set(batch.worker_ids)))
    received = column(batch.received_at, len(batch))
    found: dict[int, Fault] = {}
    for row, (visit, worker_id) in enumerate(zip(visits, batch.worker_ids, strict=True)):
        checks = chain(visit_faults(visit, now=now), moment_faults("received_at", received[row], now=now))
        fault = next(checks, None) or _unknown(visit, worker_id, kinds, workers, register)
        if fault is not None:
            found[row] = fault
    return found


def _unknown(
    visit: VisitReport, worker_id: UUID, kinds: frozenset[str], workers: frozenset[UUID], register: _Register
) -> Fault | None:
    """What the row names that does not exist."""
    if visit.kind not in kinds:
        return Fault("kind", "unknown_kind", "This is not in the city's list.")
    if worker_id not in workers:
        return Fault("worker_id", "unknown_worker_id", "This is not in the city's list.")
    if visit.door_code and visit.door_code not in register.doors:
        return Fault("door_code", "unknown_door", "There is no door of that code.")
    if visit.grid_code and visit.grid_code not in register.grids:
        return Fault("grid_code", "unknown_grid", "There is no grid of that code.")
    if visit.subject_id and visit.subject_id not in register.subjects:
        return Fault("subject_id", "unknown_subject", "There is no such person among those who are visited.")
    return None


def _repeats(batch: VisitBatch, visits: Sequence[VisitReport], faults: dict[int, Fault]) -> set[int]:
    """Rows that repeat an earlier row of the batch; a repeated identifier with other content goes to `faults`."""
    first: dict[UUID, int] = {}
    repeats = set()
    for row, visit in enumerate(visits):
        if row in faults:
            continue
        before = first.setdefault(visit.client_id, row)
        if before == row:
            continue
        if visits[before] == visit and batch.worker_ids[before] == batch.worker_ids[row]:
            repeats.add(row)
        else:
            faults[row] = _CONFLICT
    return repeats


def _store(
    session: Session,
    batch: VisitBatch,
    visits: Sequence[VisitReport],
    points: DeclaredPoints,
    register: _Register,
    rows: Sequence[int],
    now: datetime,
) -> tuple[int, list[tuple[int, bool]]]:
    staged = _staged(session, batch, visits, points, register, rows, now)
    added, known = queries.store_visits(
        session, staged, synthetic=batch.synthetic, far_flag=FAR_FROM_PLACE, far_m=FAR_M
    )
    _note_contact(session, [batch.worker_ids[row] for row in rows], staged["received_at"])
    return added, known


def _note_contact(session: Session, workers: Sequence[UUID], received: Sequence[datetime]) -> None:
    last: dict[UUID, datetime] = {}
    for worker, moment in zip(workers, received, strict=True):
        if worker not in last or last[worker] < moment:
            last[worker] = moment
    heard_from_each(session, last)


def _staged(
    session: Session,
    batch: VisitBatch,
    visits: Sequence[VisitReport],
    points: DeclaredPoints,
    register: _Register,
    rows: Sequence[int],
    now: datetime,
) -> dict[str, Sequence[Any]]:
    """The good rows, located, as columns of the staging table."""
    good = [visits[row] for row in rows]
    index = np.array(rows, dtype=np.intp)
    x, y = points.x[index].tolist(), points.y[index].tolist()
    received = [column(batch.received_at, len(batch))[row] or now for row in rows]
    reckoned = [reckoned_time(visit.occurred_at, at) for visit, at in zip(good, received, strict=True)]
    occurred = [moment for moment, _ in reckoned]
    doors = [register.door(visit) for visit in good]
    places = _places(session, doors, x, y, occurred)
    grounds = _Grounds(places, [register.grid(visit, at) for visit, at in zip(good, occurred, strict=True)])
    flags = [list(early) for _, early in reckoned]
    for row, visit in enumerate(good):
        flags[row] += _flags(visit, doors[row], (x[row], y[row]), occurred[row], received[row], grounds, row)
    return {
        "row_number": rows,
        "id": fresh_ids(len(rows)),
        "client_id": hexadecimal(visit.client_id for visit in good),
        "county_code": [county_of(code) for code in grounds.community_codes],
        "worker_id": hexadecimal(batch.worker_ids[row] for row in rows),
        "kind": [visit.kind for visit in good],
        "net_version_id": [
            net if grid is not None else None
            for net, grid in zip(hexadecimal(places.net_version_id), grounds.grid_ids, strict=True)
        ],
        "grid_id": hexadecimal(grounds.grid_ids),
        "door_id": hexadecimal(door.id if door else None for door in doors),
        "named_version_id": grounds.doubtful(visits=good),
        "declared_grid_code": [visit.grid_code for visit in good],
        "raw_x": [visit.x for visit in good],
        "raw_y": [visit.y for visit in good],
        "raw_crs": [points.crs[row] for row in rows],
        "accuracy_m": [visit.accuracy_m for visit in good],
        "x": [None if value != value else value for value in x],
        "y": [None if value != value else value for value in y],
        "declared_at": [visit.occurred_at for visit in good],
        "occurred_at": occurred,
        "received_at": received,
        "result": [visit.result for visit in good],
        "note": [visit.note for visit in good],
        "subject_id": hexadecimal(visit.subject_id for visit in good),
        "flags": ["{" + ",".join(one) + "}" for one in flags],
    }


class _Grounds:
    """The grid each visit counts for: the one around its place, else the one it names."""

    def __init__(self, places: Places, named: Sequence[Row[Any] | None]) -> None:
        self.named = named
        self.grid_ids: list[UUID | None] = [
            grid if grid is not None else name.grid_id if name else None
            for grid, name in zip(places.grid_id, named, strict=True)
        ]
        self.community_codes: list[str | None] = [
            code if code is not None else name.community_code if name else None
            for code, name in zip(places.community_code, named, strict=True)
        ]

    def is_other(self, row: int) -> bool:
        """Whether the visit counts for another grid than the one it names."""
        named = self.named[row]
        return named is not None and named.grid_id != self.grid_ids[row]

    def doubtful(self, visits: Sequence[VisitReport]) -> list[str | None]:
        """The version of the grid named, where the position may be far from it; a door is measured by itself."""
        return [
            named.version_id.hex if named is not None and visit.x is not None and not visit.door_code else None
            for named, visit in zip(self.named, visits, strict=True)
        ]


def _places(
    session: Session, doors: Sequence[Row[Any] | None], x: Sequence[float], y: Sequence[float], at: Sequence[datetime]
) -> Places:
    place_x = [door.x if door else value for door, value in zip(doors, x, strict=True)]
    place_y = [door.y if door else value for door, value in zip(doors, y, strict=True)]
    return locate_many(session, place_x, place_y, at=at, band_m=get_settings().border_band_m)


def _flags(
    visit: VisitReport,
    door: Row[Any] | None,
    point: tuple[float, float],
    occurred: datetime,
    received: datetime,
    grounds: _Grounds,
    row: int,
) -> Iterator[str]:
    """What is odd about a visit; its distance from a grid it names is left to the database."""
    if occurred < received - BACK_FILLED_AFTER:
        yield BACK_FILLED
    if door is not None and not _is_valid(door.registered_from, door.registered_to, occurred):
        yield DOOR_NOT_REGISTERED
    if visit.grid_code and grounds.named[row] is None:
        yield GRID_NOT_ALIVE
    if grounds.is_other(row):
        yield OTHER_GRID
    if door is not None and visit.x is not None and _distance_m(point, door) > FAR_M:
        yield FAR_FROM_PLACE
    if grounds.grid_ids[row] is None:
        yield OUTSIDE


def _is_valid(start: datetime | None, end: datetime | None, at: datetime) -> bool:
    return start is not None and start <= at and (end is None or at < end)


def _distance_m(point: tuple[float, float], door: Row[Any]) -> float:
    east, north = metres_per_degree(door.y)
    return hypot((point[0] - door.x) * east, (point[1] - door.y) * north)
