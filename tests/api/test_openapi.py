"""The description of the API is complete, its examples fit, and what is committed of it is current."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from referencing import Registry, Resource

from gridsvc.api.contract import contract
from gridsvc.api.openapi import operations
from gridsvc.api.public import OPEN_OPERATIONS

DOCS = Path(__file__).parents[2] / "docs"
JSON_LIKE = ("application/json", "application/geo+json", "application/problem+json")

# What a phone keeps is no list: its cursor says what the phone has.
NO_LISTS = frozenset({"GET /api/v1/sync"})

# Creates whose answer is a secret shown once: it must not be kept to be given again.
SECRET_ANSWERS = frozenset({"POST /api/v1/tokens", "POST /api/v1/accounts", "POST /api/v1/accounts/import"})


@cache
def description() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(contract())
    return made


OPERATIONS = dict(operations(description()))


@cache
def registry() -> Registry[Any]:
    whole: Resource[Any] = Resource.from_contents(
        description() | {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    )
    made: Registry[Any] = Registry().with_resource("urn:api", whole)
    return made


def misfits(value: Any, schema: dict[str, Any]) -> list[str]:
    """What is wrong with an example, by place."""
    absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:api#/'))
    found = Draft202012Validator(absolute, registry=registry()).iter_errors(value)
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_described(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", operation["operationId"])
    assert {"4XX", "5XX"} <= operation["responses"].keys()
    assert any(status.startswith(("2", "3")) for status in operation["responses"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_who_may_call_it(name: str) -> None:
    schemes = {scheme for alternative in OPERATIONS[name]["security"] for scheme in alternative}
    assert schemes == (set() if name in OPEN_OPERATIONS else {"session", "token"})


def test_the_list_of_what_is_open_names_nothing_that_is_gone() -> None:
    assert set(OPERATIONS) >= OPEN_OPERATIONS


@pytest.mark.parametrize("name", OPERATIONS)
def test_bodies_and_answers_have_examples_that_fit(name: str) -> None:
    operation = OPERATIONS[name]
    holders = [operation.get("requestBody", {}), *operation["responses"].values()]
    for holder in holders:
        for media_type, content in holder.get("content", {}).items():
            if media_type not in JSON_LIKE:
                continue
            assert "schema" in content, media_type
            examples = [content["example"]] if "example" in content else []
            examples += [named["value"] for named in content.get("examples", {}).values()]
            assert examples, media_type
            for example in examples:
                assert misfits(example, content["schema"]) == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_parameters_that_are_needed_have_examples(name: str) -> None:
    for parameter in OPERATIONS[name].get("parameters", ()):
        if parameter["required"]:
            assert "example" in parameter or parameter["schema"].get("examples"), parameter["name"]


def test_refusals_have_examples_that_fit() -> None:
    for answer in description()["components"]["responses"].values():
        content = answer["content"]["application/problem+json"]
        assert misfits(content["example"], content["schema"]) == []


def test_no_two_operations_share_a_name() -> None:
    counted = Counter(operation["operationId"] for operation in OPERATIONS.values())
    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name.startswith("POST ")])
def test_what_creates_may_be_sent_twice(name: str) -> None:
    operation = OPERATIONS[name]
    takes_key = any(parameter["name"] == "Idempotency-Key" for parameter in operation.get("parameters", ()))
    assert takes_key == ("201" in operation["responses"] and name not in SECRET_ANSWERS) or (
        takes_key and "201" not in operation["responses"]
    )


def test_the_page_names_the_creates_without_a_key_and_the_edits_without_a_revision() -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    edits = {
        name.replace("/api/v1", "")
        for name, operation in OPERATIONS.items()
        if name.startswith(("PUT ", "PATCH "))
        and all(parameter["name"] != "If-Match" for parameter in operation.get("parameters", ()))
    }
    assert set(re.findall(r"^\| `(P[A-Z]+ [^`]+)` \|", page, re.MULTILINE)) == edits
    keyless = re.search(r"Every create takes `Idempotency-Key`,.*?:(.*?)\.", page, re.DOTALL)
    assert keyless is not None
    named = set(re.findall(r"`(POST [^`]+)`", keyless[1]))
    assert named == {name.replace("/api/v1", "") for name in SECRET_ANSWERS}


@pytest.mark.parametrize("name", OPERATIONS)
def test_lists_are_paged_alike(name: str) -> None:
    parameters = {parameter["name"]: parameter for parameter in OPERATIONS[name].get("parameters", ())}
    if "cursor" not in parameters or name in NO_LISTS:
        return
    assert parameters["limit"]["schema"]["maximum"] == 200
    assert parameters["limit"]["schema"]["default"] == 50
    answer = OPERATIONS[name]["responses"]["200"]["content"]["application/json"]["example"]
    assert {"items", "next_cursor"} <= answer.keys()


def test_the_committed_description_is_current() -> None:
    assert (DOCS / "openapi.json").read_text(encoding="utf-8") == contract(), "run scripts/openapi"


def test_the_changelog_knows_every_operation() -> None:
    known: set[str] = set()
    text = (DOCS / "api-changelog.md").read_text(encoding="utf-8")
    for heading, body in reversed(re.findall(r"^### (Added|Changed|Removed)\n(.*?)(?=^#|\Z)", text, re.M | re.S)):
        named = set(re.findall(r"`((?:GET|POST|PUT|PATCH|DELETE) /\S*)`", body))
        known = known - named if heading == "Removed" else known | named if heading == "Added" else known
    assert sorted(OPERATIONS.keys() - known) == [], "not under Added"
    assert sorted(known - OPERATIONS.keys()) == [], "not under Removed"
