"""What every kind of table shares: the circumstances of bringing it in, and what becomes of a row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import GridsvcError
from gridsvc.people.files.reading import Row, moment
from gridsvc.people.leave import CoverRule

Action = Literal["add", "change", "same"]


@dataclass(frozen=True)
class Circumstances:
    """Who brings a table in, when, in which time, by which rule."""

    actor: Actor
    now: datetime
    timezone: str
    rule: CoverRule


class Done(NamedTuple):
    """What a row did: to what, and how it was before."""

    action: Action
    what: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


# What a table does, row by row: what was done, or why it cannot be. With one refusal nothing of the table stays.
Taken = tuple[Row, Done | GridsvcError]
Take = Callable[[Session, Sequence[Row], Circumstances], Iterator[Taken]]


def each_row(rows: Sequence[Row], take: Callable[[Row], Done]) -> Iterator[Taken]:
    """What becomes of each row in turn."""
    for row in rows:
        try:
            yield row, take(row)
        except GridsvcError as refusal:
            yield row, refusal


def one_by_one(take: Callable[[Session, Row, Circumstances], Done]) -> Take:
    """Takes each row for itself; a refused one leaves nothing behind for the rows after it."""

    def take_rows(session: Session, rows: Sequence[Row], given: Circumstances) -> Iterator[Taken]:
        def take_alone(row: Row) -> Done:
            with session.begin_nested():
                return take(session, row, given)

        return each_row(rows, take_alone)

    return take_rows


def moment_of(row: Row, key: str, given: Circumstances, *, is_end: bool = False) -> datetime | None:
    """The moment that a cell names, in the city's time; None for an empty one."""
    value = row.values.get(key)
    return None if value is None else moment(value, given.timezone, is_end=is_end)
