"""Balanced division: the blocks of a community into connected grids of nearly equal weight.

`divide` is a pure function of blocks, wishes and a seed. How it works and what it promises: docs/divide.md. Importing
this package compiles its kernel once per machine (numba's cache); an idle service leaves it alone.
"""

from gridsvc.core.divide.division import Task, divide, divide_all
from gridsvc.core.divide.graph import Barrier, BlockGraph
from gridsvc.core.divide.wishes import Division, DivisionFigures, Reason, ReasonKind, Wishes
from gridsvc.core.refusals import CannotDivide

__all__ = [
    "Barrier",
    "BlockGraph",
    "CannotDivide",
    "Division",
    "DivisionFigures",
    "Reason",
    "ReasonKind",
    "Task",
    "Wishes",
    "divide",
    "divide_all",
]
