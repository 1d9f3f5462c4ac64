"""Declared datums: the same place comes out whatever it was declared in, and nonsense is refused by row."""

import subprocess
import sys

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.core import datum
from gridsvc.core.errors import InvalidCoordinate, UnknownDatum

PLACE = (117.3889, 32.9163)
MICROMETRE_DEG = 1e-6 / 111_000

bengbu_lon = st.floats(116.7, 118.2)
bengbu_lat = st.floats(32.6, 33.5)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("EPSG:4326", "EPSG:4326"),
        ("epsg:4548", "EPSG:4548"),
        (" wgs84 ", "EPSG:4326"),
        ("WGS 84", "EPSG:4326"),
        ("CGCS2000", "EPSG:4490"),
        ("gcj02", "GCJ-02"),
        ("GCJ-02", "GCJ-02"),
        ("bd-09", "BD-09"),
        ("BD09", "BD-09"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::4490", "EPSG:4490"),
    ],
)
def test_spellings_of_a_reference_system(text: str, name: str) -> None:
    assert datum.parse_crs(text) == name


@pytest.mark.parametrize(
    "text", ["", "4326", "EPSG:", "EPSG:0", "EPSG:99999", "gauss", "EPSG:４３２６", "EPSG:4978", "EPSG:5773"]
)
def test_what_is_no_reference_system_is_refused(text: str) -> None:
    with pytest.raises(UnknownDatum):
        datum.parse_crs(text)


@pytest.mark.parametrize("number", [2384, 2333, 2364, 4610, 4214, 2437, 2418, 21417, 4555, 4568])
def test_xian_80_and_beijing_54_have_no_public_shift(number: int) -> None:
    with pytest.raises(UnknownDatum):
        datum.to_wgs84([500_000.0], [3_600_000.0], f"EPSG:{number}")


@pytest.mark.parametrize("number", [4490, 4548, 4527, 4509, 32650, 3857, 2326, 27700])
def test_usual_systems_are_known(number: int) -> None:
    assert datum.parse_crs(f"epsg:{number}") == f"EPSG:{number}"


def test_eastings_of_the_chinese_systems_of_117_east() -> None:
    eastings = {"EPSG:4548": 500_000.0, "EPSG:4527": 39_500_000.0, "EPSG:4509": 500_000.0}
    for crs, easting in eastings.items():
        x, y = datum.from_wgs84([117.0], [32.9], crs)
        assert x[0] == pytest.approx(easting, abs=1e-6)
        assert 3_641_000 < y[0] < 3_642_000


def test_cgcs2000_degrees_are_taken_as_they_are() -> None:
    x, y = datum.to_wgs84([PLACE[0]], [PLACE[1]], "CGCS2000")
    assert (x[0], y[0]) == PLACE


@pytest.mark.parametrize(
    "crs", ["EPSG:4326", "EPSG:4490", "EPSG:4548", "EPSG:4527", "EPSG:4509", "GCJ-02", "BD-09", "EPSG:3857"]
)
@given(lon=bengbu_lon, lat=bengbu_lat)
def test_the_same_place_in_any_datum(crs: str, lon: float, lat: float) -> None:
    back = datum.to_wgs84(*datum.from_wgs84([lon], [lat], crs), crs)
    assert abs(back[0][0] - lon) < MICROMETRE_DEG
    assert abs(back[1][0] - lat) < MICROMETRE_DEG


@pytest.mark.parametrize(
    ("x", "y", "crs"),
    [
        (float("nan"), 32.9, "EPSG:4326"),
        (117.0, float("inf"), "EPSG:4326"),
        (181.0, 32.9, "EPSG:4326"),
        (32.9, 117.0, "EPSG:4490"),
        (32.9, 117.0, "GCJ-02"),
        (1e308, 1e308, "EPSG:4548"),
        (3_650_000.0, 500_000.0, "EPSG:4548"),
        (39_500_000.0, 3_650_000.0, "EPSG:4548"),
        (500_000.0, 3_650_000.0, "EPSG:4527"),
        (117.4, 32.9, "EPSG:4548"),
        (1e9, 0.0, "EPSG:3857"),
        (5e6, 0.0, "EPSG:27700"),
    ],
)
def test_impossible_coordinates_are_refused(x: float, y: float, crs: str) -> None:
    with pytest.raises(InvalidCoordinate) as refusal:
        datum.to_wgs84([x], [y], crs)
    assert [fault.place for fault in refusal.value.faults] == ["row 0"]


@pytest.mark.parametrize("value", ["117.0", None, True, b"117", [], 10**400])
def test_what_is_not_a_number_is_no_coordinate(value: object) -> None:
    rows = np.empty(2, dtype=object)
    rows[:] = [117.0, value]
    assert list(datum.try_to_wgs84(rows, [32.9, 32.9], "EPSG:4326").reasons) == [1]


def test_text_is_never_read_as_a_number() -> None:
    assert datum.try_to_wgs84(["117.0"], ["32.9"], "EPSG:4326").bad.all()


