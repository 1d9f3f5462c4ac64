"""What is declared about the points of a file, and the columns that are added to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridsvc.core.datum import parse_crs
from gridsvc.core.errors import InvalidInput

GRID_CODE, COMMUNITY_CODE, BORDER_DISTANCE = "grid_code", "community_code", "border_distance_m"

Bounds = tuple[float, float, float, float]
WHOLE_GLOBE: Bounds = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where the coordinates of a file are, and what is added.

    Without `x_field` and `y_field` the points of a GeoParquet file are taken. `crs` is the datum of all rows, or of
    those whose `crs_field` is empty. Points outside `bounds` (west, south, east, north in degrees) are refused.
    `suffix` stands behind the names of the added columns.
    """

    x_field: str | None = None
    y_field: str | None = None
    crs: str | None = None
    crs_field: str | None = None
    with_border_distance: bool = False
    suffix: str = ""
    encoding: str | None = None
    bounds: Bounds = WHOLE_GLOBE

    def check(self) -> None:
        """Raises InvalidInput if what is declared does not fit together, UnknownDatum for a datum nobody knows."""
        if (self.x_field is None) != (self.y_field is None):
            raise InvalidInput("Give both columns of coordinates (--x-field and --y-field), or neither.")
        if self.x_field is not None and self.x_field == self.y_field:
            raise InvalidInput("One column cannot hold both coordinates.")
        if self.x_field is None and self.crs_field is not None:
            raise InvalidInput("A column of the datum needs columns of coordinates (--x-field and --y-field).")
        if self.x_field is not None and not (self.crs or self.crs_field):
            raise InvalidInput("Coordinates need a datum: --crs EPSG:4490, GCJ-02 …, or --crs-field.")
        if self.crs is not None:
            parse_crs(self.crs)

    def added(self) -> tuple[str, ...]:
        """The names of the added columns, in their order."""
        names = (GRID_CODE, COMMUNITY_CODE) + ((BORDER_DISTANCE,) if self.with_border_distance else ())
        return tuple(name + self.suffix for name in names)

    def check_names(self, present: Sequence[str]) -> None:
        """Raises InvalidInput if a needed column is missing, or an added one is there already."""
        needed = [name for name in (self.x_field, self.y_field, self.crs_field) if name]
        missing = [name for name in needed if name not in present]
        if missing:
            raise InvalidInput(f"The file has no column {', '.join(missing)}; it has {', '.join(present) or 'none'}.")
        taken = [name for name in self.added() if name in present]
        if taken:
            raise InvalidInput(
                f"The file has a column {', '.join(taken)} already; give the new ones another name (--suffix _new)."
            )
