"""From a sheet to rows of values: columns found by their headers, and everything that is wrong named by its cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.infra.sheets import Sheet, SheetRow
from gridsvc.people.files.columns import COLUMNS, DAY, EXPLANATION, ONLY_SHOWN, Column, Kind, letter

MOST_ROWS = 10_000
# Two columns are taken for swapped when most of the cells of each fit the other and not their own.
MOST_OF = 0.6


@dataclass(frozen=True)
class Row:
    """A row of a table: its number as the program shows it, its values by key, and the cell that each stands in."""

    number: int
    values: Mapping[str, str]
    cells: Mapping[str, str]

    def place(self, key: str) -> str:
        """Where a value stands."""
        return f"cell {self.cells[key]}" if key in self.cells else f"row {self.number}"


def read_rows(kind: Kind, sheet: Sheet) -> tuple[list[Row], list[Fault]]:
    """The rows of a table of that kind, without the explanations, and every fault of its form.

    Raises InvalidInput when the columns themselves are not there: then no row can be understood.
    """
    found = _find_columns(kind, sheet.header)
    data = [row for row in sheet.rows if not _is_explanation(row)]
    if len(data) > MOST_ROWS:
        raise InvalidInput(f"The table has more than {MOST_ROWS:,} rows; send it in parts.")
    faults = [
        Fault(f"cell {span}", "merged_cells", "Merged cells say nothing certain; undo the merge and fill every cell.")
        for span in sheet.merged
    ]
    swapped = list(_swapped(found, data))
    rows = [_row(found, row) for row in data]
    if not swapped:
        faults += [fault for row in rows for fault in _cell_faults(found, row)]
    return rows, faults + swapped


def _find_columns(kind: Kind, header: Sequence[str]) -> dict[int, Column]:
    known = {column.header: column for column in COLUMNS[kind]}
    names = [re.sub(r"[\s*＊]|（.*?）|\(.*?\)", "", name) for name in header]
    found = {place: known[name] for place, name in enumerate(names) if name in known}
    faults = [
        Fault("row 1", "missing_column", f"The column {column.header} is missing.")
        for column in COLUMNS[kind]
        if column.needed and column not in found.values()
    ]
    for place, name in enumerate(names):
        if name and name not in known:
            faults.append(Fault(f"cell {letter(place)}1", "unknown_column", f"There is no column named {name}."))
        elif name and name in names[:place]:
            faults.append(Fault(f"cell {letter(place)}1", "column_twice", f"The column {name} is there twice."))
    if faults:
        raise InvalidInput("The columns of the table are not as they should be.", faults=faults)
    return {place: column for place, column in found.items() if column.key not in ONLY_SHOWN[kind]}


def _is_explanation(row: SheetRow) -> bool:
    return any(cell.startswith(EXPLANATION) for cell in row.cells[:1])


def _row(found: Mapping[int, Column], row: SheetRow) -> Row:
    cells = {column.key: f"{letter(place)}{row.number}" for place, column in found.items()}
    values = {column.key: row.cells[place] for place, column in found.items() if place < len(row.cells)}
    return Row(row.number, {key: value for key, value in values.items() if value}, cells)


def _swapped(found: Mapping[int, Column], rows: Sequence[SheetRow]) -> Iterator[Fault]:
    """Pairs of columns whose contents stand under each other's header."""
    for (one, first), (other, second) in combinations(found.items(), 2):
        pairs = [
            (row.cells[one], row.cells[other])
            for row in rows
            if max(one, other) < len(row.cells) and row.cells[one] and row.cells[other]
        ]
        crossed = [
            (a, b) for a, b in pairs if first.fits(b) and second.fits(a) and not (first.fits(a) and second.fits(b))
        ]
        if pairs and len(crossed) > MOST_OF * len(pairs):
            words = f"The columns {first.header} and {second.header} seem to be swapped."
            yield Fault(f"cell {letter(one)}1", "swapped_columns", words)
            yield Fault(f"cell {letter(other)}1", "swapped_columns", words)


def _cell_faults(found: Mapping[int, Column], row: Row) -> Iterator[Fault]:
    for column in found.values():
        value = row.values.get(column.key)
        if value is None:
            if column.needed:
                yield Fault(row.place(column.key), "missing", f"{column.header} is missing.")
        elif not column.fits(value):
            yield Fault(row.place(column.key), "wrong_form", f"This is no {column.header}: {column.explained}.")
        elif column.shape == "day" and moment(value, "UTC") is None:
            yield Fault(row.place(column.key), "wrong_form", "There is no such day.")


def moment(value: str, timezone: str, *, is_end: bool = False) -> datetime | None:
    """The moment that a cell names, in the city's time; a day that ends something ends with it. None: no such day."""
    matched = DAY.fullmatch(value)
    if matched is None:
        return None
    year, month, day, hour, minute = (int(part) if part else 0 for part in matched.groups())
    try:
        found = datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(timezone))
    except ValueError:
        return None
    return found + timedelta(days=1) if is_end and matched.group(4) is None else found
