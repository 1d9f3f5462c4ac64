"""What is wrong with one field, by codes of our own: those of the validating library may change with the library."""

import re

OTHERWISE = "not_allowed"

# The first that fits.
RULES = [
    (re.compile(pattern), code)
    for pattern, code in (
        (r"missing.*", "missing"),
        (r"extra_forbidden|unexpected_.*", "unknown_field"),
        (r"(string|bytes)_too_long", "too_long"),
        (r"(string|bytes)_too_short", "too_short"),
        (r"too_long", "too_many"),
        (r"too_short", "too_few"),
        (r"(greater|less)_than.*|multiple_of|int_parsing_size", "out_of_range"),
        (r"enum|literal_error|union_tag_.*", "not_one_of"),
        (r"string_pattern_mismatch", "wrong_form"),
        (r"timezone_.*", "no_zone"),
        (r"(datetime|time)_.*", "not_a_moment"),
        (r"date_.*", "not_a_day"),
        (r"uuid_.*", "not_an_id"),
        (r"(int|float|decimal|finite)_.*", "not_a_number"),
        (r".*_type", "wrong_type"),
    )
]


def code_of(kind: str) -> str:
    """The published code for a kind of fault of the validating library."""
    return next((code for pattern, code in RULES if pattern.fullmatch(kind)), OTHERWISE)
