"""Queries on what a drawn net is held against: the barriers in its communities."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_BARRIERS = text(
    """
    SELECT line.kind, line.name, ST_AsBinary(line.geom) AS wkb FROM line
    WHERE line.kind IN ('river', 'railway') AND EXISTS (
        SELECT FROM area WHERE area.code = ANY(CAST(:communities AS text[]))
            AND area.valid @> clock_timestamp() AND area.geom && line.geom
    )
    """
)


def barriers(session: Session, communities: Sequence[str]) -> Sequence[Row[Any]]:
    """The rivers and railways near communities: kind, name and line as WKB."""
    return session.execute(_BARRIERS, {"communities": list(communities)}).all()
