"""What a drawn partition makes of the living grids: who goes on, who ends, who is new, and the shares of each.

`changes_of` measures, which takes time, and tells it by keys and versions, so that it can be kept; `succession` only
makes rows of it. Pure but for new identifiers: nothing is stored here.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import shapely

from gridsvc.core.lineage import Overlap, Share, identities, lineage
from gridsvc.core.metric import Geometries
from gridsvc.geography.redrawn import LivingGrid, Opening
from gridsvc.geography.shapes import as_multi, as_shapes, to_ewkb
from gridsvc.infra.db import new_id
from gridsvc.plans.overlaps import Households, Pieces, overlaps


@dataclass(frozen=True)
class DrawnGrid:
    """A grid as it is drawn in a plan; see `gridsvc.plans.tables.PlanGrid`. `geom` is its shape as EWKB in hexadecimal.

    The shape itself is there for those who measure.
    """

    key: str
    community_code: str
    grid_id: UUID | None
    kind: str
    name: str
    code: str | None
    decided: bool
    fresh_code: bool
    area_m2: float
    counts: dict[str, int]
    shape: Any = field(compare=False, default=None)
    geom: str | None = field(compare=False, default=None)


class Origin(NamedTuple):
    """A version of a grid that a drawn one was made of; `most` when it got more than half of that one's ground."""

    version: str
    most: bool


