"""The policy profile is data: a city may choose, except what is never done to workers."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from gridsvc.access import policy
from gridsvc.access.identity import operator
from gridsvc.core.errors import Forbidden, InvalidInput, NotFound
from tests.access.offices import CITY, EAST, appoint, plant_tree
from tests.people.team import actor_of

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
ADMIN = operator("chief")
NEVER = {"check_in", "ranking", "online_time", "tracks"}


def test_check_ins_rankings_online_time_and_tracks_are_not_done(session: Session) -> None:
    rules = {row.key: row for row in policy.profile(session)}
    assert {key for key, row in rules.items() if row.kind == "never"} == NEVER
    assert not any(rules[key].is_on for key in NEVER)


@pytest.mark.parametrize("key", sorted(NEVER))
def test_what_is_never_done_cannot_be_switched_on(session: Session, key: str) -> None:
    with pytest.raises(InvalidInput) as error:
        policy.switch(session, ADMIN, key, is_on=True, reason="试试", now=NOW)
    assert error.value.faults[0].code == "never_done"
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("UPDATE policy SET is_on = true WHERE key = :key"), {"key": key})


def test_what_is_always_done_cannot_be_switched_off(session: Session) -> None:
    with pytest.raises(InvalidInput) as error:
        policy.switch(session, ADMIN, "odd_visits", is_on=False, reason="试试", now=NOW)
    assert error.value.faults[0].code == "always_done"


def test_a_choice_is_made_with_a_reason_that_everybody_sees(session: Session) -> None:
    with pytest.raises(InvalidInput):
        policy.switch(session, ADMIN, "position", is_on=False, reason=" ", now=NOW)
    policy.switch(session, ADMIN, "position", is_on=False, reason="按市级规定", now=NOW)
    session.expire_all()
    [row] = [row for row in policy.profile(session) if row.key == "position"]
    assert (row.is_on, row.reason, row.set_at) == (False, "按市级规定", NOW)
    assert session.scalar(text("SELECT object_id FROM audit WHERE action = 'policy.set'")) == "position"


def test_only_who_may_edit_settings_of_the_whole_city_switches(session: Session) -> None:
    with pytest.raises(Forbidden):
        policy.switch(session, actor_of("supervisor"), "position", is_on=False, reason="x", now=NOW)
    plant_tree(session)
    of_district, of_city = (appoint(session, node, "administrator", node) for node in (EAST, CITY))
    with pytest.raises(Forbidden):
        policy.switch(session, of_district, "position", is_on=False, reason="x", now=NOW)
    policy.switch(session, of_city, "position", is_on=False, reason="x", now=NOW)
    with pytest.raises(NotFound):
        policy.switch(session, ADMIN, "nothing", is_on=False, reason="x", now=NOW)
