"""A year of reports: in every channel and datum, in the rhythm of the year, and nothing after the moment of loading."""

from datetime import datetime, timedelta

import numpy as np
import pytest
import shapely

from gridsvc.core.datum import to_wgs84
from gridsvc.demo.ground import Ground
from gridsvc.demo.incidents import Reports, make_reports
from gridsvc.demo.phrases import CHANNELS, MATTERS
from gridsvc.demo.rhythm import Calendar
from gridsvc.incidents.catalogue import CATEGORIES
from gridsvc.incidents.catalogue import CHANNELS as KNOWN_CHANNELS

COUNT = 6000


@pytest.fixture(scope="module")
def reports(ground: Ground, today: datetime) -> Reports:
    now = today + timedelta(hours=15)
    return make_reports(ground, Calendar(today, 365), COUNT, now=now, rng=np.random.default_rng(4))


def test_classes_and_channels_are_those_of_the_catalogue() -> None:
    assert set(MATTERS) == {key for key, *_ in CATEGORIES}
    assert set(CHANNELS) <= {key for key, *_ in KNOWN_CHANNELS}


def test_reports_are_received_in_order_and_not_in_the_future(reports: Reports, today: datetime) -> None:
    assert reports.received_at == sorted(reports.received_at)
    assert today - timedelta(days=365) < reports.received_at[0]
    assert reports.received_at[-1] <= today + timedelta(hours=15)
    assert COUNT - 40 < len(reports.received_at) <= COUNT


def test_nothing_is_closed_before_it_came_or_after_now(reports: Reports, today: datetime) -> None:
    for received, occurred, closed in zip(reports.received_at, reports.occurred_at, reports.closed_at, strict=True):
        assert occurred <= received
        assert closed is None or received <= closed <= today + timedelta(hours=15)


def test_a_report_without_a_point_has_an_address(reports: Reports) -> None:
    lost = [row for row, x in enumerate(reports.x) if x is None]
    assert 0.01 < len(lost) / len(reports.x) < 0.03
    assert all(reports.y[row] is None and reports.crs[row] is None and reports.addresses[row] for row in lost)


def test_the_declared_point_means_a_place_in_or_near_the_city(reports: Reports, ground: Ground) -> None:
    near = shapely.buffer(ground.outline, 0.1)
    for crs in {"EPSG:4326", "EPSG:4490", "EPSG:4548", "GCJ-02", "BD-09"}:
        rows = [row for row, name in enumerate(reports.crs) if name == crs]
        raw = np.array([(reports.x[row], reports.y[row]) for row in rows], dtype=np.float64)
        x, y = to_wgs84(raw[:, 0], raw[:, 1], crs)
        assert shapely.contains_xy(near, x, y).all()


def test_some_lie_exactly_on_a_border_of_grids_and_some_outside_the_city(reports: Reports, ground: Ground) -> None:
    rows = [row for row, name in enumerate(reports.crs) if name == "EPSG:4490"]
    points = np.array([(reports.x[row], reports.y[row]) for row in rows], dtype=np.float64)
    corners = {tuple(corner) for corner in shapely.get_coordinates(ground.grid_polygons).tolist()}
    assert sum(tuple(point) in corners for point in points.tolist()) > 10
    assert not shapely.intersects_xy(ground.outline, points[:, 0], points[:, 1]).all()


def test_summer_brings_noise_and_winter_burst_pipes(reports: Reports) -> None:
    def months(category: str) -> list[int]:
        rows = zip(reports.categories, reports.received_at, strict=True)
        return [received.month for name, received in rows if name == category]

    assert np.mean([month in (6, 7, 8) for month in months("noise")]) > 0.28
    assert np.mean([month in (12, 1, 2) for month in months("water_break")]) > 0.3


def test_the_same_seed_gives_the_same_reports(ground: Ground, today: datetime) -> None:
    now = today + timedelta(hours=3)
    one, other = (
        make_reports(ground, Calendar(today, 365), 300, now=now, rng=np.random.default_rng(8)) for _ in range(2)
    )
    assert one == other
