"""Asking about another moment, wherever one can be named: without a zone, out of all time, before, and to come."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api.expectations import EXPECTATIONS
from tests.api.matrix_world import Principal, World
from tests.api.test_matrix import OPERATIONS, ask, may, request_for

pytestmark = pytest.mark.timeout(120)

BEFORE_THE_NET = "1990-01-01T00:00:00+08:00"
TO_COME = (datetime.now(UTC) + timedelta(days=400)).isoformat()

# People, stations and norms have validities of their own, which may begin before the first net.
OF_THE_NET = {"geography", "map", "incidents"}


def takers(name: str) -> list[str]:
    """The operations that take this parameter and give an answer to read."""
    return [
        operation
        for operation, described in OPERATIONS.items()
        if operation in EXPECTATIONS and name in {parameter["name"] for parameter in described.get("parameters", ())}
    ]


class Asker:
    """Asks operations as somebody who may, in whose jurisdiction everything of the world lies."""

    def __init__(self, app: FastAPI, world: World, runner: asyncio.Runner) -> None:
        self.app, self.world, self.runner = app, world, runner

    def __call__(self, name: str, **query: str) -> httpx.Response:
        row = EXPECTATIONS[name]
        wanted = "own" if row.only_for == ("worker",) else "city"
        who = next(each for each in self.world.principals if each.relation == wanted and may(each, row))
        return self.ask_as(who, name, query)

    def ask_as(self, who: Principal, name: str, query: dict[str, str]) -> httpx.Response:
        request: dict[str, Any] = request_for(name, EXPECTATIONS[name], self.world)
        request["params"] |= query
        return self.runner.run(ask(self.app, request, [who]))[0]


@pytest.fixture
def asked(matrix_app: FastAPI, world: World, runner: asyncio.Runner) -> Asker:
    return Asker(matrix_app, world, runner)


def faults(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(fault["place"], fault["code"]) for fault in answer.json().get("faults", ())]


@pytest.mark.parametrize("parameter", ["as_of", "known_at"])
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("2026-11-01T08:00:00", "no_zone"),
        ("1948-12-31T00:00:00Z", "out_of_range"),
        ("2201-01-01T00:00:00Z", "out_of_range"),
        ("yesterday", None),
        ("", None),
    ],
)
def test_what_is_no_moment_is_refused_everywhere(asked: Asker, parameter: str, given: str, code: str | None) -> None:
    for name in takers(parameter):
        answer = asked(name, **{parameter: given})
        assert answer.status_code == 422, name
        places = faults(answer)
        assert places[0][0] == f"query.{parameter}", name
        assert code is None or places[0][1] == code, name


@pytest.mark.parametrize("name", takers("as_of"))
def test_before_the_first_net_there_is_nothing(asked: Asker, name: str) -> None:
    """Things with an address are not there yet; lists and maps are empty, and no net version is named.

    A document of geometry says in its address what it shows, whatever the moment.
    """
    if name.startswith("GET /api/v1/documents/"):
        return
    answer = asked(name, as_of=BEFORE_THE_NET)
    assert answer.status_code in (200, 404)
    if answer.status_code == 404:
        assert EXPECTATIONS[name].path, "only a thing can be missing"
    elif OPERATIONS[name]["tags"][0] in OF_THE_NET:
        assert nothing_in(answer.json()) == []


def nothing_in(shown: dict[str, Any]) -> list[str]:
    """The members of an answer that hold something although nothing was there."""
    of_all_times = {"as_of", "moment", "documents", "settings", "point", "headline", "trend", "type", "summary"}
    of_all_times |= {"synthetic", "hidden", "in_border_band", "city"}
    of_all_times |= {"workers", "blocks"}  # registers without a past of their own
    return [
        key
        for key, value in shown.items()
        if key not in of_all_times
        and not (value in (None, [], {}, 0, False) or (isinstance(value, dict) and nothing_in(value) == []))
    ]


@pytest.mark.parametrize("name", takers("as_of"))
def test_a_moment_to_come_is_answered_as_it_is_planned(asked: Asker, name: str) -> None:
    answer = asked(name, as_of=TO_COME)
    assert answer.status_code == 200, answer.text
    if name in ("GET /api/v1/grids", "GET /api/v1/stats"):
        now = asked(name)
        assert count_of_grids(answer) == count_of_grids(now)


def count_of_grids(answer: httpx.Response) -> int:
    shown = answer.json()
    return len(shown["features"]) if "features" in shown else int(shown["grids"])


def test_visits_fall_due_in_time_to_come(asked: Asker) -> None:
    states = set(asked("GET /api/v1/status", as_of=TO_COME).json()["grids"]["patrol"])
    assert not states & {"on_time", "due_soon"}
