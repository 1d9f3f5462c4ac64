"""Visits: by whoever had the grid that day, at its doors, and neglected where the map shall show it."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from gridsvc.demo.doors import Doors
from gridsvc.demo.ground import NOWHERE, Ground
from gridsvc.demo.rhythm import Calendar
from gridsvc.demo.staff import Staff
from gridsvc.demo.visits import DAYS, DOOR_KINDS, PATROL_KINDS, Visits, make_visits
from gridsvc.patrols.catalogue import VISIT_KINDS

COUNT = 13_000


@pytest.fixture(scope="module")
def visits(ground: Ground, doors: Doors, staff: Staff, today: datetime) -> Visits:
    now = today + timedelta(hours=18)
    return make_visits(ground, doors, staff, Calendar(today, DAYS), COUNT, now=now, rng=np.random.default_rng(6))


def test_kinds_are_those_of_the_catalogue() -> None:
    assert {*DOOR_KINDS, *PATROL_KINDS} == {key for key, *_ in VISIT_KINDS}


def test_there_are_about_as_many_as_asked_for(visits: Visits) -> None:
    assert 0.93 * COUNT < len(visits.client_ids) < 1.07 * COUNT


def test_visits_come_in_order_and_none_after_now(visits: Visits, today: datetime) -> None:
    assert visits.occurred_at == sorted(visits.occurred_at)
    assert visits.received_at[-1] <= today + timedelta(hours=18)
    pairs = zip(visits.occurred_at, visits.received_at, strict=True)
    assert all(occurred <= received for occurred, received in pairs)


def test_a_door_lies_in_the_grid_visited(visits: Visits, doors: Doors) -> None:
    grids, at = np.array(visits.grids), np.array(visits.doors)
    assert (doors.grid[at[at != NOWHERE]] == grids[at != NOWHERE]).all()
    assert 0.6 < (at != NOWHERE).mean() < 0.9


def test_who_visits_belongs_to_the_community(visits: Visits, ground: Ground, staff: Staff) -> None:
    home = staff.community[np.array(visits.workers)]
    covers = {absence.cover for absence in staff.absences}
    strange = home != ground.grid_community[np.array(visits.grids)]
    assert {visits.workers[row] for row in np.flatnonzero(strange)} <= covers


def test_nobody_works_while_away(visits: Visits, staff: Staff) -> None:
    for absence in staff.absences:
        rows = [row for row, worker in enumerate(visits.workers) if worker == absence.worker]
        assert not any(absence.since <= visits.occurred_at[row] < absence.until for row in rows)


def test_a_silent_device_says_nothing_for_more_than_a_cycle(visits: Visits, today: datetime) -> None:
    assert visits.silent
    for worker in visits.silent:
        rows = [row for row, who in enumerate(visits.workers) if who == worker]
        assert max(visits.received_at[row] for row in rows) < today - timedelta(days=29)


def test_grids_differ_in_how_long_nobody_came(visits: Visits, ground: Ground, today: datetime) -> None:
    last: dict[int, datetime] = dict(zip(visits.grids, visits.occurred_at, strict=True))
    days = np.array([(today - moment) / timedelta(days=1) for moment in last.values()])
    assert len(last) < len(ground.grid_polygons)
    assert (days < 22.5).mean() > 0.6
    assert ((days > 22.6) & (days < 29.9)).any()
    assert (days > 30.1).any()
