"""The authorization matrix: every operation of the description × every role and stranger × every jurisdiction.

The expectation comes from the one table, `expectations.py`; an operation without a row fails here. Requests really run
through the application, in this process; what they would write is rolled back.
"""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from gridsvc.access.roles import MATRIX
from gridsvc.api.contract import contract
from gridsvc.api.openapi import operations
from gridsvc.api.public import OPEN_OPERATIONS
from tests.api.expectations import EXPECTATIONS, NOBODY, Expect
from tests.api.matrix_world import Principal, World

pytestmark = pytest.mark.timeout(180)

OPERATIONS: dict[str, dict[str, Any]] = dict(operations(json.loads(contract())))


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert sorted(OPERATIONS.keys() - EXPECTATIONS.keys()) == [], "no row in tests/api/expectations.py"
    assert sorted(EXPECTATIONS.keys() - OPERATIONS.keys()) == [], "no such operation"


def test_every_right_that_a_row_names_exists() -> None:
    assert rights_named() <= MATRIX.keys()


# Rights that decide about a part of an operation, and where that is held.
WITHIN_OPERATIONS = {
    "care.read_sensitive": "tests/api/test_no_leak.py::test_without_the_right_nobody_meets_a_sensitive_class",
    "register.correct": "tests/patrols/test_ledgers_of_a_visit.py::test_the_register_is_corrected_by_who_has_the_right",
}


def test_every_right_is_asked_for_by_some_operation_or_within_one() -> None:
    assert MATRIX.keys() - rights_named() == WITHIN_OPERATIONS.keys()
    for place in WITHIN_OPERATIONS.values():
        path, _, name = place.partition("::")
        assert f"def {name}(" in Path(path).read_text("utf-8"), place


def rights_named() -> set[str]:
    rows = EXPECTATIONS.values()
    return {right for row in rows for right in (row.permission, *row.or_permission, *row.and_permission) if right}


def test_what_is_open_is_open_in_both_lists() -> None:
    assert {name for name, row in EXPECTATIONS.items() if row.public} == OPEN_OPERATIONS


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name in EXPECTATIONS])
def test_everybody_gets_what_the_table_says(
    name: str, matrix_app: FastAPI, world: World, runner: asyncio.Runner
) -> None:
    row = EXPECTATIONS[name]
    request = request_for(name, row, world)
    asked = [who for who in world.principals if not (row.stream and may(who, row))]
    answers = runner.run(ask(matrix_app, request, asked))
    wrong = [
        f"{who}: {answer.status_code} {answer.text[:160]}"
        for who, answer in zip(asked, answers, strict=True)
        if not fits(answer.status_code, who, row)
    ]
    assert wrong == []


async def ask(app: FastAPI, request: dict[str, Any], principals: list[Principal]) -> list[httpx.Response]:
    """The answers to one request sent by each principal."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://matrix.invalid") as client:
        more = request.get("extensions", {}).get("headers", {})
        return [await client.request(**request, headers=headers_of(who, more)) for who in principals]


def headers_of(who: Principal, more: dict[str, str]) -> dict[str, str]:
    headers = {"X-Gridsvc": "test"} | more
    return headers if who.token is None else headers | {"Cookie": f"gridsvc_session={who.token}"}


def may(who: Principal, row: Expect) -> bool:
    """Whether the role allows the operation, wherever it is held."""
    if who.role is None:
        return False
    if row.own_worker and who.role == "worker":
        return who.relation == "own"
    rights = (row.permission, *row.or_permission) if row.permission else ()
    has_right = not rights or any(MATRIX[right][who.role] for right in rights)
    has_right = has_right and all(MATRIX[right][who.role] for right in row.and_permission)
    return has_right and (not row.only_for or who.role in row.only_for)


def fits(status: int, who: Principal, row: Expect) -> bool:
    """Whether an answer is the one expected for this principal. Of two roles the one counts that allows it."""
    everywhere = Principal(who.also, "city", None)
    if who.also and may(everywhere, row):
        return fits(status, everywhere, row)
    if row.public:
        return status < 500
    if who.role is None:
        return status == 401
    is_hidden = (row.scoped and not who.sees) or (row.own_worker and who.role == "worker" and who.relation != "own")
    if not may(who, row) or (row.city_wide and who.relation != "city"):
        return status == 403 or (is_hidden and status == 404)
    if is_hidden:
        return status == 404
    return status not in (401, 403) and status < 500 and (status == 404) == row.missing


def request_for(name: str, row: Expect, world: World) -> dict[str, Any]:
    """The request that a row describes, completed from the examples of the description."""
    method, _, path = name.partition(" ")
    operation = OPERATIONS[name]
    query, headers = dict(row.query), dict(row.headers)
    for parameter in operation.get("parameters", ()):
        place, key = parameter["in"], parameter["name"]
        if place == "path":
            path = path.replace(f"{{{key}}}", str(value_of(row.path.get(key), parameter, world)))
        elif parameter["required"]:
            target = query if place == "query" else headers
            target.setdefault(key, str(example_of(parameter)))
        elif key == "If-Match":
            headers.setdefault(key, "*")
    request: dict[str, Any] = {"method": method, "url": path, "params": named(query, world)}
    request["extensions"] = {"headers": named(headers, world)}
    return request | body_for(operation, row, world)


def value_of(given: str | None, parameter: dict[str, Any], world: World) -> str:
    if given is not None:
        return str(named(given, world))
    example = str(example_of(parameter))
    return NOBODY if parameter["schema"].get("format") == "uuid" else example


def example_of(parameter: dict[str, Any]) -> Any:
    given = parameter["schema"].get("examples") or [parameter.get("example", NOBODY)]
    return given[0]


def named(values: Any, world: World) -> Any:
    """The values with every `{thing}` replaced by that of the world."""
    if isinstance(values, dict):
        return {key: named(value, world) for key, value in values.items()}
    if isinstance(values, list):
        return [named(value, world) for value in values]
    if isinstance(values, str) and (found := re.fullmatch(r"\{(\w+)\}", values)):
        return world.things[found[1]]
    return values


def body_for(operation: dict[str, Any], row: Expect, world: World) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        body = row.body if row.body is not None else content["application/json"].get("example")
        return {"json": named(body, world)}
    if "multipart/form-data" in content:
        fields = content["multipart/form-data"].get("example", {}) | (row.body or {})
        texts = {key: str(value) for key, value in fields.items() if key not in FILES and value is not None}
        return {"data": texts, "files": {key: ("example.csv", b"code\n") for key in fields if key in FILES}}
    return {}


FILES = ("file", "photo", "photos", "files")


def test_a_table_that_says_otherwise_is_noticed(matrix_app: FastAPI, world: World, runner: asyncio.Runner) -> None:
    """The control: were the right or the jurisdiction not asked, the matrix would fail."""
    request = request_for("GET /api/v1/grids/{code}", EXPECTATIONS["GET /api/v1/grids/{code}"], world)
    answers = runner.run(ask(matrix_app, request, list(world.principals)))
    for wrong in (
        Expect(permission="map.read", scoped=True),
        Expect(permission="grids.read_card", scoped=False),
        Expect(public=False),
    ):
        fitting = [fits(answer.status_code, who, wrong) for who, answer in zip(world.principals, answers, strict=True)]
        assert not all(fitting)
