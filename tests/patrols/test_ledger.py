"""The ledger of doors reached equals a count of the visits, whatever comes late, is corrected or is judged."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.patrols.bulk import VisitBatch, record_visits
from gridsvc.patrols.coverage import Period, doors_by_grid, doors_reached, list_doors
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.queries import ledger, recording
from gridsvc.patrols.visits import record_visit
from gridsvc.patrols.where import Where
from tests.fixtures.small_net import CLERK, CODES, COMMUNITY_1, SmallNet, lay_small_net

DOORS = [f"{letter}{number}" for letter in "ABCD" for number in range(4)]
NOW = datetime.now(UTC).replace(microsecond=0)
DAYS = 6

moments = st.integers(0, DAYS * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
results = st.sampled_from(["done", "done", "done", "nobody_home", "refused"])
log = st.tuples(st.just("log"), st.sampled_from(DOORS), moments, results)
bulk = st.tuples(st.just("bulk"), st.lists(st.tuples(st.sampled_from(DOORS), moments, results), min_size=1, max_size=5))
correct = st.tuples(st.just("correct"), st.integers(0, 30), st.sampled_from(["done", "nobody_home", "withdrawn"]))
move = st.tuples(st.just("move"), st.integers(0, 30), st.sampled_from(DOORS), moments)
judge = st.tuples(st.just("judge"), st.integers(0, 30))
gone = st.tuples(st.just("gone"), st.sampled_from(DOORS), moments)


def recounted(session: Session, period: Period) -> dict[str, tuple[int, int]]:
    """Door coverage by grid from the rows alone, in plain words: (visited, doors)."""
    known = period.known_at or datetime.now(UTC) + timedelta(days=1)
    rows = session.execute(
        text("SELECT code, id, lower(registered) AS since, upper(registered) AS until FROM door")
    ).all()
    visits = session.execute(text("SELECT door_id, occurred_at, received_at, result, void_at FROM visit")).all()
    reached = {
        visit.door_id
        for visit in visits
        if period.start < visit.occurred_at <= period.end
        and visit.result == "done"
        and visit.received_at <= known
        and (visit.void_at is None or visit.void_at > known)
    }
    found: dict[str, tuple[int, int]] = {}
    for door in rows:
        if door.since <= period.end and (door.until is None or period.end < door.until):
            visited, doors = found.get(CODES[door.code[0]], (0, 0))
            found[CODES[door.code[0]]] = (visited + (door.id in reached), doors + 1)
    return found


class City:
    """Visits as they come in, and what was logged so far."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.net: SmallNet = lay_small_net(session)
        self.sent: list[UUID] = []

    def record(self, **values: Any) -> None:
        sent = VisitReport(client_id=uuid4(), kind="care_visit", **values)
        record_visit(self.session, sent, worker_id=self.net.workers["A"], actor=CLERK)
        self.sent.append(sent.client_id)

    def do(self, step: tuple[Any, ...]) -> None:
        getattr(self, f"_{step[0]}")(*step[1:])

    def _log(self, door: str, at: datetime, result: str) -> None:
        self.record(door_code=door, occurred_at=at, result=result)

    def _bulk(self, rows: list[tuple[str, datetime, str]]) -> None:
        doors, moments_, results_ = (list(column) for column in zip(*rows, strict=True))
        clients = [uuid4() for _ in rows]
        batch = VisitBatch(
            client_ids=clients,
            worker_ids=[self.net.workers["A"]] * len(rows),
            kinds=["care_visit"] * len(rows),
            results=results_,
            occurred_at=moments_,
            door_codes=doors,
        )
        assert record_visits(self.session, batch, actor="test").added == len(rows)
        self.sent += clients

    def _correct(self, which: int, result: str) -> None:
        if open_ := self._open():
            self.record(corrects=open_[which % len(open_)], result=result)

    def _move(self, which: int, door: str, at: datetime) -> None:
        if open_ := self._open():
            self.record(corrects=open_[which % len(open_)], door_code=door, occurred_at=at, result="done")

    def _judge(self, which: int) -> None:
        if open_ := self._open():
            row = recording.corrected_visit(self.session, open_[which % len(open_)])
            assert row is not None
            recording.void_visit(self.session, row.id, datetime.now(UTC))

    def _gone(self, door: str, at: datetime) -> None:
        self.session.execute(
            text("UPDATE door SET registered = tstzrange(lower(registered), :at) WHERE code = :code"),
            {"at": at, "code": door},
        )

    def _open(self) -> list[UUID]:
        statement = text(
            "SELECT client_id FROM visit WHERE void_at IS NULL AND client_id = ANY(:sent) "
            "AND NOT EXISTS (SELECT FROM visit later WHERE later.corrects_id = visit.id) ORDER BY client_id"
        )
        return list(self.session.scalars(statement, {"sent": self.sent}))


