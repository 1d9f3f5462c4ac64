"""Tables that people send: the first sheet of an Excel file (.xlsx), or a CSV file, as rows of texts, within limits."""

from dataclasses import asdict, dataclass
from pathlib import Path

from gridsvc.core.errors import UnreadableFile
from gridsvc.infra.bounded import MEGABYTE, Resources, ask_child, copy_bounded, own_folder

ZIP_MAGIC = b"PK\x03\x04"
# What Excel wrote before 2007, and writes when a password is set.
OLD_MAGIC = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class SheetLimits:
    """How much of everything one table may have. `rows` counts rows that are not empty, without the first."""

    file_bytes: int = 20 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    rows: int = 100_000
    columns: int = 200
    cells: int = 2_000_000
    cell_chars: int = 4_000
    memory_bytes: int = 1024 * MEGABYTE
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number as the program shows it (of a CSV file, the line it begins on), and a text for each column."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table: the names in its first row, the rows that are not empty, and ranges of merged cells ("A2:A5").

    Of merged cells only the first has the text; the others are empty, and it is for the reader to refuse them.
    `name` is the sheet's (empty for CSV), `others` are sheets that were not read.
    """

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    merged: tuple[str, ...] = ()
    name: str = ""
    others: tuple[str, ...] = ()


def read_sheet(path: Path, *, limits: SheetLimits | None = None) -> Sheet:
    """The table in a file; the content decides whether it is Excel or CSV, not the name.

    Texts come without blanks around them; numbers as their digits, and with the zeros that a format like 000000 shows;
    days as 2026-03-01, moments as 2026-03-01T08:30:00, without a zone. Decoded in a bounded child.
    Raises UnreadableFile for what is no such table, and InvalidInput with a fault for each row or cell ("row 7",
    "cell B7") that says nothing certain: an error, a formula without its result, a number too long to be exact, a text
    that cannot be stored.
    """
    most = limits or SheetLimits()
    if not path.is_file():
        raise UnreadableFile(f"There is no file {path.name}.")
    if path.stat().st_size > most.file_bytes:
        raise UnreadableFile(f"The file is larger than {most.file_bytes // MEGABYTE} MB.")
    with path.open("rb") as file:
        head = file.read(4)
    if head == OLD_MAGIC:
        raise UnreadableFile("The file is an old or encrypted Excel file; save it as .xlsx without a password.")
    kind = "xlsx" if head == ZIP_MAGIC else "csv"
    with own_folder() as folder:
        copy_bounded(path, folder / f"input.{kind}", most.file_bytes)
        order = {"source": f"input.{kind}", "kind": kind, "limits": asdict(most)}
        resources = Resources(most.memory_bytes, most.seconds, most.unpacked_bytes)
        told = ask_child("gridsvc.infra.sheets_child", order, folder=folder, resources=resources)
    rows = tuple(SheetRow(number, tuple(cells)) for number, cells in told["rows"])
    return Sheet(tuple(told["header"]), rows, tuple(told["merged"]), told["name"], tuple(told["others"]))
