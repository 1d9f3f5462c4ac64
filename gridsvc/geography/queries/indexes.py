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


def grids_to_index(session: Session, version: UUID) -> Sequence[Row[Any]]:
    """The grids that are valid when a net version takes effect, in the order in which they win a shared border."""
    return session.execute(_GRIDS, {"version": version}).all()
