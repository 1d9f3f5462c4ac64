"""Administrators look after the accounts of their own part of the management tree, and of no other."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access import accounts, grants, identity, rights, tokens
from gridsvc.access.accounts import AccountDraft, AccountFilter
from gridsvc.access.grants import GrantDraft, GrantPlace
from gridsvc.access.identity import Actor, SessionLimits
from gridsvc.access.tokens import TokenDraft
from gridsvc.core.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    LastAdministrator,
    NotFound,
    Stale,
    TokenRevoked,
    Unauthenticated,
    WeakPassword,
    WrongCredentials,
)
from gridsvc.core.revisions import ANYTHING, Expected
from tests.access.offices import CITY, EAST, NOW, STREET, WEST, appoint, plant_tree, stand
from tests.fixtures.ground import COMMUNITY

LIMITS = SessionLimits(idle=timedelta(hours=1), absolute=timedelta(hours=8))


@pytest.fixture
def chief(session: Session) -> Actor:
    """Administers the whole city."""
    plant_tree(session)
    return appoint(session, "chief", "administrator", CITY)


@pytest.fixture
def east(session: Session, chief: Actor) -> Actor:
    """Administers the eastern district."""
    return appoint(session, "east", "administrator", EAST)


def make(session: Session, actor: Actor, name: str, node: str | None) -> UUID:
    account, _ = accounts.make_account(session, actor, AccountDraft(name, "示例", node), now=NOW)
    return account.id


def log_in(session: Session, name: str, password: str) -> str:
    return identity.log_in(session, username=name, password=password, now=NOW, limits=LIMITS)


def test_a_new_account_has_a_password_for_one_use(session: Session, chief: Actor) -> None:
    account, one_time = accounts.make_account(session, chief, AccountDraft("wang", "示例", STREET), now=NOW)
    assert one_time is not None
    assert account.must_change_password
    login = identity.who_is(session, log_in(session, "wang", one_time), now=NOW, limits=LIMITS)
    assert login.must_change_password


def test_a_password_that_somebody_chose_must_be_good(session: Session, chief: Actor) -> None:
    with pytest.raises(WeakPassword):
        accounts.make_account(session, chief, AccountDraft("wang", "示例", CITY, "1234567890"), now=NOW)
    account, one_time = accounts.make_account(session, chief, AccountDraft("wang", "示例", CITY, "a good one"), now=NOW)
    assert one_time is None
    assert not account.must_change_password


def test_a_user_name_is_given_once(session: Session, chief: Actor) -> None:
    make(session, chief, "wang", STREET)
    with pytest.raises(Conflict) as refused:
        make(session, chief, "wang", STREET)
    assert refused.value.faults[0].code == "username_taken"


def test_a_district_looks_after_its_own_accounts_alone(session: Session, chief: Actor, east: Actor) -> None:
    ours, theirs = make(session, chief, "ours", STREET), make(session, chief, "theirs", WEST)
    assert accounts.find_account(session, east, ours, now=NOW).username == "ours"
    for elsewhere in (theirs, chief.account_id):
        with pytest.raises(NotFound):
            accounts.find_account(session, east, elsewhere, now=NOW)
        with pytest.raises(NotFound):
            accounts.reset_password(session, east, elsewhere, now=NOW)
    listed = accounts.list_accounts(session, east, AccountFilter(), after=None, limit=9, now=NOW)
    assert [account.username for account in listed] == ["east", "ours"]


@pytest.mark.parametrize("node", [WEST, CITY, None, "nowhere"])
def test_a_district_makes_accounts_in_its_own_part_alone(session: Session, east: Actor, node: str | None) -> None:
    with pytest.raises(InvalidInput) as refused:
        make(session, east, "wang", node)
    assert (refused.value.faults[0].place, refused.value.faults[0].code) == ("body.node", "unknown_node")


def test_a_district_cannot_take_over_somebody_with_rights_beyond_it(
    session: Session, chief: Actor, east: Actor
) -> None:
    """Else resetting the password of one's own clerk would open the whole city."""
    clerk = make(session, chief, "clerk", STREET)
    grants.give_role(session, chief, clerk, GrantDraft("commander", CITY, NOW), now=NOW)
    for change in (accounts.reset_password, accounts.revoke_sessions):
        with pytest.raises(Forbidden):
            change(session, east, clerk, now=NOW)
    with pytest.raises(Forbidden):
        accounts.disable_account(session, east, clerk, ANYTHING, now=NOW)


def test_only_the_role_that_manages_accounts_says_where(session: Session, chief: Actor, east: Actor) -> None:
    """Who commands the city and administers a district administers a district."""
    identity.grant(session, east.account_id, role="commander", node=CITY, since=NOW)
    both = stand(session, east.account_id, "east")
    assert both.scope.city_wide
    with pytest.raises(NotFound):
        accounts.find_account(session, both, make(session, chief, "theirs", WEST), now=NOW)


def test_who_has_no_right_does_nothing(session: Session, chief: Actor) -> None:
    planner = appoint(session, "planner", "planner", CITY)
    with pytest.raises(Forbidden):
        accounts.find_account(session, planner, chief.account_id, now=NOW)
    with pytest.raises(Forbidden):
        make(session, planner, "wang", STREET)


