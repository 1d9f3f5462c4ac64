"""Which part of the city a figure is about: all of it, an area or one grid, and never more than the scope allows."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.core.errors import Fault, InvalidInput

AREA_DIGITS = 12
FEW = 20


@dataclass(frozen=True)
class Where:
    """The part asked for. `area_code` is that of a district, street or community with 12 digits.

    People of a sensitive class are in it for who `sees_sensitive`, and else those with whom the worker of the scope is
    paired now.
    """

    scope: Scope = WHOLE_CITY
    area_code: str | None = None
    grid_id: UUID | None = None
    sees_sensitive: bool = False

    @property
    def is_everywhere(self) -> bool:
        """Whether nothing is left out."""
        return self.scope.city_wide and self.area_code is None and self.grid_id is None

    @property
    def is_small(self) -> bool:
        """Whether it is one grid, one community, or not much more: some thousands of doors at most."""
        if self.grid_id is not None or (self.area_code is not None and "%" not in area_pattern(self.area_code)):
            return True
        return not self.scope.city_wide and len(self.scope.community_codes) <= 1 and len(self.scope.grid_ids) <= FEW

    def limits(self) -> dict[str, Any]:
        """The values that every statement on a part of the city takes."""
        return {
            "city_wide": self.scope.city_wide,
            "communities": sorted(self.scope.community_codes),
            "grids": sorted(self.scope.grid_ids),
            "area": area_pattern(self.area_code),
            "grid_id": self.grid_id,
            "sees_sensitive": self.sees_sensitive,
            "paired_worker": self.scope.worker_id,
        }


EVERYWHERE = Where(sees_sensitive=True)


def area_pattern(code: str | None) -> str:
    """The pattern of the community codes in an area; InvalidInput for a code that is none."""
    if code is None:
        return "%"
    if len(code) != AREA_DIGITS or not (code.isascii() and code.isdigit()):
        raise InvalidInput(faults=[Fault("query.area", "bad_code", "The code of an area has 12 digits.")])
    for digits in (2, 4, 6, 9):
        if set(code[digits:]) == {"0"}:
            return f"{code[:digits]}%"
    return code
