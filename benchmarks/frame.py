"""What every benchmark stands on: its options, its figures, where it works, and telling how it gets on."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Figures = dict[str, float]


@dataclass(frozen=True)
class Options:
    """How thoroughly to measure: `quick` takes the small city and fewer repetitions."""

    quick: bool = False

    @property
    def size(self) -> Literal["full", "small"]:
        """Which demo city is measured."""
        return "small" if self.quick else "full"

    def times(self, full: int, quick: int) -> int:
        """How often to repeat something."""
        return quick if self.quick else full


@contextmanager
def home(options: Options) -> Iterator[Path]:
    """The folder of the measured service: GRIDSVC_BENCH_HOME, which stays, or a temporary one, which does not."""
    kept = os.environ.get("GRIDSVC_BENCH_HOME")
    if kept:
        yield Path(kept) / options.size
        return
    with fresh_home() as made:
        yield made


@contextmanager
def fresh_home() -> Iterator[Path]:
    """A new folder that is removed afterwards; the database's own user can enter it."""
    folder = Path(tempfile.mkdtemp(prefix="gridsvc-bench-"))
    folder.chmod(0o755)
    try:
        yield folder / "home"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def say(words: str) -> None:
    """A line for whoever watches."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