def test_disabling_ends_the_logins_and_refuses_the_password(session: Session, chief: Actor) -> None:
    wang = appoint(session, "wang", "dispatcher", STREET)
    token = log_in(session, "wang", "a long password")
    accounts.disable_account(session, chief, wang.account_id, ANYTHING, now=NOW)
    with pytest.raises(Unauthenticated):
        identity.who_is(session, token, now=NOW, limits=LIMITS)
    with pytest.raises(WrongCredentials):
        log_in(session, "wang", "a long password")
    accounts.enable_account(session, chief, wang.account_id, ANYTHING, now=NOW)
    assert log_in(session, "wang", "a long password")


def test_a_lost_phone_is_logged_out_and_the_password_stays(session: Session, chief: Actor) -> None:
    wang = appoint(session, "wang", "worker", None, home=COMMUNITY)
    tokens = [log_in(session, "wang", "a long password") for _ in range(2)]
    assert accounts.revoke_sessions(session, chief, wang.account_id, now=NOW) == 2
    for token in tokens:
        with pytest.raises(Unauthenticated):
            identity.who_is(session, token, now=NOW, limits=LIMITS)
    assert log_in(session, "wang", "a long password")


def reset(session: Session, chief: Actor, account_id: UUID) -> str:
    return accounts.reset_password(session, chief, account_id, now=NOW)[1]


def choose(session: Session, chief: Actor, account_id: UUID) -> str:
    accounts.set_password(session, chief, account_id, "quite another one", now=NOW)
    return "quite another one"


@pytest.mark.parametrize("change", [reset, choose])
def test_resetting_the_password_ends_the_old_one_and_every_login(
    session: Session, chief: Actor, change: Callable[[Session, Actor, UUID], str]
) -> None:
    wang = appoint(session, "wang", "dispatcher", STREET)
    token = log_in(session, "wang", "a long password")
    fresh = change(session, chief, wang.account_id)
    with pytest.raises(Unauthenticated):
        identity.who_is(session, token, now=NOW, limits=LIMITS)
    with pytest.raises(WrongCredentials):
        log_in(session, "wang", "a long password")
    assert log_in(session, "wang", fresh)


@pytest.mark.parametrize("change", [reset, choose])
def test_resetting_the_password_revokes_what_was_made_with_the_old_one(
    session: Session, chief: Actor, change: Callable[[Session, Actor, UUID], str]
) -> None:
    wang = appoint(session, "wang", "planner", STREET)
    draft = TokenDraft("hotline", frozenset({"map.read"}), None, NOW + timedelta(days=90))
    (_, theirs), (_, of_chief) = (tokens.make_token(session, actor, draft, now=NOW) for actor in (wang, chief))
    change(session, chief, wang.account_id)
    with pytest.raises(TokenRevoked):
        tokens.acting(session, theirs, now=NOW)
    assert tokens.acting(session, of_chief, now=NOW).account_id == chief.account_id


def test_an_edit_on_what_has_changed_is_refused(session: Session, chief: Actor) -> None:
    wang = make(session, chief, "wang", STREET)
    seen = Expected(frozenset({1}))
    accounts.edit_account(session, chief, wang, {"display_name": "示例二"}, seen, now=NOW)
    with pytest.raises(Stale):
        accounts.edit_account(session, chief, wang, {"display_name": "示例三"}, seen, now=NOW)


def test_a_role_counts_from_its_beginning_to_its_end(session: Session, chief: Actor) -> None:
    wang = make(session, chief, "wang", STREET)
    start, end = NOW + timedelta(days=1), NOW + timedelta(days=8)
    grants.give_role(session, chief, wang, GrantDraft("dispatcher", STREET, start, end), now=NOW)
    held = [stand(session, wang, "wang", at) for at in (NOW, start, end - timedelta(seconds=1), end)]
    assert [actor.roles for actor in held] == [frozenset(), {"dispatcher"}, {"dispatcher"}, frozenset()]
    assert [actor.scope.covers(COMMUNITY) for actor in held] == [False, True, True, False]


def test_a_role_is_held_once_at_a_time_over_a_node(session: Session, chief: Actor) -> None:
    wang = make(session, chief, "wang", STREET)
    grants.give_role(session, chief, wang, GrantDraft("dispatcher", STREET, NOW), now=NOW)
    with pytest.raises(Conflict):
        grants.give_role(session, chief, wang, GrantDraft("dispatcher", STREET, NOW + timedelta(days=3)), now=NOW)
    grants.give_role(session, chief, wang, GrantDraft("worker", None, NOW), now=NOW)
    with pytest.raises(Conflict):
        grants.give_role(session, chief, wang, GrantDraft("worker", None, NOW), now=NOW)


