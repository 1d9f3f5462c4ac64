"""Ninety days of visits and patrols in the demo city, and whose device has fallen silent.

How long ago a grid was last looked after follows a smooth field over the map, so that what is overdue lies together.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.datum import GCJ02, WGS84, from_wgs84
from gridsvc.demo.doors import Doors
from gridsvc.demo.ground import NOWHERE, Floats, Ground, Ints, metres_to_degrees, scatter
from gridsvc.demo.incidents import identifiers
from gridsvc.demo.rhythm import SECONDS_A_DAY, WORK_DAY, WORK_WEEK, Calendar, day_weights, draw_seconds
from gridsvc.demo.staff import Staff, central_worker

DAYS = 90
# Shares of the grids, and how many days ago the last visit was; a cycle is 30 days and due soon from 22.5 on.
NEVER = 0.02
OVERDUE = (0.10, 31.0, 74.0)
DUE_SOON = (0.15, 23.4, 28.6)
SILENT = (0.03, 31.0, 60.0)
MEAN_REST_DAYS = 1.0
LONGEST_REST_DAYS = 20.0
# kind: weight; the first ones are at a door, the others somewhere in the grid.
DOOR_KINDS = {
    "policy_service": 22, "register_service": 20, "care_visit": 18, "errand_service": 10, "mediation_service": 5,
}  # fmt: skip
PATROL_KINDS = {
    "safety_patrol": 8, "fire_patrol": 6, "sanitation_patrol": 5, "facility_patrol": 3, "order_patrol": 2,
    "building_patrol": 1,
}  # fmt: skip
RESULTS = ("done", "nobody_home", "refused")
RESULT_SHARES = (0.79, 0.18, 0.03)
NOTES = (
    "住户反映楼道灯不亮，已转报。",
    "老人身体状况良好。",
    "约定下周再访。",
    "已更新联系方式。",
    "发现消防器材缺失，已报告。",
)
NOTED = 0.03
WITH_POSITION = 0.85
SENT_LATER = 0.07
GCJ_DEVICES = 0.3
SCATTER_M = 9.0


@dataclass(frozen=True)
class Visits:
    """Visits as columns in order of their time; worker, grid and door are row numbers, as are `subjects`; the
    last two may be NOWHERE.

    `silent` are the workers whose device has not been heard from since their last visit.
    """

    client_ids: list[UUID]
    workers: list[int]
    kinds: list[str]
    results: list[str]
    grids: list[int]
    doors: list[int]
    x: list[float | None]
    y: list[float | None]
    crs: list[str | None]
    accuracy_m: list[float | None]
    occurred_at: list[datetime]
    received_at: list[datetime]
    notes: list[str | None]
    subjects: list[int]
    silent: frozenset[int]


@dataclass(frozen=True)
class _Quiet:
    """For each grid the second of its last visit (NaN: never), and the workers whose device is silent since then."""

    last: Floats
    silent: frozenset[int]


def make_visits(
    ground: Ground,
    doors: Doors,
    staff: Staff,
    calendar: Calendar,
    count: int,
    *,
    now: datetime,
    rng: np.random.Generator,
    subject_doors: Ints | None = None,
) -> Visits:
    """About `count` visits from the calendar's first day until `now`; care visits go to people behind these doors."""
    quiet = _quiet(ground, staff, calendar, rng)
    grid, seconds = _when(ground, quiet, calendar, count, rng)
    worker = _who(staff, calendar, grid, seconds)
    kept = np.flatnonzero((seconds <= calendar.seconds_at(now)) & (worker != NOWHERE))
    grid, seconds, worker = grid[kept], seconds[kept], worker[kept]
    kind, door = _what(doors, len(ground.grid_polygons), grid, rng)
    door, subject = _whom(doors, subject_doors, grid, kind, door, rng)
    x, y, crs = _positions(ground, doors, grid, door, worker, staff.count, rng)
    positioned = rng.random(len(grid)) < WITH_POSITION
    results = np.where(door == NOWHERE, 0, rng.choice(3, len(grid), p=RESULT_SHARES))
    later = np.where(rng.random(len(grid)) < SENT_LATER, rng.integers(1800, 30_000, len(grid)), 0)
    received = np.minimum(seconds + later + rng.integers(1, 40, len(grid)), int(calendar.seconds_at(now)))
    kinds = [*DOOR_KINDS, *PATROL_KINDS]
    note = np.where(rng.random(len(grid)) < NOTED, rng.integers(0, len(NOTES), len(grid)), -1)
    accuracy = np.round(rng.lognormal(2.4, 0.5, len(grid)), 1)
    return Visits(
        client_ids=identifiers(len(grid), rng),
        workers=worker.tolist(),
        kinds=[kinds[k] for k in kind.tolist()],
        results=[RESULTS[r] for r in results.tolist()],
        grids=grid.tolist(),
        doors=door.tolist(),
        x=_where(positioned, x.tolist()),
        y=_where(positioned, y.tolist()),
        crs=[str(name) if has else None for has, name in zip(positioned.tolist(), crs.tolist(), strict=True)],
        accuracy_m=_where(positioned, accuracy.tolist()),
        occurred_at=calendar.moments(seconds),
        received_at=calendar.moments(np.maximum(received, seconds)),
        notes=[NOTES[n] if n >= 0 else None for n in note.tolist()],
        subjects=subject.tolist(),
        silent=quiet.silent,
    )


