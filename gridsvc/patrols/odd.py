"""What is odd about a visit. Each sign is a flag for a person to look at; none of them keeps a visit from counting."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from gridsvc.geography.declared import DeclaredPoint
from gridsvc.patrols.logged import (
    DOOR_NOT_REGISTERED,
    FAR_FROM_PLACE,
    FAR_M,
    FASTEST_M_S,
    GRID_NOT_ALIVE,
    IMPOSSIBLE_SPEED,
    OTHER_GRID,
    OUTSIDE,
    REUSED_PHOTO,
    SAME_COORDINATES,
    SAME_COORDINATES_FROM,
    SPEED_FROM_M,
    VisitReport,
)

__all__ = ["FASTEST_M_S", "SPEED_FROM_M", "photo", "place_flags", "sequence_flags"]


def place_flags(report: VisitReport, named: Row[Any], grid_id: UUID | None) -> Iterator[str]:
    """What is odd about the place: `named` is the door and grid of the report, `grid_id` the grid it counts for."""
    if report.door_code and not named.is_registered:
        yield DOOR_NOT_REGISTERED
    if report.grid_code and not named.is_alive:
        yield GRID_NOT_ALIVE
    if named.grid_id is not None and grid_id != named.grid_id:
        yield OTHER_GRID
    distance = named.from_door_m if report.door_code else named.from_grid_m
    if distance is not None and distance > FAR_M:
        yield FAR_FROM_PLACE
    if grid_id is None:
        yield OUTSIDE


def sequence_flags(around: Row[Any], point: DeclaredPoint | None) -> Iterator[str]:
    """What is odd beside the worker's other visits: farther away than anybody moves, or the same place to the inch."""
    if point is None:
        return
    if around.is_too_fast:
        yield IMPOSSIBLE_SPEED
    if around.same >= SAME_COORDINATES_FROM:
        yield SAME_COORDINATES


def photo(photos: Mapping[str, bool]) -> Iterator[str]:
    """Whether a photo was shown for another visit already."""
    if any(photos.values()):
        yield REUSED_PHOTO
