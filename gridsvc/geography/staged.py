"""Grid versions made ready ahead of the instant at which they begin, so that switching is a few statements.

A batch is what begins and ends together. Its rows wait in tables of their own, with their shapes; only the instant and
the fresh numbers are still to come. Whoever switches uses them up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from sqlalchemy.orm import Session

from gridsvc.core.metric import frame_of, in_frame
from gridsvc.geography.numbering import default_name, number_grids, stored_scheme
from gridsvc.geography.queries import staged as queries
from gridsvc.geography.redrawn import GridsMovedOn, LivingGrid, Opening
from gridsvc.geography.shapes import as_shapes
from gridsvc.geography.tables import NetVersion
from gridsvc.infra.copying import Same, copy_columns


@dataclass(frozen=True)
class Switched:
    """How many grid versions ended and began, and the codes given."""

    closed: int
    opened: int
    new_codes: tuple[str, ...]


def stage(
    session: Session,
    batch_id: UUID,
    *,
    communities: Sequence[str],
    closing: Sequence[LivingGrid],
    openings: Sequence[Opening],
    made_of: Mapping[UUID, Sequence[UUID]],
) -> None:
    """Make ready what is to end and what is to begin, instead of what was ready for these communities.

    `made_of` names for new and merged grids those they are made of, the one that gave most households first.
    """
    queries.forget(session, batch_id, communities)
    going_on = {opening.grid_id for opening in openings}
    ending: dict[str, Sequence[Any] | Same] = {
        "batch_id": Same(batch_id),
        "version_id": [grid.version_id for grid in closing],
        "community_code": [grid.community_code for grid in closing],
        "grid_id": [grid.grid_id for grid in closing],
        "is_last": [grid.grid_id not in going_on for grid in closing],
    }
    if closing:
        copy_columns(session, "grid_closing", ending)
    if openings:
        copy_columns(session, "grid_opening", {"batch_id": Same(batch_id)} | _columns(openings, made_of))


def forget(session: Session, batch_id: UUID) -> None:
    """Nothing of a batch is ready any more."""
    queries.forget(session, batch_id)


def switch(session: Session, version: NetVersion, batch_id: UUID) -> Switched:
    """End and begin the versions of a batch at the instant at which a version of the net takes effect.

    New identities and codes are registered for ever; grids without a code get fresh numbers of their community, west to
    east and north to south. Raises GridsMovedOn when a version to be ended is not open any more, and what
    `gridsvc.geography.numbering.number_grids` raises: a code once given is never given again.
    """
    queries.register(session, batch_id, version.net_id)
    given = _numbered(session, batch_id)
    size = queries.sizes(session, batch_id)
    if queries.close(session, batch_id, version.effective_at) != size.closing:
        raise GridsMovedOn
    ids, codes, names = [list(column) for column in zip(*given, strict=True)] if given else ([], [], [])
    values = {"net_id": version.net_id, "net_version_id": version.id, "at": version.effective_at}
    opened = queries.begin(session, batch_id, values | {"ids": ids, "codes": codes, "names": names})
    return Switched(size.closing, opened, tuple(codes))


def _columns(own: Sequence[Opening], made_of: Mapping[UUID, Sequence[UUID]]) -> dict[str, Sequence[Any] | Same]:
    middles = _middles(own)
    return {
        "key": [opening.key for opening in own],
        "community_code": [opening.community_code for opening in own],
        "version_id": [str(opening.version_id) for opening in own],
        "grid_id": [str(opening.grid_id) for opening in own],
        "is_new": [opening.is_new for opening in own],
        "made_of": ["{" + ",".join(map(str, made_of.get(opening.grid_id, ()))) + "}" for opening in own],
        "scheme": [opening.scheme for opening in own],
        "code": [opening.code for opening in own],
        "keeps_code": [opening.keeps_code for opening in own],
        "east_m": [middle[0] for middle in middles],
        "north_m": [middle[1] for middle in middles],
        "kind": [opening.kind for opening in own],
        "name": [opening.name for opening in own],
        "geom": [opening.geom for opening in own],
        "area_m2": [opening.area_m2 for opening in own],
        "counts": [opening.counts for opening in own],
        "synthetic": [opening.synthetic for opening in own],
    }


def _middles(openings: Sequence[Opening]) -> list[list[float]]:
    """The middle of each grid in metres, in the frame of its community: numbers are given by them."""
    found = np.empty((len(openings), 2))
    by_community: dict[str, list[int]] = {}
    for place, opening in enumerate(openings):
        by_community.setdefault(opening.community_code, []).append(place)
    for places in by_community.values():
        shapes = as_shapes([openings[place].shape for place in places])
        found[places] = shapely.get_coordinates(shapely.centroid(in_frame(shapes, frame_of(shapes))))
    rows: list[list[float]] = found.tolist()
    return rows


def _numbered(session: Session, batch_id: UUID) -> list[tuple[UUID, str, str]]:
    """Every version that gets another code than its grid had, with that code, registered for ever, and its name."""
    given: list[tuple[UUID, str, str]] = []
    for scheme, rows in groupby(queries.uncoded(session, batch_id), key=attrgetter("scheme")):
        batch = list(rows)
        owners = [row.community_code for row in batch]
        places = [row.east_m for row in batch], [row.north_m for row in batch]
        numbered = number_grids(session, stored_scheme(session, scheme), [row.code for row in batch], owners, places)
        columns: dict[str, Sequence[Any] | Same] = {
            "scheme": Same(scheme),
            "code": numbered.codes,
            "grid_id": [row.grid_id for row in batch],
            "community_code": owners,
            "sequence": numbered.sequences,
        }
        copy_columns(session, "grid_code", columns)
        given += [
            (row.version_id, code, row.name or default_name(code, sequence))
            for row, code, sequence in zip(batch, numbered.codes, numbered.sequences, strict=True)
        ]
    return given
