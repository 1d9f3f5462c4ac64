"""Arenas: what is written stays, and updates share what they can."""

import numpy as np

from gridsvc.core.locate.memory import Arena, aligned


def test_memory_begins_at_a_cache_line() -> None:
    assert all(aligned(length, np.int64).ctypes.data % 64 == 0 for length in range(1, 50))


def test_a_full_arena_forks_once_for_many_updates() -> None:
    arena = Arena.of([np.arange(100)])
    end = arena.used
    while arena.has_room(30_000):
        arena.add(np.full(30_000, 7))
    fork = arena.fork(end, 30_000)
    assert fork is arena.fork(end, 30_000)
    assert fork.entries[:100].tolist() == list(range(100))
    assert fork.used == 100
    assert arena.common(fork) == fork.common(arena) == 100


def test_strangers_have_nothing_in_common() -> None:
    assert Arena.of([np.arange(5)]).common(Arena.of([np.arange(5)])) == 0


def test_what_forks_of_forks_share_is_known() -> None:
    first = Arena.of([np.arange(100)])
    second = first.fork(60, 10)
    third = second.fork(second.add(np.arange(10)), 10)
    assert first.common(third) == 60
    assert second.common(third) == 70
    assert first.fork(100, 10).common(third) == 60
