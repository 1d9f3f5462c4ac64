"""Reports from a CSV file, batch by batch: which column means what, and an identity for each row.

A row gets the same client identifier whenever the file is read again: from its channel and the file's own identifier,
or from its content and how many rows before it say the same. So a file read twice adds nothing.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from gridsvc.core.batches import BatchResult, at_row
from gridsvc.core.cells import moment_of, number_of
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.incidents.bulk import ReportBatch
from gridsvc.incidents.csv_files import decoded
from gridsvc.incidents.csv_rows import Row, Table
from gridsvc.incidents.queries import bulk as queries

# The names under which files are told apart; never change it, or every file would count as new.
FILE_ROWS = UUID("6f1f6d0e-2f0b-5c0e-9a54-4d5a1c0b7e21")
BATCH_ROWS = 10_000


@dataclass(frozen=True, kw_only=True)
class FileFields:
    """Which column of a file holds what, or what holds for every row. `zone` is that of times without one."""

    zone: tzinfo
    x_field: str | None = None
    y_field: str | None = None
    crs: str | None = None
    crs_field: str | None = None
    channel: str | None = None
    channel_field: str | None = None
    category: str | None = None
    category_field: str | None = None
    time_field: str | None = None
    received_field: str | None = None
    closed_field: str | None = None
    address_field: str | None = None
    description_field: str | None = None
    id_field: str | None = None

    def named(self) -> dict[str, str]:
        """Option → column, for every column that is used."""
        return {name: value for name, value in vars(self).items() if name.endswith("_field") and value}


@dataclass(frozen=True)
class Lists:
    """The city's channels and categories: key by key, Chinese name or English name."""

    channels: Mapping[str, str]
    categories: Mapping[str, str]


@dataclass(frozen=True)
class FilePart:
    """Some rows of a file: the reports among them, named by line, and the faults of rows that are none."""

    batch: ReportBatch
    faults: tuple[Fault, ...]

    def __len__(self) -> int:
        return len(self.batch) + len(self.faults)

    def result(self, taken: BatchResult) -> BatchResult:
        """What became of the part: what became of its reports, and its faults, in the order of the lines."""
        faults = sorted(taken.faults + self.faults, key=lambda fault: int(fault.place.split()[1].rstrip(",")))
        return BatchResult(taken.added, taken.already_there, taken.rejected + len(self.faults), tuple(faults))


def lists_of(session: Session) -> Lists:
    """The lists that a file may name its channels and categories by."""
    return Lists(*queries.names_in_lists(session))


def read_reports(path: Path, fields: FileFields, lists: Lists, *, encoding: str | None = None) -> Iterator[FilePart]:
    """The reports of a file, ten thousand rows at a time; the rest of it is not held in memory.

    Raises UnreadableFile, or InvalidInput when columns are missing from the file or from `fields`. Each part is meant
    to be taken in by a transaction of its own: the gate of intake is not held for a whole file, and a file that is
    broken off goes on where it stopped when it is read again.
    """
    _refuse_incomplete(fields)
    with decoded(path, encoding=encoding) as table:
        position = _positions(table, fields)
        seen: Counter[UUID] = Counter()
        rows = iter(table.rows)
        while part := list(islice(rows, BATCH_ROWS)):
            yield _part(part, fields, position, lists, seen)


def _refuse_incomplete(fields: FileFields) -> None:
    """A point needs both columns and a datum; channel and category are needed in some way."""
    rules = (
        ((fields.x_field is None) == (fields.y_field is None), "Give both columns of coordinates, or neither."),
        (not fields.x_field or bool(fields.crs or fields.crs_field), "Coordinates need a datum, or a column of it."),
        (bool(fields.channel or fields.channel_field), "Give the channel, or a column of it."),
        (bool(fields.category or fields.category_field), "Give the category, or a column of it."),
        (
            bool(fields.x_field or fields.address_field or fields.description_field),
            "Give the columns of coordinates, of the address or of the description.",
        ),
    )
    wrong = [message for is_kept, message in rules if not is_kept]
    if wrong:
        raise InvalidInput(" ".join(wrong))


def _positions(table: Table, fields: FileFields) -> dict[str, int]:
    """Option → number of its column."""
    known = {name: number for number, name in enumerate(table.header)}
    missing = [name for name in fields.named().values() if name not in known]
    if missing:
        raise InvalidInput(f"The file has no column {', '.join(missing)}; it has {', '.join(table.header)}.")
    return {option: known[name] for option, name in fields.named().items()}


def _part(
    rows: list[Row], fields: FileFields, position: Mapping[str, int], lists: Lists, seen: Counter[UUID]
) -> FilePart:
    good: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for row in rows:
        name = f"line {row.line}"
        if row.fault is not None:
            faults.append(at_row(name, row.fault))
            continue
        cells = {option: row.cells[number].strip() for option, number in position.items()}
        read, fault = _values(cells, fields, lists)
        if fault is not None:
            faults.append(at_row(name, fault))
            continue
        good.append(read | {"names": name, "client_ids": _identity(cells, fields, read, seen)})
    columns = ("client_ids", *_COLUMNS, "names")
    values: dict[str, Any] = {column: [one[column] for one in good] for column in columns}
    return FilePart(ReportBatch(**values), tuple(faults))


_COLUMNS = (
    "channels",
    "categories",
    "x",
    "y",
    "crs",
    "occurred_at",
    "received_at",
    "closed_at",
    "addresses",
    "descriptions",
)


def _values(cells: Mapping[str, str], fields: FileFields, lists: Lists) -> tuple[dict[str, Any], Fault | None]:
    """The values of a row, or the first fault in it; a cell that is empty says nothing."""
    read: dict[str, Any] = {}
    for column, option, convert in (
        ("x", "x_field", number_of),
        ("y", "y_field", number_of),
        ("occurred_at", "time_field", lambda cell: moment_of(cell, fields.zone)),
        ("received_at", "received_field", lambda cell: moment_of(cell, fields.zone)),
        ("closed_at", "closed_field", lambda cell: moment_of(cell, fields.zone)),
    ):
        try:
            read[column] = convert(cells.get(option, ""))
        except ValueError as error:
            return read, Fault(option.removesuffix("_field"), "bad_value", str(error))
    channel = cells.get("channel_field") or fields.channel or ""
    category = cells.get("category_field") or fields.category or ""
    read |= {
        "crs": cells.get("crs_field") or fields.crs,
        "channels": lists.channels.get(channel, channel),
        "categories": lists.categories.get(category, category),
        "addresses": cells.get("address_field") or None,
        "descriptions": cells.get("description_field") or None,
    }
    if fields.id_field and not cells["id_field"]:
        return read, Fault("id", "missing", "The row has no identifier.")
    return read, None


def _identity(cells: Mapping[str, str], fields: FileFields, read: Mapping[str, Any], seen: Counter[UUID]) -> UUID:
    if fields.id_field:
        return uuid5(FILE_ROWS, json.dumps(["id", read["channels"], cells["id_field"]]))
    content = [value.isoformat() if isinstance(value, datetime) else value for value in map(read.get, _COLUMNS)]
    same = uuid5(FILE_ROWS, json.dumps(["content", *content]))
    seen[same] += 1
    return uuid5(same, str(seen[same]))
