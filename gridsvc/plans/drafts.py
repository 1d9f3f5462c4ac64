"""Drafts: opening a plan over communities, operating on it, and undoing what was done. No update is ever lost.

Whoever changes a draft holds its lock before reading it, and says which revision they have seen (architecture rule 8).
Undo takes up the state that was there before; it never computes an inverse.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound, Stale, UnknownCommunity
from gridsvc.core.partition import NotAPartition
from gridsvc.core.redraw import Permit
from gridsvc.core.revisions import Expected
from gridsvc.geography import redrawn
from gridsvc.geography.gate import BASE_NET
from gridsvc.geography.queries import nets, places, registers
from gridsvc.geography.redrawn import LivingGrid
from gridsvc.geography.shapes import from_wkb, to_ewkb
from gridsvc.infra.db import new_id
from gridsvc.plans.asked import Operation
from gridsvc.plans.blocks import Blocks
from gridsvc.plans.drawing import Drawing
from gridsvc.plans.elsewhere import refuse_elsewhere
from gridsvc.plans.errors import WrongPlanState
from gridsvc.plans.kept import Kept
from gridsvc.plans.operations import apply
from gridsvc.plans.queries import drafting
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.tables import Plan, PlanCommunity, PlanOp


class NothingToUndo(Conflict):
    """There is nothing to undo, or to do again."""

    code = "nothing_to_undo"


# Under the operation that left a community so, or the versions and the outline it is made of.
_drawings: Kept[Drawing] = Kept(most=48)


@dataclass(frozen=True)
class Outcome:
    """A community of a plan before and after an operation, and its blocks; `plan` has its new revision if stored."""

    plan: Plan
    before: Drawing
    after: Drawing
    blocks: Blocks

    @property
    def changed(self) -> tuple[str, ...]:
        """The grids that have another shape, name, kind or code than before, or are new."""
        return self.after.unlike(self.before)


def open_plan(session: Session, actor: Actor, *, title: str, reason: str, communities: Sequence[str]) -> Plan:
    """Open a draft over communities of one's jurisdiction, drawn on the net of now.

    Raises UnknownCommunity, which names each community that is not there, is not one's own or has no grids.
    """
    actor = actor.by("plans.edit")
    wanted = sorted(set(communities))
    now = queries.clock(session)
    net = places.net_at(session, now, BASE_NET)
    net_id = nets.ensure_net(session, BASE_NET, BASE_NET)
    living = redrawn.living_grids(session, net_id, [code for code in wanted if actor.scope.covers(code)])
    _refuse_unknown(wanted, {grid.community_code for grid in living})
    assert net is not None
    plan = Plan(
        id=new_id(),
        net_id=net_id,
        title=title,
        reason=reason,
        author_id=actor.account_id,
        created_at=now,
        updated_at=now,
        base_net_version_id=net.id,
    )
    session.add(plan)
    session.flush()
    session.add_all(PlanCommunity(plan_id=plan.id, community_code=code) for code in wanted)
    drafting.add_base(session, plan.id, [grid.version_id for grid in living], wanted)
    audit.record(session, actor, "plan.open", "plan", plan.id, detail={"communities": len(wanted)})
    return plan


def operate(
    session: Session,
    actor: Actor,
    plan_id: UUID,
    community_code: str,
    operation: Operation,
    *,
    expected: Expected,
    confirmed: bool = False,
    preview: bool = False,
) -> Outcome:
    """The draft after an operation on one of its communities; a preview stores nothing.

    Raises Stale, which tells what was done meanwhile, WrongPlanState for what is no draft, and whatever the operation
    refuses, with its geometry; the draft is then as it was.
    """
    plan = draft(session, actor, plan_id, expected)
    before = drawing(session, plan, community_code)
    ground = Blocks.of(session, [community_code])
    refuse_elsewhere(session, plan, before, ground, operation)
    after = apply(before, operation, Permit(blocks=ground.polygons, confirmed=confirmed))
    outcome = Outcome(plan, before, after, ground)
    if preview:
        return outcome
    drafting.abandon_after(session, plan.id, plan.position, queries.clock(session))
    _advance(session, plan, plan.position + 1)
    done = PlanOp(
        id=new_id(),
        plan_id=plan.id,
        sequence=plan.position,
        revision=plan.revision,
        kind=operation.kind,
        community_code=community_code,
        arguments=operation.model_dump(mode="json"),
        state=after.encoded(),
        account_id=actor.account_id,
        at=plan.updated_at,
    )
    session.add(done)
    _drawings.put(done.id, after)
    store_grids(session, plan.id, after, ground)
    return outcome


def undo(session: Session, actor: Actor, plan_id: UUID, *, expected: Expected) -> Outcome:
    """Take up the draft as it was before its last operation. Raises NothingToUndo, and what `operate` raises."""
    plan = draft(session, actor, plan_id, expected)
    return _step(session, plan, drafting.operation_at(session, plan.id, plan.position), plan.position - 1)


def redo(session: Session, actor: Actor, plan_id: UUID, *, expected: Expected) -> Outcome:
    """Do again what was undone last. Raises NothingToUndo, and what `operate` raises."""
    plan = draft(session, actor, plan_id, expected)
    return _step(session, plan, drafting.operation_at(session, plan.id, plan.position + 1), plan.position + 1)


def edit_plan(session: Session, actor: Actor, plan_id: UUID, changes: Mapping[str, Any], *, expected: Expected) -> Plan:
    """Change title, reason, the moment it is to take effect or its public notice, as long as it is not published.

    Raises InvalidInput when nothing is to change, or a notice ends before it begins, and what `draft` raises.
    """
    actor = actor.by("plans.edit")
    queries.lock_plan(session, plan_id)
    plan = visible_plan(session, actor, plan_id)
    if plan.status not in ("draft", "in_review", "approved"):
        raise WrongPlanState(f"The plan is {plan.status}.", status=plan.status)
    expected.check(plan.revision)
    if not changes:
        raise InvalidInput("Nothing is to be changed.")
    for name, value in changes.items():
        setattr(plan, name, value)
    if plan.notice_from and plan.notice_until and plan.notice_from >= plan.notice_until:
        raise InvalidInput(faults=[Fault("body.notice_until", "before_begin", "The notice ends before it begins.")])
    _advance(session, plan, plan.position)
    audit.record(session, actor, "plan.edit", "plan", plan.id, detail={"fields": sorted(changes)})
    return plan


def draft(session: Session, actor: Actor, plan_id: UUID, expected: Expected) -> Plan:
    """A draft locked for changing it. Raises NotFound, WrongPlanState and Stale."""
    actor = actor.by("plans.edit")
    queries.lock_plan(session, plan_id)
    plan = visible_plan(session, actor, plan_id)
    try:
        expected.check(plan.revision)
    except Stale as stale:
        known = max((each for each in expected.revisions if each < plan.revision), default=plan.revision - 1)
        raise Stale(revision=plan.revision, changed={"operations": done_since(session, plan_id, known)}) from stale
    if plan.status != "draft":
        raise WrongPlanState(f"The plan is {plan.status}; only a draft is changed.", status=plan.status)
    return plan


def visible_plan(session: Session, actor: Actor, plan_id: UUID) -> Plan:
    """A plan all of whose communities lie in one's jurisdiction; raises NotFound for any other."""
    plan = queries.plan(session, plan_id)
    if plan is None or not all(actor.scope.covers(code) for code in queries.communities(session, plan_id)):
        raise NotFound
    return plan


