"""The staff of the demo city: posts by quota, workers on them, who holds which grid since when, backups and leave.

Every state of staffing occurs: one worker with several grids, workers at the counter without a grid, grids with and
without a backup, named vacancies, and leave that the backup covers, that is covered by hand, or that nobody covers.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import shapely

from gridsvc.demo.ground import NOWHERE, Floats, Ground, Ints
from gridsvc.demo.phrases import GIVEN, LEAVE_REASONS, SURNAMES

# Bengbu's own figures give 2,744 posts for 2,461 grids.
POSTS_PER_GRID = 2744 / 2461
VACANT_POSTS = 0.03
VACANT_GRIDS = 0.025
BACKUPS = 0.88
BACKUP_OF_VACANT = 0.6
# How many of a community's grids are held by somebody who holds a neighbouring one too.
DOUBLED = 0.065
HANDED_OVER = 0.05
ON_LEAVE = {"backup": 0.010, "by_hand": 0.006, "nobody": 0.005}
PAST_LEAVES = 0.25
COMING_LEAVES = 0.02
USUAL_DOORS = 80  # fewer have dedicated grids, a school or a market


@dataclass(frozen=True)
class Absence:
    """A worker is away; `cover` is who was named by hand, if anybody."""

    worker: int
    since: datetime
    until: datetime
    reason: str
    cover: int | None = None


@dataclass(frozen=True)
class Staff:
    """Workers and posts by community, and who holds what; workers and grids are row numbers, NOWHERE is nobody.

    `holder` has the grid since the net began, or since `handed_over` where that is given; `former` had it before.
    """

    community: Ints
    posts: Ints
    holder: Ints
    former: Ints
    handed_over: list[datetime | None]
    backup: Ints
    absences: list[Absence] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many workers there are."""
        return len(self.community)

    def grids_of(self, worker: int) -> Ints:
        """The grids a worker holds now."""
        return np.flatnonzero(self.holder == worker)

    def holder_at(self, grid: Ints, day: Ints, today: datetime, days: int) -> Ints:
        """Who held each grid on each day, counted so that `days - 1` is the day of `today`."""
        change = np.array([-(10**6) if when is None else (when - today).days for when in self.handed_over])
        return np.asarray(np.where(day - (days - 1) >= change[grid], self.holder[grid], self.former[grid]))


def worker_number(worker: int) -> str:
    """The city's number of a worker."""
    return f"W{worker + 1:05d}"


def worker_name(worker: int) -> str:
    """A name nobody has: a surname, two signs that say "example", and a number."""
    return f"{SURNAMES[worker * 7 % len(SURNAMES)]}{GIVEN}{worker + 1:04d}"


def worker_phone(worker: int) -> str:
    """A number that cannot exist."""
    return f"000-{(worker + 1) // 10000:04d}-{(worker + 1) % 10000:04d}"


def make_staff(ground: Ground, *, today: datetime, rng: np.random.Generator) -> Staff:
    """Everybody on the quota of the city's grids, as it is on the day that begins at `today`."""
    with_grids = np.bincount(ground.grid_community, minlength=len(ground.community_codes))
    posts = _apportion(
        np.asarray(with_grids * POSTS_PER_GRID, dtype=np.float64), round(len(ground.grid_polygons) * POSTS_PER_GRID)
    )
    filled = posts - _some(posts, VACANT_POSTS, rng)
    community = np.repeat(np.arange(len(posts)), filled)
    points = ground.grid_points()
    holder = _holders(ground, points, filled, rng)
    former, handed_over = _handovers(ground, holder, community, today, rng)
    holder, former = _vacate(holder, former, handed_over, today, rng)
    backup = _backups(ground, points, holder, community, rng)
    staff = Staff(community, posts, holder, former, handed_over, backup)
    staff.absences.extend(_absences(staff, today, rng))
    return staff


