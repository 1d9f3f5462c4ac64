"""When the next visit is due: reckoned from the last one that counted, the norm, the calendar and the pauses."""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from gridsvc.patrols.workdays import WorkDays

Target = Literal["care", "grid", "door"]
TARGETS: tuple[Target, ...] = ("care", "grid", "door")
Unit = Literal["day", "week", "month"]
# Grids and doors are not told apart by class: their norm stands under this key.
ALL = "all"


@dataclass(frozen=True)
class Norm:
    """How often: `every` units, with days of grace; `kinds` are those that count, all when empty."""

    target: Target
    class_key: str
    every: int
    unit: Unit
    grace_days: int = 0
    on_working_days: bool = True
    after_change_h: int | None = None
    level: str | None = None
    kinds: tuple[str, ...] = ()
    is_example: bool = False


class Span(NamedTuple):
    """A time from a moment to another, without end when `end` is None."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Reckoning:
    """What due times are reckoned with: the working calendar, and the zone in which a day runs."""

    days: WorkDays
    zone: ZoneInfo

    def due_day(self, anchor: date, norm: Norm) -> date:
        """The last day on which a visit after one on `anchor` is in time."""
        day = _later(anchor, norm) + timedelta(days=norm.grace_days)
        return self.days.next_working(day) if norm.on_working_days else day

    def due_at(self, anchor: datetime, norm: Norm, pauses: Sequence[Span] = ()) -> datetime:
        """The moment after which it is overdue: the end of the due day, later by what of the time was a pause."""
        day = self.due_day(anchor.astimezone(self.zone).date(), norm)
        due = end_of_day(day, self.zone)
        for pause in _apart(pauses):
            due += _overlap(pause, Span(anchor, due))
        return due

    def began_at(self, at: datetime, norm: Norm) -> datetime:
        """When the cycle of a norm began that ends at a moment: what was visited since then is not due."""
        day = at.astimezone(self.zone).date()
        before = _later(day, replace(norm, every=-norm.every)) - timedelta(days=norm.grace_days)
        return end_of_day(before, self.zone)

    def remembering(self, norm: Norm) -> Callable[[datetime], datetime]:
        """`due_at` without pauses for many anchors: each day is reckoned once."""
        known: dict[date, datetime] = {}

        def due(anchor: datetime) -> datetime:
            day = anchor.astimezone(self.zone).date()
            if day not in known:
                known[day] = self.due_at(anchor, norm)
            return known[day]

        return due


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The midnight with which a day of the city ends."""
    return datetime.combine(day + timedelta(days=1), time.min, zone)


def _later(day: date, norm: Norm) -> date:
    if norm.unit == "month":
        return _months_later(day, norm.every)
    return day + timedelta(days=norm.every * (7 if norm.unit == "week" else 1))


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _apart(pauses: Sequence[Span]) -> list[Span]:
    """The pauses in their order, those that meet made into one: nothing is paused twice at a time."""
    found: list[Span] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < pause.start):
            found.append(pause)
        elif last.end is not None and (pause.end is None or pause.end > last.end):
            found[-1] = Span(last.start, pause.end)
    return found


def _overlap(pause: Span, span: Span) -> timedelta:
    """How long a pause covers a time that ends late; a pause without end moves the end a year ahead and on."""
    if span.end is None or pause.start >= span.end:
        return timedelta()
    end = pause.end if pause.end is not None else span.end + timedelta(days=366)
    return max(end - max(pause.start, span.start), timedelta())
