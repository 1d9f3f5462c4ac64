"""The cells of an index: made from its shapes, made again where shapes changed, and asked for points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.locate.layout import OUTSIDE, Frame
from gridsvc.core.locate.lookup import locate_into
from gridsvc.core.locate.memory import Arena, aligned
from gridsvc.core.locate.planning import frame_for, levels_of
from gridsvc.core.locate.raster import MARGIN
from gridsvc.core.locate.shapes import Shapes, distinct
from gridsvc.core.locate.window import make_window

Window: TypeAlias = tuple[int, int, int, int]

_EDGES_PER_STRIPE = 500_000  # a build takes them in turn, and no more memory than one of them needs beside the result
_NO_WORDS = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Cells:
    """The codes of the root cells, row by row and one OUTSIDE at the end, and the arenas behind them.

    All that is needed of the arenas lies before the ends.
    """

    frame: Frame
    codes: NDArray[np.int32]
    lines: Arena
    details: Arena
    lines_end: int
    details_end: int

    @classmethod
    def of(cls, shapes: Shapes, rank: NDArray[np.int64]) -> Cells:
        """The cells for some shapes; `rank` is the place of each position in the order."""
        frame = frame_for(shapes.boxes, shapes.ends[: shapes.end // 4])
        codes = aligned(frame.columns * frame.rows + 1, np.int32)
        codes[-1] = OUTSIDE
        stripes = min(frame.rows, 1 + int(shapes.count.sum()) // _EDGES_PER_STRIPE)
        marks = np.linspace(0, frame.rows, stripes + 1).astype(int).tolist()
        windows = [(0, low, frame.columns, high - low) for low, high in pairwise(marks)]
        lines, details = _made(frame, windows, shapes, rank, codes, (0, 0))
        ends = sum(map(len, lines)), sum(map(len, details))
        return cls(frame, codes, Arena.of(lines), Arena.of(details), *ends)

    def remade(self, windows: Sequence[Window], shapes: Shapes, rank: NDArray[np.int64]) -> Cells:
        """Cells for other shapes that differ from those before only inside the windows."""
        lines, details = self.lines, self.details
        while True:
            codes = aligned(len(self.codes), np.int32)
            codes[:] = self.codes
            with lines.lock, details.lock:
                bases = lines.used, details.used
                parts = _made(self.frame, windows, shapes, rank, codes, bases)
                more_lines, more_details = (np.concatenate([_NO_WORDS, *part]) for part in parts)
                if lines.has_room(len(more_lines)) and details.has_room(len(more_details)):
                    return Cells(self.frame, codes, lines, details, lines.add(more_lines), details.add(more_details))
            if not lines.has_room(len(more_lines)):
                lines = lines.fork(self.lines_end, len(more_lines))
            if not details.has_room(len(more_details)):
                details = details.fork(self.details_end, len(more_details))

    def shares_with(self, other: Cells) -> bool:
        """Whether equal codes mean equal cells, because one was made from the other by updates."""
        return self.frame == other.frame and (
            self.lines is other.lines or self.lines.common(other.lines) >= min(self.lines_end, other.lines_end)
        )

    def locate_into(
        self, x: NDArray[np.float64], y: NDArray[np.float64], ends: NDArray[np.float64], answers: NDArray[np.int32]
    ) -> None:
        """Fills in the position of each point; `ends` are those of all edges."""
        arenas = self.lines.entries, self.details.entries
        locate_into(x, y, *frame_arrays(self.frame), self.codes, *arenas, ends, answers)


def frame_arrays(frame: Frame) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The frame as kernels take it."""
    place = np.array([frame.x0, frame.y0, frame.per_degree_x, frame.per_degree_y])
    return place, np.array([frame.columns, frame.rows], dtype=np.int64)


def _meeting(frame: Frame, window: Window, shapes: Shapes, rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """The positions whose boxes meet a window or the column before it, by order."""
    x0 = frame.x0 + (window[0] - 1 - MARGIN) / frame.per_degree_x
    x1 = frame.x0 + (window[0] + window[2] + MARGIN) / frame.per_degree_x
    y0 = frame.y0 + (window[1] - MARGIN) / frame.per_degree_y
    y1 = frame.y0 + (window[1] + window[3] + MARGIN) / frame.per_degree_y
    box = shapes.boxes
    meets = np.flatnonzero((box[:, 0] <= x1) & (box[:, 2] >= x0) & (box[:, 1] <= y1) & (box[:, 3] >= y0))
    return meets[np.argsort(rank[meets])]


def _made(
    frame: Frame,
    windows: Sequence[Window],
    shapes: Shapes,
    rank: NDArray[np.int64],
    codes: NDArray[np.int32],
    bases: tuple[int, int],
) -> tuple[list[NDArray[np.int64]], list[NDArray[np.int64]]]:
    """Makes the codes of some windows; gives the lines and the details that they need, to be put at the bases."""
    place, size = frame_arrays(frame)
    lines_base, details_base = bases
    all_lines, all_details = [], []
    for window in windows:
        column, row, columns, rows = window
        part = np.empty((rows, columns), dtype=np.int32)
        by_order = _meeting(frame, window, shapes, rank)
        net = distinct(*shapes.edges_at(by_order))
        lines, lines_used, details, details_used = make_window(
            *net, by_order.astype(np.int32), shapes.ends, place, size, np.array(window, dtype=np.int64),
            levels_of(frame), part, lines_base, details_base,
        )  # fmt: skip
        codes[:-1].reshape(frame.rows, frame.columns)[row : row + rows, column : column + columns] = part
        all_lines.append(lines[:lines_used].copy())
        all_details.append(details[:details_used].copy())
        lines_base, details_base = lines_base + lines_used, details_base + details_used
    return all_lines, all_details