def test_good_rows_are_kept_beside_bad_ones() -> None:
    done = datum.try_to_wgs84([5e5, 3.65e6, np.nan], [3.65e6, 5e5, 1.0], "EPSG:4548")
    assert done.bad.tolist() == [False, True, True]
    assert done.x[0] == pytest.approx(117)
    assert np.isnan(done.x[1:]).all()
    assert np.isnan(done.y[1:]).all()
    assert list(done.reasons) == [1, 2]


def test_a_thousand_faults_are_listed_and_all_are_counted() -> None:
    with pytest.raises(InvalidCoordinate) as refusal:
        datum.to_wgs84(np.full(2500, np.nan), np.zeros(2500), "EPSG:4326")
    assert len(refusal.value.faults) == 1000
    assert refusal.value.details["bad_rows"] == 2500


def test_points_without_a_place_in_the_target_are_refused() -> None:
    with pytest.raises(InvalidCoordinate):
        datum.from_wgs84([200.0], [0.0], "EPSG:4548")
    with pytest.raises(InvalidCoordinate):
        datum.from_wgs84([27.0], [0.0], "EPSG:4548")


def test_no_points_are_no_points() -> None:
    for crs in ("EPSG:4326", "EPSG:4548", "GCJ-02", "BD-09"):
        x, y = datum.to_wgs84([], [], crs)
        assert len(x) == len(y) == 0


def test_arrays_must_be_flat_and_equal() -> None:
    with pytest.raises(ValueError, match="flat"):
        datum.to_wgs84([[1.0, 2.0]], [[1.0, 2.0]], "EPSG:4326")
    with pytest.raises(ValueError, match="as many"):
        datum.to_wgs84([1.0, 2.0], [1.0], "EPSG:4326")


@given(st.lists(st.floats(-180, 180), min_size=1))
def test_the_grid_is_stable(degrees: list[float]) -> None:
    once = datum.to_grid(degrees)
    assert datum.to_grid(once).tobytes() == once.tobytes()
    assert np.abs(once - degrees).max() <= datum.GRID_DEG / 2 + 1e-13
    assert [float(f"{value:.7f}") for value in once] == once.tolist()


@given(st.integers(-1_800_000_000, 1_800_000_000))
def test_a_printed_number_is_on_the_grid(steps: int) -> None:
    value = float(f"{steps / 10**7:.7f}")
    assert datum.to_grid([value])[0] == value


@pytest.mark.parametrize(
    ("lon", "lat", "frame"),
    [
        (117.38, 32.9, "EPSG:4548"),
        (118.6, 32.9, "EPSG:4549"),
        (75.0, 39.0, "EPSG:4534"),
        (134.0, 48.0, "EPSG:4554"),
        (-73.9, 40.7, "EPSG:32618"),
        (151.2, -33.9, "EPSG:32756"),
        (180.0, 10.0, "EPSG:32660"),
    ],
)
def test_the_metric_frame_lies_where_the_data_is(lon: float, lat: float, frame: str) -> None:
    assert datum.metric_frame([lon], [lat]) == frame


@given(st.floats(73.7, 134.7), st.floats(18, 53), st.floats(0, 359))
def test_lengths_in_the_metric_frame_agree_with_the_ellipsoid(lon: float, lat: float, azimuth: float) -> None:
    far_lon, far_lat, _ = pyproj.Geod(ellps="GRS80").fwd(lon, lat, azimuth, 1000.0)
    x, y = datum.from_wgs84([lon, far_lon], [lat, far_lat], datum.metric_frame([lon, far_lon], [lat, far_lat]))
    assert np.hypot(*(np.diff(v)[0] for v in (x, y))) == pytest.approx(1000.0, rel=4e-4)


def test_no_data_has_no_metric_frame() -> None:
    with pytest.raises(InvalidCoordinate):
        datum.metric_frame([], [])


@pytest.mark.parametrize("number", [4490, 4548, 4527, 4326])
def test_a_prj_text_names_its_system(number: int) -> None:
    assert datum.crs_of_wkt(pyproj.CRS.from_epsg(number).to_wkt("WKT1_ESRI")) == f"EPSG:{number}"


def test_a_prj_of_xian_80_is_refused() -> None:
    with pytest.raises(UnknownDatum):
        datum.crs_of_wkt(pyproj.CRS.from_epsg(2384).to_wkt("WKT1_ESRI"))


@pytest.mark.parametrize(
    "wkt",
    [
        "PROJCS[a mark of its own",
        pyproj.CRS.from_epsg(4610).to_wkt().replace("Xian 1980", "a mark of its own Xian 1980"),
    ],
    ids=["none", "shift not known"],
)
def test_a_refused_prj_text_is_not_repeated(wkt: str) -> None:
    assert "a mark of its own" in wkt
    with pytest.raises(UnknownDatum) as refused:
        datum.crs_of_wkt(wkt)
    assert "mark" not in refused.value.message


def test_a_name_is_known_without_looking_it_up() -> None:
    assert datum.spelled_crs("urn:ogc:def:crs:EPSG::4490") == "EPSG:4490"
    assert datum.spelled_crs("EPSG:999999") == "EPSG:999999"
    assert datum.spelled_crs("GEOGCS[]") is None


def test_importing_makes_no_transformer() -> None:
    code = "from gridsvc.core import datum; assert datum._system.cache_info().currsize == 0"
    subprocess.run([sys.executable, "-c", code], check=True)
