"""Switching the grids of a net at an instant, by rows whose validity starts or ends there (architecture rule 4).

The caller holds the lock of the net, has proven the coverage, and sees to it that every new grid has a main row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import shapely
from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict
from gridsvc.core.metric import frame_of, in_frame
from gridsvc.geography.numbering import default_name, number_grids, stored_scheme
from gridsvc.geography.queries import redrawn as queries
from gridsvc.geography.shapes import as_shapes, from_wkb
from gridsvc.geography.tables import NetVersion
from gridsvc.infra.copying import Same, copy_columns, range_from
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

    Without a code it gets the next number of its community; without a name it is called by that number. `geom` is the
    shape as EWKB in hexadecimal: the shapes of a whole city are handed on as they are stored.
    """

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


def register_grids(session: Session, net_id: UUID, openings: Sequence[Opening]) -> list[Opening]:
    """The openings with a code and a name each; identities and codes that are new are registered for ever.

    Grids without a code get fresh numbers of their community, west to east and north to south. Raises what
    `gridsvc.geography.numbering.number_grids` raises: a code once given is never given again.
    """
    new = [opening.grid_id for opening in openings if opening.is_new]
    if new:
        copy_columns(session, "grid", {"id": new, "net_id": Same(net_id)})
    coded: dict[UUID, Opening] = {}
    for scheme in sorted({opening.scheme for opening in openings if not opening.keeps_code}):
        batch = [opening for opening in openings if opening.scheme == scheme and not opening.keeps_code]
        for opening in _with_codes(session, scheme, batch):
            coded[opening.version_id] = opening
    return [coded.get(opening.version_id, opening) for opening in openings]


def switch(session: Session, version: NetVersion, *, closing: Sequence[UUID], openings: Sequence[Opening]) -> None:
    """End these grid versions and begin those at the instant at which a version of the net takes effect.

    Every opening has its code. Raises GridsMovedOn when one to be closed is not open any more.
    """
    if queries.close(session, closing, version.effective_at) != len(closing):
        raise GridsMovedOn
    rows: dict[str, Sequence[Any] | Same] = {
        "id": [str(opening.version_id) for opening in openings],
        "grid_id": [str(opening.grid_id) for opening in openings],
        "net_id": Same(version.net_id),
        "net_version_id": Same(version.id),
        "scheme": [opening.scheme for opening in openings],
        "code": [opening.code for opening in openings],
        "kind": [opening.kind for opening in openings],
        "name": [opening.name for opening in openings],
        "geom": [opening.geom for opening in openings],
        "area_m2": [opening.area_m2 for opening in openings],
        "counts": [opening.counts for opening in openings],
        "community_code": [opening.community_code for opening in openings],
        "synthetic": [opening.synthetic for opening in openings],
        "valid": Same(range_from(version.effective_at)),
    }
    if openings:
        copy_columns(session, "grid_version", rows)


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


def _with_codes(session: Session, scheme: str, batch: Sequence[Opening]) -> list[Opening]:
    shapes = as_shapes([opening.shape for opening in batch])
    middles = shapely.get_coordinates(shapely.centroid(in_frame(shapes, frame_of(shapes))))
    owners = [opening.community_code for opening in batch]
    places = (middles[:, 0].tolist(), middles[:, 1].tolist())
    numbered = number_grids(session, stored_scheme(session, scheme), [each.code for each in batch], owners, places)
    rows: dict[str, Sequence[Any] | Same] = {
        "scheme": Same(scheme),
        "code": numbered.codes,
        "grid_id": [opening.grid_id for opening in batch],
        "community_code": owners,
        "sequence": numbered.sequences,
    }
    copy_columns(session, "grid_code", rows)
    return [
        replace(opening, code=code, name=opening.name or default_name(code, sequence))
        for opening, code, sequence in zip(batch, numbered.codes, numbered.sequences, strict=True)
    ]
