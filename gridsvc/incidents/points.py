"""The points of the past year's incidents, held in one array in this process: what a redraw is tried against.

Loaded when first asked for and again when they are older than some minutes; who asks meanwhile gets the older ones.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from gridsvc.incidents.queries.points import points_between
from gridsvc.infra.db import ReadSession

LONGEST_DAYS = 365
FRESH_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class HeldPoints:
    """Placed incidents by number: longitude and latitude (WGS 84 degrees) and the incident's number, 24 bytes each.

    They occurred in the time from `first` to before `until`. The arrays cannot be written: all threads share them.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    numbers: NDArray[np.int64]
    first: datetime
    until: datetime

    def __post_init__(self) -> None:
        for array in (self.x, self.y, self.numbers):
            array.setflags(write=False)

    def __len__(self) -> int:
        return len(self.numbers)

    def within(
        self, west: float, south: float, east: float, north: float
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Longitude and latitude of the points in a box, its border included; in no order."""
        x, y = self._by_longitude
        first, after = np.searchsorted(x, west, "left"), np.searchsorted(x, east, "right")
        x, y = x[first:after], y[first:after]
        inside = (y >= south) & (y <= north)
        return x[inside], y[inside]

    @cached_property
    def _by_longitude(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        order = np.argsort(self.x)
        return self.x[order], self.y[order]

    @property
    def nbytes(self) -> int:
        """Bytes held in arrays."""
        return self.x.nbytes + self.y.nbytes + self.numbers.nbytes


class PointStore:
    """The points of the days up to now. Threads share it: one loads, the others wait for the first time only."""

    def __init__(self, days: int = LONGEST_DAYS, fresh_for: timedelta = FRESH_FOR) -> None:
        if not 0 < days <= LONGEST_DAYS:
            raise ValueError(f"points are held for 1 to {LONGEST_DAYS} days")
        self._span = timedelta(days=days)
        self._fresh_for = fresh_for
        self._lock = Lock()
        self._held: HeldPoints | None = None

    def held(self, session: ReadSession, now: datetime) -> HeldPoints:
        """The points at `now`, or at a moment shortly before."""
        held = self._held
        if held is not None and (self._is_fresh(held, now) or self._lock.locked()):
            return held
        with self._lock:
            if self._held is None or not self._is_fresh(self._held, now):
                self._held = load_points(session, now - self._span, now)
            return self._held

    def fill(self, held: HeldPoints) -> None:
        """Hold these points until they are too old: for measuring with more of them than there are."""
        with self._lock:
            self._held = held

    def _is_fresh(self, held: HeldPoints, now: datetime) -> bool:
        return abs(now - held.until) < self._fresh_for


def load_points(session: ReadSession, first: datetime, until: datetime) -> HeldPoints:
    """The placed incidents of a time, straight from the database."""
    return HeldPoints(*points_between(session, first, until), first, until)


held_points = PointStore()
