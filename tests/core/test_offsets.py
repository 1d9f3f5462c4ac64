"""GCJ-02 and BD-09 go there and back without loss."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.core import offsets

MICROMETRE_DEG = 1e-6 / 111_000

inside_lon = st.floats(72.1, 137.7)
inside_lat = st.floats(0.9, 55.7)


def one(lon: float, lat: float) -> tuple[np.ndarray, np.ndarray]:
    return np.array([lon]), np.array([lat])


def metres(a: tuple[np.ndarray, np.ndarray], b: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    return np.asarray(np.hypot((a[0] - b[0]) * np.cos(np.radians(b[1])), a[1] - b[1]) * 111_195)


def test_the_published_check_vector() -> None:
    lon, lat = offsets.gcj02_from_wgs84(*one(116.404, 39.915))
    assert lon[0] == pytest.approx(116.41024449916938, abs=1e-13)
    assert lat[0] == pytest.approx(39.91640428150164, abs=1e-13)


def test_in_bengbu_the_offset_is_more_than_half_a_kilometre() -> None:
    lon, lat = (a.ravel() for a in np.meshgrid(np.linspace(117.1, 117.6, 60), np.linspace(32.7, 33.2, 60)))
    shift = metres(offsets.gcj02_from_wgs84(lon, lat), (lon, lat))
    assert shift.min() > 545
    assert shift.max() < 590
    assert shift.mean() == pytest.approx(567, abs=8)


def test_bd09_is_some_nine_hundred_metres_from_gcj02() -> None:
    lon, lat = (a.ravel() for a in np.meshgrid(np.linspace(117.1, 117.6, 60), np.linspace(32.7, 33.2, 60)))
    assert metres(offsets.bd09_from_gcj02(lon, lat), (lon, lat)).mean() == pytest.approx(902, abs=25)


@given(inside_lon, inside_lat)
def test_gcj02_returns_within_a_micrometre(lon: float, lat: float) -> None:
    back = offsets.wgs84_from_gcj02(*offsets.gcj02_from_wgs84(*one(lon, lat)))
    assert abs(back[0][0] - lon) < MICROMETRE_DEG
    assert abs(back[1][0] - lat) < MICROMETRE_DEG


@given(inside_lon, inside_lat)
def test_bd09_returns_within_a_micrometre(lon: float, lat: float) -> None:
    back = offsets.gcj02_from_bd09(*offsets.bd09_from_gcj02(*one(lon, lat)))
    assert abs(back[0][0] - lon) < MICROMETRE_DEG
    assert abs(back[1][0] - lat) < MICROMETRE_DEG


@given(st.floats(-1e-4, 1e-4), inside_lat)
def test_the_kink_at_105_east_does_not_spoil_the_inverse(beside: float, lat: float) -> None:
    back = offsets.wgs84_from_gcj02(*offsets.gcj02_from_wgs84(*one(105 + beside, lat)))
    assert abs(back[0][0] - 105 - beside) < MICROMETRE_DEG


def test_many_random_points_return() -> None:
    random = np.random.default_rng(7)
    lon, lat = random.uniform(72.1, 137.7, 200_000), random.uniform(0.9, 55.7, 200_000)
    back = offsets.wgs84_from_gcj02(*offsets.gcj02_from_wgs84(lon, lat))
    assert metres(back, (lon, lat)).max() < 1e-6


@given(st.floats(-179, 71.5), st.floats(-85, 85))
def test_outside_the_china_box_gcj02_is_wgs84(lon: float, lat: float) -> None:
    assert offsets.gcj02_from_wgs84(*one(lon, lat)) == one(lon, lat)
    assert offsets.wgs84_from_gcj02(*one(lon, lat)) == one(lon, lat)


@pytest.mark.parametrize("lon", [offsets.CHINA_WEST, offsets.CHINA_EAST])
def test_a_point_inside_the_edge_of_the_box_returns_although_it_lands_outside(lon: float) -> None:
    lat = 30.0
    back = offsets.wgs84_from_gcj02(*offsets.gcj02_from_wgs84(*one(lon, lat)))
    assert metres(back, one(lon, lat))[0] < 1e-6


def test_a_point_just_inside_the_edge_without_an_origin_moves_as_its_neighbours_do() -> None:
    inner, outer = one(offsets.CHINA_WEST + 0.01, 30.0), one(offsets.CHINA_WEST + 1e-6, 30.0)
    move = [metres(offsets.wgs84_from_gcj02(*p), p)[0] for p in (inner, outer)]
    assert move[0] == pytest.approx(move[1], rel=0.2)


def test_no_points_are_no_points() -> None:
    empty = np.array([])
    assert len(offsets.wgs84_from_gcj02(empty, empty)[0]) == 0
    assert len(offsets.gcj02_from_bd09(empty, empty)[0]) == 0
