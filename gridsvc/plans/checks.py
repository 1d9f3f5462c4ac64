"""What is to be seen about a plan before it is handed in and again when it is published: findings to click on.

Blocking ones must be mended; advisory ones are for the planner's judgement. Kinds and whether they block:

* `empty`            the plan changes nothing (blocks)
* `stale`, `pending` a grid moved on since; another plan for a community waits for its day (blocks)
* `not_exact`        the grids do not tile the community as it is now (blocks)
* `separate_parts`   a grid came to have more parts than the one it was drawn from (blocks)
* `code_refused`     a code that was asked for breaks its scheme or was given before; no numbers are left (blocks)
* `too_small`, `too_large`, `crosses_barrier`, `cuts_block`, `no_main_worker`  (advice)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gridsvc.core import geojson
from gridsvc.core.coverage import GridPiece, coverage_report
from gridsvc.core.errors import CodesExhausted, CodeTaken, InvalidCode
from gridsvc.core.metric import length_m
from gridsvc.geography import redrawn
from gridsvc.geography.numbering import number_grids, stored_scheme
from gridsvc.geography.queries import registers
from gridsvc.geography.redrawn import LivingGrid
from gridsvc.geography.shapes import as_multi, as_shapes, from_wkb
from gridsvc.infra.settings import get_settings
from gridsvc.people.answer import who_answers
from gridsvc.plans.blocks import Blocks
from gridsvc.plans.drawn import drawn_grids, households_of
from gridsvc.plans.moved import moved_on
from gridsvc.plans.queries import checking
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.succession import Changes, DrawnGrid, Succession, changes_of, succession
from gridsvc.plans.tables import Plan

BLOCKING = frozenset({"empty", "stale", "pending", "not_exact", "separate_parts", "code_refused"})
# A grid that a barrier only grazes is not parted by it.
BARRIER_M = 30.0
MOST_FINDINGS = 500


@dataclass(frozen=True)
class PlanFinding:
    """One thing to be seen: about grids by their keys, with numbers for its sentence, and where it is."""

    kind: str
    keys: tuple[str, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)
    geometry: BaseGeometry | None = field(default=None, compare=False)

    @property
    def is_blocking(self) -> bool:
        """Whether the plan cannot go on with it."""
        return self.kind in BLOCKING

    def as_json(self) -> dict[str, Any]:
        """The finding for the wire."""
        shown = None if self.geometry is None or self.geometry.is_empty else geojson.geometry_object(self.geometry)
        return {
            "kind": self.kind,
            "blocking": self.is_blocking,
            "keys": list(self.keys),
            "params": self.params,
            "geometry": shown,
        }


@dataclass(frozen=True)
class _Work:
    """A plan with all that its checks look at."""

    session: Session
    plan: Plan
    communities: Sequence[str]
    living: Sequence[LivingGrid]
    drawn: Sequence[DrawnGrid]
    blocks: Blocks
    shapes: Any


def check_plan(session: Session, plan: Plan) -> list[PlanFinding]:
    """Everything there is to be seen about a plan as it is drawn now, blocking findings first."""
    communities = queries.communities(session, plan.id)
    living = redrawn.living_grids(session, plan.net_id, communities)
    drawn = drawn_grids(session, plan.id)
    shapes = as_multi(as_shapes([grid.shape for grid in drawn]))
    work = _Work(session, plan, communities, living, drawn, Blocks.of(session, communities), shapes)
    found = [*_state(work), *_coverage(work), *separate_parts(session, plan.id)]
    found += [*_sizes(work), *_barriers(work), *_cuts(work)]
    if not any(finding.kind in ("stale", "not_exact") for finding in found):
        told = changes_of(living, drawn, households_of(session, communities))
        changes = succession(living, drawn, told)
        found += [*_changes(changes), *_codes(work, changes), *_staffing(work, told, changes)]
    return sorted(found, key=lambda finding: not finding.is_blocking)[:MOST_FINDINGS]


def blocking(findings: Sequence[PlanFinding]) -> list[PlanFinding]:
    """Those that the plan cannot go on with."""
    return [finding for finding in findings if finding.is_blocking]


def _state(work: _Work) -> Iterator[PlanFinding]:
    for moved in moved_on(work.session, work.plan, work.living):
        grids = [grid for grid in work.living if grid.code in moved.changed]
        names = {grid.code: grid.name for grid in grids}
        params = {"community": moved.community_code, "conflicts": list(moved.conflicts), "names": names}
        yield PlanFinding("stale", moved.changed, params, shapely.union_all([grid.shape for grid in grids]))
    for row in queries.pending(work.session, work.plan.net_id, work.communities):
        if row.id != work.plan.id:
            params = {"plan": row.number, "title": row.title, "effective_at": row.effective_at.isoformat()}
            yield PlanFinding("pending", (), params | {"communities": sorted(row.communities)})


def _coverage(work: _Work) -> Iterator[PlanFinding]:
    rows = registers.community_shapes(work.session, queries.clock(work.session), set(work.communities))
    outlines = dict(zip([row.code for row in rows], from_wkb([row.wkb for row in rows]).tolist(), strict=True))
    pieces = [
        GridPiece(grid.key, grid.community_code, shape)
        for grid, shape in zip(work.drawn, work.shapes.tolist(), strict=True)
    ]
    for fault in coverage_report(outlines, pieces):
        if fault.is_fault:
            params = {"what": fault.kind.value, "size_m2": round(fault.size_m2, 2), "size_m": round(fault.size_m, 2)}
            yield PlanFinding("not_exact", fault.codes, params, fault.geometry)


def separate_parts(session: Session, plan_id: UUID) -> list[PlanFinding]:
    """The grids of a plan that came to have more parts than the ones they were drawn from."""
    return [
        PlanFinding("separate_parts", (row.key,), {"parts": row.parts}, shapely.from_wkb(row.wkb))
        for row in checking.separate_parts(session, plan_id)
    ]


def _sizes(work: _Work) -> Iterator[PlanFinding]:
    config = get_settings()
    least, most = config.plan_least_households, config.plan_most_households
    for grid in work.drawn:
        households = grid.counts.get("households", 0)
        if grid.kind == "basic" and households < least:
            yield PlanFinding("too_small", (grid.key,), {"households": households, "least": least}, grid.shape)
        if households > most:
            yield PlanFinding("too_large", (grid.key,), {"households": households, "most": most}, grid.shape)


def _barriers(work: _Work) -> Iterator[PlanFinding]:
    """Grids that lie on both sides of a river or railway, unless they did before."""
    rows = checking.barriers(work.session, work.communities)
    if not rows:
        return
    lines = from_wkb([row.wkb for row in rows])
    unchanged = {shapely.normalize(grid.shape).wkb for grid in work.living}
    grids, barriers = shapely.STRtree(lines).query(work.shapes, predicate="intersects")
    inside = shapely.intersection(work.shapes[grids], lines[barriers])
    lengths = length_m(inside) if len(inside) else np.zeros(0)
    for place, barrier, part, length in zip(grids.tolist(), barriers.tolist(), inside, lengths.tolist(), strict=True):
        if length > BARRIER_M and shapely.normalize(work.shapes[place]).wkb not in unchanged:
            params = {"barrier": rows[barrier].name or rows[barrier].kind, "length_m": round(length)}
            yield PlanFinding("crosses_barrier", (work.drawn[place].key,), params, part)


def _cuts(work: _Work) -> Iterator[PlanFinding]:
    found = work.blocks.portions_in(work.shapes)
    cut = np.flatnonzero(found.share < 1)
    for block in np.unique(found.block[cut]).tolist():
        among = found.piece[cut[found.block[cut] == block]].tolist()
        code = work.blocks.codes[block]
        params = {"block": code, "name": work.blocks.names[code]}
        keys = tuple(sorted(work.drawn[piece].key for piece in among))
        yield PlanFinding("cuts_block", keys, params, work.blocks.shapes[block])


def _changes(changes: Succession) -> Iterator[PlanFinding]:
    if changes.is_empty:
        yield PlanFinding("empty")


def _codes(work: _Work, changes: Succession) -> Iterator[PlanFinding]:
    """Codes tried out as publication will give them; nothing is registered."""
    fresh = [opening for opening in changes.openings if not opening.keeps_code]
    for scheme in sorted({opening.scheme for opening in fresh}):
        batch = [opening for opening in fresh if opening.scheme == scheme]
        middles = shapely.get_coordinates(shapely.centroid(as_shapes([opening.shape for opening in batch])))
        places = middles[:, 0].tolist(), middles[:, 1].tolist()
        owners = [opening.community_code for opening in batch]
        try:
            number_grids(work.session, stored_scheme(work.session, scheme), [o.code for o in batch], owners, places)
        except (CodeTaken, CodesExhausted, InvalidCode) as refused:
            shown = shapely.union_all([opening.shape for opening in batch])
            yield PlanFinding("code_refused", (), {"why": refused.code, "message": refused.message}, shown)


def _staffing(work: _Work, told: Changes, changes: Succession) -> Iterator[PlanFinding]:
    """Grids that nobody will answer for as main worker, once main workers are carried over."""
    answers = who_answers(work.session, queries.clock(work.session), [grid.grid_id for grid in work.living])
    vacant = {grid.grid_id for grid in work.living if (held := answers.get(grid.grid_id)) is None or held.main is None}
    for grid in work.living:
        if grid.grid_id in vacant and grid.grid_id not in changes.ended_grids:
            yield PlanFinding("no_main_worker", (grid.code,), {}, grid.shape)
    living = {str(grid.version_id): grid.grid_id for grid in work.living}
    for drawn in work.drawn:
        is_new = drawn.key in told.kept and told.kept[drawn.key] is None
        if is_new and living[told.made_of[drawn.key][0].version] in vacant:
            yield PlanFinding("no_main_worker", (drawn.key,), {"is_new": True}, drawn.shape)
