"""The grids of a net that live and those that a redraw makes of them, and versions of the net in order of effect.

How they are switched is in `gridsvc.geography.staged`. The caller holds the lock of the net, has proven the coverage,
and sees to it that every new grid has a main row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import shapely
from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict
from gridsvc.geography.queries import redrawn as queries
from gridsvc.geography.shapes import from_wkb
from gridsvc.geography.tables import NetVersion
from gridsvc.infra.db import new_id


class GridsMovedOn(Conflict):
    """A grid has another version than the one this was prepared on."""

    code = "grids_moved_on"


@dataclass(frozen=True)
class LivingGrid:
    """A grid version without an end, with its shape in EPSG:4326 where that was asked for."""

    version_id: UUID
    grid_id: UUID
    scheme: str
    code: str
    kind: str
    name: str
    community_code: str
    area_m2: float
    counts: dict[str, int]
    synthetic: bool
    net_version_id: UUID
    since: datetime
    shape: Any = field(compare=False)


@dataclass(frozen=True)
class Opening:
    """A grid version that begins, of a new grid or of one that goes on, perhaps with the code it has.

    `key` is what it is called where it was drawn. Without a code it gets the next number of its community; without a
    name it is called by that number. `geom` is the shape as EWKB in hexadecimal: the shapes of a whole city are handed
    on as they are stored.
    """

    key: str
    version_id: UUID
    grid_id: UUID
    is_new: bool
    scheme: str
    code: str | None
    keeps_code: bool
    kind: str
    name: str
    community_code: str
    geom: str = field(compare=False)
    area_m2: float
    counts: dict[str, int]
    synthetic: bool

    @property
    def shape(self) -> Any:
        """The shape, read anew each time."""
        return shapely.from_wkb(bytes.fromhex(self.geom))


def living_grids(
    session: Session, net_id: UUID, communities: Sequence[str], *, shaped: bool = True
) -> list[LivingGrid]:
    """The grids of communities that have no end so far, in order of community, scheme and code; with shapes or not."""
    rows = queries.living(session, net_id, communities, shaped=shaped)
    shapes = from_wkb([row.wkb for row in rows])
    return [as_living(row, shape) for row, shape in zip(rows, shapes, strict=True)]


def enter_version(session: Session, net_id: UUID, *, effective_at: datetime, now: datetime, by: str) -> NetVersion:
    """The version of the net that takes effect at a moment, made if there is none yet; numbers follow the effect.

    Two plans for the same instant are one state of the net.
    """
    there = queries.version_at(session, net_id, effective_at)
    if there is not None:
        return session.get_one(NetVersion, there.id)
    number = queries.make_room(session, net_id, effective_at)
    version = NetVersion(
        id=new_id(), net_id=net_id, number=number, published_at=now, effective_at=effective_at, published_by=by
    )
    session.add(version)
    session.flush()
    return version


def take_back(session: Session, version: NetVersion, communities: Sequence[str]) -> list[UUID]:
    """Undo in these communities what a version not yet in effect brings; returns the grids that go on again.

    Codes and identities given for it stay burnt.
    """
    queries.remove(session, version.id, communities)
    return queries.reopen(session, version.net_id, communities, version.effective_at)


def drop_version(session: Session, version: NetVersion) -> bool:
    """Remove a version of the net that brings nothing any more, and close the gap in the numbers; False if it does."""
    net_id, at = version.net_id, version.effective_at
    session.expunge(version)
    if not queries.drop_empty_version(session, version.id):
        return False
    queries.close_up(session, net_id, at)
    return True


def as_living(row: Any, shape: Any) -> LivingGrid:
    """A row of a grid version with its shape."""
    return LivingGrid(
        version_id=row.id,
        grid_id=row.grid_id,
        scheme=row.scheme,
        code=row.code,
        kind=row.kind,
        name=row.name,
        community_code=row.community_code,
        area_m2=row.area_m2,
        counts=row.counts,
        synthetic=row.synthetic,
        net_version_id=row.net_version_id,
        since=row.since,
        shape=shape,
    )
