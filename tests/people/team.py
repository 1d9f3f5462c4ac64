"""A handful of workers on the two grids of `lay_ground`, and the people who decide about them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.access.roles import PERMISSIONS
from gridsvc.people.staffing import Appointment, WorkerDraft, appoint, register_workers
from tests.fixtures.ground import COMMUNITY, SINCE, Ground, lay_ground

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
DAY = timedelta(days=1)
OTHER_COMMUNITY = "340302001002"


@dataclass(frozen=True)
class Team:
    """The ground, its workers by letter, and who acts."""

    ground: Ground
    workers: dict[str, UUID]

    def __getitem__(self, letter: str) -> UUID:
        return self.workers[letter]


def actor_of(role: str, scope: Scope = WHOLE_CITY) -> Actor:
    """Somebody with everything that a role allows."""
    allowed = frozenset(permission for permission, roles in PERMISSIONS.items() if role in roles)
    return Actor(UUID(int=9), f"{role}-of-tests", role, frozenset({role}), allowed, scope)


SUPERVISOR = actor_of("supervisor")
PLANNER = actor_of("planner")


def worker_actor(worker_id: UUID) -> Actor:
    """A worker who acts for themself."""
    return actor_of("worker", Scope(worker_id=worker_id))


def lay_team(session: Session) -> Team:
    """A holds the west grid with B as backup, C the east one without; D is at the counter, E elsewhere."""
    ground = lay_ground(session)
    appoint(session, [Appointment(ground.west, None, SINCE), Appointment(ground.east, None, SINCE)], now=SINCE)
    drafts = [WorkerDraft(letter, f"示例{letter}", COMMUNITY, f"000-0000-000{letter}") for letter in "ABCD"]
    workers = register_workers(session, [*drafts, WorkerDraft("E", "示例E", OTHER_COMMUNITY)])
    appoint(
        session,
        [
            Appointment(ground.west, workers["A"], SINCE),
            Appointment(ground.east, workers["C"], SINCE),
            Appointment(ground.west, workers["B"], SINCE, "backup"),
        ],
        now=SINCE,
    )
    return Team(ground, workers)


def check_constraints(session: Session) -> None:
    """What the database would refuse at commit, it refuses now."""
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))
