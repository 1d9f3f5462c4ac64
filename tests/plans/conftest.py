"""What most stories of plans begin with: a small town, and somebody who draws."""

import pytest
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from tests.fixtures.plans import a_planner, a_town
from tests.fixtures.towns import Town


@pytest.fixture
def town(session: Session) -> Town:
    return a_town(session)


@pytest.fixture
def planner(session: Session) -> Actor:
    return a_planner(session)
