"""Same key and body, same answer: creates that a phone or another system may safely send twice."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from gridsvc.core.errors import KeyInFlight, KeyReused
from gridsvc.infra.tables import Idempotency


@dataclass(frozen=True)
class StoredAnswer:
    """An answer as it went out: status, body, and the address and the tag of what was created, if it has them."""

    status: int
    body: bytes
    location: str | None = None
    etag: str | None = None
    repeated: bool = False


def answer_once(
    session: Session, *, principal: str, key: str, request: bytes, make: Callable[[], StoredAnswer]
) -> StoredAnswer:
    """The stored answer to this key, or that of `make`, stored in the same transaction as what it did.

    A failure stores nothing, so the same key may be used again after a refusal.
    Raises KeyInFlight while another transaction holds the key, KeyReused when the body differs.
    """
    lock = "SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 7))"
    if not session.scalar(text(lock), {"name": f"{principal}\x1f{key}"}):
        raise KeyInFlight
    digest = hashlib.sha256(request).digest()
    known = session.execute(
        select(
            Idempotency.request_hash, Idempotency.status, Idempotency.body, Idempotency.location, Idempotency.etag
        ).where(Idempotency.principal == principal, Idempotency.key == key)
    ).one_or_none()
    if known is not None:
        if known.request_hash != digest:
            raise KeyReused
        return StoredAnswer(known.status, known.body, known.location, known.etag, repeated=True)
    answer = make()
    session.add(
        Idempotency(
            principal=principal,
            key=key,
            request_hash=digest,
            status=answer.status,
            body=answer.body,
            location=answer.location,
            etag=answer.etag,
        )
    )
    session.flush()
    return answer


def forget_old_answers(session: Session, *, now: datetime, kept_for: timedelta) -> None:
    """Drop answers older than `kept_for`; client identifiers go on protecting visits and incidents after that."""
    session.execute(delete(Idempotency).where(Idempotency.created_at < now - kept_for))
