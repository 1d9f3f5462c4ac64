"""Shapes measured in metres."""

import numpy as np
import pytest

from gridsvc.core.errors import InvalidCoordinate
from gridsvc.core.metric import area_m2, frame_of, in_frame, length_m
from tests.core.pictures import cell


def test_measures_in_metres() -> None:
    square = np.array([cell(0, 0)], dtype=object)
    assert frame_of(square) == "EPSG:4548"
    assert area_m2(square)[0] == pytest.approx(10_373, abs=2)
    assert length_m(square)[0] == pytest.approx(2 * (93.53 + 110.9), rel=1e-3)
    assert len(area_m2(np.array([], dtype=object))) == len(length_m(np.array([], dtype=object))) == 0


def test_shapes_keep_their_vertices_in_the_frame() -> None:
    (square,) = in_frame(np.array([cell(0, 0)], dtype=object), "EPSG:4527")
    assert len(square.exterior.coords) == 5
    assert 39_500_000 < square.centroid.x < 39_600_000


def test_without_shapes_there_is_no_frame() -> None:
    with pytest.raises(InvalidCoordinate):
        frame_of(np.array([], dtype=object))
