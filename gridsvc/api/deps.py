"""What routes are given: sessions with the one commit place, the actor who asks, and the moment asked about."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, cast

from fastapi import Depends, Query, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.access import identity, jurisdiction, queries
from gridsvc.access.identity import Actor, Login, SessionLimits
from gridsvc.core.errors import Fault, Forbidden, InvalidInput, Unauthenticated
from gridsvc.dashboard.status import Figures, Rules, count_figures
from gridsvc.infra.db import ReadSession
from gridsvc.infra.settings import Settings
from gridsvc.people import queries as people

COOKIE = "gridsvc_session"
WEB_HEADER = "x-gridsvc"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# Rights are resolved anew at least this often; a login itself is checked on every request.
RIGHTS_KEPT_S = 5.0
FIGURES_KEPT_S = 60.0

EARLIEST = datetime(1949, 10, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


class FiguresCache:
    """The slow figures of the present, counted at most once a minute for everybody."""

    def __init__(self) -> None:
        self._kept: tuple[float, Figures] | None = None
        self._counting = threading.Lock()

    def at(self, session: Session, at: datetime, rules: Rules) -> Figures:
        """Figures that were counted within `FIGURES_KEPT_S`; whoever comes while they are counted waits for them."""
        with self._counting:
            if self._kept is None or time.monotonic() - self._kept[0] > FIGURES_KEPT_S:
                self._kept = (time.monotonic(), count_figures(session, at, rules=rules))
            return self._kept[1]


@dataclass
class State:
    """What the application holds: its settings and database."""

    settings: Settings
    engine: Engine
    read_engine: Engine
    url: str
    rights: "RightsCache"
    figures: FiguresCache


class RightsCache:
    """Actors by login for a few seconds, so that a busy page does not walk the management tree on every request."""

    def __init__(self) -> None:
        self._kept: dict[Login, tuple[float, Actor]] = {}

    def get(self, login: Login) -> Actor | None:
        """The actor if it was resolved within `RIGHTS_KEPT_S`."""
        kept = self._kept.get(login)
        return kept[1] if kept and time.monotonic() - kept[0] < RIGHTS_KEPT_S else None

    def put(self, login: Login, actor: Actor) -> None:
        """Keep an actor just resolved."""
        if len(self._kept) > 5_000:
            self._kept.clear()
        self._kept[login] = (time.monotonic(), actor)


def state(request: Request) -> State:
    """The application's state."""
    return cast(State, request.app.state.gridsvc)


AppState = Annotated[State, Depends(state)]


def settings(held: AppState) -> Settings:
    """The settings of this service."""
    return held.settings


Config = Annotated[Settings, Depends(settings)]


def write_session(held: AppState) -> Iterator[Session]:
    """A session that commits after the route and before the answer is sent: what is acknowledged is stored."""
    with Session(held.engine, expire_on_commit=False) as session, session.begin():
        yield session


def read_session(held: AppState) -> Iterator[ReadSession]:
    """A session on one unchanging, unwritable view of the data."""
    with ReadSession(held.read_engine, expire_on_commit=False) as session:
        yield session


# "function": ended, and so committed, before the answer goes out.
Writing = Annotated[Session, Depends(write_session, scope="function")]
Reading = Annotated[ReadSession, Depends(read_session, scope="function")]


def limits(config: Config) -> SessionLimits:
    """How long logins live."""
    return SessionLimits(
        idle=timedelta(hours=config.session_idle_hours), absolute=timedelta(hours=config.session_absolute_hours)
    )


Limits = Annotated[SessionLimits, Depends(limits)]


def now() -> datetime:
    """The server's clock, with its zone."""
    return datetime.now(UTC)


def login_of(request: Request, held: AppState, lives: Limits) -> Login:
    """The login behind the cookie; raises Unauthenticated, or Forbidden for a write that another site caused."""
    token = request.cookies.get(COOKIE)
    if not token:
        raise Unauthenticated
    if request.method not in SAFE_METHODS:
        check_same_site(request)
    with Session(held.engine) as session, session.begin():
        return identity.who_is(session, token, now=now(), limits=lives)


def check_same_site(request: Request) -> None:
    """Raise Forbidden unless the request was made by our own pages or by a program that sets the header."""
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    if request.headers.get(WEB_HEADER) is None or (origin and origin.partition("://")[2] != host):
        raise Forbidden(f"Writes with a session cookie need the header {WEB_HEADER} and our own origin.")


def actor(held: AppState, login: Annotated[Login, Depends(login_of)]) -> Actor:
    """Who asks, with what right, over what part of the city."""
    known = held.rights.get(login)
    if known is not None:
        return known
    with Session(held.read_engine) as session:
        made = resolve_actor(session, login)
    held.rights.put(login, made)
    return made


def resolve_actor(session: Session, login: Login) -> Actor:
    """What a login may do and see at this moment; a worker also sees the grids they hold or cover."""
    at = now()
    roles, permissions = queries.roles_and_permissions(session, login.account_id, at)
    worker = people.worker_of_account(session, login.account_id)
    grids = people.grids_of_worker(session, worker.id, at) if worker else ()
    scope = jurisdiction.resolve_scope(session, login.account_id, at, frozenset(grid.grid_id for grid in grids))
    return Actor(login.account_id, login.username, login.display_name, roles, permissions, scope)


CurrentActor = Annotated[Actor, Depends(actor)]


def moment(
    as_of: Annotated[
        datetime | None,
        Query(
            description="The moment asked about, with its zone; now when left out.",
            examples=["2026-11-01T08:00:00+08:00"],
        ),
    ] = None,
) -> datetime:
    """The moment asked about; a moment without a zone is refused, for it would be a guess."""
    if as_of is None:
        return now()
    if as_of.tzinfo is None:
        raise InvalidInput(faults=[Fault("query.as_of", "no_zone", "The moment has no time zone.")])
    if not EARLIEST <= as_of <= LATEST:
        raise InvalidInput(faults=[Fault("query.as_of", "out_of_range", "The moment is before 1949 or after 2200.")])
    return as_of


Moment = Annotated[datetime, Depends(moment)]


async def raw_body(request: Request) -> bytes:
    """The body as it came, for comparing repeated requests."""
    return await request.body()


RawBody = Annotated[bytes, Depends(raw_body)]


def rules_of(config: Settings) -> Rules:
    """What a status is measured by here."""
    return Rules(config.visit_cycle_days, config.due_soon_share, config.city_timezone)
