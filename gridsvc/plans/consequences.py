"""What a drawing does to grids and workers, beside today: counts, workload, imbalance. Nothing is stored.

Workload is a weighted sum: `workload = Σ weight × count`, with weights for households, care subjects, organisations and
the incidents of up to a year (setting `plan_workload_weights`). Deviation is told against the mean of the community's
basic grids, in per cent of it; a dedicated grid (a school, a market) is not meant to be like the others.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from gridsvc.core.locate import GridIndex
from gridsvc.core.metric import Geometries
from gridsvc.incidents.points import HeldPoints
from gridsvc.infra.settings import get_settings
from gridsvc.people.answer import who_answers
from gridsvc.plans.blocks import Blocks
from gridsvc.plans.drawing import Drawing
from gridsvc.plans.kept import Kept
from gridsvc.plans.queries import weighing
from gridsvc.plans.queries.publishing import clock

CARE, INCIDENTS, BLOCKS = "care_subjects", "incidents", "blocks"
SHOWN = ("households", "population", "organisations", CARE, INCIDENTS, BLOCKS)


@dataclass(frozen=True)
class GridFigures:
    """A drawn grid in numbers, beside the grid it was drawn from (None for a new one)."""

    key: str
    name: str
    kind: str
    area_m2: float
    counts: Mapping[str, int]
    workload: float
    deviation_pct: float | None
    change: Mapping[str, float] | None
    worker: str | None


@dataclass(frozen=True)
class WorkerFigures:
    """A worker with the grids and the workload they would have, and have today; no name: vacant grids."""

    worker: str | None
    grids: tuple[str, ...]
    workload: float
    workload_today: float


@dataclass(frozen=True)
class Consequences:
    """What a drawing comes to: each grid, each worker, and how uneven it is (the largest deviation, in per cent)."""

    grids: tuple[GridFigures, ...]
    workers: tuple[WorkerFigures, ...]
    mean_workload: float
    worst_deviation_pct: float | None
    worst_deviation_today_pct: float | None
    incidents_from: datetime | None
    incidents_until: datetime | None


@dataclass(frozen=True)
class Ground:
    """What is counted in a community, whatever its grids: blocks, where care subjects live, where incidents were."""

    blocks: Blocks
    care: NDArray[np.float64]
    incidents: HeldPoints | None


def ground_of(session: Session, community_code: str, blocks: Blocks, incidents: HeldPoints | None) -> Ground:
    """What is counted in a community; care subjects only as places, without anything about them."""
    rows = weighing.care_places(session, community_code, clock(session))
    return Ground(blocks, np.array([(row.x, row.y) for row in rows], dtype=np.float64).reshape(-1, 2), incidents)


def consequences(session: Session, before: Drawing, after: Drawing, ground: Ground) -> Consequences:
    """The drawing `after` in numbers beside `before`, which is the net of today or any other drawing."""
    new, old = _weighed(after, ground), _weighed_before(before, ground)
    mains = _mains(session, before)
    workers = {key: name for key in after.partition.keys if (name := mains.get(_nearest(before, after, key)))}
    grids = tuple(_figures(after, key, new, old, workers.get(key)) for key in after.partition.keys)
    held = ground.incidents
    return Consequences(
        grids=grids,
        workers=_by_worker(new, old, workers, mains),
        mean_workload=round(new.mean, 2),
        worst_deviation_pct=_worst(new),
        worst_deviation_today_pct=_worst(old),
        incidents_from=held.first if held else None,
        incidents_until=held.until if held else None,
    )


def weights() -> Mapping[str, float]:
    """What counts how much towards workload here."""
    return get_settings().workload_weights


@dataclass(frozen=True)
class _Weighed:
    """A drawing with the counts and the workload of each grid."""

    areas: Mapping[str, float]
    counts: Mapping[str, Mapping[str, int]]
    workload: Mapping[str, float]
    measured: frozenset[str]

    @property
    def mean(self) -> float:
        """The mean workload of the basic grids."""
        found = [workload for key, workload in self.workload.items() if key in self.measured]
        return float(np.mean(found)) if found else 0.0


# The drawing and the points are kept beside what they come to, so that others can never be taken for them.
_befores: Kept[tuple[Drawing, HeldPoints | None, _Weighed]] = Kept(most=64)


def _weighed_before(drawing: Drawing, ground: Ground) -> _Weighed:
    """A drawing that is compared with again and again: today's, while a planner draws."""
    key = (id(drawing), ground.blocks.stamp, ground.care.tobytes(), id(ground.incidents), tuple(weights().items()))
    return _befores.get(key, lambda: (drawing, ground.incidents, _weighed(drawing, ground)))[-1]


