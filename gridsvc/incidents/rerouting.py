"""Giving open incidents the territory they have by a new net. Earlier decisions and closed incidents stay untouched.

All are located at once by the index of the net (`gridsvc.geography.locating.locate_many`), keyed by its version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.geography.gate import shared_gate
from gridsvc.geography.locating import locate_many
from gridsvc.incidents.queries import rerouting as queries
from gridsvc.infra.db import new_id
from gridsvc.infra.events import announce
from gridsvc.infra.settings import get_settings

REASON = "new_net"


@dataclass(frozen=True)
class Rerouted:
    """A batch of open incidents looked at: how many got a new decision, and the last one (None: there are no more)."""

    changed: int
    last: UUID | None


def reroute_open(session: Session, *, actor: str) -> int:
    """Add a routing decision to every open incident whose grid is another one by the net of now; returns how many.

    The decision names the net version effective when the gate is passed, and the log says who caused it. Running it
    again adds nothing. Needs a READ COMMITTED session; see `gridsvc.geography.gate`.
    """
    return reroute_batch(session, actor=actor).changed


def reroute_batch(
    session: Session,
    *,
    actor: str,
    communities: Sequence[str] | None = None,
    after: UUID | None = None,
    limit: int | None = None,
) -> Rerouted:
    """The same for the open incidents of some communities, so many at a time in order of their ids."""
    at = shared_gate(session).passed_at
    rows = queries.open_with_place(session, communities=communities, after=after, limit=limit)
    if not rows:
        return Rerouted(0, None)
    x, y = np.array([[row.x, row.y] for row in rows]).T
    places = locate_many(session, x, y, at=at, band_m=get_settings().border_band_m)
    decisions: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "event_id": new_id(),
            "incident_id": row.id,
            "net_version_id": places.net_version_id[place],
            "grid_id": places.grid_id[place],
            "community_code": places.community_code[place] or row.community_code,
            "distance_to_border_m": None if np.isnan(distance) else float(distance),
            "in_border_band": bool(places.in_border_band[place]),
            "routed_at": at,
            "reason": REASON,
            "placement": "outside" if places.grid_id[place] is None else "routed",
            "actor": actor,
        }
        for place, (row, distance) in enumerate(zip(rows, places.distance_to_border_m, strict=True))
        if places.grid_id[place] != row.grid_id
    ]
    if decisions:
        queries.add_decisions(session, decisions)
        announce(session, "incident")
    return Rerouted(len(decisions), rows[-1].id)
