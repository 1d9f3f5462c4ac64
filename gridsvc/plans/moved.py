"""What moved on under a draft: grids that are new, gone or another version than those it was drawn on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gridsvc.geography.redrawn import LivingGrid
from gridsvc.plans.drafts import base_drawing, drawing
from gridsvc.plans.queries import drafting
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.tables import Plan


@dataclass(frozen=True)
class MovedOn:
    """A community whose grids have other versions than the draft was drawn on.

    `changed` are the codes of grids that are new, gone or another version; `conflicts` are those of them that the draft
    had drawn differently too.
    """

    community_code: str
    changed: tuple[str, ...]
    conflicts: tuple[str, ...]


def moved_on(session: Session, plan: Plan, living: Sequence[LivingGrid]) -> Iterator[MovedOn]:
    """The communities of a plan whose grids moved on; `living` are the grids of all its communities as they are now."""
    base = drafting.base_codes(session, plan.id)
    for code in queries.communities(session, plan.id):
        was = {row.id: row.code for row in base if row.community_code == code}
        now = {grid.version_id: grid.code for grid in living if grid.community_code == code}
        if was.keys() != now.keys():
            both = was.keys() & now.keys()
            changed = {grid for version, grid in (was | now).items() if version not in both}
            theirs = changed & _redrawn(session, plan, code)
            yield MovedOn(code, tuple(sorted(changed)), tuple(sorted(theirs)))


def _redrawn(session: Session, plan: Plan, community_code: str) -> set[str]:
    """The codes of the grids that a draft draws differently from those it was drawn on."""
    base, drawn = base_drawing(session, plan, community_code), drawing(session, plan, community_code)
    return set(base.unlike(drawn))
