"""The cells of an index: made from its shapes, made again where shapes changed, and asked for points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.locate.layout import LINE_WORDS, OUTSIDE, Edges, Frame
from gridsvc.core.locate.lookup import locate_into
from gridsvc.core.locate.memory import Arena, aligned
from gridsvc.core.locate.planning import frame_for, levels_of
from gridsvc.core.locate.raster import MARGIN
from gridsvc.core.locate.shapes import Shapes, distinct
from gridsvc.core.locate.window import make_window

Window: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True)
class Cells:
    """The codes of the root cells, row by row and one OUTSIDE at the end, and the arena that they point into, before `end`."""

    frame: Frame
    codes: NDArray[np.int32]
    arena: Arena
    end: int

    @classmethod
    def of(cls, shapes: Shapes, rank: NDArray[np.int64]) -> Cells:
        """The cells for some shapes; `rank` is the place of each position in the order."""
        by_order = np.argsort(rank)
        net = distinct(*shapes.edges_at(by_order))
        frame = frame_for(shapes.boxes, net.ends)
        codes = aligned(frame.columns * frame.rows + 1, np.int32)
        codes[-1] = OUTSIDE
        words = _made(frame, (0, 0, frame.columns, frame.rows), net, by_order.astype(np.int32), codes, 0)
        return cls(frame, codes, Arena.of(words), len(words))

    def remade(self, windows: Sequence[Window], shapes: Shapes, rank: NDArray[np.int64]) -> Cells:
        """Cells for other shapes that differ from those before only inside the windows."""
        arena = self.arena
        while True:
            with arena.lock:
                base = arena.used
                codes, words = self._with_windows(windows, shapes, rank, base)
                if arena.add(words):
                    return Cells(self.frame, codes, arena, base + len(words))
            arena = arena.fork(self.end, len(words))

    def _with_windows(
        self, windows: Sequence[Window], shapes: Shapes, rank: NDArray[np.int64], base: int
    ) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The codes with those of some windows made again, and what they need of the arena from word `base` on."""
        codes = aligned(len(self.codes), np.int32)
        codes[:] = self.codes
        parts = []
        for window in windows:
            parts.append(np.zeros(-base % LINE_WORDS, dtype=np.int64))
            base += len(parts[-1])
            by_order = _meeting(self.frame, window, shapes, rank)
            net = distinct(*shapes.edges_at(by_order))
            parts.append(_made(self.frame, window, net, by_order.astype(np.int32), codes, base))
            base += len(parts[-1])
        return codes, np.concatenate([*parts, np.empty(0, dtype=np.int64)])

    def shares_with(self, other: Cells) -> bool:
        """Whether equal codes mean equal cells, because one was made from the other by updates."""
        return self.frame == other.frame and (
            self.arena is other.arena or self.arena.common(other.arena) >= min(self.end, other.end)
        )

    def locate_into(self, x: NDArray[np.float64], y: NDArray[np.float64], answers: NDArray[np.int32]) -> None:
        """Fills in the position of each point."""
        locate_into(x, y, *frame_arrays(self.frame), self.codes, self.arena.entries, answers)


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
    frame: Frame, window: Window, net: Edges, order: NDArray[np.int32], codes: NDArray[np.int32], base: int
) -> NDArray[np.int64]:
    """Makes the codes of a window; gives the words that they point to in the arena."""
    column, row, columns, rows = window
    part = np.empty((rows, columns), dtype=np.int32)
    place, size = frame_arrays(frame)
    words, made = make_window(
        *net, order, place, size, np.array(window, dtype=np.int64), levels_of(frame), part, base
    )  # fmt: skip
    codes[:-1].reshape(frame.rows, frame.columns)[row : row + rows, column : column + columns] = part
    return words[:made]
