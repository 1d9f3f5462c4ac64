"""Who answers for a grid at a moment: the main worker, whoever covers for them, or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from gridsvc.people import queries

Staffing = Literal["main_backup", "main_only", "covered", "uncovered", "vacant"]
STAFFING: tuple[Staffing, ...] = ("main_backup", "main_only", "covered", "uncovered", "vacant")


@dataclass(frozen=True)
class Person:
    """A worker as others need to know them."""

    id: UUID
    name: str
    phone: str | None


@dataclass(frozen=True)
class Answer:
    """Who answers for one grid at one moment.

    `main` is None for a named vacancy, which then began at `since`. `answers` is who is really there: the main worker,
    the one who covers their leave (by hand, else the backup), the backup of a vacant grid, or None. `until` is the
    moment from which this may be different, as far as is known now.
    """

    grid_id: UUID
    since: datetime
    main: Person | None
    on_leave_until: datetime | None
    is_on_leave: bool
    backup: Person | None
    answers: Person | None
    role: Literal["main", "backup", "cover"] | None
    until: datetime | None

    @property
    def staffing(self) -> Staffing:
        """How the grid is staffed, in one word."""
        if self.main is None:
            return "vacant"
        if self.is_on_leave:
            return "covered" if self.answers else "uncovered"
        return "main_backup" if self.backup else "main_only"


def who_answers(session: Session, at: datetime, grid_ids: Sequence[UUID] | None = None) -> dict[UUID, Answer]:
    """Who answers at `at` for each of `grid_ids`, or for every grid that lives then, as known now."""
    return {row.grid_id: _answer(row) for row in queries.answers(session, at, grid_ids)}


def _answer(row: Row[*tuple[Any, ...]]) -> Answer:
    main = _person(row.main_id, row.main_name, row.main_phone)
    backup = _person(row.backup_id, row.backup_name, row.backup_phone)
    cover = _person(row.cover_id, row.cover_name, row.cover_phone)
    is_on_leave = main is not None and row.is_away
    ready_backup = None if row.backup_away else backup
    answers: Person | None = main
    role: Literal["main", "backup", "cover"] | None = "main"
    if main is None or is_on_leave:
        answers = cover or ready_backup
        role = "cover" if cover else ("backup" if ready_backup else None)
    return Answer(
        grid_id=row.grid_id,
        since=row.since,
        main=main,
        on_leave_until=row.away_until,
        is_on_leave=is_on_leave,
        backup=backup,
        answers=answers,
        role=role,
        until=_next_change(row, is_on_leave),
    )


def _person(worker_id: UUID | None, name: str | None, phone: str | None) -> Person | None:
    return Person(worker_id, name or "", phone) if worker_id else None


def _next_change(row: Row[*tuple[Any, ...]], is_on_leave: bool) -> datetime | None:
    moments = [row.held_until, row.away_until if is_on_leave else row.next_leave]
    return min((moment for moment in moments if moment is not None), default=None)
