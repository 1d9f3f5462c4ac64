"""Grid versions made ready ahead: they have no effect before the instant, and are used up by it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from gridsvc.geography import redrawn, staged
from gridsvc.geography.queries import nets
from gridsvc.geography.queries import staged as queries
from gridsvc.geography.redrawn import GridsMovedOn, LivingGrid, Opening
from gridsvc.geography.shapes import as_shapes, to_ewkb
from gridsvc.infra.db import new_id
from tests.fixtures.plans import a_town, base_net, living

BATCH = UUID(int=1)


@pytest.fixture
def west(session: Session) -> LivingGrid:
    """The first grid of a community."""
    return living(session, [a_town(session).codes["A"]])[0]


def going_on(grid: LivingGrid, **different: object) -> Opening:
    opening = Opening(
        key="west",
        version_id=new_id(),
        grid_id=grid.grid_id,
        is_new=False,
        scheme=grid.scheme,
        code=grid.code,
        keeps_code=True,
        kind=grid.kind,
        name="改名",
        community_code=grid.community_code,
        geom=str(to_ewkb(as_shapes([grid.shape]))[0]),
        area_m2=grid.area_m2,
        counts=grid.counts,
        synthetic=grid.synthetic,
    )
    return replace(opening, **different)  # type: ignore[arg-type]


def make_ready(session: Session, grid: LivingGrid, opening: Opening) -> None:
    staged.stage(session, BATCH, communities=[grid.community_code], closing=[grid], openings=[opening], made_of={})


def switch_tomorrow(session: Session) -> staged.Switched:
    now = nets.now(session)
    at = datetime.now(UTC) + timedelta(days=1)
    version = redrawn.enter_version(session, base_net(session), effective_at=at, now=now, by="somebody")
    return staged.switch(session, version, BATCH)


def test_what_is_ready_has_no_effect_until_it_is_switched(session: Session, west: LivingGrid) -> None:
    before = living(session, [west.community_code])
    make_ready(session, west, going_on(west))
    assert living(session, [west.community_code]) == before
    assert switch_tomorrow(session) == staged.Switched(closed=1, opened=1, new_codes=())
    assert "改名" in [grid.name for grid in living(session, [west.community_code])]


def test_a_grid_that_asks_for_a_fresh_code_gets_the_next_number(session: Session, west: LivingGrid) -> None:
    make_ready(session, west, going_on(west, code=None, keeps_code=False, name=""))
    (code,) = switch_tomorrow(session).new_codes
    assert code == "340302001001003"
    assert {grid.code: grid.name for grid in living(session, [west.community_code])}[code] == "第三网格"


def test_making_ready_again_replaces_what_was_ready(session: Session, west: LivingGrid) -> None:
    make_ready(session, west, going_on(west))
    make_ready(session, west, going_on(west, key="other"))
    assert tuple(queries.sizes(session, BATCH)) == (1, 1)
    staged.forget(session, BATCH)
    assert tuple(queries.sizes(session, BATCH)) == (0, 0)


def test_a_version_that_is_not_open_any_more_is_refused(session: Session, west: LivingGrid) -> None:
    make_ready(session, west, going_on(west))
    switch_tomorrow(session)
    make_ready(session, west, going_on(west, version_id=new_id()))
    with pytest.raises(GridsMovedOn):
        switch_tomorrow(session)
