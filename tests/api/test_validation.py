"""Faults of fields bear codes of our own, whatever the library that finds them calls them."""

import pytest
from pydantic_core._pydantic_core import list_all_errors

from gridsvc.api import validation
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