@settings(
    max_examples=18,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(st.one_of(log, log, bulk, correct, move, judge, gone), min_size=1, max_size=14),
    ends=st.lists(moments, min_size=1, max_size=2),
    hours=st.integers(1, DAYS * 24),
)
def test_coverage_kept_as_records_arrive_equals_a_recount(
    session: Session, steps: list[tuple[Any, ...]], ends: list[datetime], hours: int
) -> None:
    undone = session.begin_nested()
    city = City(session)
    for step in steps:
        city.do(step)
    assert ledger.kept(session) == ledger.recount(session)
    for end in [*ends, NOW]:
        for known_at in (None, NOW - timedelta(hours=1)):
            period = Period(end - timedelta(hours=hours), end, known_at)
            by_grid = {code: (one.visited, one.doors) for code, one in doors_by_grid(session, period, Where()).items()}
            assert by_grid == recounted(session, period)
            small = doors_by_grid(session, period, Where(area_code=COMMUNITY_1))  # is asked in another way
            here = {code: figures for code, figures in by_grid.items() if code.startswith(COMMUNITY_1)}
            assert {code: (one.visited, one.doors) for code, one in small.items()} == here
            assert_pages_tell_the_same(session, period, by_grid)
            everywhere = doors_reached(session, period)
            assert everywhere.visited == sum(visited for visited, _ in by_grid.values())
            assert everywhere.doors == sum(doors for _, doors in by_grid.values())
    undone.rollback()


def assert_pages_tell_the_same(session: Session, period: Period, by_grid: dict[str, tuple[int, int]]) -> None:
    """The doors of the whole city, page by page, are those that were counted, each in the same grid."""
    rows: list[Any] = []
    while page := list_doors(session, period, Where(), reached=None, after=rows[-1].code if rows else None, most=3):
        rows += page
    assert [row.code for row in rows] == sorted(row.code for row in rows)
    doors = Counter(row.grid_code for row in rows)
    visited = Counter(row.grid_code for row in rows if row.is_reached)
    assert {code: (visited[code], count) for code, count in doors.items()} == by_grid
    for reached in (True, False):
        some = list_doors(session, period, Where(), reached=reached, after=None, most=1000)
        assert list(some) == [row for row in rows if row.is_reached is reached]


@pytest.fixture
def city(session: Session) -> City:
    return City(session)


def test_a_number_opens_the_doors_behind_it(session: Session, city: City) -> None:
    for door in ("A0", "A1", "B2"):
        city.record(door_code=door, result="done", occurred_at=NOW - timedelta(hours=3))
    period = Period(NOW - timedelta(days=2), NOW)
    where = Where(area_code=COMMUNITY_1)
    assert (doors_reached(session, period, where).visited, doors_reached(session, period, where).doors) == (3, 8)
    rows = list_doors(session, period, where, reached=True, after=None, most=10)
    assert [(row.code, row.grid_code) for row in rows] == [("A0", CODES["A"]), ("A1", CODES["A"]), ("B2", CODES["B"])]
    missed = list_doors(session, period, where, reached=False, after="A3", most=10)
    assert [row.code for row in missed] == ["B0", "B1", "B3"]


def test_no_doors_give_no_share(session: Session) -> None:
    assert doors_reached(session, Period(NOW - timedelta(days=1), NOW)).share is None


def test_a_correction_changes_what_is_known_now_and_not_what_was_known(session: Session, city: City) -> None:
    yesterday = NOW - timedelta(days=1)
    city.record(door_code="A0", result="done", occurred_at=yesterday)
    session.execute(text("UPDATE visit SET received_at = :at"), {"at": yesterday})
    city.record(corrects=city.sent[0], result="nobody_home")
    period = (yesterday - timedelta(hours=1), NOW)
    assert doors_reached(session, Period(*period)).visited == 0
    assert doors_reached(session, Period(*period, known_at=NOW - timedelta(hours=2))).visited == 1
    assert session.scalar(text("SELECT count(*) FROM visit")) == 2


def test_the_ledger_can_be_made_anew(session: Session, city: City) -> None:
    city.record(door_code="A0", result="done", occurred_at=NOW)
    session.execute(text("DELETE FROM door_day"))
    ledger.refill(session)
    assert ledger.kept(session) == ledger.recount(session)
    assert len(ledger.kept(session)) == 1
