"""Which days are working days: the city's own word first, then the national calendar, then plainly the weekdays."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Source = Literal["city", "national", "weekdays"]

LAST_WEEKDAY = 4
# A run of days off longer than this is a mistake in the city's own days, not a holiday.
LONGEST_BREAK = 60


class WorkDays:
    """The working calendar. `own` are the city's days, True where people work.

    The State Council sets the days off of a year late in the year before. What the installed calendar does not know yet
    is reckoned by weekdays alone, and `source` says so.
    """

    def __init__(self, own: Mapping[date, bool] | None = None) -> None:
        self._own = own or {}

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        own = self._own.get(day)
        if own is not None:
            return own
        national = _national(day)
        return day.weekday() <= LAST_WEEKDAY if national is None else national

    def source(self, day: date) -> Source:
        """Who says so: the city, the national calendar, or nothing but the weekday."""
        if day in self._own:
            return "city"
        return "weekdays" if _national(day) is None else "national"

    def next_working(self, day: date) -> date:
        """The day itself if people work on it, else the next on which they do."""
        for ahead in range(LONGEST_BREAK):
            found = day + timedelta(days=ahead)
            if self.is_working(found):
                return found
        return day


@lru_cache(maxsize=4096)
def _national(day: date) -> bool | None:
    """What the installed national calendar says; None where it ends."""
    import chinese_calendar  # type: ignore[import-untyped]  # not needed by an idle service

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
