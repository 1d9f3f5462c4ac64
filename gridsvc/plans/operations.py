"""The operations on a drawing, by their names: what a planner asks for as data becomes another drawing, or a refusal.

Each takes a drawing and its arguments and gives a drawing (`gridsvc.core.redraw` does the geometry); nothing is stored.
"""

from collections.abc import Callable, Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from gridsvc.core import geojson, redraw
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.core.redraw import Permit
from gridsvc.core.redraw.keys import require
from gridsvc.plans.asked import (
    Arguments,
    Carve,
    Decide,
    Describe,
    Divide,
    Merge,
    MoveBorder,
    MoveVertices,
    Reassign,
    Renumber,
    Shift,
    Split,
)
from gridsvc.plans.dividing import divided
from gridsvc.plans.drawing import Drawing, Note


def apply(drawing: Drawing, operation: Arguments, permit: Permit) -> Drawing:
    """The drawing after an operation. Raises RedrawError, or CutsBlocks where only a confirmation is missing."""
    return _DOING[type(operation)](drawing, operation, permit)


def _split(drawing: Drawing, asked: Split, permit: Permit) -> Drawing:
    new = drawing.next_key
    line = _shape(asked.line, "line", ("LineString",))
    partition = redraw.split(drawing.partition, asked.key, line, new_key=new, permit=permit)
    return drawing.redrawn(partition, {new: Note(kind=drawing.notes[asked.key].kind)})


def _merge(drawing: Drawing, asked: Merge, permit: Permit) -> Drawing:
    return drawing.redrawn(redraw.merge(drawing.partition, asked.keys, asked.into))


def _move_border(drawing: Drawing, asked: MoveBorder, permit: Permit) -> Drawing:
    line = _shape(asked.line, "line", ("LineString",))
    return drawing.redrawn(redraw.move_border(drawing.partition, asked.left, asked.right, line, permit=permit))


def _move_vertices(drawing: Drawing, asked: MoveVertices, permit: Permit) -> Drawing:
    moves = {move.place: move.to for move in asked.moves}
    return drawing.redrawn(redraw.move_vertices(drawing.partition, moves, permit=permit))


def _reassign(drawing: Drawing, asked: Reassign, permit: Permit) -> Drawing:
    return drawing.redrawn(redraw.reassign(drawing.partition, asked.block_ids, asked.key, permit=permit))


def _carve(drawing: Drawing, asked: Carve, permit: Permit) -> Drawing:
    if (asked.area is None) == (not asked.block_ids):
        raise InvalidInput(faults=[Fault("operation", "area_or_blocks", "Give an area or blocks, one of the two.")])
    ground = _shape(asked.area, "area", ("Polygon",)) if asked.area else asked.block_ids
    new = drawing.next_key
    partition = redraw.carve(drawing.partition, ground, new_key=new, permit=permit)
    return drawing.redrawn(partition, {new: Note(kind=asked.grid_kind, name=asked.name)})


def _shift(drawing: Drawing, asked: Shift, permit: Permit) -> Drawing:
    area = _shape(asked.area, "area", ("Polygon",))
    return drawing.redrawn(redraw.shift(drawing.partition, asked.source, asked.target, area, permit=permit))


def _renumber(drawing: Drawing, asked: Renumber, permit: Permit) -> Drawing:
    require(drawing.partition, *asked.keys)
    for key in asked.keys or drawing.partition.keys:
        drawing = drawing.noted(key, fresh_code=True, code=None)
    return drawing


def _describe(drawing: Drawing, asked: Describe, permit: Permit) -> Drawing:
    require(drawing.partition, asked.key)
    given = {"name": asked.name, "kind": asked.grid_kind, "code": asked.code}
    return drawing.noted(asked.key, **{name: value for name, value in given.items() if value is not None})


def _decide(drawing: Drawing, asked: Decide, permit: Permit) -> Drawing:
    require(drawing.partition, asked.key)
    grid = None
    if asked.goes_on_as is not None:
        grid = drawing.identities.get(asked.goes_on_as)
        if grid is None:
            fault = Fault("operation.goes_on_as", "unknown_grid", "No grid of the present net has this code here.")
            raise InvalidInput(faults=[fault])
        for key, note in drawing.notes.items():
            if note.decided and note.grid_id == grid and key != asked.key:
                fault = Fault("operation.goes_on_as", "grid_exists", f"{key} goes on as this grid already.")
                raise InvalidInput(faults=[fault])
    return drawing.noted(asked.key, grid_id=grid, decided=True)


def _divide(drawing: Drawing, asked: Divide, permit: Permit) -> Drawing:
    return divided(drawing, asked.grids, permit.blocks)


_DOING: Mapping[type[Arguments], Callable[..., Drawing]] = {
    Split: _split,
    Merge: _merge,
    MoveBorder: _move_border,
    MoveVertices: _move_vertices,
    Reassign: _reassign,
    Carve: _carve,
    Shift: _shift,
    Renumber: _renumber,
    Describe: _describe,
    Decide: _decide,
    Divide: _divide,
}


def _shape(value: object, place: str, kinds: Sequence[str]) -> BaseGeometry:
    shape = geojson.parse_geometry(value, f"operation.{place}")
    if shape.geom_type not in kinds:
        raise InvalidInput(faults=[Fault(f"operation.{place}", "wrong_kind", f"A {' or '.join(kinds)} is needed.")])
    return shape
