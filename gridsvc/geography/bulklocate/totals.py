"""What became of the rows of files: totals, the first rejected rows, and all of them in a file."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gridsvc.geography.bulklocate.parts import Reject

MOST_KEPT = 1000


@dataclass(frozen=True)
class Totals:
    """How many rows of how many files were in a grid, outside every grid, or rejected, and the first of the last.

    `rows` are those of the output; rejected rows are among them, except those that could not be rows (`left_out`).
    """

    files: int = 0
    rows: int = 0
    located: int = 0
    outside: int = 0
    rejected: int = 0
    left_out: int = 0
    rejects: tuple[tuple[str, Reject], ...] = ()

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            self.files + other.files,
            self.rows + other.rows,
            self.located + other.located,
            self.outside + other.outside,
            self.rejected + other.rejected,
            self.left_out + other.left_out,
            (self.rejects + other.rejects)[:MOST_KEPT],
        )


class RejectFile:
    """Rejected rows as a CSV file: file, place, reason, and the text of rows that are not in the output."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(["file", "place", "reason", "content"])

    def add(self, name: str, rejects: Iterable[Reject]) -> None:
        """Writes the rejected rows of a file."""
        self._writer.writerows([name, one.place, one.reason, (one.content or "").rstrip("\r\n")] for one in rejects)

    def append(self, other: Path) -> None:
        """Takes over what another such file holds, and removes it."""
        with other.open(encoding="utf-8", newline="") as file:
            next(file)
            for line in file:
                self._file.write(line)
        other.unlink()

    def close(self) -> None:
        """Ends the file."""
        self._file.close()


def gather_rejects(parts: Iterable[Path], target: Path) -> None:
    """Puts several such files into one and removes them."""
    with reject_file(target) as gathered:
        assert gathered is not None
        for part in parts:
            gathered.append(part)


@contextmanager
def reject_file(path: Path | None) -> Iterator[RejectFile | None]:
    """A file for rejected rows, if one is wanted."""
    if path is None:
        yield None
        return
    made = RejectFile(path)
    try:
        yield made
    finally:
        made.close()
