"""Drawing a draft anew on the net of now, when grids of it have moved on since it was opened.

Communities whose grids are the same keep their drawing. In the others the operations that count are done again on the
grids of now, in their order; those that cannot be are left out and named. The log keeps everything as it was before, as
abandoned, so that nothing is lost without a word.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import shapely
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import GridsvcError
from gridsvc.core.redraw import CutsBlocks, Permit, cut_blocks
from gridsvc.core.refusals import UnknownGrid
from gridsvc.core.revisions import Expected
from gridsvc.geography import redrawn
from gridsvc.geography.gate import BASE_NET
from gridsvc.geography.queries import places
from gridsvc.geography.redrawn import LivingGrid
from gridsvc.geography.shapes import as_shapes
from gridsvc.infra.db import new_id
from gridsvc.plans.asked import Operation
from gridsvc.plans.blocks import Blocks
from gridsvc.plans.drafts import base_drawing, draft, store_grids
from gridsvc.plans.drawing import Drawing
from gridsvc.plans.moved import MovedOn, moved_on
from gridsvc.plans.operations import apply
from gridsvc.plans.queries import drafting
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.tables import Plan, PlanOp

_READ: TypeAdapter[Operation] = TypeAdapter(Operation)
# The code of what is no operation of a planner, such as the drawing of a plan that takes another one back.
NOT_REPEATABLE = "not_repeatable"


@dataclass(frozen=True)
class LeftOut:
    """An operation that could not be done again: its place in the log before, and the refusal with its geometry."""

    sequence: int
    kind: str
    community_code: str
    code: str
    message: str
    geometry: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Rebased:
    """A draft on the net of now: what had moved on, how many operations were done again, and which were not."""

    plan: Plan
    moved: tuple[MovedOn, ...]
    done_again: int
    left_out: tuple[LeftOut, ...]


def rebase_plan(session: Session, actor: Actor, plan_id: UUID, *, expected: Expected) -> Rebased:
    """Draw a draft on the grids of now. A draft whose grids have not moved on stays as it is, with its revision.

    The operations done again stay those of whoever did them first: they do not decide on the plan. Raises NotFound,
    WrongPlanState and Stale as every operation does, and InvalidInput where the grids of now do not tile a community;
    the draft is then as it was.
    """
    plan = draft(session, actor, plan_id, expected)
    living = redrawn.living_grids(session, plan.net_id, queries.communities(session, plan.id))
    moved = tuple(moved_on(session, plan, living))
    if not moved:
        return Rebased(plan, (), 0, ())
    log = drafting.counting(session, plan.id, plan.position)
    before = {each.community_code: base_drawing(session, plan, each.community_code) for each in moved}
    _take_base(session, plan, [grid for grid in living if grid.community_code in before])
    again = {code: _repeated(session, plan, base, log) for code, base in before.items()}
    _write_log(session, plan, log, again)
    for done in again.values():
        store_grids(session, plan.id, done.drawn, done.blocks)
    left_out = tuple(each for done in again.values() for each in done.left_out)
    kept = sum(len(done.states) for done in again.values())
    detail = {"communities": sorted(before), "done_again": kept, "left_out": len(left_out)}
    audit.record(session, actor, "plan.rebase", "plan", plan.id, detail=detail)
    return Rebased(plan, moved, kept, left_out)


def _take_base(session: Session, plan: Plan, living: Sequence[LivingGrid]) -> None:
    net = places.net_at(session, queries.clock(session), BASE_NET)
    assert net is not None
    plan.base_net_version_id = net.id
    communities = sorted({grid.community_code for grid in living})
    drafting.replace_base(session, plan.id, communities, [grid.version_id for grid in living])


@dataclass
class _Again:
    """A community while its operations are done again: its drawing so far, and those done by their ids."""

    drawn: Drawing
    blocks: Blocks
    states: dict[UUID, bytes] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    # Keys that do not mean now what they meant when the operations were done.
    strange: set[str] = field(default_factory=set)

    def repeat(self, done: PlanOp, was: Drawing, became: Drawing) -> None:
        """Do an operation again that once made `became` of `was`, or leave it out."""
        made_then = set(became.partition.keys) - set(was.partition.keys)
        try:
            after = self._after(done, was, became)
        except ValidationError:
            self._leave_out(done, NOT_REPEATABLE, f"{done.kind} is not done again by itself.", None)
            self.strange |= made_then
        except GridsvcError as refused:
            shown = next((fault.geometry for fault in refused.faults if fault.geometry), None)
            self._leave_out(done, refused.code, refused.message, shown)
            self.strange |= made_then
        else:
            self.strange |= made_then ^ (set(after.partition.keys) - set(self.drawn.partition.keys))
            self.strange |= _elsewhere(became, after)
            self.drawn, self.states[done.id] = after, after.encoded()

    def _after(self, done: PlanOp, was: Drawing, became: Drawing) -> Drawing:
        operation = _READ.validate_python(done.arguments)
        if unknown := sorted(self.strange & set(_words(done.arguments))):
            raise UnknownGrid(f"{', '.join(unknown)} came of an operation that is not done again as it was.")
        before = replace(self.drawn, next_number=max(self.drawn.next_number, was.next_number))
        try:
            return apply(before, operation, Permit(blocks=self.blocks.polygons))
        except CutsBlocks as cut:
            if not set(cut.block_ids) <= set(cut_blocks(was.partition, became.partition, self.blocks.polygons)):
                raise  # nobody has confirmed to cut these
            return apply(before, operation, Permit(blocks=self.blocks.polygons, confirmed=True))

    def _leave_out(self, done: PlanOp, code: str, message: str, geometry: Mapping[str, Any] | None) -> None:
        self.left_out.append(LeftOut(done.sequence, done.kind, done.community_code, code, message, geometry))


def _repeated(session: Session, plan: Plan, base: Drawing, log: Sequence[PlanOp]) -> _Again:
    """A community drawn on the grids of now by the operations that made its drawing on another base."""
    community = base.community_code
    again = _Again(base_drawing(session, plan, community), Blocks.of(session, [community]))
    was = base
    for done in log:
        if done.community_code == community:
            became = Drawing.decoded(community, done.state)
            again.repeat(done, was, became)
            was = became
    return again


def _elsewhere(then: Drawing, now: Drawing) -> set[str]:
    """The keys that have less than half of the ground they had: of two halves, the other one may be the new grid."""
    olds, news = then.partition.polygons(), now.partition.polygons()
    both = sorted(olds.keys() & news.keys())
    old, new = as_shapes([olds[key] for key in both]), as_shapes([news[key] for key in both])
    is_gone = 2 * shapely.area(shapely.intersection(old, new)) < shapely.area(old)
    return {key for key, gone in zip(both, is_gone.tolist(), strict=True) if gone}


def _write_log(session: Session, plan: Plan, log: Sequence[PlanOp], again: Mapping[str, _Again]) -> None:
    """The log as it counts from now on, in the same order; what counted before stays in it as abandoned."""
    kept = [done for done in log if done.community_code not in again or done.id in again[done.community_code].states]
    now = queries.clock(session)
    drafting.abandon_after(session, plan.id, 0, now)
    plan.position, plan.revision, plan.updated_at = len(kept), plan.revision + 1, now
    session.flush()
    for place, done in enumerate(kept, start=1):
        is_again = done.community_code in again
        session.add(
            PlanOp(
                id=new_id(),
                plan_id=plan.id,
                sequence=place,
                revision=plan.revision,
                kind=done.kind,
                community_code=done.community_code,
                arguments=done.arguments,
                state=again[done.community_code].states[done.id] if is_again else done.state,
                account_id=done.account_id,
                at=now,
            )
        )
    session.flush()


def _words(value: object) -> Iterator[str]:
    """Every text in the arguments of an operation: the keys of grids are among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _words(each)
