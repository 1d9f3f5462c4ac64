"""What the application remembers: for a few seconds, and no longer."""

import time
from uuid import UUID

import pytest

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY
from gridsvc.api import state
from gridsvc.api.state import ACTORS_KEPT_S, STATUS_KEPT_S, RememberedActors, RememberedStatus, StatusText

SOMEBODY = Actor(UUID(int=1), "somebody", "某人", frozenset({"commander"}), frozenset({"map.read"}), WHOLE_CITY)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(time, "monotonic", made)
    return made


def test_an_actor_is_remembered_for_a_few_seconds(clock: Clock) -> None:
    actors = RememberedActors()
    actors.put("token", SOMEBODY, clock.now)
    assert actors.get("token") is SOMEBODY
    clock.now += ACTORS_KEPT_S
    assert actors.get("token") is None


def test_what_is_remembered_too_long_is_let_go_when_nobody_asks(clock: Clock) -> None:
    actors, statuses = RememberedActors(), RememberedStatus()
    actors.put("early", SOMEBODY, clock.now)
    statuses.put(WHOLE_CITY, "1:1:", StatusText("{", "}"))
    clock.now += 1
    actors.put("late", SOMEBODY, clock.now)
    clock.now += max(ACTORS_KEPT_S, STATUS_KEPT_S) - 1
    actors.let_go()
    statuses.let_go()
    assert (len(actors), len(statuses)) == (1, 0)
    assert actors.get("late") is SOMEBODY


def test_a_look_that_began_before_a_change_is_not_remembered(clock: Clock) -> None:
    actors = RememberedActors()
    began = clock.now
    clock.now += 1
    actors.forget_account(SOMEBODY.account_id)
    actors.put("token", SOMEBODY, began)
    assert actors.get("token") is None


def test_a_look_that_began_before_a_logout_is_not_remembered(clock: Clock) -> None:
    actors = RememberedActors()
    began = clock.now
    clock.now += 1
    actors.forget("token")
    actors.put("token", SOMEBODY, began)
    actors.put("another login", SOMEBODY, began)
    assert actors.get("token") is None
    assert actors.get("another login") is SOMEBODY


def test_too_many_changes_to_be_remembered_count_as_a_change_of_everything(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "MOST_ACTORS", 3)
    actors = RememberedActors()
    began = clock.now
    clock.now += 1
    for number in range(9):
        actors.forget(f"token {number}")
        actors.put("token 0", SOMEBODY, began)
        assert actors.get("token 0") is None
