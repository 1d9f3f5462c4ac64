"""Moments as people type them behind an option."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

# What the options say of themselves.
AS_OF = "A moment with its zone, or a day, which begins at midnight in the city; now when left out."
FROM = "When it begins: a moment with its zone, or a day; now when left out."
UNTIL = "When it ends: a moment with its zone, or a day; open when left out."


def meant(text: str | None) -> datetime | None:
    """The moment that is meant, in the city of this machine's settings; None without a text."""
    from gridsvc.infra.settings import get_settings

    return None if text is None else moment_of(text, get_settings().city_timezone)


def moment_of(text: str | None, city_timezone: str) -> datetime:
    """The moment that is meant: with a zone, or a day, which begins at midnight in the city; now without a text."""
    from gridsvc.core.errors import InvalidInput

    if text is None:
        return datetime.now(UTC)
    try:
        if len(text) == len("2026-01-01"):
            return datetime.combine(date.fromisoformat(text), time(), tzinfo=ZoneInfo(city_timezone))
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no moment; write 2026-01-01 or 2026-01-01T08:00:00+08:00.") from error
    if moment.tzinfo is None:
        raise InvalidInput(f"{text!r} has no zone; write 2026-01-01T08:00:00+08:00.")
    return moment
