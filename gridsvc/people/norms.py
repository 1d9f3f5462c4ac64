"""Staffing norms: versioned profiles as data, and what falls short of them in an area at a moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.access.reach import reach_of
from gridsvc.core.errors import Conflict, Fault, InvalidInput
from gridsvc.infra.db import new_id
from gridsvc.people.norm_rules import KINDS, NEEDED, AreaFacts, Facts, Finding, StationFacts, WorkerFacts, apply
from gridsvc.people.queries import norms as queries
from gridsvc.people.queries.workers import prefix_of
from gridsvc.people.stations import reaches_area
from gridsvc.people.tables import NormProfile

MOST_RULES = 40
LARGEST = 1_000_000


@dataclass(frozen=True)
class Evaluation:
    """One rule of a profile, and what it found."""

    profile: NormProfile
    rule: Mapping[str, Any]
    findings: list[Finding]

    @property
    def breaches(self) -> list[Finding]:
        """What falls short."""
        return [finding for finding in self.findings if finding.is_breach]


def evaluate(
    session: Session, actor: Actor, *, at: datetime, timezone: str, area_code: str | None = None, key: str | None = None
) -> list[Evaluation]:
    """Every rule of the profiles valid at a moment, applied to what one may see of an area at that moment."""
    actor = actor.by("people.read")
    profiles = [profile for profile in queries.profiles(session, at) if key in (None, profile.key)]
    levels = {level for profile in profiles for rule in profile.rules for level in rule.get("levels", (5,))}
    prefix = prefix_of(area_code) if area_code else ""
    facts = _within(actor, count_facts(session, at=at, timezone=timezone, prefix=prefix, levels=sorted(levels)))
    return [Evaluation(profile, rule, apply(rule, facts)) for profile in profiles for rule in profile.rules]


def count_facts(session: Session, *, at: datetime, timezone: str, prefix: str, levels: Sequence[int]) -> Facts:
    """What there is at a moment in the areas whose codes begin with `prefix`."""
    month, until = last_whole_month(at, timezone)
    stations = queries.stations(session, at, prefix, since=month, until=until)
    counted = queries.communities(session, at, prefix)
    areas = []
    for area in queries.areas(session, at, levels, prefix):
        own = prefix_of(area.code)
        inside = [row for row in counted if row.code.startswith(own)]
        around = [row for row in stations if row.area_code.startswith(own) and not row.is_closed]
        grid_codes = tuple(code for row in inside for code in row.grid_codes)
        areas.append(
            AreaFacts(
                area.code,
                area.name,
                area.level,
                grid_codes,
                sum(row.quota for row in inside),
                sum(row.filled for row in inside),
                len(grid_codes),
                len(around),
                sum(row.is_open for row in around),
            )
        )
    workers = [
        WorkerFacts(
            row.number,
            row.name,
            row.community_code,
            tuple(row.grid_codes),
            None if row.households is None else int(row.households),
            row.second,
        )
        for row in queries.serving_workers(session, at, prefix)
    ]
    return Facts(areas, [_station(row, month) for row in stations if row.is_open], workers)


def last_whole_month(at: datetime, timezone: str) -> tuple[datetime, datetime]:
    """Beginning and end of the last month that was over at a moment, in the city's time."""
    until = at.astimezone(ZoneInfo(timezone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (until - timedelta(days=1)).replace(day=1), until


def add_version(
    session: Session,
    actor: Actor,
    *,
    key: str,
    names: tuple[str, str],
    basis: str,
    rules: list[dict[str, Any]],
    since: datetime,
    now: datetime,
) -> NormProfile:
    """Let a profile have other rules from a moment on; what held before stays readable and is applied to the past.

    Only for who may do so over the whole city.

    Refuses rules of an unknown kind, numbers that are missing or no numbers, and a beginning before the last one's.
    """
    reach_of(session, actor, "norms.edit", now).require_everything()
    faults = [fault for place, rule in enumerate(rules) for fault in rule_faults(rule, f"body.rules.{place}")]
    if not rules or len(rules) > MOST_RULES:
        faults.append(Fault("body.rules", "wrong_number", f"A profile has one to {MOST_RULES} rules."))
    if faults:
        raise InvalidInput("The profile cannot be like this.", faults=faults)
    last = queries.latest_profile(session, key)
    if last is not None:
        if not queries.is_after_start(session, last, since):
            raise Conflict(faults=[Fault("body.since", "not_after_last", "The last version begins later than that.")])
        queries.end_profile(session, last, since)
    made = NormProfile(
        id=new_id(),
        key=key,
        version=1 if last is None else last.version + 1,
        name_zh=names[0],
        name_en=names[1],
        basis=basis,
        rules=rules,
        valid=Range(since, None, bounds="[)"),
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "norms.change", "norm_profile", key, detail={"version": made.version})
    return made


def rule_faults(rule: Mapping[str, Any], place: str) -> list[Fault]:
    """What is wrong with a rule: its kind, or the numbers it needs."""
    kind = rule.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return [Fault(f"{place}.kind", "unknown_kind", f"A rule is one of: {', '.join(sorted(KINDS))}.")]
    faults = [
        Fault(f"{place}.{name}", "not_a_number", "This rule needs a number here, from 0 to a million.")
        for name in {*NEEDED[kind], *({"min", "max"} & rule.keys())}
        if not _is_number(rule.get(name))
    ]
    if not faults and {"min", "max"} <= rule.keys() and rule["min"] > rule["max"]:
        faults.append(Fault(f"{place}.max", "below_least", "The most is below the least."))
    if not all(level in (1, 2, 3, 4, 5) for level in _listed(rule.get("levels", ()))):
        faults.append(Fault(f"{place}.levels", "unknown_level", "Levels are 1 (province) to 5 (community)."))
    if not all(isinstance(unit, str) for unit in _listed(rule.get("counted", ()))):
        faults.append(Fault(f"{place}.counted", "not_kinds", "Kinds of areas are counted, by their names."))
    return faults


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else (None,)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _within(actor: Actor, facts: Facts) -> Facts:
    """What one may see; figures of whole streets, counties and cities only for those who see the whole of them."""
    scope = actor.scope
    if scope.city_wide:
        return facts
    return Facts(
        [area for area in facts.areas if _sees_whole(scope, area)],
        [station for station in facts.stations if reaches_area(actor, station.area_code)],
        [worker for worker in facts.workers if scope.covers(worker.area_code)],
    )


def _sees_whole(scope: Scope, area: AreaFacts) -> bool:
    if area.level == 5:
        return scope.covers(area.code)
    return area.level in (3, 4) and f"{area.code[:6]}000000" in scope.county_codes


def _station(row: Any, month: datetime) -> StationFacts:
    return StationFacts(
        row.code,
        row.name,
        row.area_code,
        row.quota,
        row.filled,
        row.units,
        round(float(row.hours), 2) if row.opened_at <= month else None,
        f"{month:%Y-%m}",
    )
