"""A new net gives open incidents their new territory and leaves everything that was decided as it was."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from shapely import MultiPolygon, box
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.incidents.intake import take_in
from gridsvc.incidents.reports import Report
from gridsvc.incidents.rerouting import reroute_open
from gridsvc.infra.db import new_id
from tests.fixtures.small_net import CLERK, SIDE, SOUTH, VILLAGE, WEST, SmallNet, lay_small_net, middle

IN_VILLAGE = (WEST + 2.5 * SIDE, SOUTH + 1.5 * SIDE)


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def reported(session: Session, x: float, y: float) -> object:
    report = Report(
        client_id=uuid4(), channel="hotline", category="noise", description="合成", x=x, y=y, crs="EPSG:4326"
    )
    return take_in(session, report, actor=CLERK).id


def village_gets_a_grid(session: Session, net: SmallNet) -> object:
    grid, version, now = new_id(), new_id(), datetime.now(UTC)
    shape = MultiPolygon([box(WEST + 2 * SIDE, SOUTH + SIDE, WEST + 3 * SIDE, SOUTH + 2 * SIDE)])
    values = {"grid": grid, "version": version, "net": net.net_id, "now": now, "shape": shape.wkt, "village": VILLAGE}
    for statement in (
        "INSERT INTO net_version (id, net_id, number, published_at, effective_at, published_by) "
        "VALUES (:version, :net, 2, :now, :now, 'test')",
        "INSERT INTO grid (id, net_id) VALUES (:grid, :net)",
        "INSERT INTO grid_version (id, grid_id, net_id, net_version_id, scheme, code, kind, name, geom, area_m2, "
        "counts, community_code, synthetic, valid) VALUES (gen_random_uuid(), :grid, :net, :version, 'standard15', "
        ":village || '001', 'basic', '第一网格', ST_GeomFromText(:shape, 4326), 1, '{}', :village, true, "
        "tstzrange(:now, NULL))",
    ):
        session.execute(text(statement), values)
    return grid


def territories(session: Session, incident: object) -> list[object]:
    rows = text("SELECT grid_id FROM routing WHERE incident_id = :id ORDER BY routed_at")
    return list(session.scalars(rows, {"id": incident}))


def test_an_open_incident_gets_its_new_grid_and_keeps_the_old_decision(session: Session, net: SmallNet) -> None:
    outside, inside = reported(session, *IN_VILLAGE), reported(session, *middle("A"))
    grid = village_gets_a_grid(session, net)
    assert reroute_open(session, actor="test") == 1
    assert territories(session, outside) == [None, grid]
    assert territories(session, inside) == [net.grids["A"]]
    state = text("SELECT placement FROM incident WHERE id = :id")
    assert session.scalar(state, {"id": outside}) == "routed"
    last = text("SELECT kind FROM incident_event WHERE incident_id = :id ORDER BY at DESC LIMIT 1")
    assert session.scalar(last, {"id": outside}) == "rerouted"


def test_doing_it_again_adds_nothing(session: Session, net: SmallNet) -> None:
    reported(session, *IN_VILLAGE)
    village_gets_a_grid(session, net)
    assert [reroute_open(session, actor="test") for _ in range(2)] == [1, 0]


def test_a_closed_incident_is_left_alone(session: Session, net: SmallNet) -> None:
    closed = reported(session, *IN_VILLAGE)
    session.execute(text("UPDATE incident SET closed_at = now() WHERE id = :id"), {"id": closed})
    village_gets_a_grid(session, net)
    assert reroute_open(session, actor="test") == 0
    assert territories(session, closed) == [None]


def test_without_open_incidents_there_is_nothing_to_do(session: Session, net: SmallNet) -> None:
    assert reroute_open(session, actor="test") == 0
