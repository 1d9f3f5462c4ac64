"""Grid codes: made and checked by their scheme, numbered upward only, never past 999."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.core.codes import (
    LOCAL,
    SCHEMES,
    STANDARD_15,
    CodeScheme,
    check_code,
    format_code,
    next_sequences,
    sequence_of,
)
from gridsvc.core.errors import CodesExhausted, InvalidCode

COMMUNITY = "340302001001"


def test_both_schemes_are_there() -> None:
    assert set(SCHEMES) == {"standard15", "local"}
    assert STANDARD_15.length == 15
    assert STANDARD_15.last_sequence == 999


@given(st.integers(1, 999))
def test_a_code_that_was_made_is_valid_and_gives_its_number_back(sequence: int) -> None:
    code = format_code(STANDARD_15, COMMUNITY, sequence)
    assert code == f"{COMMUNITY}{sequence:03d}"
    assert check_code(STANDARD_15, code, COMMUNITY) == code
    assert sequence_of(STANDARD_15, code) == sequence


def test_past_999_there_are_no_codes() -> None:
    with pytest.raises(CodesExhausted):
        format_code(STANDARD_15, COMMUNITY, 1000)


@pytest.mark.parametrize("sequence", [0, -1])
def test_numbers_begin_at_one(sequence: int) -> None:
    with pytest.raises(InvalidCode):
        format_code(STANDARD_15, COMMUNITY, sequence)


@pytest.mark.parametrize("community", ["340302001000", "340302000000", "34030200100x", ""])
def test_only_communities_have_grids(community: str) -> None:
    with pytest.raises(InvalidCode):
        format_code(STANDARD_15, community, 1)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "34030200100100",
        "3403020010010011",
        "340302001001000",
        "340302001002001",
        "34030200100100A",
        "３４０３０２００１００１００１",
        " 34030200100101",
    ],
)
def test_codes_against_the_15_digit_scheme_are_refused(code: str) -> None:
    with pytest.raises(InvalidCode):
        check_code(STANDARD_15, code, COMMUNITY)


@pytest.mark.parametrize("code", ["7", "蚌山-03", "A 1", "网" * 64, "00012"])
def test_a_local_code_is_any_text(code: str) -> None:
    assert check_code(LOCAL, code, COMMUNITY) == code


@pytest.mark.parametrize("code", ["", "网" * 65, "a\nb", "a\x00", "\u202ea", " a", "a ", "\ud800"])
def test_a_local_code_is_short_and_printable(code: str) -> None:
    with pytest.raises(InvalidCode):
        check_code(LOCAL, code, COMMUNITY)


def test_local_codes_are_not_numbered_here() -> None:
    with pytest.raises(InvalidCode):
        format_code(LOCAL, COMMUNITY, 1)
    assert sequence_of(LOCAL, "7") is None


def test_a_city_may_bring_a_scheme_of_its_own() -> None:
    sixteen = CodeScheme(
        key="city16",
        name_zh="16 位",
        name_en="16 characters",
        segments=(("county", 6), ("street", 4), ("community", 3), ("sequence", 3)),
        charset="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    )
    assert format_code(sixteen, COMMUNITY, 7) == "3403020001001007"
    assert check_code(sixteen, "3403020001001007", COMMUNITY) == "3403020001001007"
    with pytest.raises(InvalidCode):
        format_code(replace(sixteen, segments=(("object", 6), *sixteen.segments)), COMMUNITY, 7)


def test_a_withdrawn_number_is_never_given_again() -> None:
    assert next_sequences([1, 2, 7], 2) == [8, 9]
    assert next_sequences([], 3) == [1, 2, 3]
    assert next_sequences({999}, 0) == []


@given(st.sets(st.integers(1, 999)), st.integers(0, 999))
def test_new_numbers_lie_above_all_used_ones(used: set[int], n: int) -> None:
    if max(used, default=0) + n > 999:
        with pytest.raises(CodesExhausted):
            next_sequences(used, n)
    else:
        given_out = next_sequences(used, n)
        assert len(set(given_out)) == n
        assert all(number > max(used, default=0) for number in given_out)
