"""Queries on what a drawn net is held against: the rivers, railways and roads in its communities."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

CLOSED = ("river", "railway")
ROADS = ("ring", "arterial", "collector")

_LINES = text(
    """
    SELECT line.kind, line.name, ST_AsBinary(line.geom) AS wkb FROM line
    WHERE line.kind = ANY(CAST(:kinds AS text[])) AND EXISTS (
        SELECT FROM area WHERE area.code = ANY(CAST(:communities AS text[]))
            AND area.valid @> clock_timestamp() AND area.geom && line.geom
    )
    """
)


def barriers(session: Session, communities: Sequence[str]) -> Sequence[Row[Any]]:
    """The rivers and railways near communities: kind, name and line as WKB."""
    return lines_near(session, communities, CLOSED)


def lines_near(session: Session, communities: Sequence[str], kinds: Sequence[str]) -> Sequence[Row[Any]]:
    """The lines of these kinds near communities: kind, name and line as WKB."""
    return session.execute(_LINES, {"communities": list(communities), "kinds": list(kinds)}).all()
