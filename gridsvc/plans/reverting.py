"""Taking back a plan that is in effect: a new plan whose grids have the borders they had before it."""

from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.partition import Partition
from gridsvc.geography.gate import BASE_NET
from gridsvc.geography.shapes import from_wkb
from gridsvc.plans import drafts
from gridsvc.plans.blocks import Blocks
from gridsvc.plans.drawing import Drawing, Note
from gridsvc.plans.errors import WrongPlanState
from gridsvc.plans.queries import history
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.tables import Plan, PlanOp


def revert_plan(session: Session, actor: Actor, plan_id: UUID) -> Plan:
    """Open a draft that draws the communities of a plan in effect as they were just before it.

    Grids that were there then go on as themselves where they still live; ended identities are not raised again. Raises
    WrongPlanState for a plan that is not in effect.
    """
    actor = actor.by("plans.edit")
    old = drafts.visible_plan(session, actor, plan_id)
    if old.status != "published" or old.effective_at is None or old.effective_at > queries.clock(session):
        raise WrongPlanState("Only a plan in effect is taken back by a new plan.", status=old.status)
    communities = queries.communities(session, plan_id)
    made = drafts.open_plan(session, actor, title=f"{old.title} ↺", reason=old.reason, communities=communities)
    made.reverts_plan_id = old.id
    for community in communities:
        _draw_former(session, actor, made, community, old)
    return made


def _draw_former(session: Session, actor: Actor, made: Plan, community: str, old: Plan) -> None:
    assert old.effective_at is not None
    base = drafts.base_drawing(session, made, community)
    former = history.versions_before(session, old.effective_at, BASE_NET, community)
    shapes = from_wkb([row.wkb for row in former])
    living = set(base.identities.values())
    polygons = {row.code: shape for row, shape in zip(former, shapes, strict=True)}
    partition = Partition.from_polygons(base.partition.community(), polygons)
    notes = {
        row.code: Note(
            row.grid_id if row.grid_id in living else None, row.kind, row.name, decided=row.grid_id in living
        )
        for row in former
    }
    drawn = Drawing(community, partition, notes, base.identities, base.next_number)
    if drawn.partition == base.partition:
        return
    made.position, made.revision, made.updated_at = made.position + 1, made.revision + 1, queries.clock(session)
    session.add(
        PlanOp(
            plan_id=made.id,
            sequence=made.position,
            revision=made.revision,
            kind="revert",
            community_code=community,
            arguments={"plan": str(old.id)},
            state=drawn.encoded(),
            account_id=actor.account_id,
            at=made.updated_at,
        )
    )
    session.flush()
    drafts.store_grids(session, made.id, drawn, Blocks.of(session, [community]))
