"""News inside the database: who writes announces a change, who shows it listens.

PostgreSQL delivers a notice when the transaction commits and never before, and no notice of one that failed.
"""

import json
from collections.abc import AsyncIterator

import psycopg
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

CHANGES = "gridsvc_change"


def announce(session: Session, kind: str, grid: str | None = None) -> None:
    """Tell listeners, once this transaction commits, that something of `kind` changed in the grid with that code."""
    session.execute(
        text("SELECT pg_notify(:channel, :news)"),
        {"channel": CHANGES, "news": json.dumps({"kind": kind, "grid": grid})},
    )


async def changes(url: str, *, wait_s: float) -> AsyncIterator[str | None]:
    """Every change as JSON text, or None after `wait_s` seconds without one, so that a reader can show it is alive."""
    target = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await psycopg.AsyncConnection.connect(target, autocommit=True)
    async with connection:
        await connection.execute(f"LISTEN {CHANGES}")
        while True:
            quiet = True
            async for notice in connection.notifies(timeout=wait_s, stop_after=1):
                quiet = False
                yield notice.payload
            if quiet:
                yield None
