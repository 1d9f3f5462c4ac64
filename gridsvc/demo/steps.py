"""Telling how a long job gets on: a bar for each step on a terminal, a plain line for each one elsewhere."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

Advance = Callable[[int, int], None]


class Steps:
    """The steps of a job as somebody watches them; `seconds` keeps how long each one took."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._out = out or sys.stdout
        self._bars: Progress | None = None

    @contextmanager
    def shown(self) -> Iterator["Steps"]:
        """Show the steps of the block."""
        if not self._out.isatty():
            yield self
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=self._out)) as bars:
            self._bars = bars
            try:
                yield self
            finally:
                self._bars = None

    def say(self, words: str) -> None:
        """A line for the reader."""
        self._out.write(f"{words}\n")
        self._out.flush()

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """One step; what it yields is called with how much of how much is done."""
        began = time.perf_counter()
        bars = self._bars
        task = bars.add_task(name, total=total) if bars is not None else None
        last = total

        def advance(done: int, of: int) -> None:
            nonlocal last
            last = of
            if bars is not None and task is not None:
                bars.update(task, completed=done, total=of)

        yield advance
        self.seconds[name] = round(time.perf_counter() - began, 2)
        if bars is not None and task is not None:
            bars.update(task, completed=last or 1, total=last or 1)
        else:
            amount = f"{last:>9,}" if last else " " * 9
            self._out.write(f"  {name:<28} {amount} {self.seconds[name]:7.1f} s\n")
            self._out.flush()


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cyclic garbage: among millions of rows it takes long and finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
