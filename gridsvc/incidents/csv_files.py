"""CSV files from outside, decoded by the bounded child; here only its lines are read, one after the other."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gridsvc.core.errors import Fault, UnreadableFile
from gridsvc.incidents.csv_rows import Row, Table
from gridsvc.infra.bounded import MEGABYTE, Resources, ask_child, copy_bounded, own_folder

MOST_BYTES = 2048 * MEGABYTE
# As lines of JSON every sign may take six bytes, and few do.
MOST_WRITTEN = 3 * MOST_BYTES
MEMORY_BYTES = 512 * MEGABYTE
# Ten times as long as it was seen to take, and the start of the child.
SECONDS_PER_MB, SECONDS_AT_LEAST = 1.0, 30
SOURCE, TARGET = "input.csv", "rows.jsonl"


@contextmanager
def decoded(path: Path, *, encoding: str | None = None) -> Iterator[Table]:
    """The table in a file, as `csv_rows.open_table` describes it. Raises UnreadableFile."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened: {error}.") from error
    resources = Resources(MEMORY_BYTES, SECONDS_AT_LEAST + int(size / MEGABYTE * SECONDS_PER_MB), MOST_WRITTEN)
    with own_folder() as folder:
        copy_bounded(path, folder / SOURCE, MOST_BYTES)
        order = {"source": SOURCE, "target": TARGET, "encoding": encoding}
        header = ask_child("gridsvc.incidents.csv_child", order, folder=folder, resources=resources)
        with (folder / TARGET).open(encoding="utf-8") as lines:
            yield Table(tuple(header), map(_row, lines))


def _row(line: str) -> Row:
    number, told, *message = json.loads(line)
    return Row(number, (), Fault("", told, message[0])) if message else Row(number, tuple(told))