@dataclass(frozen=True)
class Changes:
    """What becomes of grids, by keys of drawn ones and ids of versions of living ones, both as texts.

    `same` are keys of grids drawn exactly as they are; for every other key `kept` names the version whose identity it
    keeps, or None for a new grid, and `made_of` what it was made of, the one that gave it most households first.
    """

    same: tuple[str, ...]
    kept: Mapping[str, str | None]
    made_of: Mapping[str, tuple[Origin, ...]]
    shares: tuple[Share, ...]

    def encoded(self) -> str:
        """As text that `decoded` reads."""
        told = {
            "same": self.same,
            "kept": self.kept,
            "made_of": {key: [(o.version, o.most) for o in own] for key, own in self.made_of.items()},
            "shares": [tuple(asdict(share).values()) for share in self.shares],
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def decoded(cls, text: str) -> "Changes":
        """What `encoded` wrote."""
        told = json.loads(text)
        return cls(
            same=tuple(told["same"]),
            kept=told["kept"],
            made_of={key: tuple(Origin(*origin) for origin in own) for key, own in told["made_of"].items()},
            shares=tuple(Share(*share) for share in told["shares"]),
        )

    @classmethod
    def together(cls, parts: Sequence["Changes"]) -> "Changes":
        """Those of several communities as one."""
        return cls(
            same=tuple(key for part in parts for key in part.same),
            kept={key: version for part in parts for key, version in part.kept.items()},
            made_of={key: own for part in parts for key, own in part.made_of.items()},
            shares=tuple(share for part in parts for share in part.shares),
        )


@dataclass(frozen=True)
class Succession:
    """What a plan changes: versions that end and begin, grids that end, shares, and who each new grid was made of.

    `parents_of` tells for every grid that is new or merged the grids it was made of, the one that gave it most
    households first; `shares` name versions.
    """

    closing: tuple[LivingGrid, ...]
    openings: tuple[Opening, ...]
    ended_grids: tuple[UUID, ...]
    shares: tuple[Share, ...]
    parents_of: dict[UUID, tuple[UUID, ...]]

    @property
    def is_empty(self) -> bool:
        """Whether the plan changes nothing at all."""
        return not self.closing and not self.openings


def changes_of(living: Sequence[LivingGrid], drawn: Sequence[DrawnGrid], lived: Households) -> Changes:
    """What becomes of the living grids when these are drawn instead. Raises ValueError for a doubly given identity."""
    kept_as_is = _unchanged(living, drawn)
    parents = [grid for grid in living if grid.grid_id not in kept_as_is]
    children = [grid for grid in drawn if grid.grid_id not in kept_as_is]
    pieces = overlaps(
        Pieces([str(grid.version_id) for grid in parents], _shapes(parents)),
        Pieces([grid.key for grid in children], _shapes(children)),
        lived,
    )
    by_grid = {grid.grid_id: str(grid.version_id) for grid in parents}
    decided = {grid.key: by_grid[grid.grid_id] if grid.grid_id else None for grid in children if grid.decided}
    return Changes(
        same=tuple(grid.key for grid in drawn if grid.grid_id in kept_as_is),
        kept=identities(pieces, decided),
        made_of=_made_of(pieces),
        shares=lineage(pieces),
    )


def succession(living: Sequence[LivingGrid], drawn: Sequence[DrawnGrid], changes: Changes) -> Succession:
    """The rows that changes make; no shape is looked at."""
    same = set(changes.same)
    going_on_as_is = {grid.grid_id for grid in drawn if grid.key in same}
    parents = [grid for grid in living if grid.grid_id not in going_on_as_is]
    by_version = {str(grid.version_id): grid for grid in parents}
    openings = {
        grid.key: _opening(grid, by_version, changes.kept.get(grid.key), changes.made_of[grid.key])
        for grid in drawn
        if grid.key not in same
    }
    going_on = {opening.grid_id for opening in openings.values() if not opening.is_new}
    return Succession(
        closing=tuple(parents),
        openings=tuple(openings.values()),
        ended_grids=tuple(grid.grid_id for grid in parents if grid.grid_id not in going_on),
        shares=_between_versions(changes.shares, openings),
        parents_of=_parents_of(changes.made_of, openings, by_version),
    )


def _unchanged(living: Sequence[LivingGrid], drawn: Sequence[DrawnGrid]) -> set[UUID]:
    """The grids that are drawn exactly as they are, vertex by vertex, with the same name, kind and code."""
    before = {grid.grid_id: grid for grid in living}
    pairs = [
        (before[grid.grid_id], grid)
        for grid in drawn
        if grid.grid_id in before and not grid.fresh_code and grid.code in (None, before[grid.grid_id].code)
    ]
    if not pairs:
        return set()
    old = shapely.normalize(_shapes([pair[0] for pair in pairs]))
    new = shapely.normalize(_shapes([pair[1] for pair in pairs]))
    same = shapely.equals_exact(old, new, 0.0)
    return {
        was.grid_id
        for (was, grid), is_same in zip(pairs, same.tolist(), strict=True)
        if is_same and (was.kind, was.name) == (grid.kind, grid.name or was.name)
    }


def _shapes(grids: Sequence[LivingGrid] | Sequence[DrawnGrid]) -> Geometries:
    return as_multi(as_shapes([grid.shape for grid in grids])) if grids else np.empty(0, dtype=object)


def _made_of(pieces: Sequence[Overlap]) -> dict[str, tuple[Origin, ...]]:
    """What each child was made of, the one that gave most households first."""
    whole: dict[str, float] = defaultdict(float)
    for piece in pieces:
        whole[piece.parent] += piece.area_m2
    made_of: dict[str, list[Origin]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda piece: (-piece.households, -piece.area_m2, piece.parent)):
        made_of[piece.child].append(Origin(piece.parent, piece.area_m2 * 2 > whole[piece.parent]))
    return {child: tuple(own) for child, own in made_of.items()}


def _opening(grid: DrawnGrid, by_version: dict[str, LivingGrid], kept: str | None, own: Sequence[Origin]) -> Opening:
    parent = by_version[kept] if kept else None
    nearest = parent or by_version[own[0].version]
    keeps_code = parent is not None and not grid.fresh_code and grid.code in (None, parent.code)
    return Opening(
        key=grid.key,
        version_id=new_id(),
        grid_id=parent.grid_id if parent else new_id(),
        is_new=parent is None,
        scheme=nearest.scheme,
        code=parent.code if parent and keeps_code else grid.code,
        keeps_code=keeps_code,
        kind=grid.kind,
        name=grid.name,
        community_code=grid.community_code,
        geom=grid.geom or str(to_ewkb(_shapes([grid]))[0]),
        area_m2=grid.area_m2,
        counts=grid.counts,
        synthetic=nearest.synthetic,
    )


def _between_versions(shares: Sequence[Share], openings: dict[str, Opening]) -> tuple[Share, ...]:
    return tuple(
        Share(share.parent, str(openings[share.child].version_id), share.operation, share.area_ppm, share.household_ppm)
        for share in shares
    )


def _parents_of(
    made_of: Mapping[str, Sequence[Origin]], openings: dict[str, Opening], by_version: dict[str, LivingGrid]
) -> dict[UUID, tuple[UUID, ...]]:
    """For new grids all they were made of; for those that go on, only when they took in the most of another one."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    for key, opening in openings.items():
        own = made_of[key] if opening.is_new else [origin for origin in made_of[key] if origin.most]
        if opening.is_new or len(own) > 1:
            found[opening.grid_id] = tuple(by_version[origin.version].grid_id for origin in own)
    return found
