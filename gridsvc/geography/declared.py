"""Points as somebody declared them: raw numbers with their datum beside the place they mean in WGS 84."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.datum import Floats, parse_crs, to_grid, try_to_wgs84
from gridsvc.core.errors import Fault, InvalidCoordinate, InvalidInput, UnknownDatum

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class DeclaredPoint:
    """One declared point: the raw numbers, the canonical name of their datum, and WGS 84 degrees on the 1e-7 grid."""

    raw_x: float
    raw_y: float
    raw_crs: str
    x: float
    y: float


@dataclass(frozen=True)
class DeclaredPoints:
    """Many declared points: WGS 84 degrees (NaN where there is none), canonical datum, and the refusal of bad rows."""

    x: Floats
    y: Floats
    crs: list[str | None]
    faults: dict[int, Fault]


def declared_point(x: float | None, y: float | None, crs: str | None, *, bounds: Bounds) -> DeclaredPoint | None:
    """The point meant by `x`, `y` (easting or longitude first) in `crs`, or None when none of the three is given.

    Raises InvalidInput when some but not all are given, UnknownDatum, or InvalidCoordinate for numbers that have no
    place in that system or lie outside `bounds` (west, south, east, north in WGS 84 degrees).
    """
    fault = _incomplete(x, y, crs)
    if fault is not None:
        raise InvalidInput("The coordinates are incomplete.", faults=[fault])
    if x is None or y is None or crs is None:
        return None
    try:
        name = parse_crs(crs)
    except UnknownDatum as error:
        raise UnknownDatum(error.message, faults=[Fault("crs", error.code, error.message)]) from error
    done = try_to_wgs84([x], [y], name)
    reason = done.reasons.get(0) or _outside(float(done.x[0]), float(done.y[0]), bounds)
    if reason is not None:
        raise InvalidCoordinate(faults=[Fault("x", InvalidCoordinate.code, _sentence(reason))])
    return DeclaredPoint(x, y, name, float(to_grid(done.x[0])), float(to_grid(done.y[0])))


def declared_points(
    x: Sequence[float | None], y: Sequence[float | None], crs: Sequence[str | None], *, bounds: Bounds
) -> DeclaredPoints:
    """The points meant, row by row; a row without coordinates has none, and bad rows are refused with a fault."""
    count = len(x)
    out_x, out_y = np.full(count, np.nan), np.full(count, np.nan)
    names: list[str | None] = [None] * count
    faults: dict[int, Fault] = {}
    for declared, rows in _rows_by_crs(x, y, crs, faults).items():
        try:
            name = parse_crs(declared)
        except UnknownDatum as error:
            faults |= {row: Fault("crs", error.code, error.message) for row in rows}
            continue
        index = np.array(rows)
        done = try_to_wgs84(np.array([x[row] for row in rows]), np.array([y[row] for row in rows]), name)
        out_x[index], out_y[index] = to_grid(done.x), to_grid(done.y)
        reasons = {**dict.fromkeys(_rows_outside(done.x, done.y, bounds), _OUTSIDE), **done.reasons}
        faults |= {rows[i]: Fault("x", InvalidCoordinate.code, _sentence(why)) for i, why in reasons.items()}
        for row in rows:
            names[row] = name
    return DeclaredPoints(out_x, out_y, names, faults)


_OUTSIDE = "outside the bounds of the city"


def _incomplete(x: float | None, y: float | None, crs: str | None) -> Fault | None:
    if (x is None) != (y is None):
        return Fault("y" if y is None else "x", "missing", "A point needs both coordinates.")
    if x is not None and crs is None:
        return Fault("crs", "missing", "Coordinates need a declared reference system.")
    if x is None and crs is not None:
        return Fault("crs", "unused", "A reference system was declared, but there are no coordinates.")
    return None


def _rows_by_crs(
    x: Sequence[float | None], y: Sequence[float | None], crs: Sequence[str | None], faults: dict[int, Fault]
) -> dict[str, list[int]]:
    """Rows with coordinates by the datum they declare; incomplete rows go to `faults`."""
    groups: dict[str, list[int]] = {}
    for row, (one_x, one_y, one_crs) in enumerate(zip(x, y, crs, strict=True)):
        if one_x is not None and one_y is not None and one_crs is not None:
            groups.setdefault(one_crs, []).append(row)
        elif one_x is not None or one_y is not None:
            fault = _incomplete(one_x, one_y, one_crs)
            assert fault is not None
            faults[row] = fault
    return groups


def _outside(x: float, y: float, bounds: Bounds) -> str | None:
    west, south, east, north = bounds
    return None if west <= x <= east and south <= y <= north else _OUTSIDE


def _rows_outside(x: Floats, y: Floats, bounds: Bounds) -> list[int]:
    west, south, east, north = bounds
    inside: NDArray[np.bool_] = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return [int(row) for row in np.flatnonzero(~inside & np.isfinite(x))]


def _sentence(reason: str) -> str:
    return f"The point cannot be used: {reason}."
