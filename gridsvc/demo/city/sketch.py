"""The city as drawn in metres, before names and degrees: what one attempt hands to the assembly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridsvc.demo.city.backbone import Backbone
from gridsvc.demo.city.divide import Division
from gridsvc.demo.city.fabric import Fabric
from gridsvc.demo.city.layout import Layout
from gridsvc.demo.city.people import Counts


@dataclass(frozen=True)
class Sketch:
    """Blocks with their division and numbers; `water` is the name of the water each block is part of, or empty."""

    layout: Layout
    backbone: Backbone
    fabric: Fabric
    division: Division
    dedicated: dict[int, str]
    counts: Counts
    water: NDArray[np.str_]
    centre_m: NDArray[np.float64]
    pilots: NDArray[np.int64]
