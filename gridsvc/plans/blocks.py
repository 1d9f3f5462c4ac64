"""The blocks of the communities at work: their shapes, and what their counts come to in drawn grids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    """Blocks by code: shapes in EPSG:4326, and a table of counts with a column for each kind.

    `stamp` is another one for other blocks, shapes or counts.
    """

    codes: Sequence[str]
    names: Mapping[str, str | None]
    shapes: Geometries
    kinds: Sequence[str]
    counts: NDArray[np.float64]
    stamp: int = 0
    _last: list[tuple[Geometries, Portions]] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, session: Session, communities: Sequence[str]) -> "Blocks":
        """The blocks of communities, in order of their codes."""
        rows = drafting.blocks(session, communities)
        kinds = sorted({kind for row in rows for kind in row.counts})
        table = np.array([[row.counts.get(kind, 0) for kind in kinds] for row in rows], dtype=np.float64)
        codes = tuple(row.code for row in rows)
        return cls(
            codes,
            {row.code: row.name for row in rows},
            from_wkb([row.wkb for row in rows]),
            kinds,
            table.reshape(len(rows), len(kinds)),
            hash((codes, tuple(kinds), table.tobytes(), *(row.wkb for row in rows))),
        )

    @cached_property
    def polygons(self) -> Mapping[str, BaseGeometry]:
        """The blocks' shapes by code."""
        return dict(zip(self.codes, self.shapes.tolist(), strict=True))

    def portions_in(self, grids: Geometries) -> Portions:
        """Which part of which block lies in which grid; not reckoned again for the array asked about last."""
        if not self._last or self._last[0][0] is not grids:
            self._last[:] = [(grids, portions(grids, self.shapes))]
        return self._last[0][1]

    def counts_in(self, grids: Geometries) -> list[Mapping[str, int]]:
        """The counts of each grid of a coverage, rounded where a block was cut."""
        sums = self.portions_in(grids).sums(self.counts, len(grids))
        return [dict(zip(self.kinds, map(round, row), strict=True)) for row in sums.tolist()]
