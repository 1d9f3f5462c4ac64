"""The database as the code above sees it: the mapped base, engines, sessions and the unit of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from select import POLLIN, poll
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, MetaData, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import NullPool
from uuid_utils.compat import uuid7

from gridsvc.infra.databases import CITY
from gridsvc.infra.sight import GUARDED, ReadSession

__all__ = ["Base", "ReadSession", "brief_engine", "make_engine", "new_id", "reading", "unit_of_work"]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

CITY_TIMEZONE_FALLBACK = "Asia/Shanghai"


class Base(DeclarativeBase):
    """The mapped base of every table."""

    metadata = MetaData(naming_convention=NAMING)


def new_id() -> UUID:
    """A time-ordered identifier, so that new rows lie side by side in every index."""
    return uuid7()


def make_engine(
    url: str, *, timezone: str = CITY_TIMEZONE_FALLBACK, pool_size: int = 8, guarded: bool = False, **options: Any
) -> Engine:
    """An engine whose sessions speak the city's timezone and give up a statement that runs away.

    A guarded one is for serving others: its connections come as a reader, and each session takes on what it may see
    (`gridsvc.infra.sight`). `options` go to `sqlalchemy.create_engine`.
    """
    given = "-c statement_timeout=60s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    if guarded:
        given += f" -c role={CITY}"
        options["execution_options"] = {GUARDED: True} | options.get("execution_options", {})
    connect_args = {"options": f"-c timezone={timezone} -c jit=off {given}", "connect_timeout": 5}
    if "poolclass" not in options:
        options = {"pool_size": pool_size, "max_overflow": 4, "pool_timeout": 5} | options
    engine = create_engine(make_url(url), connect_args=connect_args, **options)
    event.listen(engine, "checkout", _refuse_closed)
    return engine


def _refuse_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """Let the pool replace a connection that the server has closed.

    A server that closes, or dies, leaves something to read on the socket of an idle connection. Looking costs no round
    trip, which asking would on every request.
    """
    socket = poll()
    socket.register(connection.fileno(), POLLIN)
    if socket.poll(0):
        raise DisconnectionError("the server closed this connection")


@contextmanager
def brief_engine(url: str, *, timezone: str = CITY_TIMEZONE_FALLBACK) -> Iterator[Engine]:
    """An engine for one errand: no connection stays open between its sessions, nor after the block."""
    engine = make_engine(url, timezone=timezone, poolclass=NullPool)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """A session that commits at the end of the block, or leaves nothing behind when the block fails."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[ReadSession]:
    """A session on one unchanging view of the data; any write in it is refused by PostgreSQL."""
    with ReadSession(engine, expire_on_commit=False) as session:
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        yield session
