"""The real outlines and names are complete, exact and where they should be."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from gridsvc.core.datum import from_wgs84
from gridsvc.core.errors import InstallationFault
from gridsvc.demo.city import ZONES_LEFT_OUT, read_boundaries
from gridsvc.demo.city.layout import DISTRICT_CODES

AREAS_KM2 = {
    "340302000000": 148.8,
    "340303000000": 89.8,
    "340304000000": 321.6,
    "340311000000": 408.5,
    "340321000000": 2209.6,
    "340322000000": 1422.5,
    "340323000000": 1367.4,
}


def test_districts_have_their_true_areas_and_tile_the_city() -> None:
    outlines = read_boundaries().outlines_4326
    flat = {
        code: shapely.transform(o, lambda c: np.column_stack(from_wgs84(c[:, 0], c[:, 1], "EPSG:4548")))
        for code, o in outlines.items()
    }
    assert {code: round(polygon.area / 1e6, 1) for code, polygon in flat.items()} == AREAS_KM2
    assert shapely.coverage_is_valid(list(outlines.values()))
    union = shapely.coverage_union_all(list(outlines.values()))
    assert isinstance(union, shapely.Polygon)
    assert not union.interiors


def test_districts_lie_in_wgs84_and_not_half_a_kilometre_off() -> None:
    # The tripoint of 龙子湖, 蚌山 and 淮上 on the river, undone from GCJ-02 by hand.
    first, second, third = (read_boundaries().outlines_4326[DISTRICT_CODES[k]] for k in (0, 1, 3))
    meeting = shapely.intersection_all([first, second, third])
    x, y = shapely.get_coordinates(meeting)[0]
    assert (x, y) == (117.3557006, 32.953451)


def test_urban_committees_and_villages_are_counted_by_the_bureaus_code_ranges() -> None:
    boundaries = read_boundaries()
    counts = {}
    for district in DISTRICT_CODES:
        streets = [unit.code for unit in boundaries.units.values() if unit.parent_code == district]
        counts[district[:6]] = tuple(
            sum(len(boundaries.children(street, kind)) for street in streets) for kind in ("community", "village")
        )
    assert counts == {"340302": (37, 16), "340303": (64, 13), "340304": (34, 34), "340311": (20, 75)}


def test_units_hang_together_by_code() -> None:
    units = read_boundaries().units
    assert sum(unit.level == 5 for unit in units.values()) == 1157
    for unit in units.values():
        assert len(unit.code) == 12
        assert (unit.parent_code is None) == (unit.level == 1)
        if unit.parent_code:
            assert units[unit.parent_code].level == unit.level - 1


def test_development_zones_have_names_but_no_outline() -> None:
    boundaries = read_boundaries()
    for code in ZONES_LEFT_OUT:
        assert boundaries.units[code].kind == "zone"
        assert code not in boundaries.outlines_4326


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InstallationFault):
        read_boundaries(tmp_path)
