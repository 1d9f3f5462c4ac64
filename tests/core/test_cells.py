"""Cells of tables: what is a number and what is a moment, and that nothing is guessed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gridsvc.core.cells import moment_of, number_of

CITY = ZoneInfo("Asia/Shanghai")
HALF_PAST_EIGHT = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("117.38", 117.38), (" -1 ", -1.0), ("+.5", 0.5), ("3.", 3.0), ("1e3", 1000.0), ("", None), ("  ", None)],
)
def test_a_number_is_read_as_it_stands(cell: str, number: float | None) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize("cell", ["nan", "inf", "1_000", "117,38", "１１７", "117°", "0x10", "1 2", "东经117"])
def test_what_only_resembles_a_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        number_of(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-01 08:30",
        "2026-03-01T08:30:00",
        "2026/3/1 8:30",
        "2026.3.1 8:30:00.000",
        "2026年3月1日 8时30分",
        "2026-03-01T00:30:00Z",
        "2026-03-01T00:30:00+00:00",
        "2026-02-28 19:30 -0500",
    ],
)
def test_one_moment_in_many_spellings(cell: str) -> None:
    assert moment_of(cell, CITY) == HALF_PAST_EIGHT


def test_a_date_alone_is_its_midnight_and_an_empty_cell_no_moment() -> None:
    assert moment_of("2026-03-01", CITY) == HALF_PAST_EIGHT - timedelta(hours=8, minutes=30)
    assert moment_of("  ", CITY) is None


@pytest.mark.parametrize(
    "cell", ["01/03/2026", "2026-13-01", "2026-02-30", "46082.35", "yesterday", "2026-03-01 25:00"]
)
def test_what_is_no_moment_or_could_be_two_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment_of(cell, CITY)


def test_a_time_that_the_clocks_skipped_is_refused() -> None:
    with pytest.raises(ValueError, match="skipped"):
        moment_of("2026-03-29 02:30", ZoneInfo("Europe/Berlin"))
