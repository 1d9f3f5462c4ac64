"""Statements with which a person judges: flagged visits, and corrections of the register of doors."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_JUDGE = text(
    """
    INSERT INTO visit_review (visit_id, verdict, note, reviewed_by, reviewed_at)
    VALUES (:visit_id, :verdict, :note, :by, CAST(:at AS timestamptz))
    ON CONFLICT (visit_id) DO NOTHING RETURNING visit_id
    """
)
_CLOSE = text(
    """
    UPDATE register_correction SET state = :state, decided_by = :by, decided_at = CAST(:at AS timestamptz),
        reason = :reason, new_door_id = CAST(:new_door_id AS uuid)
    WHERE id = :id AND state = 'pending' RETURNING id
    """
)
_LOCKED = text("SELECT state FROM register_correction WHERE id = :id FOR UPDATE")
_END_DOOR = text(
    """
    UPDATE door SET registered = tstzrange(lower(registered), CAST(:at AS timestamptz))
    WHERE id = :id AND lower(registered) < CAST(:at AS timestamptz)
      AND (upper_inf(registered) OR upper(registered) > CAST(:at AS timestamptz)) RETURNING id
    """
)
_DOOR = text("SELECT id FROM door WHERE code = :code")


def judge(session: Session, values: Mapping[str, Any]) -> bool:
    """Store what a person made of a visit; False when somebody judged it already."""
    return session.scalar(_JUDGE, values) is not None


def lock_correction(session: Session, correction_id: UUID) -> str | None:
    """The state of a correction, which nobody else can change until the transaction ends."""
    state: str | None = session.scalar(_LOCKED, {"id": correction_id})
    return state


def close_correction(session: Session, values: Mapping[str, Any]) -> Row[Any] | None:
    """Store what became of a correction; None when it was decided already."""
    return session.execute(_CLOSE, values).one_or_none()


def end_door(session: Session, door_id: UUID, at: datetime) -> bool:
    """Let the registration of a door end; False when it did not last until then or had not begun."""
    return session.scalar(_END_DOOR, {"id": door_id, "at": at}) is not None


def door_id(session: Session, code: str) -> UUID:
    """The identifier of the door of that code."""
    found: UUID = session.execute(_DOOR, {"code": code}).scalar_one()
    return found
