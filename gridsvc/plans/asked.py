"""What a planner can ask for on a drawing, as data: the operations by their names and arguments."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["basic", "dedicated"]
Key = Annotated[str, Field(min_length=1, max_length=80)]
Name = Annotated[str, Field(max_length=100)]
Shape = dict[str, object]
Place = tuple[float, float]
MOST_KEYS = 1000
MOST_COMMUNITIES = 500
LONGEST_TITLE, LONGEST_REASON = 200, 4000


class Arguments(BaseModel):
    """What every operation is: a kind and nothing that it does not know."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Split(Arguments):
    """Cut a grid in two by a drawn line (GeoJSON LineString, degrees)."""

    kind: Literal["split"]
    key: Key
    line: Shape


class Merge(Arguments):
    """Make neighbours one grid, which goes on as `into` or as the largest."""

    kind: Literal["merge"]
    keys: Annotated[list[Key], Field(min_length=2, max_length=MOST_KEYS)]
    into: Key | None = None


class MoveBorder(Arguments):
    """Replace a stretch of the border between two neighbours by a drawn line."""

    kind: Literal["move_border"]
    left: Key
    right: Key
    line: Shape


class Move(Arguments):
    """A vertex of a border, and where it goes (null: it is left out)."""

    place: Place
    to: Place | None


class MoveVertices(Arguments):
    """Move vertices of borders; all grids that meet there follow."""

    kind: Literal["move_vertices"]
    moves: Annotated[list[Move], Field(min_length=1, max_length=MOST_KEYS)]


class Reassign(Arguments):
    """Paint: give blocks to a grid."""

    kind: Literal["reassign_blocks"]
    block_ids: Annotated[list[Key], Field(min_length=1, max_length=10_000)]
    key: Key


class Carve(Arguments):
    """Carve out a grid of its own, by an area (GeoJSON Polygon, degrees) or by blocks."""

    kind: Literal["carve"]
    area: Shape | None = None
    block_ids: Annotated[list[Key], Field(max_length=10_000)] = []
    grid_kind: Kind = "dedicated"
    name: Name = ""


class Shift(Arguments):
    """Give the part of a grid inside an area (GeoJSON Polygon, degrees) to another."""

    kind: Literal["shift"]
    source: Key
    target: Key
    area: Shape


class Renumber(Arguments):
    """Give grids fresh codes at publication; all of the community when none is named."""

    kind: Literal["renumber"]
    keys: Annotated[list[Key], Field(max_length=MOST_KEYS)] = []


class Describe(Arguments):
    """Name a grid, say its kind, or ask for a code of its own."""

    kind: Literal["describe"]
    key: Key
    name: Name | None = None
    grid_kind: Kind | None = None
    code: Annotated[str | None, Field(max_length=60)] = None


class Decide(Arguments):
    """Decide that a grid goes on as the one it was drawn from, or that it is new, whatever the rule says."""

    kind: Literal["decide"]
    key: Key
    goes_on_as: Key | None


class Divide(Arguments):
    """Draw the grids anew from an assignment of blocks, as a proposal made it: a list of blocks for each grid."""

    kind: Literal["divide"]
    grids: Annotated[list[Annotated[list[Key], Field(min_length=1)]], Field(min_length=1, max_length=MOST_KEYS)]


Operation = Annotated[
    Split | Merge | MoveBorder | MoveVertices | Reassign | Carve | Shift | Renumber | Describe | Decide | Divide,
    Field(discriminator="kind"),
]
