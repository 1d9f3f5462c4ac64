"""Who answers for a grid at a moment: the main worker, whoever covers for them, or nobody."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
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
    the one who covers their leave (named by hand, else the backup, else who was found by rule), the backup of a vacant
    grid, or None. `until` is the moment from which this may be different, as far as is known.
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


def who_answers(
    session: Session, at: datetime, grid_ids: Sequence[UUID] | None = None, known_at: datetime | None = None
) -> dict[UUID, Answer]:
    """Who answers at `at` for each of `grid_ids`, or for every grid that lives then.

    As known now, or as it was known at `known_at`: a leave entered later was not known then.
    """
    found: dict[UUID, Answer] = {}
    for grid_id, rows in groupby(queries.holders(session, at, grid_ids, known_at), key=itemgetter(0)):
        main, *backups = _holders(rows, at)
        found[grid_id] = _answer(grid_id, main, backups)
    return found


class _Holder(NamedTuple):
    """Somebody who holds a grid (nobody: a vacancy), and their leave: now, or `next_leave` to come."""

    person: Person | None
    since: datetime
    until: datetime | None
    is_away: bool = False
    away_until: datetime | None = None
    next_leave: datetime | None = None
    cover: Person | None = None
    cover_comes_first: bool = True


def _holders(rows: Iterable[Row[*tuple[Any, ...]]], at: datetime) -> list[_Holder]:
    """The holders of one grid, main first; rows of one person lie together, one for each leave."""
    holders: list[_Holder] = []
    for row in rows:
        _, since, until, who, name, phone, away_from, away_until, has_leave, cover, cover_name, cover_phone, source = (
            row
        )
        if not has_leave:
            holders.append(_Holder(Person(who, name, phone) if who else None, since, until))
            continue
        if not holders or holders[-1].person is None or holders[-1].person.id != who:
            holders.append(_Holder(Person(who, name, phone), since, until))
        last = holders[-1]
        if away_from is not None and away_from > at:
            holders[-1] = last._replace(next_leave=last.next_leave or away_from)
        elif not last.is_away or _earlier(last.away_until, away_until) != away_until:
            stand_in = Person(cover, cover_name, cover_phone) if cover else last.cover
            holders[-1] = last._replace(
                is_away=True, away_until=away_until, cover=stand_in, cover_comes_first=source != "rule"
            )
    return holders


def _answer(grid_id: UUID, main: _Holder, backups: list[_Holder]) -> Answer:
    ready = next((holder.person for holder in backups if not holder.is_away), None)
    backup = ready or (backups[0].person if backups else None)
    answers, role = main.person, _MAIN
    if main.person is None or main.is_away:
        by_cover = main.cover is not None and (main.cover_comes_first or ready is None)
        answers, role = (main.cover, _COVER) if by_cover else (ready, _BACKUP)
    return Answer(
        grid_id=grid_id,
        since=main.since,
        main=main.person,
        on_leave_until=main.away_until,
        is_on_leave=main.is_away,
        backup=backup,
        answers=answers,
        role=role if answers else None,
        until=_earlier(main.until, main.away_until if main.is_away else main.next_leave),
    )


_MAIN: Role = "main"
_COVER: Role = "cover"
_BACKUP: Role = "backup"


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    if first is None or second is None:
        return first or second
    return min(first, second)
