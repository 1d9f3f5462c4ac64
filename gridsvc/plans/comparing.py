"""The nets of two moments side by side: the grids that are not the same in both."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import shapely
from sqlalchemy.orm import Session

from gridsvc.core import geojson
from gridsvc.geography.gate import BASE_NET
from gridsvc.plans.queries import history as queries


def differing(
    session: Session, since: datetime, until: datetime, communities: Sequence[str] | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """FeatureCollections of the grids of both moments whose versions are not in effect at the other one."""
    old = queries.versions_at(session, since, BASE_NET, communities)
    new = queries.versions_at(session, until, BASE_NET, communities)
    both = {row.id for row in old} & {row.id for row in new}
    return _features(old, both), _features(new, both)


def _features(rows: Sequence[Any], leave_out: set[Any]) -> dict[str, Any]:
    return geojson.feature_collection(
        geojson.feature(
            shapely.from_wkb(row.wkb),
            {"code": row.code, "name": row.name, "kind": row.kind, "community_code": row.community_code},
            row.code,
        )
        for row in rows
        if row.id not in leave_out
    )
