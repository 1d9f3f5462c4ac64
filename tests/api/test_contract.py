"""The API keeps to its own description, whatever it is sent."""

import contextlib
from typing import Any, TypeAlias

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.result import Ok

Operation: TypeAlias = "schemathesis.APIOperation[Any, Any, Any, Any]"

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

# The stream of news never ends; logging in would end the session that the others use.
LEFT_OUT = {"/api/v1/live", "/api/v1/session"}
OF_WORKERS = ("/api/v1/me", "/api/v1/visits")


# A few tries of every operation; `scripts/faults input` makes many more.
@pytest.mark.timeout(400)
def test_no_input_breaks_it(
    live_server: str, dispatcher: httpx.Client, worker: httpx.Client, pytestconfig: pytest.Config
) -> None:
    schema = schemathesis.openapi.from_url(f"{live_server}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    asked = [operation for operation in operations if operation.path not in LEFT_OUT]
    assert len(asked) >= 20
    for operation in asked:
        who = worker if operation.path.startswith(OF_WORKERS) else dispatcher
        for mode, few in ((GenerationMode.POSITIVE, 2), (GenerationMode.NEGATIVE, 1)):
            fuzz(operation, mode, who, examples=200 if pytestconfig.getoption("--full") else few)


def fuzz(operation: Operation, mode: GenerationMode, who: httpx.Client, *, examples: int) -> None:
    """Send what the description allows, or what it does not; each answer must be one that it promises."""

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    def send(case: "schemathesis.Case[Any]") -> None:
        case.call_and_validate(headers={"X-Gridsvc": "test"}, cookies=dict(who.cookies), checks=CHECKS)

    with contextlib.suppress(Unsatisfiable):  # some operations take nothing that could be wrong
        send()
