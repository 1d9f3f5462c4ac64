"""Redrawing the grids of a community: operations that take a partition and give another, or refuse.

Every operation is a pure function `(partition, …) -> Partition`. A refusal (RedrawError, or CutsBlocks where only a
confirmation is missing) carries the geometry it is about, and the value one had is still what it was: undo is to take
it up again. How lines are snapped and what is guaranteed: docs/redraw.md.
"""

from gridsvc.core.redraw.borders import move_border, move_vertices
from gridsvc.core.redraw.drawn import EXTEND_M, SNAP_M
from gridsvc.core.redraw.keys import merge, numbered, renumber
from gridsvc.core.redraw.paint import carve, reassign, shift
from gridsvc.core.redraw.permit import CUT_DEPTH_M, Permit, cut_blocks
from gridsvc.core.redraw.split import split
from gridsvc.core.refusals import CommunityChange, CutsBlocks, RedrawError

__all__ = [
    "CUT_DEPTH_M",
    "EXTEND_M",
    "SNAP_M",
    "CommunityChange",
    "CutsBlocks",
    "Permit",
    "RedrawError",
    "carve",
    "cut_blocks",
    "merge",
    "move_border",
    "move_vertices",
    "numbered",
    "reassign",
    "renumber",
    "shift",
    "split",
]
