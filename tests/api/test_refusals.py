"""Every refusal is a problem document with a stable code, and says when to ask again where that helps."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from gridsvc.core import errors
from gridsvc.core.revisions import Expected
from tests.fixtures.in_process import Ask, asking

PATH = "/refuse"


@pytest.fixture
def refusing(service: FastAPI) -> Iterator[Ask]:
    """The service with a route that raises what `faults` holds under its name."""

    def refuse(name: str) -> None:
        raise FAULTS[name][0]

    service.add_api_route(PATH, refuse)
    yield asking(service)
    service.router.routes.pop()


def stale() -> errors.Stale:
    try:
        Expected(frozenset({1})).check(3, changed={"display_name": "another"})
    except errors.Stale as error:
        return error
    raise AssertionError


def of_driver(kind: type[OperationalError] | type[IntegrityError] | type[DataError]) -> Exception:
    return kind("SELECT secret", {"value": "secret"}, Exception("secret"))


FAULTS: dict[str, tuple[Exception, int, str]] = {
    "no session": (errors.Unauthenticated(), 401, "unauthenticated"),
    "no right": (errors.Forbidden(), 403, "forbidden"),
    "not there": (errors.NotFound(), 404, "not_found"),
    "contradiction": (errors.Conflict(), 409, "conflict"),
    "in flight": (errors.KeyInFlight(), 409, "idempotency_key_in_flight"),
    "stale": (stale(), 412, "stale"),
    "without revision": (errors.PreconditionRequired(), 428, "precondition_required"),
    "too many": (errors.TooManyRequests(retry_after_s=30), 429, "too_many_requests"),
    "a value no column holds": (of_driver(DataError), 422, "invalid_input"),
    "a rule of the database": (of_driver(IntegrityError), 409, "conflict"),
    "a statement that ran too long": (of_driver(OperationalError), 503, "unavailable"),
    "no connection free": (PoolTimeout("secret"), 503, "unavailable"),
    "our mistake": (RuntimeError("secret"), 500, "internal"),
}
ASK_AGAIN = {"in flight": "2", "too many": "30", "a statement that ran too long": "2", "no connection free": "2"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_refusal_has_its_status_and_code(refusing: Ask, name: str) -> None:
    _, status, code = FAULTS[name]
    answer = refusing("GET", PATH, params={"name": name})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.headers.get("retry-after") == ASK_AGAIN.get(name)
    assert "secret" not in answer.text


def test_a_stale_change_is_told_what_changed(refusing: Ask) -> None:
    told = refusing("GET", PATH, params={"name": "stale"}).json()
    assert (told["revision"], told["changed"]) == (3, {"display_name": "another"})


def test_a_wrong_method_is_told_the_right_ones(ask: Ask) -> None:
    answer = ask("PUT", "/api/v1/session", json={})
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "DELETE, GET, POST"


@pytest.mark.parametrize("path", ["/nothing", "/api/v1/nothing", "/static/nothing.js", "/problems/nothing"])
def test_an_unknown_address_is_a_problem_document_too(ask: Ask, path: str) -> None:
    answer = ask("GET", path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.headers["content-type"] == "application/problem+json"


def test_without_its_database_the_service_says_when_to_come_again(ask_without_database: Ask) -> None:
    answer = ask_without_database("GET", "/api/v1/status", headers={"Cookie": "gridsvc_session=x"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "2"
    assert ask_without_database("GET", "/health").status_code == 200


def test_the_type_of_a_problem_leads_to_its_meaning(ask: Ask) -> None:
    refused = ask("GET", "/api/v1/status").json()
    told = ask("GET", refused["type"]).json()
    assert (told["code"], told["status"]) == ("unauthenticated", 401)
    assert told in ask("GET", "/api/v1/problems").json()["items"]
