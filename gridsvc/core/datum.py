"""Reference systems: what a declared datum means, and points from it to WGS 84 and back. The only home of pyproj.

Everything is x, y: easting or longitude first, whatever order EPSG gives the axes. CGCS2000 and WGS 84 are taken as
one: they agree within the accuracy of any boundary, and EPSG knows no shift between them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import pyproj
from numpy.typing import ArrayLike, NDArray
from pyproj.exceptions import CRSError, ProjError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]  # not marked as exported

from gridsvc.core import offsets
from gridsvc.core.errors import Fault, InvalidCoordinate, UnknownDatum

Floats: TypeAlias = NDArray[np.float64]

WGS84 = "EPSG:4326"
CGCS2000 = "EPSG:4490"
GCJ02 = "GCJ-02"
BD09 = "BD-09"

# Stored degrees lie on this grid (about a centimetre), so that shared vertices are equal numbers.
GRID_DEG = 1e-7
GRID_DECIMALS = 7
# A projected point this far outside the area its CRS is made for is a mistake (swapped axes, wrong zone), not a place.
AREA_MARGIN_DEG = 5.0
# A projected point must come back to itself; tighter would refuse honest work far from the central meridian.
RETURN_TOLERANCE_M = 0.01
MAX_FAULTS = 1000

# Datums whose shift to WGS 84 is not public or differs by region; the named EPSG operations hold for small oil fields.
_SHIFT_NOT_KNOWN = re.compile(r"xi'?an[ _]?1980|beijing[ _]?1954|new[ _]beijing", re.IGNORECASE)
_ALIASES = {
    "WGS84": WGS84,
    "CRS84": WGS84,
    "OGC:CRS84": WGS84,
    "URN:OGC:DEF:CRS:OGC:1.3:CRS84": WGS84,
    "CGCS2000": CGCS2000,
    "GCJ02": GCJ02,
    "BD09": BD09,
}
_EPSG = re.compile(r"(?:EPSG:|URN:OGC:DEF:CRS:EPSG:[\d.]*:)0*([1-9]\d{0,8})")


@dataclass(frozen=True)
class Converted:
    """Points in WGS 84 degrees with the rows that were refused: NaN there, and the reason by row number."""

    x: Floats
    y: Floats
    bad: NDArray[np.bool_]
    reasons: Mapping[int, str]


@dataclass(frozen=True)
class _System:
    """A CRS with a usable way to WGS 84: geographic or not, and the degrees it is made for."""

    is_geographic: bool
    to_degrees: pyproj.Transformer | None
    west: float
    south: float
    east: float
    north: float


def parse_crs(text: str) -> str:
    """The canonical name of a declared reference system: "EPSG:n", "GCJ-02" or "BD-09". Raises UnknownDatum."""
    found = spelled_crs(text)
    if found is None:
        raise UnknownDatum("The reference system is not known; use EPSG:n, GCJ-02 or BD-09.")
    if found not in (GCJ02, BD09):
        _system(found)
    return found


def spelled_crs(text: str) -> str | None:
    """The canonical name that a text spells, looked up nowhere; None if it is no name of a reference system."""
    upper = text.strip().upper()
    found = _ALIASES.get(upper) or _ALIASES.get(re.sub(r"[ _-]", "", upper))
    match = _EPSG.fullmatch(upper)
    return found or (f"EPSG:{match[1]}" if match else None)


def crs_of_wkt(wkt: str) -> str | None:
    """The "EPSG:n" that a WKT text (a shapefile's .prj) means; None if it describes a system that has no number.

    Raises UnknownDatum if it is no reference system, or one whose shift is not known. A text from outside may take any
    time and memory here, so it is for the bounded child alone.
    """
    try:
        crs = pyproj.CRS.from_wkt(wkt)
    except CRSError as error:
        raise UnknownDatum("What the file says of its reference system describes none.") from error
    _refuse_unknown_shift(crs, "The file's system")
    number = crs.to_epsg(min_confidence=70)
    return None if number is None else f"EPSG:{number}"


def to_wgs84(x: ArrayLike, y: ArrayLike, crs: str) -> tuple[Floats, Floats]:
    """Longitudes and latitudes of points given in `crs`.

    Raises InvalidCoordinate with one fault ("row i", counted from 0) for each bad row: the first 1,000, and the number
    of all in `details["bad_rows"]`; nothing is converted then.
    """
    done = try_to_wgs84(x, y, crs)
    _refuse_rows(done.reasons)
    return done.x, done.y


def from_wgs84(x: ArrayLike, y: ArrayLike, crs: str) -> tuple[Floats, Floats]:
    """Points in `crs` of longitudes and latitudes. Raises InvalidCoordinate for rows that have no place there."""
    name = parse_crs(crs)
    lon, lat = _numbers(x), _numbers(y)
    _same_length(lon, lat)
    _refuse_rows(_reasons(_outside_degrees(lon, lat)))
    out_x, out_y = _leave_wgs84(lon, lat, name)
    lost = ~(np.isfinite(out_x) & np.isfinite(out_y))
    _refuse_rows(_reasons({f"cannot be expressed in {name}": lost}))
    return out_x, out_y


def try_to_wgs84(x: ArrayLike, y: ArrayLike, crs: str) -> Converted:
    """Like `to_wgs84`, but bad rows become NaN and are named, for importers that keep the good ones."""
    name = parse_crs(crs)
    raw_x, raw_y = _numbers(x), _numbers(y)
    _same_length(raw_x, raw_y)
    if name in (GCJ02, BD09) or _system(name).is_geographic:
        wrong = _outside_degrees(raw_x, raw_y)
    else:
        wrong = {"not a finite number": ~(np.isfinite(raw_x) & np.isfinite(raw_y))}
    bad = _any(wrong)
    lon, lat = np.full(len(raw_x), np.nan), np.full(len(raw_x), np.nan)
    lon[~bad], lat[~bad] = _reach_wgs84(raw_x[~bad], raw_y[~bad], name)
    wrong |= {
        f"outside the area of {name}": ~bad & ~_is_plausible(raw_x, raw_y, lon, lat, name),
    }
    bad = _any(wrong)
    lon[bad], lat[bad] = np.nan, np.nan
    return Converted(lon, lat, bad, _reasons(wrong))


def to_grid(degrees: ArrayLike) -> Floats:
    """Degrees rounded to the fixed grid of 1e-7; rounding twice changes nothing, and there is no negative zero."""
    return np.asarray(np.round(np.asarray(degrees), GRID_DECIMALS) + 0.0, dtype=np.float64)


def metric_frame(lon: ArrayLike, lat: ArrayLike) -> str:
    """The "EPSG:n" in which lengths and areas of this data are measured, chosen by the middle of its extent.

    In China the CGCS2000 3-degree Gauss-Krüger system of the nearest central meridian (4534 for 75° E to 4554 for
    135° E; 4548 is 117° E); elsewhere the UTM zone of WGS 84. Within 1.5° of the meridian lengths are right to 4 in
    10,000.
    """
    x, y = _numbers(lon), _numbers(lat)
    if not len(x):
        raise InvalidCoordinate("There is no coordinate to choose a metric frame by.")
    _refuse_rows(_reasons(_outside_degrees(x, y)))
    middle_lon, middle_lat = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    if 73.5 <= middle_lon < 136.5 and 15 <= middle_lat <= 55:
        return f"EPSG:{4534 + int((middle_lon - 73.5) // 3)}"
    zone = min(int((middle_lon + 180) // 6) + 1, 60)
    return f"EPSG:{(32600 if middle_lat >= 0 else 32700) + zone}"


@lru_cache(maxsize=64)
def _system(name: str) -> _System:
    """The usable system behind "EPSG:n". Raises UnknownDatum."""
    set_network_enabled(active=False)  # no outside request, whatever the environment says
    try:
        crs = pyproj.CRS.from_epsg(int(name.removeprefix("EPSG:")))
    except CRSError as error:
        raise UnknownDatum(f"{name} is not in the EPSG register.") from error
    if not (crs.is_geographic or crs.is_projected) or len(crs.axis_info) != 2 or crs.geodetic_crs is None:
        raise UnknownDatum(f"{name} is not a plane or geographic system of two axes.")
    _refuse_unknown_shift(crs, name)
    area = crs.area_of_use
    bounds = area.bounds if area else (-180.0, -90.0, 180.0, 90.0)
    is_same = crs.geodetic_crs.to_epsg() in (4326, 4490) and crs.is_geographic
    return _System(crs.is_geographic, None if is_same else _way_to_degrees(crs, name), *bounds)


def _way_to_degrees(crs: pyproj.CRS, name: str) -> pyproj.Transformer:
    base = crs.geodetic_crs
    target = base if base is not None and base.to_epsg() == 4490 else pyproj.CRS.from_epsg(4326)
    try:
        return pyproj.Transformer.from_crs(crs, target, always_xy=True, allow_ballpark=False)
    except ProjError as error:
        raise UnknownDatum(f"No trustworthy conversion from {name} to WGS 84 is known.") from error


def _refuse_unknown_shift(crs: pyproj.CRS, name: str) -> None:
    datum = crs.geodetic_crs.datum if crs.geodetic_crs else None
    known = _SHIFT_NOT_KNOWN.search(datum.name) if datum is not None else None
    if known is not None:
        raise UnknownDatum(f"{name} is based on {known[0]}, whose shift to WGS 84 is not public; convert it first.")


def _reach_wgs84(x: Floats, y: Floats, name: str) -> tuple[Floats, Floats]:
    if name == GCJ02:
        return offsets.wgs84_from_gcj02(x, y)
    if name == BD09:
        return offsets.wgs84_from_gcj02(*offsets.gcj02_from_bd09(x, y))
    way = _system(name).to_degrees
    if way is None:
        return x.copy(), y.copy()
    return _pair(way.transform(x, y))


def _leave_wgs84(lon: Floats, lat: Floats, name: str) -> tuple[Floats, Floats]:
    if name == GCJ02:
        return offsets.gcj02_from_wgs84(lon, lat)
    if name == BD09:
        return offsets.bd09_from_gcj02(*offsets.gcj02_from_wgs84(lon, lat))
    way = _system(name).to_degrees
    if way is None:
        return lon.copy(), lat.copy()
    return _pair(way.transform(lon, lat, direction="INVERSE"))


def _is_plausible(x: Floats, y: Floats, lon: Floats, lat: Floats, name: str) -> NDArray[np.bool_]:
    """Whether converted points lie on the globe and, if projected, near the area of their CRS and come back."""
    good = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    if name in (GCJ02, BD09) or _system(name).is_geographic:
        return np.asarray(good)
    system = _system(name)
    width = (system.east - system.west) % 360 or 360.0
    with np.errstate(invalid="ignore"):
        beyond = (lon - system.west + AREA_MARGIN_DEG) % 360
        good &= beyond <= width + 2 * AREA_MARGIN_DEG
        good &= (lat >= system.south - AREA_MARGIN_DEG) & (lat <= system.north + AREA_MARGIN_DEG)
    back_x, back_y = _leave_wgs84(lon[good], lat[good], name)
    good[good] = np.hypot(back_x - x[good], back_y - y[good]) <= RETURN_TOLERANCE_M
    return np.asarray(good)


def _numbers(values: ArrayLike) -> Floats:
    """A flat float64 array; whatever is not a real number (text, truth values, None) becomes NaN."""
    array = np.atleast_1d(np.asarray(values))
    if array.ndim != 1:
        raise ValueError("coordinates come as one flat array for x and one for y")
    if array.dtype.kind in "fiu":
        return array.astype(np.float64)
    items: Iterable[Any] = array if array.dtype.kind == "O" else [None] * len(array)
    return np.array([_number(item) for item in items], dtype=np.float64)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return float("nan")
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _same_length(x: Floats, y: Floats) -> None:
    if len(x) != len(y):
        raise ValueError("as many x as y are needed")


def _outside_degrees(lon: Floats, lat: Floats) -> dict[str, NDArray[np.bool_]]:
    finite = np.isfinite(lon) & np.isfinite(lat)
    return {
        "not a finite number": ~finite,
        "longitude outside -180..180": finite & (np.abs(lon) > 180),
        "latitude outside -90..90": finite & (np.abs(lat) > 90),
    }


def _any(wrong: Mapping[str, NDArray[np.bool_]]) -> NDArray[np.bool_]:
    return np.asarray(np.logical_or.reduce(list(wrong.values())))


def _reasons(wrong: Mapping[str, NDArray[np.bool_]]) -> dict[int, str]:
    """The first reason against each bad row, in the order of the rows."""
    found: dict[int, str] = {}
    for reason, mask in wrong.items():
        for row in np.flatnonzero(mask).tolist():
            found.setdefault(row, reason)
    return dict(sorted(found.items()))


def _refuse_rows(reasons: Mapping[int, str]) -> None:
    if not reasons:
        return
    first = list(reasons.items())[:MAX_FAULTS]
    faults = [Fault(place=f"row {row}", code=InvalidCoordinate.code, message=reason) for row, reason in first]
    raise InvalidCoordinate(faults=faults, bad_rows=len(reasons))


def _pair(points: tuple[Any, Any]) -> tuple[Floats, Floats]:
    return np.asarray(points[0], dtype=np.float64), np.asarray(points[1], dtype=np.float64)
