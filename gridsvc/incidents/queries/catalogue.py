"""Queries on the city's lists of incident classes and channels."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc.incidents.tables import Category, Channel


def categories(session: Session) -> Sequence[Category]:
    """The classes of incident: matters first, then components, by key."""
    return session.scalars(select(Category).order_by(Category.kind.desc(), Category.key)).all()


def names_of_categories(session: Session) -> dict[str, str]:
    """What the city calls its classes of incidents, in Chinese, by key."""
    return {one.key: one.name_zh for one in categories(session)}


def channels(session: Session) -> Sequence[Channel]:
    """The channels that reports come by, by key."""
    return session.scalars(select(Channel).order_by(Channel.key)).all()
