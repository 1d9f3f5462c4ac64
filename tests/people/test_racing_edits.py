"""Of two who change a worker on the same revision at once, one is refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.core.errors import Stale
from gridsvc.core.revisions import Expected
from gridsvc.handover import leaving
from gridsvc.infra.db import unit_of_work
from gridsvc.people import enlisting, stations
from gridsvc.people.stations import StationDraft
from tests.fixtures.ground import COMMUNITY
from tests.people.team import DAY, NOW, SUPERVISOR, Team, lay_team

READ = Expected(frozenset({1}))

NAMED = {"name": "示例丁", "phone": None}

Change = Callable[[Session, Team], object]
CHANGES: dict[str, Change] = {
    "rename": lambda session, team: enlisting.change_worker(session, SUPERVISOR, team["D"], NAMED, READ),
    "leave": lambda session, team: enlisting.leave_service(
        session, SUPERVISOR, team["D"], at=NOW + DAY, expected=READ, now=NOW
    ),
    "leave with nothing left": lambda session, team: leaving.leave_service(
        session, SUPERVISOR, team["D"], at=NOW + 2 * DAY, expected=READ, now=NOW
    ),
}


@pytest.fixture
def team(fresh_engine: Engine) -> Team:
    with unit_of_work(fresh_engine) as session:
        return lay_team(session)


@pytest.mark.parametrize("second", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("first", CHANGES.values(), ids=CHANGES)
def test_the_second_of_two_changes_at_once_is_refused(
    fresh_engine: Engine, team: Team, first: Change, second: Change
) -> None:
    def run() -> None:
        with unit_of_work(fresh_engine) as other:
            second(other, team)

    with ThreadPoolExecutor(1) as pool:
        with unit_of_work(fresh_engine) as session:
            first(session, team)
            changing = pool.submit(run)
            with pytest.raises(StillWaiting):
                changing.result(timeout=0.3)
        with pytest.raises(Stale) as refused:
            changing.result(timeout=30)
    assert refused.value.details["revision"] == 2


def test_who_opens_a_station_and_who_closes_it_at_once_undo_nothing(fresh_engine: Engine, team: Team) -> None:
    with unit_of_work(fresh_engine) as session:
        stations.found_station(session, SUPERVISOR, StationDraft("S-1", "示例站", COMMUNITY))

    def close() -> None:
        with unit_of_work(fresh_engine) as other:
            stations.open_station(other, SUPERVISOR, "S-1", closed_at=NOW + DAY)

    with ThreadPoolExecutor(1) as pool:
        with unit_of_work(fresh_engine) as session:
            stations.open_station(session, SUPERVISOR, "S-1", opened_at=NOW)
            closing = pool.submit(close)
            with pytest.raises(StillWaiting):
                closing.result(timeout=0.3)
        closing.result(timeout=30)
    with unit_of_work(fresh_engine) as session:
        row = stations.find_station(session, SUPERVISOR, "S-1")
        assert (row.opened_at, row.closed_at) == (NOW, NOW + DAY)
