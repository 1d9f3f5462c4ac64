"""Declared points: raw numbers kept beside the place they mean; bad ones are refused one by one."""

import numpy as np
import pytest

from gridsvc.core.datum import from_wgs84
from gridsvc.core.errors import InvalidCoordinate, InvalidInput, UnknownDatum
from gridsvc.geography.declared import declared_point, declared_points

CHINA = (73.0, 3.0, 136.0, 54.0)
NAN = float("nan")


def test_a_point_keeps_its_raw_numbers_and_lies_on_the_grid() -> None:
    x, y = (float(value[0]) for value in from_wgs84([117.38], [32.92], "GCJ-02"))
    point = declared_point(x, y, "gcj02", bounds=CHINA)
    assert point is not None
    assert (point.raw_x, point.raw_y, point.raw_crs) == (x, y, "GCJ-02")
    assert (point.x, point.y) == (117.38, 32.92)


def test_no_coordinates_are_no_point() -> None:
    assert declared_point(None, None, None, bounds=CHINA) is None


@pytest.mark.parametrize(
    ("x", "y", "crs", "error", "place"),
    [
        (117.38, 32.92, None, InvalidInput, "crs"),
        (None, 32.92, "EPSG:4326", InvalidInput, "x"),
        (117.38, None, "EPSG:4326", InvalidInput, "y"),
        (None, None, "EPSG:4326", InvalidInput, "crs"),
        (117.38, 32.92, "EPSG:2384", UnknownDatum, "crs"),
        (NAN, 32.92, "EPSG:4326", InvalidCoordinate, "x"),
        (32.92, 117.38, "EPSG:4326", InvalidCoordinate, "x"),
        (2.35, 48.85, "EPSG:4326", InvalidCoordinate, "x"),
        (117.38, 32.92, "EPSG:4548", InvalidCoordinate, "x"),
    ],
)
def test_a_bad_point_is_refused_by_field(
    x: float | None, y: float | None, crs: str | None, error: type[InvalidInput], place: str
) -> None:
    with pytest.raises(error) as refused:
        declared_point(x, y, crs, bounds=CHINA)
    assert [fault.place for fault in refused.value.faults] == [place]


def test_many_points_are_what_each_is_alone() -> None:
    x, y = (float(value[0]) for value in from_wgs84([117.38], [32.92], "BD-09"))
    rows = [
        (117.38, 32.92, "EPSG:4326"),
        (x, y, "BD-09"),
        (None, None, "EPSG:4326"),
        (None, None, None),
        (NAN, 1.0, "BD-09"),
        (117.38, 32.92, None),
        (117.38, 32.92, "xian80"),
        (2.35, 48.85, "EPSG:4326"),
        (117.38, None, "EPSG:4326"),
    ]
    done = declared_points([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], bounds=CHINA)
    assert {row: fault.place for row, fault in done.faults.items()} == {4: "x", 5: "crs", 6: "crs", 7: "x", 8: "y"}
    assert done.x[:2].tolist() == [117.38, 117.38]
    assert np.isnan(done.x[2:4]).all()
    assert done.crs[:4] == ["EPSG:4326", "BD-09", None, None]
