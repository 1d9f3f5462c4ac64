"""Declared texts and moments: what is refused, and which time is reckoned by."""

from datetime import UTC, datetime, timedelta

import pytest

from gridsvc.core.fields import is_storable, moment_faults, reckoned_time, text_faults

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "fits"), [("井盖", True), ("a\nb", True), ("a\x00", False), ("井\x00", False), ("\udc80", False)]
)
def test_only_what_a_database_can_keep_is_storable(text: str, fits: bool) -> None:
    assert is_storable(text) == fits


def test_texts_are_bounded_and_nothing_is_no_fault() -> None:
    assert list(text_faults("note", None, limit=3)) == []
    assert list(text_faults("note", "四个字符"[:3], limit=3)) == []
    assert [fault.code for fault in text_faults("note", "ab\x00c", limit=3)] == ["too_long", "bad_character"]


@pytest.mark.parametrize(
    ("moment", "codes"),
    [
        (None, []),
        (NOW, []),
        (NOW + timedelta(days=30), []),
        (NOW + timedelta(days=32), ["impossible_time"]),
        (datetime(1999, 12, 31, tzinfo=UTC), ["impossible_time"]),
        (datetime(2026, 1, 1), ["naive_time"]),  # noqa: DTZ001 - the point of it
    ],
)
def test_moments_need_a_zone_and_must_be_possible(moment: datetime | None, codes: list[str]) -> None:
    assert [fault.code for fault in moment_faults("when", moment, now=NOW)] == codes


def test_nothing_happens_after_it_was_received() -> None:
    assert reckoned_time(None, NOW) == (NOW, [])
    assert reckoned_time(NOW - timedelta(days=3), NOW) == (NOW - timedelta(days=3), [])
    assert reckoned_time(NOW + timedelta(minutes=4), NOW) == (NOW, [])
    assert reckoned_time(NOW + timedelta(minutes=6), NOW) == (NOW, ["ahead_of_clock"])
