"""A process tidies its memory when nobody waits for an answer, and now and then in any case."""

import asyncio
import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from gridsvc.api import upkeep
from gridsvc.api.app import make_state
from gridsvc.api.state import State
from gridsvc.infra.databases import Database
from gridsvc.infra.settings import Settings


class Ring:
    """What only refers to itself: it stays until somebody looks for it."""

    def __init__(self) -> None:
        self.itself = self


class Turns(Event):
    """An end that comes after so many turns, without waiting for them."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.left = count

    def wait(self, timeout: float | None = None) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.fixture
def held(database: Database, tmp_path: Path) -> Iterator[State]:
    made = make_state(Settings(home=tmp_path, database_url=database.url), database.url)
    yield made
    made.engine.dispose()


@pytest.fixture
def left_behind() -> Iterator[weakref.ref[Ring]]:
    """A ring that nobody holds, and an interpreter that does not look for it."""
    gc.disable()
    yield weakref.ref(Ring())
    gc.enable()


def test_what_only_refers_to_itself_goes_at_rest(held: State, left_behind: weakref.ref[Ring]) -> None:
    upkeep.keep_up(held, Turns(upkeep.TURNS_TO_TIDY - 1))
    assert left_behind() is not None
    upkeep.keep_up(held, Turns(upkeep.TURNS_TO_TIDY))
    assert left_behind() is None


def test_a_request_at_work_is_not_stopped_for_it_but_for_some_minutes(
    held: State, left_behind: weakref.ref[Ring]
) -> None:
    asyncio.run(held.turns.acquire())
    assert not held.is_at_rest
    upkeep.keep_up(held, Turns(upkeep.MOST_TURNS_UNTIDY - 1))
    assert left_behind() is not None
    upkeep.keep_up(held, Turns(upkeep.MOST_TURNS_UNTIDY))
    assert left_behind() is None
