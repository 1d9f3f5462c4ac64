"""What routes are given: sessions with the one commit place, the actor who asks, and the moment asked about."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated, cast

from anyio import CapacityLimiter, Semaphore, move_on_after, to_thread
from fastapi import Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from gridsvc.access.audit import proven_by
from gridsvc.access.identity import Actor, SessionLimits
from gridsvc.access.rowsecurity import sight_of
from gridsvc.api.actors import recognise
from gridsvc.api.cookies import session_token
from gridsvc.api.headers import SAFE_METHODS, is_foreign
from gridsvc.api.state import State
from gridsvc.core.errors import (
    Fault,
    Forbidden,
    InvalidInput,
    PasswordChangeRequired,
    ServiceUnavailable,
    Unauthenticated,
)
from gridsvc.dashboard.status import Rules
from gridsvc.infra.db import ReadSession
from gridsvc.infra.settings import Settings
from gridsvc.infra.sight import WHOLE_CITY, Sight, seeing

WEB_HEADER = "x-gridsvc"
# What a login with a password for one use may do: look at itself, choose another password, log out.
OWN_SESSION = frozenset({"/api/v1/session", "/api/v1/session/password"})

# Ending a session never waits behind routes that wait for the connection it holds.
ENDING = CapacityLimiter(8)

TURN_PATIENCE_S = 30.0

EARLIEST = datetime(1949, 10, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


async def state(request: Request) -> State:
    """The application's state."""
    return cast(State, request.app.state.gridsvc)


AppState = Annotated[State, Depends(state)]


async def settings(held: AppState) -> Settings:
    """The settings of this service."""
    return held.settings


Config = Annotated[Settings, Depends(settings)]


@asynccontextmanager
async def _turn(turns: Semaphore) -> AsyncIterator[None]:
    """Wait until it is one's turn to have a session; raises ServiceUnavailable for whoever would wait too long.

    A request waits for a thread again after its route, while it holds a connection: for making its answer. Without a
    bound on those that hold one, a heap of requests would take all threads to wait for the connections that the others
    hold who wait for a thread, and it would never be worked off.
    """
    with move_on_after(TURN_PATIENCE_S) as waiting:
        await turns.acquire()
    if waiting.cancelled_caught:
        raise ServiceUnavailable("Too many requests at once; nothing was stored.")
    try:
        yield
    finally:
        turns.release()


async def password_turn(held: AppState) -> AsyncIterator[None]:
    """Wait until a password may be worked out: that takes a core for a tenth of a second, whoever asks for it.

    To be named before the session, so that those who log in wait for one another, and nobody else for them.
    """
    async with _turn(held.password_turns):
        yield


PasswordTurn = Depends(password_turn, scope="function")


# Dependencies that only look something up are coroutines: they cost no thread. What waits for the database runs in one.
async def write_session(held: AppState) -> AsyncIterator[Session]:
    """A session that commits after the route and before the answer is sent: what is acknowledged is stored."""
    async with _turn(held.turns):
        session = Session(held.engine, expire_on_commit=False)
        try:
            yield session
            await to_thread.run_sync(session.commit, limiter=ENDING)
        finally:
            await _let_go(session)


async def _let_go(session: Session) -> None:
    """Close the session; in a thread when that means a word with the database."""
    if session.in_transaction():
        await to_thread.run_sync(session.close, limiter=ENDING)
    else:
        session.close()


# "function": ended, and so committed, before the answer goes out.
Writing = Annotated[Session, Depends(write_session, scope="function")]


async def limits(config: Config) -> SessionLimits:
    """How long logins live."""
    return SessionLimits(
        idle=timedelta(hours=config.session_idle_hours), absolute=timedelta(hours=config.session_absolute_hours)
    )


Limits = Annotated[SessionLimits, Depends(limits)]


def now() -> datetime:
    """The server's clock, with its zone."""
    return datetime.now(UTC)


def check_same_site(request: Request) -> None:
    """Raise Forbidden unless the request was made by our own pages or by a program that sets the header."""
    if request.headers.get(WEB_HEADER) is None or is_foreign(request.headers):
        raise Forbidden(f"Writes with a session cookie need the header {WEB_HEADER} and our own origin.")


async def actor(request: Request, held: AppState, lives: Limits) -> Actor:
    """Who asks, with what right, over what part of the city: a program by its bearer token, else a browser's session.

    Raises Unauthenticated, PasswordChangeRequired, or Forbidden for a write that another site caused.
    """
    program = bearer_token(request)
    token = program or session_token(request)
    if not token:
        raise Unauthenticated
    if program is None and request.method not in SAFE_METHODS:
        check_same_site(request)  # no other site can make a browser send a bearer token
    known = held.actors.get(token)
    if known is None:
        known = await run_in_threadpool(recognise, held, token, lives, is_program=program is not None)
    if known.must_change_password and request.url.path not in OWN_SESSION:
        raise PasswordChangeRequired
    proven_by("session" if program is None else "token")
    request.state.account_id = known.account_id  # for the log, which names accounts by number alone
    return known


def bearer_token(request: Request) -> str | None:
    """The token in the Authorization header; raises Unauthenticated for a header that holds none."""
    given = request.headers.get("authorization")
    if given is None:
        return None
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("The Authorization header must be `Bearer` and a token.")
    return token.strip()


CurrentActor = Annotated[Actor, Depends(actor)]


async def read_session(held: AppState, actor: CurrentActor) -> AsyncIterator[ReadSession]:
    """A session on one unchanging, unwritable view of the data, of which the database shows what the actor may see."""
    async with _reading(held, sight_of(actor)) as session:
        yield session


async def map_session(held: AppState) -> AsyncIterator[ReadSession]:
    """A session on one unchanging, unwritable view of the whole city's data.

    For what everybody may know: the map, statuses and counts. Names that it reads are left out of the answer by the
    actor's scope, or the route takes `Reading`.
    """
    async with _reading(held, WHOLE_CITY) as session:
        yield session


@asynccontextmanager
async def _reading(held: State, sight: Sight) -> AsyncIterator[ReadSession]:
    async with _turn(held.turns):
        session = ReadSession(held.read_engine, expire_on_commit=False, info=seeing(sight))
        try:
            yield session
        finally:
            await _let_go(session)


Reading = Annotated[ReadSession, Depends(read_session, scope="function")]
MapReading = Annotated[ReadSession, Depends(map_session, scope="function")]


async def visitor(request: Request, held: AppState, lives: Limits) -> Actor | None:
    """Who asks, or None for a stranger: for pages, which lead strangers to the login."""
    try:
        return await actor(request, held, lives)
    except (Unauthenticated, PasswordChangeRequired):
        return None


Visitor = Annotated[Actor | None, Depends(visitor)]


async def moment(
    as_of: Annotated[
        datetime | None,
        Query(
            description="The moment asked about, with its zone; now when left out. A later one shows what is planned.",
            examples=["2026-11-01T08:00:00+08:00"],
        ),
    ] = None,
) -> datetime:
    """The moment asked about; a moment without a zone is refused, for it would be a guess.

    Before the first net there are no grids. A moment to come is answered from what is published and recorded now, as if
    nothing more happened until then: nets and posts that are planned are there, visits fall due.
    """
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
