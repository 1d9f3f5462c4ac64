"""The grids of a net version with everything an index of them answers with."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_GRIDS = text(
    """
    SELECT v.grid_id, v.id AS grid_version_id, v.code, v.community_code, ST_AsBinary(v.geom) AS wkb
    FROM net_version n JOIN grid_version v ON v.net_id = n.net_id AND v.valid @> n.effective_at
    WHERE n.id = :version ORDER BY v.scheme COLLATE "C", v.code COLLATE "C"
    """
)


_IS_SETTLED = text("SELECT effective_at <= clock_timestamp() FROM net_version WHERE id = :version")

_STAMP = text(
    """
    SELECT md5(string_agg(CAST(v.id AS text), ',' ORDER BY v.id))
    FROM net_version n JOIN grid_version v ON v.net_id = n.net_id AND v.valid @> n.effective_at
    WHERE n.id = :version
    """
)


def is_settled(session: Session, version: UUID) -> bool:
    """Whether a net version is in effect, so that nothing can change it: a pending one follows plans before it."""
    return bool(session.execute(_IS_SETTLED, {"version": version}).scalar())


def stamp(session: Session, version: UUID) -> str:
    """A text that is another one whenever the grids of a pending net version are."""
    return str(session.execute(_STAMP, {"version": version}).scalar())


def grids_to_index(session: Session, version: UUID) -> Sequence[Row[Any]]:
    """The grids that are valid when a net version takes effect, in the order in which they win a shared border."""
    return session.execute(_GRIDS, {"version": version}).all()
