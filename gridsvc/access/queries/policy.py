"""Queries on the policy profile."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gridsvc.access.policy_tables import Policy


def rules(session: Session) -> Sequence[Policy]:
    """The profile in its order."""
    return session.scalars(select(Policy).order_by(Policy.place, Policy.key)).all()


def is_on(session: Session, key: str) -> bool | None:
    """Whether a line is on; None for a line that is not there."""
    return session.scalars(select(Policy.is_on).where(Policy.key == key)).one_or_none()


def rule(session: Session, key: str) -> Policy | None:
    """One line of it, which nobody else changes until the transaction ends."""
    return session.scalars(select(Policy).where(Policy.key == key).with_for_update()).one_or_none()


def set_rule(session: Session, key: str, values: Mapping[str, Any]) -> None:
    """Set columns of a line."""
    session.execute(update(Policy).where(Policy.key == key).values(**values))
