"""What became of codes and grids: the life of a code, and the concordance between the nets of two moments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.core.errors import InvalidInput, NotFound
from gridsvc.core.lineage import WHOLE_PPM, Operation, Share, compose
from gridsvc.geography.gate import BASE_NET
from gridsvc.plans.queries import history as queries


@dataclass(frozen=True)
class Link:
    """How a grid version came from another one, or went into it; shares are parts of the older one in ppm."""

    code: str
    name: str
    operation: str
    area_ppm: int
    household_ppm: int
    plan_number: int
    plan_title: str


@dataclass(frozen=True)
class Stage:
    """A grid as it was for a time; `until` is None while it has no end."""

    version_id: UUID
    grid_id: UUID
    code: str
    name: str
    kind: str
    community_code: str
    area_m2: float
    counts: Mapping[str, int]
    since: datetime
    until: datetime | None
    net_number: int
    came_from: tuple[Link, ...]
    went_to: tuple[Link, ...]


@dataclass(frozen=True)
class ConcordanceRow:
    """What part of an old grid is in a new one; `operation` is `same` where nothing was redrawn."""

    old_code: str
    old_name: str
    new_code: str
    new_name: str
    community_code: str
    operation: Operation | str
    area_ppm: int
    household_ppm: int


def life_of_code(session: Session, code: str) -> list[Stage]:
    """Every stage of the grids that ever bore a code, in order of time, each with where it came from and went to.

    Raises NotFound for a code never given. A code that was burnt with a withdrawn plan has no stages.
    """
    if not queries.given_code(session, code):
        raise NotFound("This code was never given.")
    rows = queries.life(session, code)
    links = queries.links(session, [row.id for row in rows])
    return [_stage(row, links) for row in rows]


def concordance(
    session: Session, since: datetime, until: datetime, *, communities: Sequence[str] | None = None
) -> list[ConcordanceRow]:
    """Old grid to new grid with shares, from the net of `since` to the net of `until`; by old code, then new code.

    The shares of every old grid sum to 1,000,000. Raises InvalidInput when the moments stand the wrong way round.
    """
    if since > until:
        raise InvalidInput("The first moment of a concordance is the earlier one.")
    old = {str(row.id): row for row in queries.versions_at(session, since, BASE_NET, communities)}
    new = {str(row.id): row for row in queries.versions_at(session, until, BASE_NET, communities)}
    shares: tuple[Share, ...] = tuple(_itself(version) for version in old)
    changes = queries.lineage_between(session, since, until, communities)
    for _, step in groupby(changes, key=lambda row: row.effective_at):
        shares = compose(shares, [_share(row) for row in step])
    rows = [_row(old[share.parent], new[share.child], share) for share in shares if share.child in new]
    return sorted(rows, key=lambda row: (row.community_code, row.old_code, row.new_code))


def _stage(row: Any, links: Sequence[Any]) -> Stage:
    came = [link for link in links if link.child_version_id == row.id]
    went = [link for link in links if link.parent_version_id == row.id]
    return Stage(
        version_id=row.id,
        grid_id=row.grid_id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        community_code=row.community_code,
        area_m2=row.area_m2,
        counts=row.counts,
        since=row.since,
        until=row.until,
        net_number=row.net_number,
        came_from=tuple(_link(link, link.parent_code, link.parent_name) for link in came),
        went_to=tuple(_link(link, link.child_code, link.child_name) for link in went),
    )


def _link(link: Any, code: str, name: str) -> Link:
    return Link(code, name, link.operation, link.area_ppm, link.household_ppm, link.plan_number, link.plan_title)


def _itself(version: str) -> Share:
    return Share(version, version, "kept", WHOLE_PPM, WHOLE_PPM)


def _share(row: Any) -> Share:
    return Share(str(row.parent_version_id), str(row.child_version_id), row.operation, row.area_ppm, row.household_ppm)


def _row(old: Any, new: Any, share: Share) -> ConcordanceRow:
    return ConcordanceRow(
        old_code=old.code,
        old_name=old.name,
        new_code=new.code,
        new_name=new.name,
        community_code=old.community_code,
        operation="same" if share.parent == share.child else share.operation,
        area_ppm=share.area_ppm,
        household_ppm=share.household_ppm,
    )
