"""Operations that name ground of another community: they would change communities themselves, which no plan does."""

import shapely
from sqlalchemy.orm import Session

from gridsvc.core.redraw.refusals import refuse
from gridsvc.core.refusals import CommunityChange, UnknownGrid
from gridsvc.geography.shapes import from_wkb
from gridsvc.plans.asked import Arguments, Carve, Decide, Divide, Merge, MoveBorder, Reassign, Renumber, Shift, Split
from gridsvc.plans.blocks import Blocks
from gridsvc.plans.drawing import Drawing
from gridsvc.plans.queries import drafting
from gridsvc.plans.tables import Plan


def refuse_elsewhere(session: Session, plan: Plan, drawn: Drawing, ground: Blocks, asked: Arguments) -> None:
    """Refuse an operation on a community that names grids or blocks of others, and show where those are.

    Raises CommunityChange where ground would pass from one community to another, and UnknownGrid where a grid of
    another community was to be changed alone. What is nowhere is left to the operation to refuse.
    """
    keys = [key for key in _keys(asked) if key not in drawn.partition.keys]
    if keys and (rows := drafting.grids_elsewhere(session, plan.id, plan.net_id, keys)):
        names = ", ".join(row.key for row in rows)
        shown = list(from_wkb([row.wkb for row in rows]))
        if isinstance(asked, Merge | Shift | MoveBorder | Reassign):
            raise refuse(CommunityChange, "operation", shown, f"{_said(CommunityChange)} {names} lies in another one.")
        raise refuse(UnknownGrid, "operation.key", shown, f"{names} lies in another community.")
    blocks = [code for code in _blocks(asked) if code not in ground.polygons]
    if blocks and (found := drafting.blocks_elsewhere(session, drawn.community_code, blocks)):
        shape = shapely.union_all(from_wkb([row.wkb for row in found]))
        names = ", ".join(row.code for row in found)
        raise refuse(CommunityChange, "operation", shape, f"{_said(CommunityChange)} {names} lies in another one.")


def _keys(asked: Arguments) -> list[str]:
    match asked:
        case Merge():
            return [*asked.keys, *([asked.into] if asked.into else [])]
        case Shift():
            return [asked.source, asked.target]
        case MoveBorder():
            return [asked.left, asked.right]
        case Renumber():
            return asked.keys
        case Split() | Reassign() | Decide():
            return [asked.key]
        case _:
            return []


def _blocks(asked: Arguments) -> list[str]:
    match asked:
        case Reassign() | Carve():
            return asked.block_ids
        case Divide():
            return [block for grid in asked.grids for block in grid]
        case _:
            return []


def _said(kind: type[CommunityChange]) -> str:
    return (kind.__doc__ or "").strip()