def _where(shown: NDArray[np.bool_], values: list[float]) -> list[float | None]:
    return [value if keep else None for keep, value in zip(shown.tolist(), values, strict=True)]


def _neglect(ground: Ground, staff: Staff, rng: np.random.Generator) -> Floats:
    """How neglected each grid is: some parts of the town more than others, vacant grids more than all."""
    points = ground.grid_points()
    low, high = points.min(axis=0), points.max(axis=0)
    field = np.zeros(len(points))
    for _ in range(14):
        middle, width = rng.uniform(low, high), rng.uniform(0.03, 0.10) * (high - low)
        field += rng.normal(0, 1.0) * np.exp(-0.5 * (((points - middle) / width) ** 2).sum(axis=1))
    field += rng.normal(0, 0.35, len(ground.community_codes))[ground.grid_community]
    alone = (staff.holder == NOWHERE) & (staff.backup == NOWHERE)
    return np.asarray(field + rng.normal(0, 0.30, len(points)) + 1.2 * (staff.holder == NOWHERE) + 3.0 * alone)


def _quiet(ground: Ground, staff: Staff, calendar: Calendar, rng: np.random.Generator) -> _Quiet:
    count = len(ground.grid_polygons)
    order = np.argsort(-_neglect(ground, staff, rng), kind="stable")
    days = np.minimum(rng.exponential(MEAN_REST_DAYS, count), LONGEST_REST_DAYS)
    never = order[: round(count * NEVER)]
    overdue = order[len(never) : len(never) + round(count * OVERDUE[0])]
    end = len(never) + len(overdue)
    due_soon = order[end : end + round(count * DUE_SOON[0])]
    days[overdue] = rng.uniform(*OVERDUE[1:], len(overdue))
    days[due_soon] = rng.uniform(*DUE_SOON[1:], len(due_soon))
    now = calendar.days * SECONDS_A_DAY - SECONDS_A_DAY // 2
    # The worker whose account anybody may try has a phone that works.
    free = order[end + len(due_soon) :]
    free = free[staff.holder[free] != central_worker(ground, staff)]
    silent = _silent_workers(staff, free, round(count * SILENT[0]), rng)
    for worker in silent:
        age = rng.uniform(*SILENT[1:])
        mine = staff.grids_of(worker)
        days[mine] = age + rng.uniform(0, 4, len(mine))
    last: Floats = np.floor(now / SECONDS_A_DAY - days) * SECONDS_A_DAY + rng.uniform(9 * 3600, 17 * 3600, count)
    last[never] = np.nan
    return _Quiet(last, frozenset(silent))


def _silent_workers(staff: Staff, grids: Ints, wanted: int, rng: np.random.Generator) -> list[int]:
    """Workers with so many grids, all among `grids`, who are nobody's stand-in where one is needed."""
    among = np.isin(np.arange(len(staff.holder)), grids)
    away = np.array([absence.worker for absence in staff.absences if absence.until > absence.since])
    needed = (staff.holder == NOWHERE) | np.isin(staff.holder, away)
    busy = set(staff.backup[needed].tolist()) | set(staff.holder[~among].tolist()) | set(away.tolist())
    busy |= {absence.cover for absence in staff.absences if absence.cover is not None}
    chosen: list[int] = []
    held = 0
    for worker in rng.permutation(np.setdiff1d(staff.holder[grids], [NOWHERE])).tolist():
        if held >= wanted:
            break
        if worker not in busy and worker not in staff.former[staff.former != staff.holder]:
            chosen.append(worker)
            held += len(staff.grids_of(worker))
    return chosen


