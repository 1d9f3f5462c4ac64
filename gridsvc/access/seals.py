"""Seals of the audit: a chain of hashes over its rows, by which a change or a loss is noticed.

Rows refuse to be changed, but whoever owns the database can switch that off. So once an hour the rows that have come
are sealed: a hash over all of them and over the seal before. To change a row one would have to make every later seal
anew; that is noticed by whoever has kept one of them elsewhere, and each is told to the log when it is made.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.access.audit_tables import AuditSeal
from gridsvc.access.queries import seals as queries
from gridsvc.core.errors import Fault
from gridsvc.infra.db import unit_of_work

BEGINNING = datetime(1949, 10, 1, tzinfo=UTC)
# Writers of the audit wait at most so long for a sealer, which otherwise comes again an hour later.
PATIENCE_MS = 200
MARGIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Anchor:
    """A seal as somebody noted it: its number and the hash in hexadecimal digits."""

    number: int
    digest: str


@dataclass(frozen=True)
class AuditCheck:
    """What the seals say of the audit; without faults nothing was changed, lost or put in between."""

    seals: int
    rows_sealed: int
    rows_unsealed: int
    last: Anchor | None
    faults: tuple[Fault, ...]


def seal(engine: Engine, *, margin: timedelta = MARGIN) -> AuditSeal | None:
    """Seal the rows that have come since the last seal; None when there are none, or writers would have to wait."""
    with unit_of_work(engine) as session:
        until = queries.settled_until(session, patience_ms=PATIENCE_MS, margin=margin)
    if until is None:
        return None
    with unit_of_work(engine) as session:
        queries.alone(session)
        before = queries.last(session)
        since = before.until if before else BEGINNING
        if until <= since:
            return None
        number = before.number + 1 if before else 1
        digest, rows = _digest(before.digest if before else b"", number, since, until, session)
        if not rows:
            return None
        made = AuditSeal(number=number, since=since, until=until, rows=rows, digest=digest)
        session.add(made)
    return made


def check(session: Session, *, noted: Anchor | None = None) -> AuditCheck:
    """Make every hash anew and compare. `noted` is a seal that was kept elsewhere, which the chain must contain.

    A time without any rows is in order up to the moment that a purge on record names.
    """
    faults: list[Fault] = []
    former: AuditSeal | None = None
    known = queries.every(session)
    purged_until = queries.purged_until(session) or BEGINNING
    for one in known:
        faults += _faults_of(session, one, former, purged_until)
        former = one
    if noted is not None and not any(_is(one, noted) for one in known):
        faults.append(Fault(f"seal {noted.number}", "other_seal", "The chain does not hold the seal that was noted."))
    last = Anchor(former.number, former.digest.hex()) if former else None
    unsealed = queries.rows_from(session, former.until if former else BEGINNING)
    return AuditCheck(len(known), sum(one.rows for one in known), unsealed, last, tuple(faults))


def _faults_of(session: Session, one: AuditSeal, former: AuditSeal | None, purged_until: datetime) -> Iterable[Fault]:
    place = f"seal {one.number}"
    if one.number != (former.number + 1 if former else 1) or one.since != (former.until if former else BEGINNING):
        yield Fault(place, "seal_missing", "A seal before it is missing.")
    digest, rows = _digest(former.digest if former else b"", one.number, one.since, one.until, session)
    if digest == one.digest or (rows == 0 and one.until <= purged_until):
        return
    span = f"between {one.since.isoformat()} and {one.until.isoformat()}"
    if rows != one.rows:
        yield Fault(place, "rows_missing_or_added", f"There are {rows} rows instead of {one.rows} {span}.")
    else:
        yield Fault(place, "rows_changed", f"A row {span} is not as it was sealed.")


def _digest(former: bytes, number: int, since: datetime, until: datetime, session: Session) -> tuple[bytes, int]:
    """The hash of a seal, over the one before, its own place and its rows; and how many rows there are."""
    total, rows = hashlib.sha256(former), 0
    span = f"{number} {since.astimezone(UTC).isoformat()} {until.astimezone(UTC).isoformat()}"
    total.update(span.encode())
    for row in queries.hashes(session, since, until):
        total.update(row)
        rows += 1
    return total.digest(), rows


def _is(one: AuditSeal, noted: Anchor) -> bool:
    return one.number == noted.number and one.digest.hex() == noted.digest.lower()
