"""Statements on stored photos and the visits that show them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc.infra.files import TRY_ALONE

# Asked for again, a photo is as new as just stored: the sweep leaves it for another day.
_BY_SOURCE = text(
    """
    UPDATE photo SET stored_at = greatest(stored_at, CAST(:now AS timestamptz)) WHERE hash = (
        SELECT hash FROM photo WHERE source_hash = :source_hash ORDER BY hash LIMIT 1
    ) RETURNING hash, size_bytes, width_px, height_px
    """
)
_KEEP = text(
    """
    INSERT INTO photo (hash, source_hash, size_bytes, width_px, height_px, account_id, stored_at)
    VALUES (:hash, :source_hash, :size_bytes, :width_px, :height_px, :account_id, :stored_at)
    ON CONFLICT (hash) DO UPDATE SET stored_at = greatest(photo.stored_at, excluded.stored_at)
    """
)
_IS_SHOWN = text("SELECT EXISTS (SELECT FROM visit_photo WHERE visit_id = :visit_id AND photo_hash = :hash)")
_FORGET = text(
    """
    DELETE FROM photo WHERE stored_at < CAST(:before AS timestamptz)
        AND NOT EXISTS (SELECT FROM visit_photo WHERE photo_hash = photo.hash)
    RETURNING hash
    """
)
_TRY_ALONE = text(TRY_ALONE)
_KNOWN = text("SELECT hash FROM photo WHERE hash = ANY(CAST(:hashes AS text[]))")


def by_source(session: Session, source_hash: str, now: datetime) -> Row[Any] | None:
    """The photo that was made of these bytes before: (hash, size_bytes, width_px, height_px)."""
    return session.execute(_BY_SOURCE, {"source_hash": source_hash, "now": now}).one_or_none()


def keep(session: Session, values: Mapping[str, Any]) -> None:
    """Store the row of a photo, or let the one that is there be as new."""
    session.execute(_KEEP, values)


def is_shown(session: Session, visit_id: UUID, name: str) -> bool:
    """Whether a visit shows the photo."""
    return bool(session.scalar(_IS_SHOWN, {"visit_id": visit_id, "hash": name}))


def forget_unshown(session: Session, before: datetime) -> Sequence[str]:
    """Delete the rows of photos stored before a moment that no visit shows; returns their hashes."""
    return session.scalars(_FORGET, {"before": before}).all()


def may_take_away(session: Session) -> bool:
    """Whether nobody copies the stored files, nor begins to before this transaction ends."""
    return bool(session.scalar(_TRY_ALONE))


def known(session: Session, names: Sequence[str]) -> set[str]:
    """Those of the hashes that have a row."""
    return set(session.scalars(_KNOWN, {"hashes": list(names)}))
