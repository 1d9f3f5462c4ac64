"""Locating: every point to its grid, exactly and at memory speed.

`GridIndex` is built from polygons and answers for arrays of points; `relocate` answers again only where two indexes
differ. How it works: docs/locating.md. Importing this package compiles its kernels once per machine (numba's cache).
"""

from gridsvc.core.locate.index import Candidates, GridIndex
from gridsvc.core.locate.relocate import Relocated, relocate

__all__ = ["Candidates", "GridIndex", "Relocated", "relocate"]
