"""Distances from points to the borders of polygons, and the polygons near a point.

Metres are taken on the plane that touches the WGS 84 ellipsoid at the point, edges as straight lines in longitude and
latitude. Below 60 degrees of latitude a distance d is off by less than 0.03 % of d for each kilometre of d.
"""

import math
from typing import TypeAlias

import numpy as np

from gridsvc.core.locate.compiled import entry, inner
from gridsvc.core.locate.exact import crosses, is_on
from gridsvc.core.locate.layout import Number, Numbers

FAN = 16  # of the tree of boxes
FLOATS = "Array(f8, 1, 'C', readonly=True)"
INTEGERS32 = "Array(i4, 1, 'C', readonly=True)"
SHAPES = "f8[:,::1], i8[::1], i8[::1], f8[:,::1], i8[::1]"
_A_M, _E2 = 6378137.0, 0.0066943799901413165
_DEGREE = math.pi / 180.0

_Polygon: TypeAlias = tuple[Numbers, Numbers, Number]  # its edges, the boxes of their runs, how many edges a run has


@inner
def metres_per_degree(latitude: Number) -> tuple[Number, Number]:
    """Along the parallel and along the meridian."""
    sine = math.sin(latitude * _DEGREE)
    flat = 1.0 - _E2 * sine * sine
    across = _A_M / math.sqrt(flat)
    return _DEGREE * across * math.cos(latitude * _DEGREE), _DEGREE * across * (1.0 - _E2) / flat


@inner
def _box_distance2(box: Numbers, x: Number, y: Number, east: Number, north: Number) -> Number:
    dx = max(box[0] - x, 0.0, x - box[2]) * east
    dy = max(box[1] - y, 0.0, y - box[3]) * north
    return dx * dx + dy * dy


@inner
def _edge_distance2(ends: Numbers, x: Number, y: Number, east: Number, north: Number) -> Number:
    ax, ay = (ends[0] - x) * east, (ends[1] - y) * north
    dx, dy = (ends[2] - ends[0]) * east, (ends[3] - ends[1]) * north
    along = -(ax * dx + ay * dy) / (dx * dx + dy * dy)
    along = min(max(along, 0.0), 1.0)
    px, py = ax + along * dx, ay + along * dy
    return px * px + py * py


@inner
def _border_distance2(polygon: _Polygon, x: Number, y: Number, east: Number, north: Number, most: Number) -> Number:
    """The square of the distance to the nearest edge, or `most` if it is not smaller."""
    ends, runs, length = polygon
    nearest, first = most, -1
    for r in range(len(runs)):
        distance2 = _box_distance2(runs[r], x, y, east, north)
        if distance2 < nearest:
            nearest, first = distance2, r
    best = most
    for k in range(-1, len(runs) if first >= 0 else -1):  # the nearest run first: then most others need no look
        r = first if k < 0 else k
        if (k < 0) | (r != first) and _box_distance2(runs[r], x, y, east, north) < best:
            for e in range(r * length, min((r + 1) * length, len(ends))):
                best = min(best, _edge_distance2(ends[e], x, y, east, north))
    return best


@inner
def _covers(polygon: _Polygon, x: Number, y: Number) -> bool:
    """Whether a point lies in a polygon or on its border: exact."""
    ends, runs, length = polygon
    far = x
    for r in range(len(runs)):
        far = min(far, runs[r, 0])
    far -= 1.0
    is_inside = False
    for r in range(len(runs)):
        if runs[r, 1] <= y <= runs[r, 3] and runs[r, 0] <= x:
            for e in range(r * length, min((r + 1) * length, len(ends))):
                ax, ay, bx, by = ends[e, 0], ends[e, 1], ends[e, 2], ends[e, 3]
                if is_on(ax, ay, bx, by, x, y):
                    return True
                if crosses(ax, ay, bx, by, far, y, x, y):
                    is_inside = not is_inside
    return is_inside


@inner
def _polygon(
    ends: Numbers, first: Numbers, count: Numbers, runs: Numbers, first_run: Numbers, position: Number
) -> _Polygon:
    """The edges of one polygon, the boxes of its runs, and how many edges a run has."""
    begin, size = first[position], count[position]
    length = np.int64(math.ceil(math.sqrt(size)))
    return ends[begin : begin + size], runs[first_run[position] : first_run[position + 1]], length


@entry(f"void({FLOATS}, {FLOATS}, {INTEGERS32}, {SHAPES}, f8[::1])")
def distances_into(
    x: Numbers,
    y: Numbers,
    positions: Numbers,
    ends: Numbers,
    first: Numbers,
    count: Numbers,
    runs: Numbers,
    first_run: Numbers,
    metres: Numbers,
) -> None:
    """Fills in the metres from each point to the border of the polygon at its position; NaN where there is none."""
    for i in range(len(x)):
        metres[i] = np.nan
        position = positions[i]
        if 0 <= position < len(count) and count[position] and np.isfinite(x[i]) and np.isfinite(y[i]):
            polygon = _polygon(ends, first, count, runs, first_run, position)
            east, north = metres_per_degree(y[i])
            metres[i] = math.sqrt(_border_distance2(polygon, x[i], y[i], east, north, np.inf))


@inner
def _grown(values: Numbers, used: Number) -> Numbers:
    """The values, with room for one more."""
    if used < len(values):
        return values
    larger = np.empty(2 * len(values), dtype=np.int32)
    for k in range(used):
        larger[k] = values[k]
    return larger


@entry(f"i4[::1]({FLOATS}, {FLOATS}, f8, {SHAPES}, f8[:,::1], i8[::1], i8[::1], i8[::1], i8[::1])")
def candidates_into(
    x: Numbers,
    y: Numbers,
    band_m: Number,
    ends: Numbers,
    first: Numbers,
    count: Numbers,
    runs: Numbers,
    first_run: Numbers,
    boxes: Numbers,
    begin: Numbers,
    leaves: Numbers,
    rank: Numbers,
    offsets: Numbers,
) -> Numbers:
    """Fills in the offsets of each point's candidates and gives these. The last but two are a packed tree of boxes."""
    found, used = np.empty(2 * len(x) + 16, dtype=np.int32), np.int64(0)
    waiting = np.empty(FAN * 16, dtype=np.int64)
    for i in range(len(x)):
        offsets[i] = used
        if not (np.isfinite(x[i]) and np.isfinite(y[i])):
            continue
        east, north = metres_per_degree(y[i])
        count_waiting = np.int64(0)
        if len(boxes):
            waiting[0] = len(boxes) - 1
            count_waiting += 1
        while count_waiting:
            count_waiting -= 1
            node = waiting[count_waiting]
            if not _box_distance2(boxes[node], x[i], y[i], east, north) <= band_m * band_m * (1 + 1e-9):
                continue
            if node >= len(leaves):
                for child in range(begin[node], begin[node + 1]):
                    waiting[count_waiting] = child
                    count_waiting += 1
                continue
            polygon = _polygon(ends, first, count, runs, first_run, leaves[node])
            limit = band_m * band_m
            if _border_distance2(polygon, x[i], y[i], east, north, np.inf) > limit and not _covers(polygon, x[i], y[i]):
                continue
            found = _grown(found, used)
            at = used
            while at > offsets[i] and rank[found[at - 1]] > rank[leaves[node]]:
                found[at] = found[at - 1]
                at -= 1
            found[at] = leaves[node]
            used += 1
    offsets[len(x)] = used
    return found[:used]
