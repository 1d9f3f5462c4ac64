"""Cells of a table as people write them: numbers and moments read strictly, so that nothing is guessed."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_MOMENT = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.年])(?P<month>\d{1,2})(?:(?P=mark)|月)(?P<day>\d{1,2})日?"
    r"(?:[T\s]+(?P<hour>\d{1,2})[:时](?P<minute>\d{1,2})(?:[:分](?P<second>\d{1,2})(?:\.(?P<fraction>\d{1,6}))?)?[分秒]?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


def number_of(cell: str) -> float | None:
    """The number in a cell with a decimal point, or None for an empty cell. Raises ValueError for anything else."""
    text = cell.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not a number.")
    return float(text)


def moment_of(cell: str, zone: tzinfo) -> datetime | None:
    """The moment in a cell, year first, or None for an empty cell; without a zone of its own it is in `zone`.

    A date alone means its midnight. Raises ValueError for another order, for a moment that does not exist and for one
    that `zone` skips when its clocks change; of an hour that comes twice the first is meant.
    """
    text = cell.strip()
    if not text:
        return None
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is not a time; write it as 2026-03-01 08:30 or 2026-03-01T08:30:00+08:00.")
    parts = [int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
    microsecond = int((match["fraction"] or "0").ljust(6, "0"))
    own = _zone_of(match["zone"])
    moment = datetime(*parts, microsecond, tzinfo=own or zone)  # type: ignore[misc,arg-type]  # six whole numbers
    if own is None and moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValueError(f"{text[:40]!r} was skipped when the clocks changed.")
    return moment


def _zone_of(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