def drawing(session: Session, plan: Plan, community_code: str) -> Drawing:
    """A community as it is drawn in a plan now. Raises UnknownCommunity when the plan is not about it."""
    refuse_foreign(session, plan, community_code)
    last = drafting.last_operation(session, plan.id, community_code, plan.position)
    if last is None:
        return base_drawing(session, plan, community_code)
    return _drawings.get(last, lambda: Drawing.decoded(community_code, drafting.state_of(session, last)))


def refuse_foreign(session: Session, plan: Plan, community_code: str) -> None:
    """Raise UnknownCommunity for a community that the plan is not about."""
    if not drafting.has_community(session, plan.id, community_code):
        raise UnknownCommunity(faults=[Fault("community", "unknown_community", "The plan is not about it.")])


def base_drawing(session: Session, plan: Plan, community_code: str) -> Drawing:
    """A community as the grids are that a plan was drawn on; as they are now if a withdrawal took those away."""
    versions = drafting.base_ids(session, plan.id, community_code)
    (area,) = registers.community_shapes(session, queries.clock(session), {community_code})
    if versions:
        key = (community_code, *versions, area.wkb)
        return _drawings.get(key, lambda: _of_base(session, plan, community_code, area.wkb))
    living = redrawn.living_grids(session, plan.net_id, [community_code])
    return _of_grids(community_code, area.wkb, living)


