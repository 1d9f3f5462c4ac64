"""The offsets of Chinese web maps: GCJ-02 and BD-09 from WGS 84 and back, in degrees, as pure array functions.

The forward formulas are the publicly known ones (Krasovsky 1940 ellipsoid, origin 105° E, 35° N). The inverses solve
the forward formula by fixed point, because subtracting the offset once leaves metres of error.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

# The rule that everybody uses: inside this box points are shifted, outside it GCJ-02 is WGS 84.
CHINA_WEST, CHINA_EAST, CHINA_SOUTH, CHINA_NORTH = 72.004, 137.8347, 0.8293, 55.8271

# A step smaller than this ends the fixed point: 1e-12° is a tenth of a micrometre.
STEP_DEG = 1e-12
# Six steps are enough in practice; beside 105° E and 35° N, where the formula has a kink, a few more.
MAX_STEPS = 30

_SEMI_MAJOR_M = 6378245.0
_ECCENTRICITY_2 = 0.00669342162296594323
_BAIDU_WAVE = np.pi * 3000.0 / 180.0


def is_in_china_box(lon: Floats, lat: Floats, margin_deg: float = 0.0) -> NDArray[np.bool_]:
    """Which points the GCJ-02 rule shifts; the box may be widened by a margin."""
    across = (lon >= CHINA_WEST - margin_deg) & (lon <= CHINA_EAST + margin_deg)
    along = (lat >= CHINA_SOUTH - margin_deg) & (lat <= CHINA_NORTH + margin_deg)
    return np.asarray(across & along)


def gcj02_from_wgs84(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """GCJ-02 from WGS 84; outside the China box the point is returned unchanged."""
    return _where(is_in_china_box(lon, lat), _shifted, lon, lat)


def wgs84_from_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """WGS 84 from GCJ-02, to better than a micrometre inside the China box.

    The forward rule jumps at the edge of the box, so within a kilometre outside it a point has two origins, one
    shifted and one not, and a kilometre inside it may have none. Whoever declares GCJ-02 most likely has shifted data:
    the shifted origin is taken where there is one, and where there is none the formula is carried on over the edge.
    Farther outside the point is returned unchanged.
    """

    def unshifted(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        origin = _solve(_shifted, lon, lat, start=(lon, lat))
        shifted = is_in_china_box(*origin) | is_in_china_box(lon, lat)
        return np.where(shifted, origin[0], lon), np.where(shifted, origin[1], lat)

    return _where(is_in_china_box(lon, lat, margin_deg=0.02), unshifted, lon, lat)


def bd09_from_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """BD-09 from GCJ-02, applied everywhere."""
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_WAVE)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_WAVE)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def gcj02_from_bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """GCJ-02 from BD-09; the usual closed inverse (wrong by decimetres) would be no better a start."""
    return _solve(bd09_from_gcj02, lon, lat, start=(lon - 0.0065, lat - 0.006))


def _where(
    inside: NDArray[np.bool_], change: Callable[[Floats, Floats], tuple[Floats, Floats]], lon: Floats, lat: Floats
) -> tuple[Floats, Floats]:
    out_lon, out_lat = lon.copy(), lat.copy()
    if inside.any():
        out_lon[inside], out_lat[inside] = change(lon[inside], lat[inside])
    return out_lon, out_lat


def _shifted(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The GCJ-02 formula without the box."""
    x, y = lon - 105.0, lat - 35.0
    short_wave = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + short_wave
    north_m += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north_m += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + short_wave
    east_m += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east_m += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    latitude = np.radians(lat)
    flat = 1.0 - _ECCENTRICITY_2 * np.sin(latitude) ** 2
    root = np.sqrt(flat)
    north = np.degrees(north_m / (_SEMI_MAJOR_M * (1.0 - _ECCENTRICITY_2) / (flat * root)))
    east = np.degrees(east_m / (_SEMI_MAJOR_M / root * np.cos(latitude)))
    return lon + east, lat + north


def _solve(
    forward: Callable[[Floats, Floats], tuple[Floats, Floats]],
    lon: Floats,
    lat: Floats,
    *,
    start: tuple[Floats, Floats],
) -> tuple[Floats, Floats]:
    """The point that `forward` takes to (lon, lat): each step moves by what is still missing."""
    at_lon, at_lat = start
    for _ in range(MAX_STEPS):
        got_lon, got_lat = forward(at_lon, at_lat)
        miss_lon, miss_lat = lon - got_lon, lat - got_lat
        at_lon, at_lat = at_lon + miss_lon, at_lat + miss_lat
        if max(np.abs(miss_lon).max(initial=0.0), np.abs(miss_lat).max(initial=0.0)) < STEP_DEG:
            break
    return at_lon, at_lat
