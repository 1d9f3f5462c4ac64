"""Bodies that are ambiguous, endless or cannot be stored are refused before anything looks at them."""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from gridsvc.api.app import ROUTERS
from gridsvc.api.body import DEEPEST_NESTING, MalformedBody, StrictRoute, parse
from gridsvc.api.limits import LARGEST_BODY, LARGEST_UPLOAD, largest_body

REFUSED = {
    "not JSON": b"{",
    "not a number": b'{"x": NaN}',
    "infinity": b'{"x": -Infinity}',
    "overflowing number": b'{"x": 1e999}',
    "endless integer": b'{"x": ' + b"9" * 400 + b"}",
    "integer beyond the database's": b'{"x": 9223372036854775808}',
    "negative integer beyond the database's": b'{"x": -9223372036854775809}',
    "key twice": b'{"x": 1, "x": 2}',
    "NUL": b'{"x": "a\\u0000b"}',
    "NUL in a key": b'{"a\\u0000b": 1}',
    "half a character": b'{"x": "\\ud800"}',
    "not UTF-8": b'{"x": "\xff"}',
    "nested one too deep": b"[" * (DEEPEST_NESTING + 1) + b"]" * (DEEPEST_NESTING + 1),
    "nested too deep": b"[" * 1000 + b"]" * 1000,
    "nested far too deep": b"[" * 100_000,
    "escaped quotes without end": b'\\"' * 500_000,
    "a quote left open": b'{"x": "' + b"[" * 100_000,
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED.keys())
def test_a_hostile_body_is_refused_without_being_quoted(body: bytes) -> None:
    with pytest.raises(MalformedBody) as refusal:
        parse(body)
    assert refusal.value.status_code == 400
    assert body[:30].decode("utf-8", "replace") not in refusal.value.detail


def test_an_ordinary_body_is_read_as_it_is() -> None:
    assert parse('{"说明": "a [ \\" {", "x": 117.25, "n": [1, -2, null, true]}'.encode()) == {
        "说明": 'a [ " {',
        "x": 117.25,
        "n": [1, -2, None, True],
    }


def test_brackets_in_texts_do_not_count_as_nesting() -> None:
    text = "[" * (DEEPEST_NESTING + 5)
    assert parse(f'{{"x": "{text}"}}'.encode()) == {"x": text}


def test_the_largest_integers_of_the_database_are_read() -> None:
    assert parse(b"[9223372036854775807, -9223372036854775808]") == [2**63 - 1, -(2**63)]


ROUTES = [route for module in ROUTERS for route in module.router.routes if isinstance(route, APIRoute)]
WORDS = ("import", "imports", "photos", "grids", "accounts", "people")


def addresses(route: APIRoute) -> Iterator[tuple[str, str]]:
    """Each method and address of a route, its parameters being words that stand in the addresses of uploads."""
    for method in sorted(route.methods or ()):
        for word in WORDS:
            yield method, re.sub(r"\{[^}]*\}", word, route.path)


def takes_a_file(route: APIRoute) -> bool:
    kinds = (route.openapi_extra or {}).get("requestBody", {}).get("content", {})
    return any(not kind.startswith("application/json") for kind in kinds)


def test_a_file_may_be_larger_than_a_body() -> None:
    files = {address for route in ROUTES if takes_a_file(route) for address in addresses(route)}
    assert ("POST", "/api/v1/imports/grids") in files
    assert {largest_body(*address) > LARGEST_UPLOAD for address in files} == {True}
    for route in ROUTES:
        if not takes_a_file(route):
            assert {largest_body(*address) for address in addresses(route)} == {LARGEST_BODY}, route.path


def test_every_route_with_a_body_reads_it_strictly() -> None:
    with_body = [route for route in ROUTES if route.body_field is not None]
    assert with_body
    assert [route.path for route in with_body if not isinstance(route, StrictRoute)] == []
