"""Faults of fields bear codes of our own, whatever the library that finds them calls them."""

from datetime import datetime
from typing import Literal

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core._pydantic_core import list_all_errors

from gridsvc.api import problems, validation
from gridsvc.api.fault_codes import MEANINGS

KINDS = sorted(each["type"] for each in list_all_errors())


def test_every_kind_that_the_library_knows_has_a_published_code() -> None:
    assert {code for code in map(validation.code_of, KINDS) if code not in MEANINGS} == set()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("missing", "missing"),
        ("string_too_long", "too_long"),
        ("too_long", "too_many"),
        ("greater_than_equal", "out_of_range"),
        ("literal_error", "not_one_of"),
        ("timezone_aware", "no_zone"),
        ("datetime_from_date_parsing", "not_a_moment"),
        ("date_parsing", "not_a_day"),
        ("uuid_parsing", "not_an_id"),
        ("string_type", "wrong_type"),
        ("value_error", "not_allowed"),
        ("of_a_later_version", "not_allowed"),
    ],
)
def test_a_kind_has_the_code_that_says_what_to_mend(kind: str, code: str) -> None:
    assert validation.code_of(kind) == code


class Sent(BaseModel):
    """A body with a field of each sort."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=3)
    kind: Literal["door", "grid"]
    at: datetime
    count: int = Field(ge=1)
    needed: str


def test_a_refusal_bears_them() -> None:
    app = FastAPI()
    problems.install(app)

    @app.post("/")
    def take(sent: Sent) -> None:
        pass

    body = {"name": "too long", "kind": "street", "at": "soon", "count": 0, "more": 1}
    faults = TestClient(app).post("/", json=body).json()["faults"]
    assert {fault["place"]: fault["code"] for fault in faults} == {
        "body.name": "too_long",
        "body.kind": "not_one_of",
        "body.at": "not_a_moment",
        "body.count": "out_of_range",
        "body.needed": "missing",
        "body.more": "unknown_field",
    }
