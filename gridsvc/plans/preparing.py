"""What a drawn community changes, measured when its plan is approved and kept until it is published.

Measuring a whole city takes seconds, publishing it shall not. What is kept bears a stamp of everything it was made
from: drawn grids, living versions, blocks, the outline. When any of these is another one, it is measured again.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from gridsvc.geography import redrawn
from gridsvc.geography.netcheck import GridDraft, ground_of, refuse_faults
from gridsvc.geography.shapes import as_multi, as_shapes
from gridsvc.plans.drawn import drawn_grids, households_of
from gridsvc.plans.queries import preparing as queries
from gridsvc.plans.queries import publishing
from gridsvc.plans.succession import Changes, DrawnGrid, changes_of
from gridsvc.plans.tables import Plan


def changes_in(session: Session, plan: Plan, communities: Sequence[str]) -> Changes:
    """What a plan changes in communities, proven to tile them exactly; what is not known yet is measured and kept.

    Raises NetHasFaults with every place where the drawn grids do not tile a community.
    """
    stamps = queries.stamps(session, plan.id, plan.net_id, communities)
    kept = queries.kept(session, plan.id, communities)
    found = {
        code: Changes.decoded(row.changes)
        for code in communities
        if (row := kept.get(code)) and row.stamp == stamps[code]
    }
    missing = [code for code in communities if code not in found]
    if missing:
        _prove_coverage(session, drawn_grids(session, plan.id, missing))
        for code in missing:
            found[code] = _measured(session, plan, code)
        queries.keep(session, plan.id, {code: (stamps[code], found[code].encoded()) for code in missing})
    return Changes.together([found[code] for code in communities])


def prepare_ahead(session: Session, plan: Plan) -> None:
    """Measure a plan that is approved, so that publishing it takes no time; a stale one is left as it is."""
    communities = publishing.communities(session, plan.id)
    living = redrawn.living_grids(session, plan.net_id, communities, shaped=False)
    if {grid.version_id for grid in living} == publishing.base_versions(session, plan.id):
        changes_in(session, plan, communities)


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
