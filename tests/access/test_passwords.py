"""What a good password is, and those that are given for one use."""

import re

import pytest

from gridsvc.access import passwords
from gridsvc.core.errors import WeakPassword


@pytest.mark.parametrize("good", ["four plain words here", "correct-horse", "一二三四五六七八九十"])
def test_length_is_what_counts_and_no_kind_of_sign_is_asked_for(good: str) -> None:
    passwords.check(good, "wang")


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("short", "too_short"),
        ("x" * 257, "too_long"),
        ("Wang.Example", "is_username"),
        ("elpmaxe.gnaw", "is_username"),
        ("aaaaaaaaaaaa", "one_sign"),
        ("Password123", "common"),
        ("woaini1314520", "common"),
    ],
)
def test_a_bad_password_is_refused_with_its_reason(bad: str, code: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        passwords.check(bad, "wang.example", place="body.new_password")
    assert code in {fault.code for fault in refused.value.faults}
    assert {fault.place for fault in refused.value.faults} == {"body.new_password"}
    assert bad not in refused.value.message


def test_only_the_password_matches_what_was_kept() -> None:
    kept = passwords.hashed("a long password")
    assert passwords.matches("a long password", kept)
    assert not passwords.matches("a long passwore", kept)


def test_a_one_time_password_is_random_readable_and_matches() -> None:
    told = {passwords.one_time() for _ in range(200)}
    assert len(told) == 200
    assert all(re.fullmatch(r"([2-9a-hj-km-np-z]{4}-){2}[2-9a-hj-km-np-z]{4}", each) for each in told)
    one = told.pop()
    kept = passwords.one_time_hashed(one)
    assert passwords.matches(one, kept)
    assert not passwords.matches(told.pop(), kept)


@pytest.mark.parametrize("kept", [None, "", "nothing opens it"])
def test_where_nothing_is_kept_nothing_matches(kept: str | None) -> None:
    assert not passwords.matches("", kept)
    assert not passwords.matches("nothing opens it", kept)
