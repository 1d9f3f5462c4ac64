"""How far a long command got: a bar on a terminal, a plain line for each tenth elsewhere. Both on the error stream."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TENTHS = 10


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """A function that is told how much of how much is done."""
    if sys.stderr.isatty():
        yield from _bar(name)
    else:
        yield from _lines(name)


def _bar(name: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bars:
        task = bars.add_task(name, total=None)
        yield lambda done, of: bars.update(task, completed=done, total=of)


def _lines(name: str) -> Iterator[Callable[[int, int], None]]:
    told = 0

    def tell(done: int, of: int) -> None:
        nonlocal told
        tenth = TENTHS * done // max(of, 1)
        if tenth > told:
            told = tenth
            print(f"{name}: {tenth * 100 // TENTHS} %", file=sys.stderr, flush=True)

    yield tell
