"""What is wished of a division, and what comes of it: the assignment, its figures, and why it is not better."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gridsvc.core.errors import InvalidInput


@dataclass(frozen=True)
class Wishes:
    """Either the number of grids or a target weight (households) for each; then how much what matters.

    `tolerance` is the share by which a grid may be off the mean. `balance`, `compactness` and `stability` are the
    sliders, 1 as a rule and 0 for "does not matter"; an infinite stability keeps today's grids wherever they will do.
    `effort` multiplies the steps of the search: twice the effort, twice the time.
    """

    grids: int | None = None
    target: float | None = None
    tolerance: float = 0.05
    balance: float = 1.0
    compactness: float = 1.0
    stability: float = 0.0
    seed: int = 0
    effort: float = 1.0

    def __post_init__(self) -> None:
        if (self.grids is None) == (self.target is None):
            raise InvalidInput("Either the number of grids or a target for each is needed.")
        if self.grids is not None and self.grids < 1:
            raise InvalidInput("At least one grid is needed.")
        if self.target is not None and not 0 < self.target < math.inf:
            raise InvalidInput("The target is a positive number.")
        if not 0.001 <= self.tolerance <= 1 or not 0 < self.effort <= 20 or self.seed < 0:
            raise InvalidInput(
                "The tolerance lies between 0.001 and 1, the effort between 0 and 20; seeds are not negative."
            )
        sliders = (self.balance, self.compactness, self.stability)
        if any(math.isnan(weight) or weight < 0 for weight in sliders) or math.inf in sliders[:2]:
            raise InvalidInput("Weights are not negative; only the stability may be infinite.")

    def number_of_grids(self, total: float) -> int:
        """How many grids are asked for, given the weight of all blocks."""
        return self.grids if self.grids is not None else max(1, round(total / (self.target or 1.0)))


class ReasonKind(StrEnum):
    """Why the tolerance is not met."""

    BLOCK_TOO_LARGE = "block_too_large"  # one block is more than a grid may have
    CUT_OFF = "cut_off"  # ground behind a barrier that makes no whole number of grids
    BARRIER_CROSSED = "barrier_crossed"  # a closed barrier had to be crossed, for there are too few grids
    BOTTLENECK = "bottleneck"  # ground that is reached over one block only, too little alone and too much with it
    FEW_BLOCKS = "few_blocks"  # the blocks are too coarse for the number of grids
    NOBODY_LIVES_HERE = "nobody_lives_here"  # there is nothing to balance; areas were
    STABILITY = "stability"  # the wish to change little kept it from being better
    NOT_FOUND = "not_found"  # nothing speaks against it, but it was not found


@dataclass(frozen=True)
class Reason:
    """One reason, in words, with the blocks it is about."""

    kind: ReasonKind
    message: str
    block_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class DivisionFigures:
    """How good a division is. Deviations are from the mean weight of a grid, in per cent.

    `compactness` is the mean of 4π·area/perimeter² over the grids (1: circles). `changed` is the weight of the blocks
    that are no longer with the grid they are with today.
    """

    grids: int
    worst_deviation_pct: float
    median_deviation_pct: float
    border_m: float
    compactness: float
    changed: float
    changed_pct: float


@dataclass(frozen=True)
class Division:
    """The grid of every block by id; grids of today keep their keys, others are `new-1`, `new-2`, … ."""

    grid_of: Mapping[str, str]
    figures: DivisionFigures
    reasons: tuple[Reason, ...]

    @property
    def is_within_tolerance(self) -> bool:
        """Whether every grid came out as near to the mean as was asked for."""
        return not self.reasons
