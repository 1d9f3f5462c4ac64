"""Memory that only grows at its end, so that an index and its updates share what they have in common."""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LINE_BYTES = 64
_SLACK = 8  # one part in so many stays free for updates
_LEAST_SLACK = 1 << 16


def aligned(length: int, dtype: Any) -> NDArray[Any]:
    """An array of zeros that begins at a cache line."""
    size = length * np.dtype(dtype).itemsize
    raw = np.zeros(size + _LINE_BYTES, dtype=np.uint8)
    begin = -raw.ctypes.data % _LINE_BYTES
    return raw[begin : begin + size].view(dtype)


class Arena:
    """An array whose first `used` entries never change; whoever makes an update adds its own, under `lock`.

    An index needs the entries before an end of its own; what lies behind belongs to updates, perhaps long forgotten.
    When the room is used up, `fork` gives an arena that begins with the same entries. `lineage` tells how many entries
    at the beginning it has in common with other arenas (by their tokens).
    """

    def __init__(self, entries: NDArray[Any], used: int | None = None) -> None:
        self.entries = entries
        self.used = len(entries) if used is None else used
        self.lock = Lock()
        self.token = object()
        self.lineage = {self.token: len(entries)}
        self._fork: Arena | None = None

    @classmethod
    def of(cls, parts: list[NDArray[Any]], more: int = 0) -> Arena:
        """A copy of these parts, which are taken out of their list, with room for updates: some more than `more`."""
        count = sum(map(len, parts))
        copy = aligned(count + count // _SLACK + 4 * more + _LEAST_SLACK, parts[0].dtype)
        begin = 0
        while parts:
            part = parts.pop(0)
            copy[begin : begin + len(part)] = part
            begin += len(part)
        return cls(copy, count)

    def has_room(self, more: int) -> bool:
        """Whether so many entries can be added."""
        return self.used + more <= len(self.entries)

    def add(self, entries: NDArray[Any]) -> int:
        """Adds entries, for which there is room; the new end. Call it under the lock."""
        end = self.used + len(entries)
        self.entries[self.used : end] = entries
        self.used = end
        return end

    def fork(self, end: int, more: int) -> Arena:
        """Another arena that begins with the first `end` entries; that of last time, while it has room for `more`."""
        with self.lock:
            fork = self._fork
            if fork is None or fork.lineage[self.token] != end or fork.used + more > len(fork.entries):
                fork = Arena.of([self.entries[:end]], more)
                fork.lineage |= {token: min(end, prefix) for token, prefix in self.lineage.items()}
                self._fork = fork
            return fork

    def common(self, other: Arena) -> int:
        """How many entries at the beginning are certainly the same."""
        shared = self.lineage.keys() & other.lineage.keys()
        return max((min(self.lineage[token], other.lineage[token]) for token in shared), default=0)

    def __getstate__(self) -> NDArray[Any]:
        return self.entries[: self.used]

    def __setstate__(self, entries: NDArray[Any]) -> None:
        copy = aligned(len(entries), entries.dtype)
        copy[:] = entries
        self.__init__(copy)  # type: ignore[misc]  # lock and token are made anew
