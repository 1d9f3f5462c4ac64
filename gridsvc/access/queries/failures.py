"""Queries on failed logins."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from gridsvc.access.tables import LoginFailure

# After `free` failures every further one doubles the time that must pass before the next attempt, up to `longest_s`.
# A count is forgotten when nothing failed since `forgotten`.
_NOTE = text(
    """
    INSERT INTO login_failure AS kept (key, failures, last_at, closed_until)
    VALUES (:key, 1, CAST(:now AS timestamptz), CAST(:now AS timestamptz))
    ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at,
        failures = CASE WHEN kept.last_at < CAST(:forgotten AS timestamptz) THEN 1 ELSE kept.failures + 1 END,
        closed_until = CASE
            WHEN kept.last_at < CAST(:forgotten AS timestamptz) OR kept.failures + 1 < :free THEN excluded.last_at
            ELSE excluded.last_at + make_interval(secs =>
                least(CAST(:longest_s AS float8), power(2, least(kept.failures + 1 - :free, 30)))) END
    RETURNING failures
    """
)
_PRUNE = text(
    """
    DELETE FROM login_failure WHERE last_at < CAST(:forgotten AS timestamptz)
        OR key IN (SELECT key FROM login_failure ORDER BY last_at DESC, key OFFSET :most)
    """
)
_CLEAR = text("DELETE FROM login_failure WHERE key = :key")
_TAKE_AWAY = text("UPDATE login_failure SET failures = greatest(failures - :some, 0) WHERE key = :key")
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(encode(:key, 'hex'), 1))")


def closed_until(session: Session, keys: Sequence[bytes]) -> datetime | None:
    """The latest moment until which one of these keys admits no attempt."""
    return session.scalar(select(func.max(LoginFailure.closed_until)).where(LoginFailure.key.in_(keys)))


def count(session: Session, key: bytes, since: datetime) -> int:
    """The failures of a key, none if nothing failed since a moment."""
    kept = select(LoginFailure.failures).where(LoginFailure.key == key, LoginFailure.last_at >= since)
    return session.scalar(kept) or 0


def note(session: Session, key: bytes, now: datetime, *, forgotten: datetime, free: int, longest_s: float) -> int:
    """Count a failure; how many there are now."""
    given = {"key": key, "now": now, "forgotten": forgotten, "free": free, "longest_s": longest_s}
    return int(session.scalar(_NOTE, given) or 0)


def prune(session: Session, *, forgotten: datetime, most: int) -> None:
    """Drop what is forgotten, and of the rest all but the `most` latest."""
    session.execute(_PRUNE, {"forgotten": forgotten, "most": most})


def clear(session: Session, key: bytes) -> None:
    """Forget the failures of a key."""
    session.execute(_CLEAR, {"key": key})


def take_away(session: Session, key: bytes, some: int) -> None:
    """Forget so many failures of a key."""
    session.execute(_TAKE_AWAY, {"key": key, "some": some})


def one_at_a_time(session: Session, key: bytes) -> None:
    """Wait for other attempts on the same key, until the end of the transaction."""
    session.execute(_ONE_AT_A_TIME, {"key": key})
