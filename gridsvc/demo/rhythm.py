"""When things happen in the demo city: the rhythm of the year, of the week and of the day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from gridsvc.demo.ground import Floats, Ints

SECONDS_A_DAY = 86_400
# How busy each weekday is, Monday first.
REPORT_WEEK = (1.16, 1.08, 1.05, 1.02, 1.04, 0.82, 0.70)
WORK_WEEK = (1.15, 1.15, 1.12, 1.12, 1.10, 0.45, 0.30)
# How busy each hour of a day is.
REPORT_DAY = (3, 2, 1, 1, 1, 3, 8, 18, 34, 42, 40, 30, 20, 22, 34, 38, 36, 32, 26, 24, 20, 15, 9, 5)
STREET_DAY = (2, 1, 1, 1, 2, 6, 14, 24, 30, 30, 26, 22, 20, 20, 24, 28, 30, 34, 34, 30, 22, 12, 6, 3)
NIGHT_DAY = (16, 10, 6, 4, 3, 4, 8, 10, 12, 12, 10, 12, 16, 14, 10, 10, 12, 16, 20, 26, 34, 42, 40, 28)
WORK_DAY = (0, 0, 0, 0, 0, 0, 0, 3, 22, 40, 38, 18, 3, 8, 30, 40, 36, 22, 12, 9, 3, 0, 0, 0)


@dataclass(frozen=True)
class Calendar:
    """A run of whole days that ends with the day beginning at `today`, a midnight in the city's time zone."""

    today: datetime
    days: int

    @property
    def first(self) -> datetime:
        """The midnight with which the run begins. The city's days are taken as 24 hours each."""
        return self.today - timedelta(days=self.days - 1)

    def moments(self, seconds: Ints) -> list[datetime]:
        """Seconds since the first midnight as moments."""
        first = self.first
        return [first + timedelta(seconds=second) for second in seconds.tolist()]

    def seconds_at(self, moment: datetime) -> float:
        """A moment as seconds since the first midnight."""
        return (moment - self.first).total_seconds()

    def weekday(self) -> Ints:
        """The weekday of each day, Monday 0."""
        return (self.first.weekday() + np.arange(self.days)) % 7

    def season(self, peak_month: float, strength: float) -> Floats:
        """A yearly wave around 1 with its top in the middle of `peak_month` (1 to 12)."""
        of_year = np.array([(self.first + timedelta(days=day)).timetuple().tm_yday for day in range(self.days)])
        turn = 2 * np.pi * (of_year - (peak_month - 0.5) * 30.44) / 365.25
        return np.asarray(1 + strength * np.cos(turn))


def day_weights(calendar: Calendar, week: tuple[float, ...], rng: np.random.Generator) -> Floats:
    """How much happens on each day: the week's rhythm, and some days that are busier than others for no reason."""
    return np.asarray(np.array(week)[calendar.weekday()] * rng.lognormal(0, 0.10, calendar.days))


def draw_seconds(day: Ints, hours: tuple[int, ...], rng: np.random.Generator) -> Ints:
    """A time on each of these days, as seconds since the calendar's first midnight."""
    share = np.array(hours, dtype=np.float64)
    hour = rng.choice(24, len(day), p=share / share.sum())
    return np.asarray(day * SECONDS_A_DAY + hour * 3600 + rng.integers(0, 3600, len(day)), dtype=np.int64)
