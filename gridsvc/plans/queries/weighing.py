"""Queries on what makes work in a community, besides its blocks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_CARE_PLACES = text(
    """
    SELECT ST_X(point) AS x, ST_Y(point) AS y FROM care_subject
    WHERE community_code = :community AND registered @> CAST(:at AS timestamptz) AND point IS NOT NULL
    """
)


def care_places(session: Session, community_code: str, at: datetime) -> Sequence[Row[Any]]:
    """Where the care subjects of a community live (degrees), and nothing else about them."""
    return session.execute(_CARE_PLACES, {"community": community_code, "at": at}).all()
