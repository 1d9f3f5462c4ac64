"""What a plan changes, measured and made ready when it is approved, so that publishing it only takes rows over.

Measuring a whole city takes seconds, publishing it shall not. What is kept bears a stamp of everything it was made
from: drawn grids, living versions, blocks, the outline. When any of these is another one, it is made again.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.geography import redrawn, staged
from gridsvc.geography.netcheck import GridDraft, ground_of, refuse_faults
from gridsvc.geography.shapes import as_multi, as_shapes
from gridsvc.infra.db import unit_of_work
from gridsvc.infra.jobs import defer
from gridsvc.plans.drawn import drawn_grids, households_of
from gridsvc.plans.queries import preparing as queries
from gridsvc.plans.queries import publishing
from gridsvc.plans.succession import Changes, DrawnGrid, changes_of, succession
from gridsvc.plans.tables import Plan

# How many communities are made ready while somebody waits, and in one transaction of the job process.
AT_ONCE = 10


def make_ready(session: Session, plan: Plan, communities: Sequence[str]) -> None:
    """See to it that every row is ready that publishing a plan needs, and that the drawn grids tile their communities.

    Nothing is measured that is known already. Raises NetHasFaults with every place where the drawn grids do not tile a
    community.
    """
    stamps = queries.unready(session, plan.id, plan.net_id, communities)
    if not stamps:
        return
    kept = queries.kept(session, plan.id, stamps)
    found = {code: Changes.decoded(told) for code, told in kept.items()}
    missing = [code for code in stamps if code not in found]
    if missing:
        _prove_coverage(session, drawn_grids(session, plan.id, missing))
        for code in missing:
            found[code] = _measured(session, plan, code)
    _stage(session, plan, found)
    queries.keep(session, plan.id, {code: (stamps[code], changes.encoded()) for code, changes in found.items()})


def prepare_ahead(session: Session, plan: Plan) -> None:
    """Make a plan ready that is approved, so that publishing it takes no time; a stale one is left as it is.

    A plan over many communities is left to the job process: whoever approves it need not wait, nor does intake.
    """
    communities = publishing.communities(session, plan.id)
    if len(communities) > AT_ONCE:
        defer(session, "prepare_plan", {"plan_id": str(plan.id)})
    elif not publishing.moved_on(session, plan.id, plan.net_id, communities):
        make_ready(session, plan, communities)


def prepare_in_parts(engine: Engine, plan_id: UUID) -> None:
    """Make an approved plan ready some communities at a time, each time in a transaction of its own.

    Stops when the plan is not approved any more, or a grid moved on. Raises NetHasFaults as `make_ready` does.
    """
    with unit_of_work(engine) as session:
        communities = publishing.communities(session, plan_id)
    for first in range(0, len(communities), AT_ONCE):
        with unit_of_work(engine) as session:
            publishing.lock_plan(session, plan_id)
            plan = publishing.plan(session, plan_id)
            if plan is None or plan.status != "approved":
                return
            if publishing.moved_on(session, plan_id, plan.net_id, communities):
                return
            make_ready(session, plan, communities[first : first + AT_ONCE])


def forget_ready(session: Session, plan: Plan) -> None:
    """Nothing is ready for a plan any more: it was published, or given up."""
    staged.forget(session, plan.id)
    queries.use_up(session, plan.id)


def _stage(session: Session, plan: Plan, found: dict[str, Changes]) -> None:
    """Write the rows of communities that publishing will take over, instead of those that were there."""
    communities = list(found)
    changes = succession(
        redrawn.living_grids(session, plan.net_id, communities, shaped=False),
        drawn_grids(session, plan.id, communities, shaped=False),
        Changes.together(list(found.values())),
    )
    staged.stage(
        session,
        plan.id,
        communities=communities,
        closing=changes.closing,
        openings=changes.openings,
        made_of=changes.parents_of,
    )
    owners = {str(grid.version_id): grid.community_code for grid in changes.closing}
    queries.keep_shares(session, plan.id, communities, [(owners[share.parent], share) for share in changes.shares])


def _measured(session: Session, plan: Plan, community_code: str) -> Changes:
    return changes_of(
        redrawn.living_grids(session, plan.net_id, [community_code]),
        drawn_grids(session, plan.id, [community_code]),
        households_of(session, [community_code]),
    )


def _prove_coverage(session: Session, drawn: Sequence[DrawnGrid]) -> None:
    drafts = [
        GridDraft(grid.shape, community_code=grid.community_code, code=grid.code or grid.key, kind=grid.kind)
        for grid in drawn
    ]
    shapes = as_multi(as_shapes([grid.shape for grid in drawn]))
    ground = ground_of(session, drafts, publishing.clock(session))
    refuse_faults(drafts, shapes, [grid.community_code for grid in drawn], ground)
