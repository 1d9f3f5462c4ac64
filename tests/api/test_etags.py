"""Who changes something says which revision they saw; whoever saw an older one overwrites nothing."""

import pytest
from starlette.requests import Request

from gridsvc.api.etags import expected, is_known, tag_of
from gridsvc.core.errors import InvalidInput, PreconditionRequired, Stale


def test_the_revision_that_was_read_may_be_changed() -> None:
    expected(tag_of(7)).check(7)


def test_one_of_several_is_enough() -> None:
    expected('"5", "7"').check(7)


def test_a_star_overwrites_knowingly() -> None:
    expected("*").check(99)


def test_an_older_revision_is_refused_with_what_changed() -> None:
    with pytest.raises(Stale) as refusal:
        expected('"6"').check(7, changed={"display_name": "new"})
    assert refusal.value.details == {"revision": 7, "changed": {"display_name": "new"}}


@pytest.mark.parametrize("given", ['W/"7"', '"other"', '""', '"99999999999999999999"'])
def test_a_tag_that_names_no_such_revision_is_stale(given: str) -> None:
    with pytest.raises(Stale):
        expected(given).check(7)


def test_without_a_tag_nothing_is_changed() -> None:
    with pytest.raises(PreconditionRequired):
        expected(None)


@pytest.mark.parametrize("given", ["7", '"7', '"7""8"', "", '"a b"', "* , *"])
def test_what_is_no_tag_is_said_to_be_none(given: str) -> None:
    with pytest.raises(InvalidInput):
        expected(given)


@pytest.mark.parametrize(
    ("given", "known"), [('"7"', True), ('W/"7"', True), ('"5", "7"', True), ("*", True), ('"8"', False), ("", False)]
)
def test_a_state_one_has_is_not_sent_again(given: str, known: bool) -> None:
    request = Request({"type": "http", "headers": [(b"if-none-match", given.encode())]})
    assert is_known(request, '"7"') is known