def _apportion(shares: Floats, total: int) -> Ints:
    """Whole numbers near the shares that sum to the total: the largest remainders are rounded up."""
    whole = np.floor(shares).astype(np.int64)
    rest = np.argsort(whole - shares, kind="stable")[: total - int(whole.sum())]
    whole[rest] += 1
    return whole


def _some(counts: Ints, share: float, rng: np.random.Generator) -> Ints:
    """How many of each group are chosen when `share` of all are drawn without looking."""
    owner = np.repeat(np.arange(len(counts)), counts)
    chosen = rng.choice(owner, round(len(owner) * share), replace=False)
    return np.bincount(chosen, minlength=len(counts))


def _holders(ground: Ground, points: Floats, filled: Ints, rng: np.random.Generator) -> Ints:
    """Who holds each grid: one each as far as the workers reach, some hold the next one too; the rest are spare."""
    holder = np.full(len(points), NOWHERE, dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(filled)[:-1]])
    for community in np.unique(ground.grid_community).tolist():
        grids = np.flatnonzero(ground.grid_community == community)
        if not filled[community]:
            continue
        doubled = int(rng.binomial(len(grids), DOUBLED))
        single = max(min(len(grids) - doubled, int(filled[community])), 1)
        grids = grids[np.argsort(points[grids, 0], kind="stable")]
        keepers = rng.permutation(grids)[:single]
        holder[keepers] = first[community] + np.arange(single)
        for grid in np.setdiff1d(grids, keepers).tolist():
            near = keepers[np.argmin(np.hypot(*(points[keepers] - points[grid]).T))]
            holder[grid] = holder[near]
    return holder


def _handovers(
    ground: Ground, holder: Ints, community: Ints, today: datetime, rng: np.random.Generator
) -> tuple[Ints, list[datetime | None]]:
    """Some grids changed hands during the year: who had them before, and when."""
    former = holder.copy()
    moments: list[datetime | None] = [None] * len(holder)
    for grid in rng.choice(len(holder), round(len(holder) * HANDED_OVER), replace=False).tolist():
        others = np.flatnonzero(
            (community == ground.grid_community[grid]) & (np.arange(len(community)) != holder[grid])
        )
        if len(others):
            former[grid] = rng.choice(others)
            moments[grid] = today - timedelta(days=int(rng.integers(10, 330)))
    return former, moments


