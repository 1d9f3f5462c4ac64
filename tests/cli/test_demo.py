"""`gridsvc demo` serves a city like any other, within bounds of its own."""

import pytest
from sqlalchemy import Engine

from gridsvc.cli.demo import CITY_BOUNDS, settings_for
from gridsvc.infra.health import EXTENT


def test_a_place_in_another_city_is_none_of_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRIDSVC_CITY_BOUNDS", raising=False)
    assert settings_for(None, 8123).city_bounds == CITY_BOUNDS
    monkeypatch.setenv("GRIDSVC_CITY_BOUNDS", "1,2,3,4")
    assert settings_for(None, 8123).city_bounds == (1, 2, 3, 4)


def test_all_of_the_demo_city_lies_within_its_bounds(demo_engine: Engine) -> None:
    with demo_engine.connect() as connection:
        west, south, east, north = connection.execute(EXTENT).one()
    assert CITY_BOUNDS[0] < west < east < CITY_BOUNDS[2]
    assert CITY_BOUNDS[1] < south < north < CITY_BOUNDS[3]
