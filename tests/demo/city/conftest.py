"""The small demo city, made once for all tests of its land and people."""

import pytest

from gridsvc.demo.city import City, generate

SEED = 20


@pytest.fixture(scope="session")
def small_city() -> City:
    return generate(SEED, "small")
