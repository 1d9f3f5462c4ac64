"""The gate between intake and publication of a net (architecture rule 4): many may pass together, a publisher alone.

Whoever passes the shared gate and then reads the clock sees every net version effective at that moment, because a
publisher takes its own `effective_at` only while nobody else is in the gate. A gate is held to the transaction's end.
"""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

BASE_NET = "base"

# The first half of every gate's key ("GATE"); the second half is made from the key of the net.
GATE_CLASS = 0x47415445

# The clock comes after the lock in one list, which PostgreSQL works off in order; a test holds the gate to prove it.
_PASSING = "SELECT statement_timestamp() AS asked_at, {lock}(:class, :net), clock_timestamp() AS passed_at"
_SHARED = text(_PASSING.format(lock="pg_advisory_xact_lock_shared"))
_EXCLUSIVE = text(_PASSING.format(lock="pg_advisory_xact_lock"))


@dataclass(frozen=True, slots=True)
class Passage:
    """When the gate was asked for and when it was passed, both by the clock of the database."""

    asked_at: datetime
    passed_at: datetime


def shared_gate(session: Session, net_key: str = BASE_NET) -> Passage:
    """Pass together with other intake; waits while a publisher holds the gate of that net.

    What is read after it in the same transaction is the net at `passed_at`, provided the session is READ COMMITTED.
    """
    return _pass(session, _SHARED, net_key)


def exclusive_gate(session: Session, net_key: str = BASE_NET) -> Passage:
    """Pass alone; waits for everybody inside and keeps all others out. Hold it for at most 10 ms."""
    return _pass(session, _EXCLUSIVE, net_key)


def _pass(session: Session, statement: TextClause, net_key: str) -> Passage:
    row = session.execute(statement, {"class": GATE_CLASS, "net": _half_key(net_key)}).one()
    return Passage(row.asked_at, row.passed_at)


def _half_key(net_key: str) -> int:
    """A signed 32-bit number for a net; two nets that collide would only wait for each other."""
    number = crc32(net_key.encode())
    return number - (1 << 32) if number >= 1 << 31 else number
