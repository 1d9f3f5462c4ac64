"""Who answers for a grid at a moment: the main worker, whoever covers for them, or nobody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from gridsvc.people import queries

Role = Literal["main", "backup", "cover"]
Staffing = Literal["main_backup", "main_only", "covered", "uncovered", "vacant"]
STAFFING: tuple[Staffing, ...] = ("main_backup", "main_only", "covered", "uncovered", "vacant")


class Person(NamedTuple):
    """A worker as others need to know them."""

    id: UUID
    name: str
    phone: str | None


class Answer(NamedTuple):
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
    role: Role | None
    until: datetime | None

    @property
    def staffing(self) -> Staffing:
        """How the grid is staffed, in one word."""
        if self.main is None:
            return "vacant"
        if self.is_on_leave:
            return "covered" if self.answers else "uncovered"
        return "main_backup" if self.backup else "main_only"


_MAIN: Role = "main"


def who_answers(session: Session, at: datetime, grid_ids: Sequence[UUID] | None = None) -> dict[UUID, Answer]:
    """Who answers at `at` for each of `grid_ids`, or for every grid that lives then, as known now."""
    return {row.grid_id: _answer(row) for row in queries.answers(session, at, grid_ids)}


def _answer(row: Row[*tuple[Any, ...]]) -> Answer:
    (
        grid_id, since, held_until, main_id, main_name, main_phone, is_away, away_until, next_leave,
        cover_id, cover_name, cover_phone, backup_id, backup_name, backup_phone, backup_away,
    ) = row  # fmt: skip
    main = Person(main_id, main_name, main_phone) if main_id else None
    backup = Person(backup_id, backup_name, backup_phone) if backup_id else None
    is_on_leave = main is not None and is_away
    answers, role = main, _MAIN
    if main is None or is_on_leave:
        answers, role = _stand_in(Person(cover_id, cover_name, cover_phone) if cover_id else None, backup, backup_away)
    return Answer(
        grid_id=grid_id,
        since=since,
        main=main,
        on_leave_until=away_until,
        is_on_leave=is_on_leave,
        backup=backup,
        answers=answers,
        role=role if answers else None,
        until=_earlier(held_until, away_until if is_on_leave else next_leave),
    )


def _stand_in(cover: Person | None, backup: Person | None, backup_away: bool) -> tuple[Person | None, Role]:
    """Who answers instead of an absent main worker: whoever was named for it, else the backup if present."""
    if cover is not None:
        return cover, "cover"
    return (None if backup_away else backup), "backup"


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    if first is None or second is None:
        return first or second
    return min(first, second)
