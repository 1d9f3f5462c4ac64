"""Nets that are still to come change with the plans before them, and what is kept of nets never shows an old one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import NotFound
from gridsvc.dashboard import documents
from gridsvc.geography.locating import current_net
from gridsvc.geography.netindex import IndexStore
from gridsvc.plans.publish import publish_plan
from gridsvc.plans.withdraw import withdraw_plan
from tests.fixtures.plans import a_plan
from tests.fixtures.towns import EFFECTIVE, Town

DAY = timedelta(days=1)


def late(session: Session, town: Town, planner: Actor) -> datetime:
    """A net that is to come in two days, in which the first community is one grid."""
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    return publish_plan(session, planner, plan.id, effective_at=datetime.now(UTC) + 2 * DAY).effective_at


def earlier(session: Session, town: Town, planner: Actor) -> UUID:
    plan = a_plan(session, planner, town.codes["B"], "....xxxx/....xxxx")
    publish_plan(session, planner, plan.id, effective_at=datetime.now(UTC) + DAY)
    return plan.id


def name_at(session: Session, at: datetime) -> str:
    session.expire_all()
    name = documents.names_at(session, at, current_net(session, at)).grids
    assert name is not None
    return name


def test_the_name_of_a_pending_net_is_another_one_when_a_plan_before_it_changes_it(
    session: Session, town: Town, planner: Actor, tmp_path: Path
) -> None:
    at = late(session, town, planner)
    before = name_at(session, at)
    shown = documents.document(session, tmp_path, "grids", before, "gzip", at=at)
    plan = earlier(session, town, planner)
    after = name_at(session, at)
    assert after != before
    assert documents.document(session, tmp_path, "grids", after, "gzip", at=at) != shown
    withdraw_plan(session, planner, plan)
    assert name_at(session, at) == before


def test_a_pending_net_has_no_lasting_name(session: Session, town: Town, planner: Actor, tmp_path: Path) -> None:
    at = late(session, town, planner)
    net = current_net(session, at)
    assert net is not None
    with pytest.raises(NotFound):
        documents.document(session, tmp_path, "grids", str(net.id), "gzip", at=at)


def test_a_net_in_effect_is_named_by_its_version_alone(session: Session, town: Town) -> None:
    assert town.net is not None
    assert name_at(session, EFFECTIVE) == str(town.net.net_version_id)


def test_the_index_of_a_pending_net_is_not_kept(session: Session, town: Town, planner: Actor, tmp_path: Path) -> None:
    at = late(session, town, planner)
    net, store = current_net(session, at), IndexStore(tmp_path)
    assert net is not None
    assert len(store.of_version(session, net.id)) == 3
    earlier(session, town, planner)
    assert len(store.of_version(session, net.id)) == 2
    assert list(tmp_path.iterdir()) == []
