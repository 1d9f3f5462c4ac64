"""A part of the tree may be run from elsewhere for a time; jurisdiction follows at that moment."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access import management
from gridsvc.access.identity import Actor
from gridsvc.access.management import DelegationDraft, NodeDraft
from gridsvc.access.reach import reach_of
from gridsvc.core.errors import Conflict, InvalidInput, NodeUnderItself, NotFound, Stale
from gridsvc.core.revisions import ANYTHING, Expected
from tests.access.offices import CITY, EAST, NOW, STREET, WEST, appoint, plant_tree, stand
from tests.fixtures.ground import COMMUNITY

START, END = NOW + timedelta(days=1), NOW + timedelta(days=31)


@pytest.fixture
def chief(session: Session) -> Actor:
    """Administers the whole city, in which a development zone is a node that is no area."""
    plant_tree(session)
    made = appoint(session, "chief", "administrator", CITY)
    management.add_node(session, made, NodeDraft("zone", "开发区", CITY), now=NOW)
    return made


def test_a_street_is_run_by_the_zone_from_one_day_to_another(session: Session, chief: Actor) -> None:
    zone, east = appoint(session, "zone", "dispatcher", "zone"), appoint(session, "east", "dispatcher", EAST)
    management.delegate_node(session, chief, STREET, DelegationDraft("zone", START, END), now=NOW)
    for at, of_zone in ((NOW, False), (START, True), (END - timedelta(seconds=1), True), (END, False)):
        assert stand(session, zone.account_id, "zone", at).scope.covers(COMMUNITY) is of_zone
        assert stand(session, east.account_id, "east", at).scope.covers(COMMUNITY) is not of_zone


def test_who_administers_follows_too(session: Session, chief: Actor) -> None:
    zone = appoint(session, "zone", "administrator", "zone")
    management.delegate_node(session, chief, STREET, DelegationDraft("zone", START), now=NOW)
    assert not reach_of(session, zone, "accounts.manage", NOW).covers(COMMUNITY)
    assert reach_of(session, zone, "accounts.manage", START).covers(COMMUNITY)


def test_the_tree_tells_where_a_node_is_run_from_and_where_it_belongs(session: Session, chief: Actor) -> None:
    management.delegate_node(session, chief, STREET, DelegationDraft("zone", START, END), now=NOW)
    parents = [management.find_node(session, chief, STREET, at).parent for at in (NOW, START, END)]
    assert parents == [EAST, "zone", EAST]
    under = [placed.node.code for placed in management.management_tree(session, chief, START, under="zone")]
    assert under == [STREET]


def test_a_node_is_never_run_from_below_itself(session: Session, chief: Actor) -> None:
    for below in (STREET, COMMUNITY, EAST):
        with pytest.raises(NodeUnderItself):
            management.delegate_node(session, chief, EAST, DelegationDraft(below, NOW), now=NOW)


def test_two_delegations_never_close_a_circle_later(session: Session, chief: Actor) -> None:
    management.delegate_node(session, chief, EAST, DelegationDraft(WEST, END), now=NOW)
    with pytest.raises(NodeUnderItself):
        management.delegate_node(session, chief, WEST, DelegationDraft(STREET, START), now=NOW)
    management.delegate_node(session, chief, WEST, DelegationDraft(STREET, START, END), now=NOW)


def test_no_circle_is_closed_where_another_delegation_ends(session: Session, chief: Actor) -> None:
    management.delegate_node(session, chief, STREET, DelegationDraft("zone", NOW, START), now=NOW)
    with pytest.raises(NodeUnderItself):
        management.delegate_node(session, chief, EAST, DelegationDraft(STREET, NOW), now=NOW)
    management.delegate_node(session, chief, EAST, DelegationDraft(STREET, NOW, START), now=NOW)


@pytest.mark.parametrize("begun", [NOW, START], ids=["ended early", "taken back"])
def test_a_delegation_is_not_ended_when_that_would_close_a_circle(
    session: Session, chief: Actor, begun: datetime
) -> None:
    first = management.delegate_node(session, chief, STREET, DelegationDraft("zone", begun, END), now=NOW)
    second = management.delegate_node(session, chief, EAST, DelegationDraft(STREET, START, END), now=NOW)
    with pytest.raises(NodeUnderItself), session.begin_nested():
        management.end_delegation(session, chief, STREET, first.id, now=NOW)
    assert management.find_node(session, chief, STREET, START).parent == "zone"
    management.end_delegation(session, chief, EAST, second.id, now=NOW)
    management.end_delegation(session, chief, STREET, first.id, now=NOW)
    assert management.find_node(session, chief, STREET, START).parent == EAST


def test_a_node_is_delegated_once_at_a_time(session: Session, chief: Actor) -> None:
    management.delegate_node(session, chief, STREET, DelegationDraft("zone", START, END), now=NOW)
    with pytest.raises(Conflict):
        management.delegate_node(session, chief, STREET, DelegationDraft(WEST, NOW, START + timedelta(1)), now=NOW)
    management.delegate_node(session, chief, STREET, DelegationDraft(WEST, END), now=NOW)


def test_what_was_is_not_rewritten(session: Session, chief: Actor) -> None:
    with pytest.raises(InvalidInput):
        management.delegate_node(session, chief, STREET, DelegationDraft("zone", NOW - timedelta(days=1)), now=NOW)


def test_a_delegation_ends_now_and_one_to_come_is_taken_back(session: Session, chief: Actor) -> None:
    running = management.delegate_node(session, chief, STREET, DelegationDraft("zone", NOW), now=NOW)
    coming = management.delegate_node(session, chief, WEST, DelegationDraft("zone", START), now=NOW)
    later = NOW + timedelta(hours=1)
    management.end_delegation(session, chief, STREET, running.id, now=later)
    management.end_delegation(session, chief, WEST, coming.id, now=later)
    assert management.find_node(session, chief, STREET, later).parent == EAST
    assert session.scalar(text("SELECT count(*) FROM management_delegation")) == 1
    with pytest.raises(NotFound):
        management.end_delegation(session, chief, STREET, running.id, now=later)


def test_a_district_neither_sees_nor_moves_what_is_not_its_own(session: Session, chief: Actor) -> None:
    east = appoint(session, "east", "administrator", EAST)
    with pytest.raises(NotFound):
        management.find_node(session, east, WEST, NOW)
    with pytest.raises(NotFound):
        management.delegate_node(session, east, WEST, DelegationDraft(EAST, NOW), now=NOW)
    with pytest.raises(InvalidInput):
        management.delegate_node(session, east, STREET, DelegationDraft("zone", NOW), now=NOW)
    assert WEST not in {placed.node.code for placed in management.management_tree(session, east, NOW)}


def test_a_name_is_changed_on_what_one_has_seen(session: Session, chief: Actor) -> None:
    seen = Expected(frozenset({management.find_node(session, chief, "zone", NOW).node.revision}))
    assert management.rename_node(session, chief, "zone", seen, name="高新区", now=NOW).node.name == "高新区"
    with pytest.raises(Stale):
        management.rename_node(session, chief, "zone", seen, name="旧名", now=NOW)
    with pytest.raises(NotFound):
        management.rename_node(session, chief, "nowhere", ANYTHING, name="x", now=NOW)


def test_a_code_of_a_node_is_given_once(session: Session, chief: Actor) -> None:
    with pytest.raises(Conflict):
        management.add_node(session, chief, NodeDraft("zone", "又一个", CITY), now=NOW)
