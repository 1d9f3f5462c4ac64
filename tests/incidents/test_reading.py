"""Reading incidents: whose they were at a moment, who may see them, and pages that neither skip nor repeat."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.incidents.bulk import ReportBatch, take_in_batch
from gridsvc.incidents.queries import reading
from tests.fixtures.small_net import COMMUNITY_1, DISTRICT, SIDE, VILLAGE, WEST, SmallNet, lay_small_net, middle

FEBRUARY = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def history(session: Session) -> None:
    """One incident a day from February on: A, B, C (closed later), a village, somewhere far off, only an address."""
    village, far = (WEST + 2.5 * SIDE, middle("A")[1]), (100.0, 30.0)
    places: list[tuple[float, float] | None] = [middle("A"), middle("B"), middle("C"), village, far, None]
    received = [FEBRUARY + timedelta(days=day) for day in range(6)]
    batch = ReportBatch(
        client_ids=[uuid4() for _ in places],
        channels=["hotline"] * 6,
        categories=["noise"] * 6,
        x=[place[0] if place else None for place in places],
        y=[place[1] if place else None for place in places],
        crs=["EPSG:4326"] * 6,
        addresses=["胜利路"] * 6,
        occurred_at=received,
        received_at=received,
        closed_at=[moment + timedelta(days=10) if day < 3 else None for day, moment in enumerate(received)],
    )
    assert take_in_batch(session, batch, actor="test").added == 6


def seen(session: Session, scope: Scope, at: datetime, state: reading.State = "open") -> list[str]:
    rows = reading.incident_page(session, scope, state=state, at=at)
    return [f"{row.received_at.astimezone(UTC):%m-%d} {row.state}" for row in rows]


def test_history_brought_in_later_belongs_to_its_grid_at_its_time(session: Session, net: SmallNet) -> None:
    history(session)
    then = FEBRUARY + timedelta(days=3)
    assert reading.open_by_grid(session, then) == {net.grids[letter]: 1 for letter in "ABC"}
    assert reading.open_by_grid(session, FEBRUARY + timedelta(days=30)) == {}
    assert reading.open_in_grid(session, net.grids["A"], then) == 1
    assert reading.open_in_grid(session, net.grids["D"], then) == 0
    assert reading.open_unplaced(session, datetime.now(UTC)) == reading.OpenCounts(3, 1, 2)


def test_a_later_decision_counts_from_its_own_time_on(session: Session, net: SmallNet) -> None:
    history(session)
    first = session.scalar(text("SELECT id FROM incident ORDER BY received_at LIMIT 1"))
    moved_at = datetime.now(UTC) + timedelta(hours=1)
    session.execute(text("UPDATE incident SET closed_at = NULL WHERE id = :id"), {"id": first})
    session.execute(
        text(
            "INSERT INTO routing (id, incident_id, net_version_id, grid_id, community_code, in_border_band, routed_at, "
            "reason) VALUES (gen_random_uuid(), :id, :net, :grid, :community, false, :at, 'redraw')"
        ),
        {
            "id": first,
            "net": net.net_version_id,
            "grid": net.grids["D"],
            "community": "340302001002",
            "at": moved_at,
        },
    )
    before, after = moved_at - timedelta(minutes=1), moved_at + timedelta(minutes=1)
    assert reading.open_by_grid(session, before) == {net.grids["A"]: 1}
    assert reading.open_by_grid(session, after) == {net.grids["D"]: 1}
    assert reading.open_in_grid(session, net.grids["A"], after) == 0
    assert reading.open_in_grid(session, net.grids["D"], after) == 1
    listed = reading.incident_page(session, WHOLE_CITY, state="open", at=after, grid_id=net.grids["D"])
    assert [row.id for row in listed] == [first]
    assert not reading.incident_page(session, WHOLE_CITY, state="open", at=before, grid_id=net.grids["D"])
    assert isinstance(first, UUID)
    found = reading.incident(session, first, WHOLE_CITY)
    assert found is not None
    assert found.grid_id == net.grids["D"]
    assert [line.reason for line in reading.routings(session, first)] == ["import", "redraw"]


def test_each_sees_the_incidents_of_their_own_ground(session: Session, net: SmallNet) -> None:
    history(session)
    at = FEBRUARY + timedelta(days=7)
    everything = ["02-06 unlocated", "02-05 outside", "02-04 outside", "02-03 routed", "02-02 routed", "02-01 routed"]
    assert seen(session, WHOLE_CITY, at) == everything
    assert seen(session, Scope(), at) == []
    assert seen(session, Scope(community_codes=frozenset({COMMUNITY_1})), at) == ["02-02 routed", "02-01 routed"]
    assert seen(session, Scope(community_codes=frozenset({VILLAGE})), at) == ["02-04 outside"]
    assert seen(session, Scope(grid_ids=frozenset({net.grids["C"]})), at) == ["02-03 routed"]
    assert seen(session, Scope(county_codes=frozenset({DISTRICT})), at) == []
    session.execute(text("UPDATE incident SET county_code = :code WHERE placement = 'unlocated'"), {"code": DISTRICT})
    assert seen(session, Scope(county_codes=frozenset({DISTRICT})), at) == ["02-06 unlocated"]
    hidden = session.scalar(text("SELECT id FROM incident WHERE placement = 'unlocated'"))
    assert hidden is not None
    assert reading.incident(session, hidden, Scope(community_codes=frozenset({COMMUNITY_1}))) is None


def test_lists_by_state_at_a_moment(session: Session, net: SmallNet) -> None:
    history(session)
    at = FEBRUARY + timedelta(days=10, hours=1)
    assert seen(session, WHOLE_CITY, at, "closed") == ["02-01 routed"]
    assert seen(session, WHOLE_CITY, at, "routed") == ["02-03 routed", "02-02 routed"]
    assert seen(session, WHOLE_CITY, at, "outside") == ["02-05 outside", "02-04 outside"]
    assert seen(session, WHOLE_CITY, at, "unlocated") == ["02-06 unlocated"]
    assert len(seen(session, WHOLE_CITY, at, "all")) == 6
    assert [row.x for row in reading.open_points(session, FEBRUARY + timedelta(hours=1), WHOLE_CITY)] == [
        middle("A")[0]
    ]


def test_pages_follow_each_other_without_gap_or_repeat(session: Session, net: SmallNet) -> None:
    history(session)
    session.execute(text("UPDATE incident SET received_at = :at"), {"at": FEBRUARY})
    after, found = None, []
    while page := reading.incident_page(session, WHOLE_CITY, state="all", at=FEBRUARY, after=after, limit=4):
        found += [row.id for row in page]
        after = (page[-1].received_at, page[-1].id)
    assert len(found) == len(set(found)) == 6


def test_a_day_of_the_city_begins_at_its_own_midnight(session: Session, net: SmallNet) -> None:
    history(session)
    at = datetime(2026, 2, 2, 15, 59, tzinfo=UTC)
    assert reading.received_by_day(session, at, days=3, timezone="Asia/Shanghai") == [0, 1, 1]
    assert reading.received_by_day(session, at, days=2, timezone="Pacific/Auckland") == [1, 0]
