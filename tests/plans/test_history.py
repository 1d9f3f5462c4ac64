"""What became of codes: where a grid went, and how the grids of two moments correspond."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import InvalidInput, NotFound
from gridsvc.plans.history import concordance, life_of_code
from gridsvc.plans.publish import publish_plan
from gridsvc.plans.queries import history as queries
from gridsvc.plans.withdraw import withdraw_plan
from tests.fixtures.plans import a_plan, living
from tests.fixtures.towns import EFFECTIVE, Town

SOON = timedelta(days=1)


def publish(session: Session, planner: Actor, community: str, picture: str, at: datetime, new: str = "") -> None:
    plan = a_plan(session, planner, community, picture, new=new)
    publish_plan(session, planner, plan.id, effective_at=at)


def test_the_life_of_a_code_tells_where_it_went(session: Session, town: Town, planner: Actor) -> None:
    at = datetime.now(UTC) + SOON
    publish(session, planner, town.codes["A"], "xxbb/yybb", at, new="xy")
    (first,) = life_of_code(session, "340302001001001")
    assert first.until == at
    assert [link.code for link in first.went_to] == ["340302001001003", "340302001001004"]
    assert sum(link.area_ppm for link in first.went_to) == 1_000_000
    (child,) = life_of_code(session, "340302001001003")
    assert [link.code for link in child.came_from] == ["340302001001001"]


def test_a_code_never_given_is_not_found(session: Session, town: Town) -> None:
    with pytest.raises(NotFound):
        life_of_code(session, "340302001001999")


def test_a_code_burnt_by_a_withdrawal_has_no_life(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxbb/yybb", new="xy")
    publish_plan(session, planner, plan.id, effective_at=datetime.now(UTC) + SOON)
    withdraw_plan(session, planner, plan.id)
    assert life_of_code(session, "340302001001003") == []


def test_a_code_is_found_by_its_number_even_when_it_is_borne_no_more(
    session: Session, town: Town, planner: Actor
) -> None:
    at = datetime.now(UTC) + SOON
    publish(session, planner, town.codes["A"], "xxbb/yybb", at, new="xy")
    found = queries.codes_like(session, "001", None, 10)
    assert [(row.code, row.until) for row in found][:2] == [("340302001001001", at), ("340302001002001", None)]
    assert [row.code for row in queries.codes_like(session, "004", town.codes["A"], 10)] == ["340302001001004"]


def test_a_burnt_code_is_found_and_was_never_borne(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxbb/yybb", new="xy")
    publish_plan(session, planner, plan.id, effective_at=datetime.now(UTC) + SOON)
    withdraw_plan(session, planner, plan.id)
    (burnt,) = queries.codes_like(session, "003", town.codes["A"], 10)
    assert (burnt.name, burnt.since) == (None, None)


def test_the_concordance_of_an_untouched_net_is_one_to_one(session: Session, town: Town) -> None:
    rows = concordance(session, EFFECTIVE, EFFECTIVE + SOON)
    assert [(row.old_code, row.new_code, row.operation) for row in rows] == [
        (grid.code, grid.code, "same") for grid in living(session, [town.codes["A"], town.codes["B"]])
    ]


def test_the_concordance_sums_to_the_whole_of_every_old_grid(session: Session, town: Town, planner: Actor) -> None:
    at = datetime.now(UTC) + SOON
    publish(session, planner, town.codes["A"], "xyyz/xxyz", at)
    publish(session, planner, town.codes["B"], "....pppp/....pppp", at + SOON)
    wholes: dict[str, int] = {}
    for row in concordance(session, EFFECTIVE, at + 2 * SOON):
        wholes[row.old_code] = wholes.get(row.old_code, 0) + row.household_ppm
    assert len(wholes) == 4
    assert set(wholes.values()) == {1_000_000}


def test_moments_in_the_wrong_order_are_refused(session: Session, town: Town) -> None:
    with pytest.raises(InvalidInput):
        concordance(session, EFFECTIVE + SOON, EFFECTIVE)
