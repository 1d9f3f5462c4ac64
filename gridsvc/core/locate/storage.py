"""An index in a file: a header, then its arrays as they lie in memory, each from a cache line on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.errors import UnreadableFile
from gridsvc.core.locate.cells import Cells
from gridsvc.core.locate.layout import LINE_WORDS, Frame
from gridsvc.core.locate.memory import Arena, aligned
from gridsvc.core.locate.shapes import Shapes

_MAGIC = b"gridsvc index 1\n"
_LINE = 8 * LINE_WORDS


def write_index(path: Path, shapes: Shapes, cells: Cells, order: NDArray[Any]) -> None:
    """Writes an index; raises OSError as files do."""
    arrays = [
        shapes.arena.entries[: shapes.end], shapes.first, shapes.count, shapes.boxes,
        cells.codes, cells.lines.entries[: cells.lines_end], cells.details.entries[: cells.details_end], order,
    ]  # fmt: skip
    kinds = [[array.dtype.str, list(array.shape)] for array in arrays]
    header = json.dumps({"frame": list(cells.frame), "arrays": kinds}).encode()
    with path.open("wb") as file:
        file.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        for array in arrays:
            file.write(bytes(-file.tell() % _LINE))
            file.write(np.ascontiguousarray(array).data)


def read_index(path: Path, mmap: bool) -> tuple[Shapes, Cells, NDArray[Any]]:
    """The shapes, cells and order of a written index. Raises UnreadableFile."""
    data = np.memmap(path, dtype=np.uint8, mode="c").view(np.ndarray) if path.stat().st_size else np.empty(0, np.uint8)
    begin = len(_MAGIC) + 8
    if data[: len(_MAGIC)].tobytes() != _MAGIC:
        raise UnreadableFile(f"{path.name} is not an index of this version")
    end = begin + int.from_bytes(data[len(_MAGIC) : begin].tobytes(), "little")
    try:
        header = json.loads(data[begin:end].tobytes())
        arrays = [_array(data, mmap, place, kind) for place, kind in zip(*_places(header, end), strict=True)]
        ends, first, count, boxes, codes, lines, details, order = arrays
        frame = Frame(*header["frame"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableFile(f"{path.name} is damaged") from error
    shapes = Shapes(Arena(ends), first, count, boxes, len(ends))
    cells = Cells(frame, codes, Arena(lines), Arena(details), len(lines), len(details))
    return shapes, cells, order


def _places(header: Any, end: int) -> tuple[list[int], list[tuple[np.dtype[Any], tuple[int, ...]]]]:
    kinds = [(np.dtype(dtype), tuple(shape)) for dtype, shape in header["arrays"]]
    places = []
    for dtype, shape in kinds:
        end += -end % _LINE
        places.append(end)
        end += dtype.itemsize * int(np.prod(shape, dtype=np.int64))
    return places, kinds


def _array(
    data: NDArray[np.uint8], mmap: bool, place: int, kind: tuple[np.dtype[Any], tuple[int, ...]]
) -> NDArray[Any]:
    dtype, shape = kind
    size = int(np.prod(shape, dtype=np.int64))
    piece = data[place : place + size * dtype.itemsize].view(dtype)
    if len(piece) != size:
        raise ValueError("the file ends too early")
    if not mmap:
        copy = aligned(size, dtype)
        copy[:] = piece
        piece = copy
    return piece.reshape(shape)
