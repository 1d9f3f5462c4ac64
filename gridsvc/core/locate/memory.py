"""Memory that only grows at its end, so that an index and its updates share what they have in common."""

from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LINE_BYTES = 64
_SLACK = 8  # one part in so many stays free for updates


def aligned(length: int, dtype: Any) -> NDArray[Any]:
    """An array of zeros that begins at a cache line."""
    size = length * np.dtype(dtype).itemsize
    raw = np.zeros(size + _LINE_BYTES, dtype=np.uint8)
    begin = -raw.ctypes.data % _LINE_BYTES
    return raw[begin : begin + size].view(dtype)


class Arena:
    """An array whose first `used` entries never change. Entries are added under `lock`, whoever adds them."""

    def __init__(self, entries: NDArray[Any]) -> None:
        self.entries = entries
        self.used = len(entries)
        self.lock = Lock()

    def add(self, entries: NDArray[Any]) -> "Arena":
        """The arena with more entries from `used` on: this one, or a larger copy if it is full. Call it under the lock.

        Indexes that hold the old arena go on using it.
        """
        end = self.used + len(entries)
        arena = self
        if end > len(self.entries):
            arena = Arena(aligned(end + end // _SLACK, self.entries.dtype))
            arena.entries[: self.used] = self.entries[: self.used]
        arena.entries[self.used : end] = entries
        arena.used = end
        return arena

    def __getstate__(self) -> NDArray[Any]:
        return self.entries[: self.used]

    def __setstate__(self, entries: NDArray[Any]) -> None:
        copy = aligned(len(entries), entries.dtype)
        copy[:] = entries
        self.__init__(copy)  # type: ignore[misc]  # the lock is made anew
