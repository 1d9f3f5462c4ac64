"""Jurisdiction: which part of the city somebody may see, and the one filter that every list of people's data uses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from gridsvc.access.queries import tree


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
    tree.insert_nodes(session, [vars(node) for node in nodes])


def resolve_scope(
    session: Session,
    account_id: UUID,
    at: datetime,
    grid_ids: frozenset[UUID] = frozenset(),
    worker_id: UUID | None = None,
) -> Scope:
    """What the account's grants reach at `at`, down the management tree; `grid_ids` come from responsibilities."""
    granted = tree.nodes_granted(session, account_id, at)
    if any(row.area_code and is_city_or_above(row.area_code) for row in granted):
        reached = WHOLE_CITY  # as for most accounts of an office: no need to walk the tree
    else:
        reached = scope_of_nodes(session, [row.code for row in granted], at)
    return replace(reached, grid_ids=grid_ids, worker_id=worker_id)


def scopes_by_right(
    session: Session, account_id: UUID, at: datetime, permissions: Iterable[str], whole: Scope
) -> dict[str, Scope]:
    """How far each right of somebody with several roles reaches at `at`; `whole` is what they all reach together.

    One's own grids, and what one is paired with, count for every right.
    """
    nodes: dict[str, set[tuple[str, str | None]]] = {permission: set() for permission in permissions}
    for row in tree.nodes_by_right(session, account_id, at):
        nodes[row.permission].add((row.code, row.area_code))
    reached: dict[frozenset[tuple[str, str | None]], Scope] = {}
    for granted in {frozenset(found) for found in nodes.values()}:
        is_everything = any(area and is_city_or_above(area) for _, area in granted)
        areas = WHOLE_CITY if is_everything else scope_of_nodes(session, [code for code, _ in granted], at)
        reached[granted] = replace(areas, grid_ids=whole.grid_ids, worker_id=whole.worker_id)
    return {permission: reached[frozenset(found)] for permission, found in nodes.items()}


def scope_of_nodes(session: Session, codes: Collection[str], at: datetime) -> Scope:
    """What is run from some nodes of the management tree at a moment."""
    if not codes:
        return Scope()
    reached = {row.area_code for row in tree.reached_from(session, codes, at) if row.area_code}
    if any(is_city_or_above(code) for code in reached):
        return WHOLE_CITY
    return Scope(
        community_codes=frozenset(code for code in reached if not code.endswith("000")),
        county_codes=frozenset(code for code in reached if code.endswith("000000")),
    )


def within_both(one: Scope, other: Scope) -> Scope:
    """The areas that both scopes allow, and the single grids that both name; a pairing with a worker is not kept."""
    if one.city_wide or other.city_wide:
        return replace(other if one.city_wide else one, worker_id=None)
    return Scope(
        community_codes=one.community_codes & other.community_codes,
        county_codes=one.county_codes & other.county_codes,
        grid_ids=one.grid_ids & other.grid_ids,
    )


def within_own(one: Scope, other: Scope) -> Scope:
    """The areas that two scopes of the same person share; the grids they hold and their pairings stay theirs."""
    if one.city_wide or other.city_wide:
        return other if one.city_wide else one
    return replace(
        one,
        community_codes=one.community_codes & other.community_codes,
        county_codes=one.county_codes & other.county_codes,
    )


def is_city_or_above(area_code: str) -> bool:
    """Whether a 12-digit area code names a city or a province."""
    return area_code.endswith("00000000")