def _when(ground: Ground, quiet: _Quiet, calendar: Calendar, count: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Grid and second of each visit: the more, the more doors; none after the grid's last one."""
    rate = (ground.grid_doors() + 30.0) ** 0.6
    days = np.where(np.isnan(quiet.last), 0.0, quiet.last / SECONDS_A_DAY)
    amount = rng.poisson(rate * days * (count / (rate * days).sum()))
    grid = np.repeat(np.arange(len(rate)), amount)
    weight = np.cumsum(day_weights(calendar, WORK_WEEK, rng))
    until = weight[np.clip(days.astype(np.int64), 0, calendar.days - 1)][grid]
    day = np.minimum(np.searchsorted(weight, rng.random(len(grid)) * until), calendar.days - 1)
    seconds = draw_seconds(np.asarray(day, dtype=np.int64), WORK_DAY, rng)
    late = seconds > quiet.last[grid]
    grid, seconds = grid[~late], seconds[~late]
    visited = np.flatnonzero(~np.isnan(quiet.last))
    grid, seconds = np.append(grid, visited), np.append(seconds, quiet.last[visited].astype(np.int64))
    order = np.argsort(seconds, kind="stable")
    return grid[order], seconds[order]


def _who(staff: Staff, calendar: Calendar, grid: Ints, seconds: Ints) -> Ints:
    """Who made each visit: the holder of that day, else the backup, and who covers while somebody is away."""
    day = seconds // SECONDS_A_DAY
    who = staff.holder_at(grid, day, calendar.today, calendar.days)
    for absence in staff.absences:
        away = (who == absence.worker) & (seconds >= calendar.seconds_at(absence.since))
        rows = np.flatnonzero(away & (seconds < calendar.seconds_at(absence.until)))
        who[rows] = staff.backup[grid[rows]] if absence.cover is None else absence.cover
    return np.asarray(np.where(who == NOWHERE, staff.backup[grid], who), dtype=np.int64)


def _what(doors: Doors, grids: int, grid: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """The kind of each visit, and its door when it is one to a household."""
    order = np.argsort(doors.grid, kind="stable")
    counts = np.bincount(doors.grid, minlength=grids)
    start = np.concatenate([[0], np.cumsum(counts)[:-1]])
    weights = np.array([*DOOR_KINDS.values(), *PATROL_KINDS.values()], dtype=np.float64)
    kind = rng.choice(len(weights), len(grid), p=weights / weights.sum())
    kind = np.where(counts[grid] == 0, len(DOOR_KINDS), kind)
    picked = start[grid] + (rng.random(len(grid)) * counts[grid]).astype(np.int64)
    is_door = kind < len(DOOR_KINDS)
    door = np.full(len(grid), NOWHERE, dtype=np.int64)
    door[is_door] = order[picked[is_door]]
    return kind.astype(np.int64), door


def _whom(
    doors: Doors, subject_doors: Ints | None, grid: Ints, kind: Ints, door: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """The door of each visit and the row of the person visited: care visits go to somebody in the grid, if there is."""
    subject = np.full(len(grid), NOWHERE, dtype=np.int64)
    if subject_doors is None or not len(subject_doors):
        return door, subject
    of_grid = doors.grid[subject_doors]
    order = np.argsort(of_grid, kind="stable")
    first, last = (np.searchsorted(of_grid[order], grid, side=side) for side in ("left", "right"))
    is_care = (kind == list(DOOR_KINDS).index("care_visit")) & (last > first)
    picked = first + (rng.random(len(grid)) * (last - first)).astype(np.int64)
    subject[is_care] = order[picked[is_care]]
    return np.where(is_care, subject_doors[np.where(is_care, subject, 0)], door), subject


def _positions(
    ground: Ground, doors: Doors, grid: Ints, door: Ints, worker: Ints, workers: int, rng: np.random.Generator
) -> tuple[Floats, Floats, NDArray[np.str_]]:
    """Where the device says it was, in the datum the device speaks."""
    x, y = np.empty(len(grid)), np.empty(len(grid))
    at_door = door != NOWHERE
    x[at_door], y[at_door] = doors.x[door[at_door]], doors.y[door[at_door]]
    x[~at_door], y[~at_door] = scatter(ground.grid_polygons, grid[~at_door], rng)
    latitude = float(np.mean(y)) if len(y) else 0.0
    east, _ = metres_to_degrees(rng.normal(0, SCATTER_M, len(grid)), latitude)
    _, north = metres_to_degrees(rng.normal(0, SCATTER_M, len(grid)), latitude)
    x, y = x + east * at_door, y + north * at_door
    is_gcj = (rng.random(workers) < GCJ_DEVICES)[worker]
    x[is_gcj], y[is_gcj] = from_wgs84(x[is_gcj], y[is_gcj], GCJ02)
    return np.round(x, 7), np.round(y, 7), np.where(is_gcj, GCJ02, WGS84)
