"""Programs act by tokens: with a part of their maker's rights, over a part of the maker's area, until a day."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access import accounts, audit_search, tokens
from gridsvc.access.city_settings import change_settings
from gridsvc.access.identity import Actor, token_hash
from gridsvc.access.queries.audit import AuditFilter
from gridsvc.access.reach import reach_of
from gridsvc.access.tokens import TokenDraft
from gridsvc.core.errors import Forbidden, InvalidInput, NotFound, TokenExpired, TokenRevoked, Unauthenticated
from gridsvc.core.revisions import ANYTHING
from gridsvc.infra.settings import get_settings
from tests.access.offices import CITY, EAST, NOW, STREET, WEST, appoint, plant_tree
from tests.fixtures.ground import COMMUNITY

END = NOW + timedelta(days=90)


@pytest.fixture
def chief(session: Session) -> Actor:
    plant_tree(session)
    return appoint(session, "chief", "administrator", CITY)


def draft(*permissions: str, node: str | None = None, until: datetime = END) -> TokenDraft:
    return TokenDraft("hotline", frozenset(permissions), node, until)


def secret_of(session: Session, actor: Actor, wanted: TokenDraft) -> str:
    return tokens.make_token(session, actor, wanted, now=NOW)[1]


def test_a_program_has_the_rights_of_its_token_and_no_others(session: Session, chief: Actor) -> None:
    program = tokens.acting(session, secret_of(session, chief, draft("map.read", "incidents.create")), now=NOW)
    assert program.permissions == {"map.read", "incidents.create"}
    assert (program.account_id, program.scope.city_wide) == (chief.account_id, True)
    assert program.token_id is not None


def test_a_program_reaches_no_further_than_its_node(session: Session, chief: Actor) -> None:
    program = tokens.acting(session, secret_of(session, chief, draft("map.read", node=EAST)), now=NOW)
    assert program.scope.covers(COMMUNITY)
    assert not program.scope.covers("340303001001")
    assert not program.scope.city_wide


def test_what_is_managed_by_node_reaches_no_further_either(session: Session, chief: Actor) -> None:
    for node, covered in ((STREET, {STREET, COMMUNITY}), (EAST, {EAST, STREET, COMMUNITY})):
        program = tokens.acting(session, secret_of(session, chief, draft("rights.read", node=node)), now=NOW)
        reach = reach_of(session, program, "rights.read", NOW)
        assert {code for code in (CITY, EAST, WEST, STREET, COMMUNITY) if reach.covers(code)} == covered
        assert not reach.covers(None)
    everywhere = tokens.acting(session, secret_of(session, chief, draft("rights.read", node=CITY)), now=NOW)
    assert reach_of(session, everywhere, "rights.read", NOW).everything


def test_its_node_takes_nothing_in_that_its_maker_lost(session: Session, chief: Actor) -> None:
    planner = appoint(session, "planner", "planner", EAST)
    secret = secret_of(session, planner, draft("plans.read", node=EAST))
    session.execute(text("UPDATE grant_ SET node_code = :code WHERE node_code = :east"), {"code": STREET, "east": EAST})
    reach = reach_of(session, tokens.acting(session, secret, now=NOW), "plans.read", NOW)
    assert (reach.covers(STREET), reach.covers(EAST)) == (True, False)


def test_a_program_of_a_street_changes_no_settings_and_reads_no_audit_of_the_city(
    session: Session, chief: Actor
) -> None:
    secret = secret_of(session, chief, draft("settings.edit", "audit.read", node=STREET))
    program = tokens.acting(session, secret, now=NOW)
    given = get_settings()
    with pytest.raises(Forbidden):
        change_settings(session, program, {"visit_cycle_days": 9}, ANYTHING, given=given, now=NOW)
    with pytest.raises(Forbidden):
        audit_search.search(session, program, AuditFilter(), limit=1, now=NOW)


def test_what_its_maker_loses_it_loses_too(session: Session, chief: Actor) -> None:
    planner = appoint(session, "planner", "planner", EAST)
    secret = secret_of(session, planner, draft("map.read", "doors.read"))
    session.execute(text("UPDATE role_permission SET allowed = false WHERE permission = 'doors.read'"))
    assert tokens.acting(session, secret, now=NOW).permissions == {"map.read"}
    session.execute(text("UPDATE grant_ SET valid = tstzrange(lower(valid), :at)"), {"at": NOW})
    ended = tokens.acting(session, secret, now=NOW)
    assert (ended.permissions, ended.scope.covers(COMMUNITY)) == (frozenset(), False)


def test_only_a_hash_is_kept(session: Session, chief: Actor) -> None:
    secret = secret_of(session, chief, draft("map.read"))
    assert secret.startswith("gridsvc_")
    assert session.scalar(text("SELECT token_hash FROM api_token")) == token_hash(secret)


@pytest.mark.parametrize(
    ("wanted", "place", "code"),
    [
        (draft("map.read", "care.read"), "body.permissions", "not_yours"),
        (draft("map.read", "accounts.manage"), "body.permissions", "for_people_only"),
        (draft("map.read", "rights.edit"), "body.permissions", "for_people_only"),
        (draft("map.read", "tokens.manage"), "body.permissions", "for_people_only"),
        (draft("map.read", until=NOW), "body.until", "out_of_range"),
        (draft("map.read", until=NOW + timedelta(days=367)), "body.until", "out_of_range"),
        (draft("map.read", node="nowhere"), "body.node", "unknown_node"),
    ],
)
def test_a_token_never_goes_beyond_its_maker(
    session: Session, chief: Actor, wanted: TokenDraft, place: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        tokens.make_token(session, chief, wanted, now=NOW)
    assert (refused.value.faults[0].place, refused.value.faults[0].code) == (place, code)


def test_what_is_no_permission_is_not_said_again(session: Session, chief: Actor) -> None:
    with pytest.raises(InvalidInput) as refused:
        tokens.make_token(session, chief, draft("map.read", "somebodys text"), now=NOW)
    assert "somebodys text" not in str(refused.value.faults)


def test_a_node_out_of_the_makers_reach_is_refused(session: Session, chief: Actor) -> None:
    planner = appoint(session, "planner", "planner", STREET)
    with pytest.raises(InvalidInput):
        tokens.make_token(session, planner, draft("map.read", node=WEST), now=NOW)


def test_who_may_not_make_tokens_makes_none(session: Session, chief: Actor) -> None:
    with pytest.raises(Forbidden):
        tokens.make_token(session, appoint(session, "d", "dispatcher", CITY), draft("map.read"), now=NOW)


def test_an_ended_a_revoked_and_an_unknown_token_are_told_apart(session: Session, chief: Actor) -> None:
    made, secret = tokens.make_token(session, chief, draft("map.read"), now=NOW)
    with pytest.raises(TokenExpired):
        tokens.acting(session, secret, now=END)
    tokens.revoke_token(session, chief, made.id, now=NOW)
    with pytest.raises(TokenRevoked):
        tokens.acting(session, secret, now=NOW)
    with pytest.raises(Unauthenticated) as unknown:
        tokens.acting(session, "gridsvc_of_nobody", now=NOW)
    assert unknown.value.code == "unauthenticated"


def test_a_disabled_account_has_no_programs(session: Session, chief: Actor) -> None:
    planner = appoint(session, "planner", "planner", EAST)
    secret = secret_of(session, planner, draft("map.read"))
    accounts.disable_account(session, chief, planner.account_id, ANYTHING, now=NOW)
    with pytest.raises(Unauthenticated):
        tokens.acting(session, secret, now=NOW)


def test_one_sees_ones_own_tokens_and_an_administrator_those_in_reach(session: Session, chief: Actor) -> None:
    one, other = appoint(session, "one", "planner", EAST), appoint(session, "other", "planner", WEST)
    made = {actor.username: tokens.make_token(session, actor, draft("map.read"), now=NOW)[0] for actor in (one, other)}
    east = appoint(session, "east", "administrator", EAST)
    seen = {
        actor.username: {row.username for row in tokens.visible_tokens(session, actor, now=NOW)}
        for actor in (one, east, chief)
    }
    assert seen == {"one": {"one"}, "east": {"one"}, "chief": {"one", "other"}}
    with pytest.raises(NotFound):
        tokens.revoke_token(session, one, made["other"].id, now=NOW)
