"""Checks of the texts and moments that every report from outside declares, and the time it is reckoned by."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from gridsvc.core.errors import Fault

# A moment beyond these is a slip of the pen or of a unit, not a report from the past or a clock that is ahead.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
FURTHEST_AHEAD = timedelta(days=31)

AHEAD_OF_CLOCK = "ahead_of_clock"
# Two clocks never agree; below this nobody needs to be told.
CLOCK_TOLERANCE = timedelta(minutes=5)


def text_faults(place: str, value: str | None, *, limit: int) -> Iterator[Fault]:
    """What is wrong with a text of at most `limit` characters: too long, or characters no database can store."""
    if value is None:
        return
    if len(value) > limit:
        yield Fault(place, "too_long", f"At most {limit} characters are allowed.")
    if not is_storable(value):
        yield Fault(place, "bad_character", "The text contains a character that cannot be stored.")


def is_storable(value: str) -> bool:
    """Whether the text has neither a NUL nor a lone surrogate, the two that PostgreSQL's UTF-8 refuses."""
    if value.isascii():
        return "\x00" not in value
    return "\x00" not in value and not any("\ud800" <= character <= "\udfff" for character in value)


def shortened(value: str, most: int) -> str:
    """The text, or its first `most` characters with a sign that there were more."""
    return value if len(value) <= most else f"{value[:most]}…"


def moment_faults(place: str, value: datetime | None, *, now: datetime) -> Iterator[Fault]:
    """What is wrong with a declared moment: no zone, or so far off `now` that it must be a mistake."""
    if value is None:
        return
    if value.tzinfo is None or value.utcoffset() is None:
        yield Fault(place, "naive_time", "The time has no zone; say which one is meant.")
    elif not EARLIEST <= value <= now + FURTHEST_AHEAD:
        yield Fault(place, "impossible_time", "The time lies before 2000 or more than 31 days ahead.")


def reckoned_time(declared: datetime | None, received: datetime) -> tuple[datetime, list[str]]:
    """When it happened as far as can be told, with flags: nothing happens after it was received.

    A clock that runs ahead makes the server's time count; the declared time is kept beside it and, from five minutes
    on, the row is flagged. A report from a phone with a wrong clock is not refused: nothing is lost.
    """
    if declared is None:
        return received, []
    return min(declared, received), [AHEAD_OF_CLOCK] if declared > received + CLOCK_TOLERANCE else []
