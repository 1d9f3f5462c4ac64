"""The API keeps to its own description, whatever it is sent."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="session")
def api_schema(live_server: str, dispatcher: httpx.Client) -> schemathesis.BaseSchema:
    """The description as the running service gives it. The stream of news never ends, so it is tested by hand."""
    schema = schemathesis.openapi.from_url(f"{live_server}/openapi.json")
    return schema.exclude(path="/api/v1/live").exclude(path="/api/v1/session")


schema = schemathesis.pytest.from_fixture("api_schema")


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_input_breaks_it(case: schemathesis.Case, dispatcher: httpx.Client, worker: httpx.Client) -> None:
    who = worker if case.path.startswith(("/api/v1/me", "/api/v1/visits")) else dispatcher
    case.call_and_validate(headers={"X-Gridsvc": "test"}, cookies=dict(who.cookies), checks=CHECKS)
