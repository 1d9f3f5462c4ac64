"""Jurisdiction: which part of the city somebody may see, and the one filter that every list of people's data uses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from gridsvc.access import queries


@dataclass(frozen=True)
class Scope:
    """What an actor may see at one moment: the whole city, or some communities and single grids.

    `county_codes` are the counties wholly inside, for reports that lie in no community. `worker_id` is the worker the
    actor is, if any: what is paired with a worker is seen by them wherever it lies.
    """

    city_wide: bool = False
    community_codes: frozenset[str] = field(default_factory=frozenset)
    county_codes: frozenset[str] = field(default_factory=frozenset)
    grid_ids: frozenset[UUID] = field(default_factory=frozenset)
    worker_id: UUID | None = None

    def covers(self, community_code: str | None, grid_id: UUID | None = None) -> bool:
        """Whether something in that community, or of that grid, may be seen; what lies nowhere is city-wide."""
        return self.city_wide or community_code in self.community_codes or grid_id in self.grid_ids


WHOLE_CITY = Scope(city_wide=True)


@dataclass(frozen=True)
class Node:
    """A node of the management tree; `area_code` names the area it runs, when it runs one."""

    code: str
    name: str
    parent_code: str | None
    area_code: str | None


def within(
    scope: Scope,
    community_code: InstrumentedAttribute[str] | InstrumentedAttribute[str | None] | ColumnElement[str],
    grid_id: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None] | ColumnElement[UUID] | None = None,
) -> ColumnElement[bool]:
    """The one filter: rows of the communities, or of the single grids, that `scope` allows."""
    if scope.city_wide:
        return true()
    allowed = community_code.in_(scope.community_codes)
    if grid_id is None or not scope.grid_ids:
        return allowed
    return or_(allowed, grid_id.in_(scope.grid_ids))


def place_nodes(session: Session, nodes: Iterable[Node]) -> None:
    """Add nodes to the management tree; a node that is already there keeps its place."""
    queries.insert_nodes(session, [vars(node) for node in nodes])


def resolve_scope(
    session: Session,
    account_id: UUID,
    at: datetime,
    grid_ids: frozenset[UUID] = frozenset(),
    worker_id: UUID | None = None,
) -> Scope:
    """What the account's grants reach at `at`, down the management tree; `grid_ids` come from responsibilities."""
    reached = queries.area_codes_reached(session, account_id, at)
    if any(is_city_or_above(code) for code in reached):
        return Scope(city_wide=True, grid_ids=grid_ids, worker_id=worker_id)
    return Scope(
        community_codes=frozenset(code for code in reached if not code.endswith("000")),
        county_codes=frozenset(code for code in reached if code.endswith("000000")),
        grid_ids=grid_ids,
        worker_id=worker_id,
    )


def is_city_or_above(area_code: str) -> bool:
    """Whether a 12-digit area code names a city or a province."""
    return area_code.endswith("00000000")
