"""A visit as a worker logs it, what is refused about it, and what is only flagged."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gridsvc.core.errors import Fault
from gridsvc.core.fields import moment_faults, text_faults

RESULTS = ("done", "nobody_home", "refused")
LONGEST_NOTE = 2000
LONGEST_CODE = 100

BACK_FILLED = "back_filled"
FAR_FROM_PLACE = "far_from_place"
OUTSIDE = "outside"
OTHER_GRID = "other_grid"
GRID_NOT_ALIVE = "grid_not_alive"
DOOR_NOT_REGISTERED = "door_not_registered"

BACK_FILLED_AFTER = timedelta(hours=24)
FAR_M = 300.0


@dataclass(frozen=True, slots=True)
class VisitReport:
    """A visit as the worker logs it: at a door, in a grid or at a place, of which at least one is given.

    Coordinates come with their datum (`crs`), `accuracy_m` as the device states it, times with a zone.
    """

    client_id: UUID
    kind: str
    result: str
    grid_code: str | None = None
    door_code: str | None = None
    x: float | None = None
    y: float | None = None
    crs: str | None = None
    accuracy_m: float | None = None
    occurred_at: datetime | None = None
    note: str | None = None
    synthetic: bool = False


def visit_faults(report: VisitReport, *, now: datetime) -> Iterator[Fault]:
    """What is wrong with the fields of a visit, its coordinates aside."""
    yield from text_faults("kind", report.kind, limit=LONGEST_CODE)
    for place, value, limit in (
        ("grid_code", report.grid_code, LONGEST_CODE),
        ("door_code", report.door_code, LONGEST_CODE),
        ("note", report.note, LONGEST_NOTE),
    ):
        if value is not None:
            yield from text_faults(place, value, limit=limit)
    yield from moment_faults("occurred_at", report.occurred_at, now=now)
    if report.result not in RESULTS:
        yield Fault("result", "unknown_result", f"The result is one of {', '.join(RESULTS)}.")
    if report.accuracy_m is not None and not (math.isfinite(report.accuracy_m) and report.accuracy_m >= 0):
        yield Fault("accuracy_m", "bad_number", "The accuracy is a number of metres, not below zero.")
    if report.x is None and not report.grid_code and not report.door_code:
        yield Fault("grid_code", "no_place", "A visit needs a door, a grid or a point.")