def _weighed(drawing: Drawing, ground: Ground) -> _Weighed:
    keys, shapes = drawing.partition.keys, drawing.shapes
    portions = ground.blocks.portions_in(shapes)
    table = portions.sums(ground.blocks.counts, len(shapes))
    whole = np.bincount(portions.piece, weights=portions.share, minlength=len(shapes))
    index = GridIndex.build(shapes)
    care = _counted(index, ground.care[:, 0], ground.care[:, 1])
    incidents = _incidents(index, shapes, ground.incidents)
    counts = {
        key: dict(zip(ground.blocks.kinds, map(round, row), strict=True))
        | {CARE: int(care[place]), INCIDENTS: int(incidents[place]), BLOCKS: round(whole[place])}
        for place, (key, row) in enumerate(zip(keys, table.tolist(), strict=True))
    }
    given = weights()
    workload = {key: sum(given.get(kind, 0.0) * count for kind, count in own.items()) for key, own in counts.items()}
    measured = frozenset(key for key in keys if drawing.notes[key].kind == "basic")
    return _Weighed(drawing.partition.areas_m2(), counts, workload, measured)


def _counted(index: GridIndex, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
    found = index.locate(np.ascontiguousarray(x), np.ascontiguousarray(y))
    return np.bincount(found[found >= 0], minlength=len(index))


def _incidents(index: GridIndex, shapes: Geometries, held: HeldPoints | None) -> NDArray[np.intp]:
    """Last year's incidents located into the drawing; only those near the community are looked at."""
    if held is None:
        return np.zeros(len(index), dtype=np.intp)
    x, y = held.within(*shapely.total_bounds(shapes).tolist())
    return _counted(index, x, y)


def _figures(drawing: Drawing, key: str, new: _Weighed, old: _Weighed, worker: str | None) -> GridFigures:
    note, before = drawing.notes[key], old.counts.get(key)
    change = None
    if before is not None:
        change = {kind: float(new.counts[key].get(kind, 0) - before.get(kind, 0)) for kind in SHOWN}
        change["workload"] = round(new.workload[key] - old.workload[key], 2)
    return GridFigures(
        key=key,
        name=note.name,
        kind=note.kind,
        area_m2=round(new.areas[key], 1),
        counts=new.counts[key],
        workload=round(new.workload[key], 2),
        deviation_pct=_deviation(key, new),
        change=change,
        worker=worker,
    )


def _deviation(key: str, among: _Weighed) -> float | None:
    """How far a grid's workload is from the mean, in per cent; None for a dedicated one, and where nobody has work."""
    mean = among.mean
    return round(100 * (among.workload[key] - mean) / mean, 1) if mean and key in among.measured else None


def _worst(weighed: _Weighed) -> float | None:
    found = [_deviation(key, weighed) for key in weighed.workload]
    return max((abs(each) for each in found if each is not None), default=None)


def _mains(session: Session, base: Drawing) -> dict[str, str]:
    """The main worker of each grid of a drawing of today."""
    answers = who_answers(session, clock(session), list(base.identities.values()))
    by_grid: dict[UUID, str] = {grid: answer.main.name for grid, answer in answers.items() if answer.main}
    found = {key: by_grid.get(note.grid_id) if note.grid_id else None for key, note in base.notes.items()}
    return {key: name for key, name in found.items() if name}


def _nearest(base: Drawing, drawing: Drawing, key: str) -> str:
    """The grid of today that a drawn one is or, if it is new, that most of it was."""
    if key in base.partition.keys:
        return key
    shape = drawing.partition.polygon(key)
    olds = base.partition.polygons()
    return max(olds, key=lambda old: (olds[old].intersection(shape).area, old))


def _by_worker(
    new: _Weighed, old: _Weighed, workers: Mapping[str, str], today: Mapping[str, str]
) -> tuple[WorkerFigures, ...]:
    loads: dict[str | None, float] = defaultdict(float)
    before: dict[str | None, float] = defaultdict(float)
    grids: dict[str | None, list[str]] = defaultdict(list)
    for key, workload in new.workload.items():
        loads[workers.get(key)] += workload
        grids[workers.get(key)].append(key)
    for key, workload in old.workload.items():
        before[today.get(key)] += workload
    everybody: Sequence[str | None] = sorted({*loads, *before}, key=lambda name: (name is None, name or ""))
    return tuple(
        WorkerFigures(name, tuple(grids[name]), round(loads[name], 2), round(before[name], 2)) for name in everybody
    )
