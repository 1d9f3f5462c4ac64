"""Why a redraw or a division is refused: each kind with its code. Only classes, so that the list of codes loads fast.

A refused redraw changes nothing, and always carries the geometry it is about (`core.redraw.refusals`).
"""

from gridsvc.core.errors import Conflict, InvalidGeometry, InvalidInput


class NotAPartition(InvalidGeometry):
    """The grids do not tile their community exactly, vertex by vertex."""

    code = "not_a_partition"


class RedrawError(InvalidInput):
    """The grids cannot be redrawn like this."""

    code = "redraw_refused"


class UnknownGrid(RedrawError):
    """There is no grid of this key in the community."""

    code = "unknown_grid"


class GridExists(RedrawError):
    """There is a grid of this key already."""

    code = "grid_exists"


class UnknownBlock(RedrawError):
    """There is no block of this id in the community."""

    code = "unknown_block"


class UnknownVertex(RedrawError):
    """There is no vertex of a border here."""

    code = "unknown_vertex"


class BadDrawing(RedrawError):
    """What was drawn is not a line or area that can be used here."""

    code = "bad_drawing"


class DrawingTooLarge(RedrawError):
    """What was drawn has too many vertices or lies too far from the community."""

    code = "drawing_too_large"


class DuplicateVertex(RedrawError):
    """The line has the same vertex twice in succession."""

    code = "duplicate_vertex"


class SelfCrossing(RedrawError):
    """The line crosses or touches itself."""

    code = "self_crossing"


class LineMissesGrid(RedrawError):
    """The line does not run through the grid."""

    code = "line_misses_grid"


class LineEndsInside(RedrawError):
    """The line ends inside the grid, too far from its border to be carried on to it."""

    code = "line_ends_inside"


class LineAlongBorder(RedrawError):
    """The line runs along a border that is there already."""

    code = "line_along_border"


class LineOffBorder(RedrawError):
    """The line does not begin and end on the border that it is to replace."""

    code = "line_off_border"


class TooManyParts(RedrawError):
    """The line cuts the grid into more than two parts; draw a shorter one."""

    code = "too_many_parts"


class NotNeighbours(RedrawError):
    """The grids do not share a border line."""

    code = "not_neighbours"


class CrossesBorder(RedrawError):
    """The new border crosses or touches another one."""

    code = "crosses_border"


class FrozenBorder(RedrawError):
    """This would change the border of the community, which is frozen while its grids are redrawn."""

    code = "frozen_border"


class CommunityChange(RedrawError):
    """Communities themselves cannot be merged, split or moved by a plan yet."""

    code = "community_change"


class OutsideCommunity(RedrawError):
    """This lies outside the community."""

    code = "outside_community"


class Sliver(RedrawError):
    """This would leave a sliver: less than a square metre, or narrower than two centimetres."""

    code = "sliver"


class GridCutOff(RedrawError):
    """This would leave a grid in separate parts."""

    code = "grid_cut_off"


class GridVanishes(RedrawError):
    """This would leave a grid without any ground; merge it instead."""

    code = "grid_vanishes"


class NothingChanges(RedrawError):
    """This would change nothing."""

    code = "nothing_changes"


class CutsBlocks(Conflict):
    """This cuts compounds; confirm that it is meant."""

    code = "cuts_blocks"
    told = ("block_ids",)

    @property
    def block_ids(self) -> tuple[str, ...]:
        """The blocks that would be cut."""
        return tuple(self.details["block_ids"])


class CannotDivide(InvalidInput):
    """The blocks cannot be divided into so many connected grids."""

    code = "cannot_divide"
