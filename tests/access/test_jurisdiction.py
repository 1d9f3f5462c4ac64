"""Jurisdiction follows the management tree, and dated grants."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access import identity
from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Node, Scope, place_nodes, resolve_scope, scopes_by_right, within
from gridsvc.access.queries import logins
from gridsvc.core.errors import Forbidden
from gridsvc.infra.db import new_id
from gridsvc.people.tables import Worker
from tests.fixtures.ground import COMMUNITY, SINCE, lay_ground

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@pytest.fixture
def account(session: Session) -> UUID:
    lay_ground(session)
    return identity.create_account(session, username="li", display_name="示例", password="a long password")


def scope_of(session: Session, account: UUID, node: str) -> Scope:
    identity.grant(session, account, role="dispatcher", node=node, since=SINCE)
    return resolve_scope(session, account, NOW)


def test_a_city_node_reaches_everything(session: Session, account: UUID) -> None:
    assert scope_of(session, account, "340300000000").city_wide


def test_a_district_node_reaches_its_communities_and_no_others(session: Session, account: UUID) -> None:
    scope = scope_of(session, account, "340302000000")
    assert scope.community_codes == {COMMUNITY, "340302001002"}
    assert scope.county_codes == {"340302000000"}
    assert scope.covers(COMMUNITY)
    assert not scope.covers("340303001001")
    assert not scope.covers(None)


def test_a_community_node_reaches_itself(session: Session, account: UUID) -> None:
    assert scope_of(session, account, COMMUNITY) == Scope(community_codes=frozenset({COMMUNITY}))


def test_a_street_run_by_a_development_zone_belongs_to_the_zone(session: Session, account: UUID) -> None:
    place_nodes(session, [Node("zone", "开发区", "340300000000", None)])
    session.execute(text("UPDATE management_node SET parent_code = 'zone' WHERE code = '340302001000'"))
    assert scope_of(session, account, "zone").community_codes == {COMMUNITY, "340302001002"}
    other = identity.create_account(session, username="district", display_name="示例", password="a long password")
    assert scope_of(session, other, "340302000000").community_codes == frozenset()


def test_without_a_grant_nothing_is_seen(session: Session, account: UUID) -> None:
    assert resolve_scope(session, account, NOW) == Scope()


def test_the_filter_lists_only_rows_inside(session: Session) -> None:
    for number, community in (("1", COMMUNITY), ("2", "340302001002"), ("3", "340303001001")):
        session.add(Worker(id=new_id(), number=number, name=number, community_code=community))
    session.flush()

    def listed(scope: Scope) -> set[str]:
        return set(
            session.scalars(
                Worker.__table__.select().with_only_columns(Worker.number).where(within(scope, Worker.community_code))
            )
        )

    assert listed(Scope(city_wide=True)) == {"1", "2", "3"}
    assert listed(Scope(community_codes=frozenset({COMMUNITY}))) == {"1"}
    assert listed(Scope()) == set()


def test_each_right_reaches_as_far_as_the_roles_that_allow_it(session: Session, account: UUID) -> None:
    identity.grant(session, account, role="commander", node="340300000000", since=SINCE)
    identity.grant(session, account, role="supervisor", node=COMMUNITY, since=SINCE)
    roles, permissions = logins.roles_and_permissions(session, account, NOW)
    whole = resolve_scope(session, account, NOW)
    scopes = scopes_by_right(session, account, NOW, permissions, whole)
    actor = Actor(account, "li", "示例", roles, permissions, whole, scopes=scopes)
    assert actor.scope.city_wide
    assert actor.by("incidents.read").scope.city_wide
    assert actor.by("care.edit").scope == Scope(community_codes=frozenset({COMMUNITY}))
    assert actor.by("care.edit").by("incidents.read").scope == actor.by("care.edit").scope
    with pytest.raises(Forbidden):
        actor.by("plans.edit")
