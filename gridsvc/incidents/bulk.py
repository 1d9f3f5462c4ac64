"""Taking in many reports at once, for files and for a city's history: the same rules, row by row kept or refused."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.core.batches import BatchResult, at_row
from gridsvc.core.errors import Fault
from gridsvc.core.fields import moment_faults, reckoned_time
from gridsvc.geography.declared import DeclaredPoints, declared_points
from gridsvc.geography.gate import Passage, shared_gate
from gridsvc.geography.locating import locate_many
from gridsvc.incidents.intake import OUTSIDE, ROUTED, UNLOCATED, county_of
from gridsvc.incidents.queries import bulk as queries
from gridsvc.incidents.reports import Report, report_faults
from gridsvc.infra.copying import fresh_ids
from gridsvc.infra.events import announce
from gridsvc.infra.settings import get_settings

T = TypeVar("T")

_TEXTS = ("channel", "category", "description", "address", "reporter_name", "reporter_phone")


@dataclass(frozen=True, kw_only=True)
class ReportBatch:
    """Reports as columns of equal length. None in `x` and `y` means no coordinates; NaN is a fault.

    `received_at` and `closed_at` are for history that was received, and perhaps closed, elsewhere; without them a
    report is received now and open. `names` say how faults call the rows ("line 7"), otherwise "row 0" and so on.
    """

    client_ids: Sequence[UUID]
    channels: Sequence[str]
    categories: Sequence[str]
    x: Sequence[float | None]
    y: Sequence[float | None]
    crs: Sequence[str | None]
    occurred_at: Sequence[datetime | None] | None = None
    descriptions: Sequence[str | None] | None = None
    addresses: Sequence[str | None] | None = None
    reporter_names: Sequence[str | None] | None = None
    reporter_phones: Sequence[str | None] | None = None
    received_at: Sequence[datetime | None] | None = None
    closed_at: Sequence[datetime | None] | None = None
    names: Sequence[str] | None = None
    synthetic: bool = False

    def __len__(self) -> int:
        return len(self.client_ids)

    def reports(self) -> Iterator[Report]:
        """The rows one by one."""
        count = len(self)
        for row in zip(
            self.client_ids,
            self.channels,
            self.categories,
            column(self.descriptions, count),
            column(self.addresses, count),
            column(self.reporter_names, count),
            column(self.reporter_phones, count),
            self.x,
            self.y,
            self.crs,
            column(self.occurred_at, count),
            [self.synthetic] * count,
            strict=True,
        ):
            yield Report(*row)


def column(values: Sequence[T | None] | None, count: int) -> Sequence[T | None]:
    """The column, or one of nothing when it was not given."""
    return [None] * count if values is None else values


def take_in_batch(session: Session, batch: ReportBatch, *, actor: str) -> BatchResult:
    """Store, locate and route the good rows and say what is wrong with the others.

    All are routed now, by the net of this moment, whenever they were received. A row whose client identifier is already
    stored with the same content counts as already there, one with other content is refused. `actor` goes into the log.
    """
    if not len(batch):
        return BatchResult(0, 0, 0)
    passage = shared_gate(session)
    reports = list(batch.reports())
    points = declared_points(batch.x, batch.y, batch.crs, bounds=get_settings().city_bounds)
    faults = _faults(session, batch, reports, passage.asked_at) | points.faults
    repeats = _repeats(reports, points, faults)
    rows = [row for row in range(len(reports)) if row not in faults and row not in repeats]
    added: int = 0
    known: list[tuple[int, bool]] = []
    if rows:
        queries.stage(session, _staged(session, batch, reports, points, rows, passage))
        added, known = queries.store_staged(
            session, routed_at=passage.passed_at, actor=actor, synthetic=batch.synthetic
        )
    faults |= {row: _CONFLICT for row, is_same in known if not is_same}
    if added:
        announce(session, "incident")
    names = batch.names or [f"row {row}" for row in range(len(reports))]
    return BatchResult(
        added=added,
        already_there=len(repeats) + sum(is_same for _, is_same in known),
        rejected=len(faults),
        faults=tuple(at_row(names[row], fault) for row, fault in sorted(faults.items())),
    )


_CONFLICT = Fault("client_id", "conflict", "This identifier is already stored with other content.")


def _faults(session: Session, batch: ReportBatch, reports: Sequence[Report], now: datetime) -> dict[int, Fault]:
    """The first fault of each bad row, its coordinates aside."""
    channels, categories = queries.known_lists(session)
    received, closed = column(batch.received_at, len(batch)), column(batch.closed_at, len(batch))
    found: dict[int, Fault] = {}
    for row, report in enumerate(reports):
        fault = next(report_faults(report, now=now), None) or next(
            _history_faults(received[row], closed[row], now=now), None
        )
        if report.channel not in channels:
            fault = Fault("channel", "unknown_channel", "This channel is not in the city's list.")
        elif report.category not in categories:
            fault = Fault("category", "unknown_category", "This category is not in the city's list.")
        if fault is not None:
            found[row] = fault
    return found


def _history_faults(received: datetime | None, closed: datetime | None, *, now: datetime) -> Iterator[Fault]:
    yield from moment_faults("received_at", received, now=now)
    yield from moment_faults("closed_at", closed, now=now)
    if received is not None and received > now:
        yield Fault("received_at", "impossible_time", "The report would be received in the future.")
    if closed is not None and not (received or now) <= closed <= now:
        yield Fault("closed_at", "impossible_time", "The report would be closed before it came in, or in the future.")


def _repeats(reports: Sequence[Report], points: DeclaredPoints, faults: dict[int, Fault]) -> set[int]:
    """Rows that repeat an earlier row of the batch; a repeated identifier with other content goes to `faults`."""
    first: dict[UUID, int] = {}
    repeats = set()
    for row, report in enumerate(reports):
        if row in faults:
            continue
        before = first.setdefault(report.client_id, row)
        if before != row and reports[before] == report and points.crs[before] == points.crs[row]:
            repeats.add(row)
        elif before != row:
            faults[row] = _CONFLICT
    return repeats


def _staged(
    session: Session,
    batch: ReportBatch,
    reports: Sequence[Report],
    points: DeclaredPoints,
    rows: Sequence[int],
    passage: Passage,
) -> dict[str, Sequence[Any]]:
    """The good rows, located, as columns of the staging table."""
    good = [reports[row] for row in rows]
    index = np.array(rows, dtype=np.intp)
    x, y = points.x[index], points.y[index]
    places = locate_many(session, x, y, at=passage.passed_at, band_m=get_settings().border_band_m)
    has_point = np.isfinite(x).tolist()
    states = [
        (ROUTED if grid is not None else OUTSIDE) if is_placed else UNLOCATED
        for is_placed, grid in zip(has_point, places.grid_id, strict=True)
    ]
    received = [moment or passage.asked_at for moment in _picked(batch.received_at, rows)]
    closed = _picked(batch.closed_at, rows)
    reckoned = [reckoned_time(report.occurred_at, at) for report, at in zip(good, received, strict=True)]
    return {
        "row_number": rows,
        "id": fresh_ids(len(rows)),
        "client_id": hexadecimal(report.client_id for report in good),
        **{name: [getattr(report, name) for report in good] for name in _TEXTS},
        "raw_x": [report.x if is_placed else None for report, is_placed in zip(good, has_point, strict=True)],
        "raw_y": [report.y if is_placed else None for report, is_placed in zip(good, has_point, strict=True)],
        "raw_crs": [points.crs[row] for row in rows],
        "x": _numbers(x),
        "y": _numbers(y),
        "placement": states,
        "county_code": [county_of(code) for code in places.community_code],
        "community_code": places.community_code.tolist(),
        "net_version_id": hexadecimal(places.net_version_id),
        "grid_id": hexadecimal(places.grid_id),
        "grid_code": places.code.tolist(),
        "distance_to_border_m": _numbers(places.distance_to_border_m),
        "in_border_band": places.in_border_band.tolist(),
        "declared_at": [report.occurred_at for report in good],
        "occurred_at": [moment for moment, _ in reckoned],
        "received_at": received,
        "closed_at": closed,
        "flags": ["{" + ",".join(flags) + "}" for _, flags in reckoned],
        "routing_id": fresh_ids(len(rows)),
        "received_event_id": fresh_ids(len(rows)),
        "placed_event_id": fresh_ids(len(rows)),
        "closed_event_id": fresh_ids(len(rows)),
    }


def _picked(values: Sequence[T | None] | None, rows: Sequence[int]) -> list[T | None]:
    return [None] * len(rows) if values is None else [values[row] for row in rows]


def hexadecimal(ids: Iterable[UUID | None]) -> list[str | None]:
    """Identifiers as 32 digits, the form that is written fastest."""
    return [None if one is None else one.hex for one in ids]


def _numbers(values: np.ndarray[Any, np.dtype[np.float64]]) -> list[float | None]:
    """Numbers for the database, where NaN is no value."""
    return [None if value != value else value for value in values.tolist()]
