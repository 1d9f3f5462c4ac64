"""Memory that was freed goes back to the machine."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from gridsvc.infra import memory
from tests.infra.service_home import start_script

SCRIPT = """
import threading
from gridsvc.infra import memory

def anonymous_mb():
    with open("/proc/self/smaps_rollup") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1000

def work():
    # Pieces of a size that the allocator keeps, written to, since pages of zeros take nothing; the last one lies above
    # all the others and stays.
    pieces = [b"x" * 100_000 for _ in range(1000)]
    kept.append(pieces[-1])

kept, threads = [], [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
    thread.join()
before = anonymous_mb()
assert memory.give_back()
print(round(before), round(anonymous_mb()))
"""


def test_what_a_thread_has_freed_goes_back() -> None:
    process = start_script(SCRIPT)
    told, _ = process.communicate(timeout=30)
    before, after = map(int, told.split())
    assert before - after > 80


LARGE_AMONG_SMALL = """
def anonymous_mb():
    with open("/proc/self/smaps_rollup") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1000

def written(size):
    return bytearray(b"x") * size

once = written(8_000_000)  # what teaches the allocator to keep large pieces
del once
before, large, small = anonymous_mb(), [], []
for _ in range(200):
    large.append(written(300_000))
    small.append(written(2_000))
del large
print(round(anonymous_mb() - before))
"""


def kept_mb(given: Mapping[str, str]) -> int:
    own = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    told, _ = start_script(LARGE_AMONG_SMALL, env={**own, **given}).communicate(timeout=30)
    return int(told)


def test_large_pieces_among_small_ones_go_back_at_once() -> None:
    assert kept_mb(memory.ALLOCATOR) < 5


@pytest.mark.slow
def test_an_allocator_left_to_itself_keeps_them() -> None:
    """The control; how much it keeps depends on where the pieces happen to lie."""
    assert max(kept_mb({}) for _ in range(5)) > 40


def test_this_machine_has_the_allocator_that_is_meant() -> None:
    assert Path("/proc/self/smaps_rollup").exists()
    assert memory.give_back()
