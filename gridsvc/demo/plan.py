"""What a load of the demo city is made from."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from gridsvc.demo.city import Size
from gridsvc.demo.ground import Ground

FULL_GRIDS = 2461


@dataclass(frozen=True)
class LoadPlan:
    """What to load: the size, the seed, the midnight that counts as today, the moment of loading, the password."""

    size: Size
    seed: int
    today: datetime
    now: datetime
    password: str

    def rng(self, part: int) -> np.random.Generator:
        """A stream of its own for each part, so that changing one part leaves the others as they are."""
        return np.random.default_rng([self.seed, part])

    def scaled(self, full: int, ground: Ground) -> int:
        """A number meant for the whole city, for as many grids as this one has."""
        return round(full * len(ground.grid_polygons) / FULL_GRIDS)
