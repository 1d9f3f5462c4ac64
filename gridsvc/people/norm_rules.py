"""Staffing norms as rules with numbers, applied to counted facts: what is measured, what is asked, what falls short.

Pure: facts in, findings out. A zero denominator measures nothing: the finding says so and is no breach.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gridsvc.i18n import text

Rule = Mapping[str, Any]


@dataclass(frozen=True)
class AreaFacts:
    """An area with its posts and grids."""

    code: str
    name: str
    level: int
    grid_codes: tuple[str, ...] = ()
    quota: int = 0
    filled: int = 0
    grids: int = 0
    stations_planned: int = 0
    stations_open: int = 0


@dataclass(frozen=True)
class StationFacts:
    """A station that is open: posts authorised and filled by kind, units around it by kind, supervised hours."""

    code: str
    name: str
    area_code: str
    quota: Mapping[str, int] = field(default_factory=dict)
    filled: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    supervised_h: float | None = None
    month: str = ""


@dataclass(frozen=True)
class WorkerFacts:
    """A worker who serves: the grids held as main and their households, and how many functions beside the main one."""

    number: str
    name: str
    area_code: str
    grid_codes: tuple[str, ...] = ()
    households: int | None = None
    second_functions: int = 0


@dataclass(frozen=True)
class Facts:
    """Everything that rules are applied to, at one moment."""

    areas: Sequence[AreaFacts] = ()
    stations: Sequence[StationFacts] = ()
    workers: Sequence[WorkerFacts] = ()


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was measured (None: nothing to measure), what is asked, and whether it falls short.

    `numbers` fill the sentences; `grid_codes` are what the map shows of it.
    """

    kind: str
    area_code: str
    measured: float | None
    least: float | None
    most: float | None
    numbers: Mapping[str, object]
    grid_codes: tuple[str, ...] = ()
    station_code: str | None = None
    worker_number: str | None = None

    @property
    def is_breach(self) -> bool:
        """Whether what was measured lies outside of what is asked."""
        if self.measured is None:
            return False
        return (self.least is not None and self.measured < self.least) or (
            self.most is not None and self.measured > self.most
        )

    def sentence(self, locale: str) -> str:
        """What falls short in words, with its numbers; empty when nothing does."""
        if not self.is_breach or self.measured is None:
            return ""
        is_low = self.least is not None and self.measured < self.least
        return text(locale, f"norm.{self.kind}.{'low' if is_low else 'high'}", **self.numbers)


def apply(rule: Rule, facts: Facts) -> list[Finding]:
    """What a rule finds; an unknown kind of rule is refused where profiles are stored, not here."""
    return list(KINDS[rule["kind"]](rule, facts))


def number_words(value: float | None) -> str:
    """A number as people write it: whole without decimals, else at most three."""
    if value is None:
        return "—"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3f}".rstrip("0")


def _posts_per_grid(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Posts of an area over its grids; `measure` says whether authorised or filled posts count."""
    measure = rule.get("measure", "quota")
    for area in _at_levels(rule, facts):
        posts = area.quota if measure == "quota" else area.filled
        ratio = posts / area.grids if area.grids else None
        yield _finding(
            rule, area.code, ratio, area.grid_codes, area=area.name, posts=posts, grids=area.grids, ratio=ratio
        )


def _households_per_worker(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Households in the grids of a main worker; who holds none is not looked at."""
    for worker in facts.workers:
        if worker.grid_codes:
            yield _finding(
                rule,
                worker.area_code,
                worker.households,
                worker.grid_codes,
                worker=worker.number,
                name=worker.name,
                grids=len(worker.grid_codes),
                households=worker.households,
            )


def _second_function(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Functions that a worker has claimed beside the main one."""
    for worker in facts.workers:
        yield _finding(
            rule,
            worker.area_code,
            worker.second_functions,
            worker.grid_codes,
            worker=worker.number,
            name=worker.name,
            functions=worker.second_functions,
        )


def _posts_per_station(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """People on the posts of a station."""
    for station in facts.stations:
        counted = station.filled if rule.get("measure", "filled") == "filled" else station.quota
        posts = sum(counted.values())
        yield _finding(rule, station.area_code, posts, station=station.code, name=station.name, posts=posts)


def _station_posts_by_village(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Posts of a station against so many clerical ones and so many service posts for each village around it."""
    for station in facts.stations:
        villages = sum(station.units.get(kind, 0) for kind in rule.get("counted", ()))
        clerical, service = (station.quota.get(kind, 0) for kind in ("clerical", "service"))
        asked_service = -int(-villages * rule["service_per_village"] // 1)
        asked = rule["clerical_min"] + asked_service
        # Too many of one kind do not make up for too few of the other.
        posts = min(clerical, rule["clerical_min"]) + min(service, asked_service)
        yield _finding(
            dict(rule, min=asked),
            station.area_code,
            posts if villages else None,
            station=station.code,
            name=station.name,
            clerical=clerical,
            service=service,
            villages=villages,
            clerical_min=rule["clerical_min"],
            service_min=asked_service,
        )


def _supervision_hours(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Hours of supervision of a station in the last whole month in which it was open all the time."""
    for station in facts.stations:
        yield _finding(
            rule,
            station.area_code,
            station.supervised_h,
            station=station.code,
            name=station.name,
            hours=station.supervised_h,
            month=station.month,
        )


def _stations_open(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Stations that are open over all that are planned or open."""
    for area in _at_levels(rule, facts):
        planned, opened = area.stations_planned, area.stations_open
        share = opened / planned if planned else None
        percent = None if share is None else round(share * 100, 1)
        yield _finding(
            rule,
            area.code,
            share,
            area.grid_codes,
            area=area.name,
            planned=planned,
            open=opened,
            missing=planned - opened,
            percent=percent,
        )


KINDS: Mapping[str, Callable[[Rule, Facts], Iterator[Finding]]] = {
    "posts_per_grid": _posts_per_grid,
    "households_per_worker": _households_per_worker,
    "second_function": _second_function,
    "posts_per_station": _posts_per_station,
    "station_posts_by_village": _station_posts_by_village,
    "supervision_hours": _supervision_hours,
    "stations_open": _stations_open,
}
# The numbers that each kind of rule needs.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "posts_per_grid": ("min",),
    "households_per_worker": ("max",),
    "second_function": ("min",),
    "posts_per_station": ("min", "max"),
    "station_posts_by_village": ("clerical_min", "service_per_village"),
    "supervision_hours": ("min",),
    "stations_open": ("min",),
}


def _at_levels(rule: Rule, facts: Facts) -> Iterator[AreaFacts]:
    levels = rule.get("levels", (5,))
    return (area for area in facts.areas if area.level in levels)


def _finding(
    rule: Rule,
    area_code: str,
    measured: float | None,
    grid_codes: tuple[str, ...] = (),
    *,
    station: str | None = None,
    worker: str | None = None,
    **numbers: object,
) -> Finding:
    least, most = rule.get("min"), rule.get("max")
    values = {"min": least, "max": most} | numbers
    words = {
        name: number_words(value) if isinstance(value, int | float) or value is None else value
        for name, value in values.items()
    }
    return Finding(rule["kind"], area_code, measured, least, most, words, grid_codes, station, worker)
