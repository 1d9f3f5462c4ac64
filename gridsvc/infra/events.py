"""News inside the database: who writes announces a change, who shows it listens.

PostgreSQL delivers a notice when the transaction commits and never before, and no notice of one that failed.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from gridsvc.core.errors import ServiceUnavailable

CHANGES = "gridsvc_change"
MOST_FOLLOWERS = 2_000  # each takes some 70 kB of the process, and one of the files that it may have open
# Seconds of silence on the network after which a connection to a server elsewhere is tried, and given up.
NOTICED_WHEN_LOST = {"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}

log = logging.getLogger(__name__)


def announce(session: Session, kind: str, grid: str | None = None) -> None:
    """Tell listeners, once this transaction commits, that something of `kind` changed in the grid with that code."""
    session.execute(
        text("SELECT pg_notify(:channel, :news)"),
        {"channel": CHANGES, "news": json.dumps({"kind": kind, "grid": grid})},
    )


class Follower:
    """One reader of the news. What comes while they are busy waits for them, the same thing once."""

    def __init__(self) -> None:
        self._waiting: dict[str, None] = {}
        self._something = asyncio.Event()
        self._is_over = False

    def tell(self, news: str) -> None:
        """Something changed."""
        self._waiting[news] = None
        self._something.set()

    def end(self) -> None:
        """There will be no more news, because nobody listens any longer."""
        self._is_over = True
        self._something.set()

    async def heard(self, wait_s: float) -> tuple[str, ...] | None:
        """What changed since last asked, as JSON texts; () after `wait_s` quiet seconds, None when news are over."""
        try:
            await asyncio.wait_for(self._something.wait(), wait_s)
        except TimeoutError:
            return ()
        if self._is_over:
            return None
        told = tuple(self._waiting)
        self._waiting.clear()
        self._something.clear()
        return told


class _Wire:
    """One connection that listens, and who is told what it hears."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._followers: set[Follower] = set()
        self._listens = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._hear())
        self.is_down = False

    def __len__(self) -> int:
        return len(self._followers)

    async def take(self, follower: Follower) -> None:
        self._followers.add(follower)
        await asyncio.shield(self._listens)

    def leave(self, follower: Follower) -> None:
        self._followers.discard(follower)
        if not self._followers:
            self.is_down = True
            self._task.cancel()

    def end(self) -> None:
        self.is_down = True
        for follower in self._followers:
            follower.end()

    async def _hear(self) -> None:
        try:
            async with await psycopg.AsyncConnection.connect(self._target, autocommit=True) as line:
                await line.execute(f"LISTEN {CHANGES}")
                self._listens.set_result(None)
                async for notice in line.notifies():
                    for follower in self._followers:
                        follower.tell(notice.payload)
        except psycopg.Error as error:
            if not self._listens.done():
                self._listens.set_exception(ServiceUnavailable())
            log.warning("news of changes lost: %s", type(error).__name__)
        finally:
            self.end()


class News:
    """What changes, heard over one connection by a whole process, however many follow it.

    The connection is there while anybody follows. When it is lost, everybody's news is over: something may have been
    missed, so they look anew, and follow again.
    """

    def __init__(self, url: str, *, most: int = MOST_FOLLOWERS) -> None:
        self._most = most
        target = make_url(url).set(drivername="postgresql").update_query_dict(NOTICED_WHEN_LOST)
        self._target = target.render_as_string(hide_password=False)
        self._wire: _Wire | None = None

    @asynccontextmanager
    async def follow(self) -> AsyncIterator[Follower]:
        """News from now on. Raises ServiceUnavailable without a database, or when too many follow already."""
        wire = self._wire
        if wire is None or wire.is_down:
            wire = self._wire = _Wire(self._target)
        if len(wire) >= self._most:
            raise ServiceUnavailable("Too many follow the changes already; ask now and then instead.")
        follower = Follower()
        try:
            await wire.take(follower)
            yield follower
        finally:
            wire.leave(follower)

    def end(self) -> None:
        """The news of all who follow now are over."""
        if self._wire is not None:
            self._wire.end()
