"""Queries behind the seals of the audit: the moment up to which nothing can come any more, and hashes of rows."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from psycopg.errors import LockNotAvailable
from sqlalchemy import CursorResult, Row, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from gridsvc.access.audit_tables import AuditEntry, AuditSeal

AT_ONCE = 2_000
# Named one by one: a column that comes later changes no hash of before.
_HASHES = text(
    """
    SELECT sha256(convert_to(jsonb_build_array(
        id, extract(epoch FROM at), account_id, username, roles, access, address, action, object_kind, object_id,
        result, reason, detail
    )::text, 'UTF8'))
    FROM audit WHERE at >= :since AND at < :until ORDER BY at, id
    """
)
# The moment that a purge names counts as far as rows could be removed when it ran.
_PURGED_UNTIL = text(
    """
    SELECT max(CAST(detail ->> 'until' AS timestamptz)) FROM audit
    WHERE action = 'audit.purge' AND result = 'done'
      AND CAST(detail ->> 'until' AS timestamptz) <= at - interval '6 months'
    """
)
# Times that are over and still have rows.
_OVER = text(
    """
    SELECT number, until, rows FROM audit_seal
    WHERE until <= CAST(:now AS timestamptz) - make_interval(months => :kept_months)
      AND until > coalesce((SELECT min(at) FROM audit), 'infinity')
    ORDER BY number LIMIT :most
    """
)
_REMOVE = text("DELETE FROM audit WHERE at < :until")
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('gridsvc audit seals', 0))")


def alone(session: Session) -> None:
    """Wait for another sealer, until the end of the transaction."""
    session.execute(_ALONE)


def settled_until(session: Session, *, patience_ms: int, margin: timedelta) -> datetime | None:
    """A moment before which no row can come any more; None when rows are being written for longer than that.

    Whoever has written a row and not yet committed holds the table; whoever comes later is stamped after this moment.
    The margin is for a clock that is set back. The transaction is to end at once: until then nobody can write.
    """
    session.execute(text(f"SET LOCAL lock_timeout = {int(patience_ms)}"))
    try:
        session.execute(text("LOCK TABLE audit IN SHARE MODE"))
    except OperationalError as error:
        if not isinstance(error.orig, LockNotAvailable):
            raise
        session.rollback()
        return None
    now: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return now - margin


def last(session: Session) -> AuditSeal | None:
    """The newest seal."""
    return session.scalars(select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1)).one_or_none()


def every(session: Session) -> Sequence[AuditSeal]:
    """All seals, the oldest first."""
    return session.scalars(select(AuditSeal).order_by(AuditSeal.number)).all()


def seals_over(session: Session, *, now: datetime, kept_months: int, most: int) -> Sequence[Row[Any]]:
    """The oldest seals whose whole time is older than so many months and has rows: (number, until, rows)."""
    return session.execute(_OVER, {"now": now, "kept_months": kept_months, "most": most}).all()


def remove_rows(session: Session, until: datetime) -> int:
    """Remove the rows of before a moment; how many there were. The database refuses it for those of six months."""
    session.execute(text("SET LOCAL gridsvc.audit_purge = 'on'"))
    return cast("CursorResult[Any]", session.execute(_REMOVE, {"until": until})).rowcount


def purged_until(session: Session) -> datetime | None:
    """The moment up to which a purge says that it removed everything; None when there was none."""
    return cast("datetime | None", session.scalar(_PURGED_UNTIL))


def hashes(session: Session, since: datetime, until: datetime) -> Iterator[bytes]:
    """A hash for each row of a time, in their order."""
    rows = session.execute(_HASHES, {"since": since, "until": until}, execution_options={"yield_per": AT_ONCE})
    for row in rows:
        yield bytes(row[0])


def rows_from(session: Session, since: datetime) -> int:
    """How many rows there are from a moment on."""
    return session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.at >= since)) or 0
