"""Orientation tests against whole fractions, which do not round."""

from fractions import Fraction
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from gridsvc.core.locate.exact import is_on, side

Floats = NDArray[np.float64]


@numba.njit
def asked(rows: Any, sides: Any, on: Any) -> None:
    """Asks the kernels, which only other kernels can call."""
    for i in range(len(rows)):
        ax, ay, bx, by, px, py = rows[i]
        sides[i] = side(ax, ay, bx, by, px, py)
        on[i] = is_on(ax, ay, bx, by, px, py)


def by_fractions(row: Floats) -> tuple[int, bool]:
    ax, ay, bx, by, px, py = (Fraction(value) for value in row.tolist())
    determinant = (ax - px) * (by - py) - (ay - py) * (bx - px)
    is_between = min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by)
    return (determinant > 0) - (determinant < 0), is_between and determinant == 0


def test_sides_are_exact_for_points_on_and_one_digit_beside_a_line() -> None:
    random = np.random.default_rng(1)
    ends = random.uniform((117.0, 32.0, 117.0, 32.0), (117.1, 32.1, 117.1, 32.1), (2000, 4))
    ends[::2] = np.round(ends[::2] * 2**20) / 2**20  # so that some middles lie on the edge exactly
    along = random.choice([0.0, 0.25, 0.5, 1.0, 1.5, 0.123], 2000)[:, None]
    points = ends[:, :2] + (ends[:, 2:] - ends[:, :2]) * along
    beside = random.integers(0, 2, (2000, 2)).astype(bool)
    points = np.where(beside, np.nextafter(points, random.choice([-1e9, 1e9], (2000, 2))), points)
    rows = np.hstack([ends, points])
    rows[:300] *= 10.0 ** random.integers(-40, 40, (300, 1))
    sides, on = np.empty(2000, dtype=np.int64), np.empty(2000, dtype=bool)
    asked(rows, sides, on)
    expected = [by_fractions(row) for row in rows]
    assert [(int(one), bool(other)) for one, other in zip(sides, on, strict=True)] == expected
    assert sum(other for _, other in expected) > 200
