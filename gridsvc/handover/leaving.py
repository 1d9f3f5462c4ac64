"""Leaving for good: nothing is left behind. What would be is named, and keeps somebody from leaving until it is not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import Fault
from gridsvc.core.revisions import Expected
from gridsvc.handover.errors import WorkLeft
from gridsvc.handover.queries import items as queries
from gridsvc.handover.queries import records
from gridsvc.people import enlisting
from gridsvc.people.queries import holding, leaves, workers


@dataclass(frozen=True, slots=True)
class Left:
    """Something that would be left: what kind of thing, and what people call it by."""

    kind: str
    code: str

    @property
    def words(self) -> str:
        """In a sentence."""
        return _WORDS[self.kind].format(self.code)


_WORDS = {
    "grid": "Main worker of the grid {}: give it to somebody, or say that it is to be vacant.",
    "backup": "Backup of the grid {}.",
    "cover": "Covers the leave of {}.",
    "incident": "Took on the incident {} and has not finished it.",
    "pairing": "Is paired with the person whom the community keeps as {}.",
    "patrol": "Has begun the round {} and not ended it.",
    "handover": "Is to take over from {} and has not.",
}
# What goes by itself when somebody leaves, and is only told.
_HARMLESS = ("backup", "cover")


def work_left(session: Session, worker_id: UUID, at: datetime) -> list[Left]:
    """Everything that a worker has at a moment or is to have later, by kind."""
    held = workers.future_of_worker(session, worker_id, at)
    codes = {row.grid_id: row.code for row in holding.grids_by_id(session, [h.grid_id for h in held], at).values()}
    found = [
        Left("grid" if role == "main" else "backup", code)
        for role, code in sorted({(row.role, codes[row.grid_id]) for row in held if row.grid_id in codes}, reverse=True)
    ]
    found += [Left("cover", row.name) for row in leaves.overlapping_covers(session, worker_id, at)]
    found += [Left("incident", str(row.number)) for row in queries.cases_of(session, worker_id, at)]
    found += [Left("pairing", row.number) for row in queries.pairings_of(session, worker_id, at)]
    found += [Left("patrol", row.name) for row in queries.open_rounds(session, worker_id, at)]
    found += [Left("handover", row.from_name) for row in records.unfinished_of(session, worker_id)]
    return found


def keeps(left: Left, *, as_vacancies: bool) -> bool:
    """Whether somebody cannot leave while this is there."""
    return left.kind not in _HARMLESS and not (left.kind == "grid" and as_vacancies)


def leave_service(
    session: Session,
    actor: Actor,
    worker_id: UUID,
    *,
    at: datetime,
    expected: Expected,
    as_vacancies: bool = False,
    now: datetime | None = None,
) -> Any:
    """Let a worker serve no more from a moment on, once nothing is left; grids may be left as named vacancies.

    Raises WorkLeft with every piece that would be left. What `people.enlisting.leave_service` refuses and returns
    holds here too.
    """
    actor = actor.by("people.edit")
    row = enlisting.find_worker(session, actor, worker_id, to_change=True)
    expected.check(row.revision)
    if row.left_at is None and at.tzinfo is not None:
        faults = [
            Fault(f"{one.kind} {one.code}".strip(), f"{one.kind}_left", one.words)
            for one in work_left(session, worker_id, at)
            if keeps(one, as_vacancies=as_vacancies)
        ]
        if faults:
            raise WorkLeft(faults=faults)
    return enlisting.leave_service(session, actor, worker_id, at=at, expected=expected, now=now)
