"""The mark by which a database is known to hold the demo city, and whether the load was finished.

The mark is the publisher of the first net version: nobody but the demo publishes under that name.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict
from gridsvc.demo import queries

PUBLISHER = "gridsvc demo"
LOADING = f"{PUBLISHER}, loading"


@dataclass(frozen=True)
class Found:
    """The demo city found in a database: which one, and whether its load was finished."""

    city: str
    is_complete: bool


def mark_of(size: str, seed: int) -> str:
    """The city as the mark names it."""
    return f"{size}, seed {seed}"


def loaded_demo(session: Session) -> Found | None:
    """The demo city the database holds, None if it is empty. Raises Conflict if it holds somebody's own data."""
    publisher = queries.first_publisher(session)
    if publisher is not None and publisher.startswith(PUBLISHER):
        return Found(publisher.removeprefix(f"{PUBLISHER}: "), is_complete=publisher != LOADING)
    if queries.has_rows(session):
        raise Conflict(
            "This database holds data of your own, and the demo city is never mixed with it. "
            "Set GRIDSVC_HOME to another folder for the demo, or use `gridsvc serve`."
        )
    return None


def refuse_real_rows(session: Session) -> None:
    """Raises Conflict if somebody has added data of their own to a half-loaded demo city."""
    if queries.has_real_rows(session):
        raise Conflict(
            "A demo load was interrupted here, and data of your own was added since. Nothing is thrown away: "
            "set GRIDSVC_HOME to another folder for the demo."
        )


def finish(session: Session, size: str, seed: int) -> None:
    """Mark the load as finished."""
    queries.rename_publisher(session, LOADING, f"{PUBLISHER}: {mark_of(size, seed)}")
