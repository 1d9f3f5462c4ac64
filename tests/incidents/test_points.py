"""The points of past incidents: all that are placed, of the last year, small in memory and loaded once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import Engine, text

from gridsvc.incidents.points import LONGEST_DAYS, HeldPoints, PointStore, load_points
from gridsvc.infra.db import reading, unit_of_work

NOW = datetime(2026, 7, 1, tzinfo=UTC)
MEGABYTE = 1_000_000

INSERT = text(
    """
    INSERT INTO incident (id, client_id, channel, category, point, placement, occurred_at, received_at, synthetic)
    SELECT gen_random_uuid(), gen_random_uuid(), 'hotline', 'noise',
        CASE WHEN n % 10 = 0 THEN NULL ELSE ST_SetSRID(ST_MakePoint(117 + n * 1e-6, 32 + n * 2e-6), 4326) END,
        CASE WHEN n % 10 = 0 THEN 'unlocated' ELSE 'outside' END,
        CAST(:now AS timestamptz) - n * interval '1 hour', now(), true
    FROM generate_series(1, :count) n
    """
)


@pytest.fixture
def city(fresh_engine: Engine) -> Engine:
    """A city with 20,000 incidents, one an hour back from now; each tenth has no point."""
    with unit_of_work(fresh_engine) as session:
        session.execute(INSERT, {"now": NOW, "count": 20_000})
    return fresh_engine


def test_the_placed_incidents_of_a_year_are_held(city: Engine) -> None:
    with reading(city) as session:
        held = load_points(session, NOW - timedelta(days=LONGEST_DAYS), NOW)
        wanted = session.execute(
            text(
                "SELECT number, ST_X(point), ST_Y(point) FROM incident WHERE point IS NOT NULL "
                "AND occurred_at >= CAST(:now AS timestamptz) - interval '365 days' ORDER BY number"
            ),
            {"now": NOW},
        ).all()
    assert len(held) == len(wanted) == 365 * 24 * 9 // 10
    assert held.numbers.tolist() == [row[0] for row in wanted]
    assert np.column_stack([held.x, held.y]).tolist() == [[row[1], row[2]] for row in wanted]


def test_a_million_points_take_less_than_forty_megabytes(city: Engine) -> None:
    with reading(city) as session:
        held = load_points(session, NOW - timedelta(days=LONGEST_DAYS), NOW)
    assert held.nbytes / len(held) * MEGABYTE <= 40 * MEGABYTE
    million = HeldPoints(np.zeros(MEGABYTE), np.zeros(MEGABYTE), np.zeros(MEGABYTE, dtype=np.int64), NOW, NOW)
    assert million.nbytes == 24 * MEGABYTE


def test_nothing_is_held_where_nothing_happened(fresh_engine: Engine) -> None:
    with reading(fresh_engine) as session:
        assert len(load_points(session, NOW - timedelta(days=1), NOW)) == 0


def test_shared_points_cannot_be_changed(fresh_engine: Engine) -> None:
    with reading(fresh_engine) as session:
        held = load_points(session, NOW - timedelta(days=1), NOW)
    with pytest.raises(ValueError, match="read-only"):
        held.x[:] = 0


def test_threads_load_once_and_share(city: Engine) -> None:
    store = PointStore()

    def ask(_: int) -> int:
        with reading(city) as session:
            return id(store.held(session, NOW))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(24)))) == 1


def test_points_are_loaded_again_when_they_are_old(city: Engine) -> None:
    store = PointStore(days=1, fresh_for=timedelta(minutes=10))
    with reading(city) as session:
        first = store.held(session, NOW)
        assert store.held(session, NOW + timedelta(minutes=9)) is first
        later = store.held(session, NOW + timedelta(hours=12))
    assert later is not first
    assert len(later) < len(first)


def test_no_more_than_a_year_is_held() -> None:
    with pytest.raises(ValueError, match="365"):
        PointStore(days=366)
