"""The blocks of the communities at work: their shapes, and what their counts come to in drawn grids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gridsvc.core.metric import Geometries
from gridsvc.geography.shapes import from_wkb
from gridsvc.plans.overlaps import Portions, portions
from gridsvc.plans.queries import drafting


@dataclass(frozen=True, eq=False)
class Blocks:
    """Blocks by code: shapes in EPSG:4326, and a table of counts with a column for each kind."""

    codes: Sequence[str]
    names: Mapping[str, str | None]
    shapes: Geometries
    kinds: Sequence[str]
    counts: NDArray[np.float64]

    @classmethod
    def of(cls, session: Session, communities: Sequence[str]) -> "Blocks":
        """The blocks of communities, in order of their codes."""
        rows = drafting.blocks(session, communities)
        kinds = sorted({kind for row in rows for kind in row.counts})
        table = np.array([[row.counts.get(kind, 0) for kind in kinds] for row in rows], dtype=np.float64)
        return cls(
            [row.code for row in rows],
            {row.code: row.name for row in rows},
            from_wkb([row.wkb for row in rows]),
            kinds,
            table.reshape(len(rows), len(kinds)),
        )

    @cached_property
    def polygons(self) -> Mapping[str, BaseGeometry]:
        """The blocks' shapes by code."""
        return dict(zip(self.codes, self.shapes.tolist(), strict=True))

    def portions_in(self, grids: Geometries) -> Portions:
        """Which part of which block lies in which grid."""
        return portions(grids, self.shapes)

    def counts_in(self, grids: Geometries) -> list[Mapping[str, int]]:
        """The counts of each grid of a coverage, rounded where a block was cut."""
        sums = self.portions_in(grids).sums(self.counts, len(grids))
        return [dict(zip(self.kinds, map(round, row), strict=True)) for row in sums.tolist()]