def _of_base(session: Session, plan: Plan, community_code: str, outline: bytes) -> Drawing:
    rows = drafting.base_of(session, plan.id, community_code)
    shapes = from_wkb([row.wkb for row in rows])
    return _of_grids(community_code, outline, [redrawn.as_living(*each) for each in zip(rows, shapes, strict=True)])


def _of_grids(community_code: str, outline: bytes, grids: list[LivingGrid]) -> Drawing:
    try:
        return Drawing.of_living(community_code, from_wkb([outline])[0], grids)
    except NotAPartition as fault:
        raise InvalidInput(
            "The grids of this community do not tile it; mend the net first (gridsvc check net).", faults=fault.faults
        ) from fault


def store_grids(session: Session, plan_id: UUID, drawn: Drawing, ground: Blocks) -> None:
    """Keep the partition of a community as the grids that would be published."""
    polygons, shapes = drawn.partition.polygons(), drawn.shapes
    areas = drawn.partition.areas_m2()
    notes = [drawn.notes[key] for key in polygons]
    rows: dict[str, Sequence[Any]] = {
        "key": list(polygons),
        "grid_id": [note.grid_id for note in notes],
        "kind": [note.kind for note in notes],
        "name": [note.name for note in notes],
        "code": [note.code for note in notes],
        "decided": [note.decided for note in notes],
        "fresh_code": [note.fresh_code for note in notes],
        "geom": to_ewkb(shapes),
        "area_m2": [areas[key] for key in polygons],
        "counts": ground.counts_in(shapes),
    }
    drafting.replace_grids(session, plan_id, drawn.community_code, rows)


def done_since(session: Session, plan_id: UUID, revision: int) -> list[Mapping[str, Any]]:
    """What was done to a plan after a revision, for whoever missed it."""
    return [
        {"kind": row.kind, "community": row.community_code, "by": row.display_name, "at": row.at.isoformat()}
        for row in drafting.log(session, plan_id, since_revision=revision)
    ]


def _step(session: Session, plan: Plan, done: PlanOp | None, position: int) -> Outcome:
    if done is None:
        raise NothingToUndo
    community = done.community_code
    before, ground = drawing(session, plan, community), Blocks.of(session, [community])
    _advance(session, plan, position)
    after = drawing(session, plan, community)
    store_grids(session, plan.id, after, ground)
    return Outcome(plan, before, after, ground)


def _advance(session: Session, plan: Plan, position: int) -> None:
    plan.position, plan.revision, plan.updated_at = position, plan.revision + 1, queries.clock(session)
    session.flush()


def _refuse_unknown(wanted: Sequence[str], found: set[str]) -> None:
    faults = [
        Fault(f"communities[{place}]", "unknown_community", "This is not there, not yours, or has no grids.")
        for place, code in enumerate(wanted)
        if code not in found
    ]
    if faults or not wanted:
        raise UnknownCommunity("A plan is about communities with grids.", faults=faults)
