"""Formats by the ending of a name, and opening a file of each."""

from contextlib import AbstractContextManager
from pathlib import Path

from gridsvc.core.errors import InvalidInput
from gridsvc.geography.bulklocate.csv_source import open_csv
from gridsvc.geography.bulklocate.parquet_source import open_parquet
from gridsvc.geography.bulklocate.parts import Source

CSV, PARQUET = "csv", "parquet"
_ENDINGS = {".csv": CSV, ".tsv": CSV, ".txt": CSV, ".parquet": PARQUET, ".geoparquet": PARQUET, ".pq": PARQUET}


def format_of(path: Path) -> str:
    """What a file is by the ending of its name. Raises InvalidInput for other endings."""
    found = _ENDINGS.get(path.suffix.lower())
    if found is None:
        raise InvalidInput(f"{path.name} ends with none of {', '.join(sorted(_ENDINGS))}.")
    return found


def open_source(path: Path, encoding: str | None = None) -> AbstractContextManager[Source]:
    """The rows of a file. Raises InvalidInput for an unknown ending, and UnreadableFile."""
    return open_csv(path, encoding) if format_of(path) == CSV else open_parquet(path)