def _vacate(
    holder: Ints, former: Ints, handed_over: list[datetime | None], today: datetime, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Named vacancies: most since somebody left some months ago, some since the net began."""
    holder, former = holder.copy(), former.copy()
    for grid in rng.choice(len(holder), max(round(len(holder) * VACANT_GRIDS), 1), replace=False).tolist():
        if rng.random() < 0.75:
            former[grid] = holder[grid]
            handed_over[grid] = today - timedelta(days=int(rng.integers(5, 200)))
        else:
            former[grid] = NOWHERE
            handed_over[grid] = None
        holder[grid] = NOWHERE
    return holder, former


def _backups(ground: Ground, points: Floats, holder: Ints, community: Ints, rng: np.random.Generator) -> Ints:
    """A backup for most grids: who holds the nearest other grid of the community, or a spare colleague."""
    backup = np.full(len(holder), NOWHERE, dtype=np.int64)
    wanted = rng.random(len(holder)) < np.where(holder == NOWHERE, BACKUP_OF_VACANT, BACKUPS)
    spare = np.setdiff1d(np.arange(len(community)), holder)
    for grid in np.flatnonzero(wanted).tolist():
        mine = ground.grid_community == ground.grid_community[grid]
        near = np.flatnonzero(mine & (holder != NOWHERE) & (holder != holder[grid]))
        colleagues = spare[community[spare] == ground.grid_community[grid]]
        if len(colleagues) and (not len(near) or rng.random() < 0.15):
            backup[grid] = rng.choice(colleagues)
        elif len(near):
            backup[grid] = holder[near[np.argmin(np.hypot(*(points[near] - points[grid]).T))]]
    return backup


def _absences(staff: Staff, today: datetime, rng: np.random.Generator) -> list[Absence]:
    """Who is away now, by each way of being covered, and leaves of the past year and the coming weeks."""
    has_all, has_none = _backup_kinds(staff)
    total = staff.count
    by_backup = _pick(np.flatnonzero(has_all), total * ON_LEAVE["backup"], rng)
    away_too = np.isin(staff.backup, by_backup) & (staff.holder != NOWHERE)
    ready = np.setdiff1d(by_backup, staff.holder[away_too & np.isin(staff.holder, by_backup)])
    uncovered = _pick(np.flatnonzero(has_none), total * ON_LEAVE["nobody"], rng)
    free = np.setdiff1d(np.flatnonzero(has_none), uncovered)
    by_hand = _pick(free, total * ON_LEAVE["by_hand"], rng)
    away = np.concatenate([ready, uncovered, by_hand])
    spare = np.setdiff1d(np.arange(total), np.concatenate([staff.holder, away]))
    made = [_leave(int(worker), today, rng) for worker in np.concatenate([ready, uncovered])]
    made += [_leave(int(worker), today, rng, cover=_cover(staff, int(worker), spare, away)) for worker in by_hand]
    rest = np.setdiff1d(np.arange(total), away)
    for share, first, last in ((PAST_LEAVES, -340, -25), (COMING_LEAVES, 3, 40)):
        for worker in _pick(rest, total * share, rng).tolist():
            since = today + timedelta(days=int(rng.integers(first, last)), hours=8)
            until = since + timedelta(days=int(rng.integers(1, 12)))
            made.append(Absence(worker, since, until, str(rng.choice(LEAVE_REASONS[:4]))))
    return made


def _backup_kinds(staff: Staff) -> tuple[Ints, Ints]:
    """For each worker: whether all of their grids have a backup, and whether none has."""
    held = staff.holder != NOWHERE
    grids = np.bincount(staff.holder[held], minlength=staff.count)
    backed = np.bincount(staff.holder[held & (staff.backup != NOWHERE)], minlength=staff.count)
    return (grids > 0) & (backed == grids), (grids > 0) & (backed == 0)


def _pick(from_these: Ints, about: float, rng: np.random.Generator) -> Ints:
    count = min(max(round(about), 1), len(from_these))
    return np.asarray(rng.choice(from_these, count, replace=False), dtype=np.int64)


def _leave(worker: int, today: datetime, rng: np.random.Generator, cover: int | None = None) -> Absence:
    since = today - timedelta(days=int(rng.integers(0, 9)))
    until = today + timedelta(days=int(rng.integers(4, 20)))
    return Absence(worker, since, until, str(rng.choice(LEAVE_REASONS)), cover)


def _cover(staff: Staff, worker: int, spare: Ints, away: Ints) -> int | None:
    """A spare colleague of the same community, else any who is not away."""
    home = staff.community[worker]
    near = spare[staff.community[spare] == home]
    if len(near):
        return int(near[0])
    colleagues = np.setdiff1d(np.flatnonzero(staff.community == home), np.append(away, worker))
    return int(colleagues[0]) if len(colleagues) else (int(spare[0]) if len(spare) else None)


def central_worker(ground: Ground, staff: Staff) -> int:
    """Somebody near the centre who is there, holds a grid with a backup, and is a backup too: the demo's account."""
    points = ground.grid_points()
    away = [absence.worker for absence in staff.absences]
    fit = (staff.holder != NOWHERE) & (staff.backup != NOWHERE) & ~np.isin(staff.holder, away)
    fit &= np.isin(staff.holder, staff.backup) & (ground.grid_doors() >= USUAL_DOORS)
    grids = np.flatnonzero(fit)
    x, y = ground.centre
    nearest = shapely.distance(shapely.points(points[grids]), shapely.Point(x, y))
    return int(staff.holder[grids[np.argmin(nearest)]])