@pytest.mark.parametrize(
    ("draft", "place"),
    [
        (GrantDraft("emperor", STREET, NOW), "body.role"),
        (GrantDraft("dispatcher", None, NOW), "body.node"),
        (GrantDraft("dispatcher", "nowhere", NOW), "body.node"),
        (GrantDraft("worker", COMMUNITY, NOW), "body.node"),
        (GrantDraft("dispatcher", STREET, NOW, NOW), "body.until"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(session: Session, chief: Actor, draft: GrantDraft, place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        grants.give_role(session, chief, make(session, chief, "wang", STREET), draft, now=NOW)
    assert refused.value.faults[0].place == place


def test_a_district_gives_no_role_beyond_itself(session: Session, east: Actor) -> None:
    wang = make(session, east, "wang", STREET)
    with pytest.raises(InvalidInput):
        grants.give_role(session, east, wang, GrantDraft("dispatcher", WEST, NOW), now=NOW)


def test_a_grant_that_ended_stays_and_one_that_never_began_does_not(session: Session, chief: Actor) -> None:
    wang = make(session, chief, "wang", STREET)
    now = grants.give_role(session, chief, wang, GrantDraft("dispatcher", STREET, NOW - timedelta(days=9)), now=NOW)
    later = grants.give_role(session, chief, wang, GrantDraft("handler", STREET, NOW + timedelta(days=9)), now=NOW)
    for given in (now, later):
        grants.end_role(session, chief, GrantPlace(wang, given.id), ANYTHING, now=NOW)
    assert [grant.id for grant in grants.list_grants(session, chief, wang, now=NOW)] == [now.id]
    with pytest.raises(Conflict):
        grants.change_role(session, chief, GrantPlace(wang, now.id), ANYTHING, until=None, now=NOW)


def test_a_worker_sees_their_own_grids_and_no_area(session: Session, chief: Actor) -> None:
    """Even if an old grant names an area: the role says that it reaches the own grids alone."""
    wang = appoint(session, "wang", "worker", COMMUNITY)
    assert wang.roles == {"worker"}
    assert wang.scope.community_codes == frozenset()


def test_somebody_is_always_left_who_administers_the_city(session: Session, chief: Actor, east: Actor) -> None:
    other = appoint(session, "other", "administrator", CITY)
    accounts.disable_account(session, chief, other.account_id, ANYTHING, now=NOW)
    (held,) = grants.list_grants(session, chief, chief.account_id, now=NOW)
    with pytest.raises(LastAdministrator), session.begin_nested():
        grants.end_role(session, chief, GrantPlace(chief.account_id, held.id), ANYTHING, now=NOW)
    with pytest.raises(LastAdministrator), session.begin_nested():
        rights.set_right(session, chief, "administrator", "rights.edit", allowed=False, now=NOW)
    with pytest.raises(InvalidInput):
        accounts.disable_account(session, chief, chief.account_id, ANYTHING, now=NOW)


def test_a_cell_of_the_table_of_rights_counts_at_once(session: Session, chief: Actor) -> None:
    auditor = appoint(session, "auditor", "auditor", CITY)
    assert "doors.read" not in auditor.permissions
    assert rights.set_right(session, chief, "auditor", "doors.read", allowed=True, now=NOW)
    assert not rights.set_right(session, chief, "auditor", "doors.read", allowed=True, now=NOW)
    assert "doors.read" in stand(session, auditor.account_id, "auditor").permissions
    assert rights.table_of_rights(session, auditor).cells["doors.read"]["auditor"]
    rights.set_right(session, chief, "auditor", "doors.read", allowed=False, now=NOW)
    assert "doors.read" not in stand(session, auditor.account_id, "auditor").permissions


def test_rights_are_edited_by_who_administers_the_whole_city(session: Session, chief: Actor, east: Actor) -> None:
    with pytest.raises(Forbidden):
        rights.set_right(session, east, "auditor", "doors.read", allowed=True, now=NOW)
    for role, permission in (("emperor", "map.read"), ("auditor", "rain.make")):
        with pytest.raises(NotFound):
            rights.set_right(session, chief, role, permission, allowed=True, now=NOW)


def test_every_change_is_in_the_audit(session: Session, chief: Actor) -> None:
    wang = make(session, chief, "wang", STREET)
    given = grants.give_role(session, chief, wang, GrantDraft("dispatcher", STREET, NOW), now=NOW)
    grants.change_role(session, chief, GrantPlace(wang, given.id), ANYTHING, until=NOW + timedelta(days=1), now=NOW)
    accounts.edit_account(session, chief, wang, {"display_name": "示例二"}, ANYTHING, now=NOW)
    accounts.reset_password(session, chief, wang, now=NOW)
    accounts.set_password(session, chief, wang, "quite another one", now=NOW)
    accounts.revoke_sessions(session, chief, wang, now=NOW)
    accounts.disable_account(session, chief, wang, ANYTHING, now=NOW)
    accounts.enable_account(session, chief, wang, ANYTHING, now=NOW)
    rights.set_right(session, chief, "auditor", "doors.read", allowed=True, now=NOW)
    rows = session.execute(text("SELECT action, username FROM audit ORDER BY at, id")).all()
    assert [row.action for row in rows] == [
        "account.create", "grant.create", "grant.change", "account.edit", "account.reset_password",
        "account.set_password", "account.revoke_sessions", "account.disable", "account.enable", "right.set",
    ]  # fmt: skip
    assert {row.username for row in rows} == {"chief"}
