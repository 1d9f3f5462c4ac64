"""Memory that a long-lived process has freed and its allocator keeps: given back to the machine now and then.

A large answer is put together in whatever thread works on it. Each thread's share of the allocator stays as large as
on its busiest day, in pieces, unless it is asked to let go: measured, two thirds of such a share was free space.
"""

import ctypes
import gc
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

# One interpreter works at a time, so many shares for many threads save no waiting and each keeps its own free space.
# Pieces from 128 kB on are had from the machine one by one and go back when they are freed. Left to itself the
# allocator soon puts even megabytes between small pieces that stay.
ALLOCATOR: Final[Mapping[str, str]] = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": str(128 * 1024)}


def tidy() -> None:
    """Free what only refers to itself, and give back what is free; everything else waits for a tenth of a second.

    Where the interpreter looks rarely of its own accord, what outlived its first looks would else stay until the end.
    """
    gc.collect()
    give_back()


def give_back() -> bool:
    """Let go of whole free pages, which takes some milliseconds; False where the allocator knows no such thing."""
    trim = _trim()
    if trim is None:
        return False
    trim(0)
    return True


@cache
def _trim() -> Any:
    """The function of the GNU allocator; None with another C library."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
