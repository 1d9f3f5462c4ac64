"""The small city as the simulators see it, made once for all tests of them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from gridsvc.demo.city import generate
from gridsvc.demo.doors import Doors, make_doors
from gridsvc.demo.drafts import ground_of
from gridsvc.demo.ground import Ground
from gridsvc.demo.staff import Staff, make_staff

TODAY = datetime(2026, 3, 16, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="package")
def today() -> datetime:
    """A Monday's midnight."""
    return TODAY


@pytest.fixture(scope="package")
def ground() -> Ground:
    return ground_of(generate(3, "small"))


@pytest.fixture(scope="package")
def doors(ground: Ground) -> Doors:
    return make_doors(ground, np.random.default_rng(1))


@pytest.fixture(scope="package")
def staff(ground: Ground) -> Staff:
    return make_staff(ground, today=TODAY, rng=np.random.default_rng(2))
