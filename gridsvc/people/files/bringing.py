"""Bringing a table in: all rows or none, with a preview that does everything and then takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.core.errors import Fault, GridsvcError, InvalidInput
from gridsvc.infra.sheets import Sheet
from gridsvc.people.files.columns import COLUMNS, Kind
from gridsvc.people.files.reading import Row, read_rows
from gridsvc.people.files.rows import COLUMN_OF, TAKE
from gridsvc.people.files.taking import Circumstances, Done

MOST_FAULTS = 500


@dataclass(frozen=True)
class Brought:
    """What became of a table, or would: what each row does, and what is wrong with which cell."""

    read: int
    done: list[tuple[int, Done]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def count(self, action: str) -> int:
        """How many rows do this."""
        return sum(done.action == action for _, done in self.done)


def bring_in(session: Session, kind: Kind, sheet: Sheet, given: Circumstances, *, dry_run: bool) -> Brought:
    """Take every row of a table through its use case; with one fault, or as a dry run, nothing of it stays.

    The preview does what the import does, so what it says is what will happen. Raises InvalidInput with a fault for
    each wrong cell unless it is a dry run, which returns them.
    """
    rows, faults = read_rows(kind, sheet)
    faults += _twice(kind, rows)
    brought = Brought(len(rows), faults=faults)
    attempt = session.begin_nested()
    if not faults:
        for row, outcome in TAKE[kind](session, rows, given):
            if isinstance(outcome, GridsvcError):
                faults += _faults(kind, row, outcome)
            else:
                brought.done.append((row.number, outcome))
            if len(faults) >= MOST_FAULTS:
                break
        brought.done.sort(key=lambda one: one[0])
        faults.sort(key=lambda fault: _row_number(fault.place))
    if faults or dry_run:
        attempt.rollback()
        session.expire_all()
        if faults and not dry_run:
            raise InvalidInput(f"{len(faults)} cells or rows are wrong; nothing was stored.", faults=faults)
        return brought
    attempt.commit()
    counts = {action: brought.count(action) for action in ("add", "change", "same")}
    audit.record(session, given.actor, "people.import", kind, detail={"rows": len(rows)} | counts)
    return brought


def _faults(kind: Kind, row: Row, refusal: GridsvcError) -> list[Fault]:
    """What is wrong with a row, by its cells."""
    if refusal.faults:
        return [_in_row(row, fault) for fault in refusal.faults]
    return [Fault(row.place(COLUMNS[kind][0].key), refusal.code, refusal.message)]


def _row_number(place: str) -> int:
    """The row of a place like "cell B7" or "row 7"."""
    return int("".join(sign for sign in place if sign.isdigit()))


def _in_row(row: Row, fault: Fault) -> Fault:
    name = fault.place.removeprefix("body.").split(".")[0]
    return Fault(row.place(COLUMN_OF.get(name, name)), fault.code, fault.message)


def _twice(kind: Kind, rows: Sequence[Row]) -> list[Fault]:
    """Rows that speak of the same thing: which of them is meant cannot be known."""
    keys = {
        "workers": ("number",),
        "posts": ("number",),
        "responsibilities": ("grid_code", "role", "since"),
        "leaves": ("worker", "since"),
        "team": ("grid_code", "role", "worker_number", "name"),
    }[kind]
    seen: dict[tuple[str | None, ...], int] = {}
    faults = []
    for row in rows:
        key = tuple(row.values.get(name) for name in keys)
        if key in seen:
            words = f"The same stands in row {seen[key]}."
            faults.append(Fault(row.place(keys[0]), "row_twice", words))
        seen.setdefault(key, row.number)
    return faults
