"""A point has exactly one grid, at every moment, on every border; outside is an answer."""

from datetime import timedelta

import numpy as np
import pytest
import shapely
from sqlalchemy.orm import Session

from gridsvc.geography.locating import area_chain, current_net, locate, locate_many, metres_per_degree
from tests.core.pictures import corner
from tests.fixtures.towns import EFFECTIVE, Town, found_town, gridded_town

BAND_M = 10.0


def code_at(session: Session, x: float, y: float) -> str | None:
    found = locate(session, x, y, at=EFFECTIVE, band_m=BAND_M)
    return found.code if found else None


def test_a_point_inside_a_grid_is_found_with_everything_above_it(session: Session) -> None:
    town = gridded_town(session)
    assert town.net is not None
    found = locate(session, *corner(0.5, 1), at=EFFECTIVE, band_m=BAND_M)
    assert found is not None
    assert (found.code, found.name, found.kind) == ("340302001001001", "第一网格", "basic")
    assert found.grid_id == town.net.grid_ids[0]
    assert (found.net_version_id, found.net_number) == (town.net.net_version_id, 1)
    assert found.areas.community is not None
    assert found.areas.community.name == "合成A社区"
    assert found.areas.street is not None
    assert found.areas.district is not None
    assert found.areas.district.code == "340302000000"


def test_the_distance_to_the_border_is_measured_in_metres(session: Session) -> None:
    gridded_town(session)
    found = locate(session, *corner(0.4, 1), at=EFFECTIVE, band_m=BAND_M)
    assert found is not None
    east_m, _ = metres_per_degree(32.93)
    assert found.distance_to_border_m == pytest.approx(0.0004 * east_m, rel=0.002)
    assert not found.in_border_band


def test_a_point_near_a_border_is_marked(session: Session) -> None:
    gridded_town(session)
    found = locate(session, *corner(0.95, 1), at=EFFECTIVE, band_m=BAND_M)
    assert found is not None
    assert found.in_border_band


def test_a_shared_border_belongs_to_the_smaller_code(session: Session) -> None:
    gridded_town(session)
    border = corner(1, 1)
    assert code_at(session, *border) == "340302001001001"
    assert code_at(session, *corner(2, 1)) == "340302001001002"
    found = locate(session, *border, at=EFFECTIVE, band_m=BAND_M)
    assert found is not None
    assert found.distance_to_border_m == 0


def test_a_corner_of_four_grids_belongs_to_the_smallest_code(session: Session) -> None:
    gridded_town(session, "AA/AA", "ab/cd")
    assert code_at(session, *corner(1, 1)) == "340302001001001"


def test_an_enclave_is_its_own_grid_and_its_border_the_smaller_code(session: Session) -> None:
    gridded_town(session, "AAA/AAA/AAA", "aaa/aba/aaa")
    inside, border = code_at(session, *corner(1.5, 1.5)), code_at(session, *corner(1, 1.5))
    around = code_at(session, *corner(0.5, 1.5))
    assert inside is not None
    assert around is not None
    assert inside != around
    assert border == min(inside, around)


def test_outside_every_grid_is_no_error(session: Session) -> None:
    gridded_town(session)
    assert locate(session, 0, 0, at=EFFECTIVE, band_m=BAND_M) is None


def test_before_the_net_takes_effect_there_is_no_grid(session: Session) -> None:
    gridded_town(session)
    moment = EFFECTIVE - timedelta(microseconds=1)
    assert locate(session, *corner(0.5, 1), at=moment, band_m=BAND_M) is None
    assert current_net(session, moment) is None
    now = current_net(session, EFFECTIVE)
    assert now is not None
    assert now.number == 1


def test_a_village_without_grids_still_has_its_areas(session: Session) -> None:
    found_town(session)
    chain = area_chain(session, *corner(3.5, 1), at=EFFECTIVE)
    assert chain.community is not None
    assert chain.community.name == "合成B社区"
    assert chain.street is not None
    assert area_chain(session, 0, 0, at=EFFECTIVE).district is None


def borders_and_insides(town: Town) -> tuple[np.ndarray, np.ndarray]:
    """Every vertex of the grids, points between them, and a scatter of points in and around the town."""
    shapes = list(town.grids.values())
    vertices = shapely.get_coordinates(shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    random = np.random.default_rng(7)
    scatter = np.column_stack([random.uniform(west - 0.001, east + 0.001, 150), random.uniform(south, north, 150)])
    middles = np.round((vertices[:-1] + vertices[1:]) / 2, 7)
    points = np.unique(np.vstack([vertices, middles, np.round(scatter, 7)]), axis=0)
    return points[:, 0], points[:, 1]


def test_many_points_lie_where_each_of_them_lies(session: Session) -> None:
    town = gridded_town(session, "AABB/AABB/CCBB", "abcd/abdd/eedd")
    x, y = borders_and_insides(town)
    many = locate_many(session, x, y, at=EFFECTIVE, band_m=BAND_M)
    for index in range(len(x)):
        one = locate(session, float(x[index]), float(y[index]), at=EFFECTIVE, band_m=BAND_M)
        assert many.code[index] == (one.code if one else None)
        assert many.grid_id[index] == (one.grid_id if one else None)
        if one:
            assert many.distance_to_border_m[index] == pytest.approx(one.distance_to_border_m, rel=1e-3, abs=1e-4)
            assert many.in_border_band[index] == one.in_border_band


def test_each_of_many_points_has_its_own_moment(session: Session) -> None:
    town = gridded_town(session)
    assert town.net is not None
    x, y = corner(0.5, 1)
    moments = [EFFECTIVE - timedelta(seconds=1), EFFECTIVE, EFFECTIVE + timedelta(days=400)]
    found = locate_many(session, [x] * 3, [y] * 3, at=moments, band_m=BAND_M)
    assert found.code.tolist() == [None, "340302001001001", "340302001001001"]
    assert found.net_version_id.tolist() == [None, town.net.net_version_id, town.net.net_version_id]


def test_points_without_position_lie_nowhere(session: Session) -> None:
    gridded_town(session)
    found = locate_many(session, [np.nan, 0.0], [np.nan, 0.0], at=EFFECTIVE, band_m=BAND_M)
    assert found.grid_id.tolist() == [None, None]
    assert not found.in_border_band.any()
    assert len(locate_many(session, [], [], at=EFFECTIVE, band_m=BAND_M)) == 0


@pytest.mark.parametrize(("latitude", "longitude"), [(18.3, 109.5), (32.93, 117.39), (53.4, 122.5)])
def test_a_plane_through_the_point_keeps_distances_to_two_in_a_thousand(
    session: Session, latitude: float, longitude: float
) -> None:
    from sqlalchemy import text

    east_m, north_m = metres_per_degree(latitude)
    for east, north in ((15_000, 0), (0, 15_000), (10_000, 10_000), (-7_000, 3_000)):
        dx, dy = east / east_m, north / north_m
        sql = "SELECT ST_Distance(ST_MakePoint(:a, :b)::geography, ST_MakePoint(:c, :d)::geography)"
        values = {"a": longitude, "b": latitude, "c": longitude + dx, "d": latitude + dy}
        true = session.execute(text(sql), values).scalar_one()
        assert np.hypot(east, north) == pytest.approx(true, rel=0.002)
