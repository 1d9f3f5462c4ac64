"""What is reckoned when asked equals a plain recount of the rows: care, duties and statuses, late and corrected too.

The recount knows nothing of the service but what its documents say: it walks through time from visit to visit.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import CursorResult, Row, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.infra.db import new_id
from gridsvc.patrols.coverage import Period, patrol_status
from gridsvc.patrols.duties import Outcome, care_outcomes, grid_outcomes
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.queries import recording
from gridsvc.patrols.visits import record_visit
from gridsvc.people.care_tables import CareSubject
from tests.fixtures.small_net import CLERK, COMMUNITY_1, FOUNDED, SmallNet, lay_small_net

CITY = ZoneInfo("Asia/Shanghai")
NOW = datetime.now(UTC).replace(microsecond=0)
SPAN, CYCLE, SOON = 30, 5, 0.75
HOUR = timedelta(hours=1)
# Of each person the class, the door, and for how many days they have been registered.
PEOPLE = (("elderly_alone", "A0", 60), ("disabled", "B0", 60), ("elderly_alone", "C0", 10))
# Of each class every how many days, days of grace, whether on working days, and hours after a major change.
NORMS = {"elderly_alone": (7, 0, True, 24), "disabled": (3, 1, False, None)}
GRID_NORM, GRID_KINDS = (4, 0, True, None), ("safety_patrol", "care_visit")

moments = st.integers(0, SPAN * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
lateness = st.sampled_from([0, 1, 30, 200])
results = st.sampled_from(["done", "done", "done", "nobody_home"])
which = st.integers(0, 40)
steps_ = st.one_of(
    st.tuples(st.just("see"), st.integers(0, 2), moments, lateness, results),
    st.tuples(st.just("see"), st.integers(0, 2), moments, lateness, results),
    st.tuples(
        st.just("walk"), st.sampled_from("ABC"), moments, lateness, st.sampled_from([*GRID_KINDS, "fire_patrol"])
    ),
    st.tuples(st.just("correct"), which, st.sampled_from(["done", "nobody_home", "withdrawn"]), lateness),
    st.tuples(st.just("move"), which, moments, lateness),
    st.tuples(st.just("judge"), which, lateness),
    st.tuples(st.just("pause"), st.integers(0, 3), moments, st.sampled_from([20, 70, 200, None])),
    st.tuples(st.just("change"), st.sampled_from([0, 2]), moments),
    st.tuples(st.just("hear"), st.sampled_from("ABC"), moments),
)


def is_working(day: date) -> bool:
    """The calendar of this city: five days of seven, and three days off in every forty."""
    return day.toordinal() % 7 < 5 and day.toordinal() % 40 > 2


class City:
    """People and grids, and everything that happens to them in any order."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.net: SmallNet = lay_small_net(session)
        self.sent: list[UUID] = []
        self.people = [self._person(*one) for one in PEOPLE]
        self.run("DELETE FROM visit_norm")
        for class_code, norm in NORMS.items():
            self.set_norm("care", class_code, norm, ())
        days = [NOW.astimezone(CITY).date() + timedelta(days=number) for number in range(-100, 60)]
        self.run(
            "INSERT INTO city_day SELECT day, works, 'test' "
            "FROM unnest(CAST(:days AS date[]), CAST(:works AS boolean[])) AS own (day, works)",
            days=days,
            works=[is_working(day) for day in days],
        )

    def run(self, statement: str, **values: Any) -> Sequence[Row[Any]]:
        done = self.session.execute(text(statement), values)
        return done.all() if isinstance(done, CursorResult) and done.returns_rows else ()

    def set_norm(self, target: str, class_key: str, norm: tuple[Any, ...], kinds: tuple[str, ...]) -> None:
        statement = (
            "INSERT INTO visit_norm (id, target, class_key, every, unit, grace_days, on_working_days, after_change_h, "
            "kinds, valid) VALUES (gen_random_uuid(), :target, :key, :every, 'day', :grace, :working, :change, "
            "CAST(:kinds AS text[]), '[2000-01-01 00:00+08,)')"
        )
        every, grace, working, change = norm
        values = {"every": every, "grace": grace, "working": working, "change": change, "kinds": list(kinds)}
        self.run(statement, target=target, key=class_key, **values)

    def _person(self, class_code: str, door: str, days: int) -> UUID:
        made = CareSubject(
            id=new_id(),
            number=f"S-{door}",
            class_code=class_code,
            name="示例",
            community_code=COMMUNITY_1,
            synthetic=True,
        )
        made.door_id, made.registered = self.net.doors[door], Range(NOW - timedelta(days=days), None)
        self.session.add(made)
        self.session.flush()
        return made.id

    def record(self, at: datetime | None, late: int, *, by: str = "A", **values: Any) -> None:
        """A visit received some hours after it was made, but never after now."""
        sent = VisitReport(client_id=uuid4(), occurred_at=at, **{"kind": "care_visit", "result": "done"} | values)
        record_visit(self.session, sent, worker_id=self.net.workers[by], actor=CLERK)
        self.sent.append(sent.client_id)
        corrected = self.run("SELECT received_at FROM visit WHERE client_id = :id", id=values.get("corrects"))
        earliest = max([one.received_at for one in corrected] + ([at] if at is not None else []))
        received = min(earliest + late * HOUR, NOW)
        self.run("UPDATE visit SET received_at = :at WHERE client_id = :id", at=received, id=sent.client_id)
        self.run(
            "UPDATE visit SET void_at = :at WHERE client_id = :id AND void_at > :at",
            at=received,
            id=values.get("corrects"),
        )
        self.run(
            "UPDATE device_contact SET heard_at = greatest((SELECT max(received_at) FROM visit "
            "WHERE visit.worker_id = device_contact.worker_id), :founded) WHERE worker_id = :id",
            id=self.net.workers[by],
            founded=FOUNDED,
        )

    def do(self, step: tuple[Any, ...]) -> None:
        getattr(self, f"_{step[0]}")(*step[1:])

    def _see(self, who: int, at: datetime, late: int, result: str) -> None:
        self.record(at, late, subject_id=self.people[who], result=result)

    def _walk(self, letter: str, at: datetime, late: int, kind: str) -> None:
        self.record(at, late, by=letter, door_code=f"{letter}1", kind=kind)

    def _correct(self, number: int, result: str, late: int) -> None:
        if open_ := self._open():
            row = open_[number % len(open_)]
            self.record(None, late, by=row.by, corrects=row.client_id, result=result, kind=row.kind)

    def _move(self, number: int, at: datetime, late: int) -> None:
        if open_ := self._open():
            row = open_[number % len(open_)]
            self.record(at, late, by=row.by, corrects=row.client_id, kind=row.kind)

    def _judge(self, number: int, late: int) -> None:
        if open_ := self._open():
            row = open_[number % len(open_)]
            recording.void_visit(self.session, row.id, min(row.received_at + late * HOUR, NOW))

    def _pause(self, target: int, since: datetime, hours: int | None) -> None:
        columns = {"subject": self.people[target]} if target < 3 else {"grid": self.net.grids["A"]}
        until = None if hours is None else since + hours * HOUR
        self.run(
            "INSERT INTO duty_pause (id, subject_id, grid_id, reason, valid, entered_by, entered_at) VALUES "
            "(gen_random_uuid(), :subject, :grid, 'test', tstzrange(:since, :until), 'test', :since)",
            **{"subject": None, "grid": None} | columns,
            since=since,
            until=until,
        )

    def _change(self, who: int, at: datetime) -> None:
        self.run(
            "INSERT INTO care_change VALUES (gen_random_uuid(), :who, :at, 'test', :at)", who=self.people[who], at=at
        )

    def _hear(self, letter: str, at: datetime) -> None:
        self.run(
            "INSERT INTO device_contact VALUES (:id, :at) ON CONFLICT (worker_id) DO UPDATE "
            "SET heard_at = greatest(device_contact.heard_at, excluded.heard_at)",
            id=self.net.workers[letter],
            at=at,
        )

    def _open(self) -> Sequence[Row[Any]]:
        return self.run(
            "SELECT visit.*, right(worker.number, 1) AS by FROM visit JOIN worker ON worker.id = worker_id "
            "WHERE void_at IS NULL AND client_id = ANY(:sent) "
            "AND NOT EXISTS (SELECT FROM visit later WHERE later.corrects_id = visit.id) ORDER BY client_id",
            sent=self.sent,
        )


class Recount:
    """The rows and nothing else, gone through one by one."""

    def __init__(self, city: City, known_at: datetime | None) -> None:
        self.known_at = known_at
        self.all = city.run("SELECT * FROM visit")
        self.visits = [row for row in self.all if self._counts(row)]
        self.pauses = city.run(
            "SELECT coalesce(subject_id, grid_id) AS id, lower(valid) AS since, upper(valid) AS until FROM duty_pause"
        )
        self.changes = city.run("SELECT * FROM care_change")
        self.heard = {row.worker_id: row.heard_at for row in city.run("SELECT * FROM device_contact")}

    def _counts(self, row: Row[Any]) -> bool:
        if row.result == "withdrawn":
            return False
        if self.known_at is None:
            return row.void_at is None
        return row.received_at <= self.known_at and (row.void_at is None or row.void_at > self.known_at)

    def seen(self, subject_id: UUID) -> list[datetime]:
        return sorted(row.occurred_at for row in self.visits if row.subject_id == subject_id and row.result == "done")

    def walked(self, grid_id: UUID, kinds: tuple[str, ...]) -> list[datetime]:
        found = [row for row in self.visits if row.grid_id == grid_id and (not kinds or row.kind in kinds)]
        return sorted(row.occurred_at for row in found)

    def due(self, anchor: datetime, norm: tuple[Any, ...], target: UUID) -> datetime:
        """Day after day until the norm's days are over and people work; then as long again as it was paused."""
        every, grace, on_working_days, _ = norm
        day = anchor.astimezone(CITY).date() + timedelta(days=every + grace)
        while on_working_days and not is_working(day):
            day += timedelta(days=1)
        left = datetime.combine(day + timedelta(days=1), time.min, CITY) - anchor
        spans = [(row.since, row.until or NOW + timedelta(days=900)) for row in self.pauses if row.id == target]
        marks = sorted({moment for span in spans for moment in span if moment > anchor})
        at = anchor
        for mark in [*marks, datetime.max.replace(tzinfo=UTC)]:
            if not any(since <= at < until for since, until in spans):
                if left <= mark - at:
                    return at + left
                left -= mark - at
            at = mark
        raise AssertionError("every time comes")

    def fate(
        self, times: list[datetime], began: datetime, period: Period, due: Callable[[datetime], datetime]
    ) -> datetime | bool | None:
        """False when nothing was due, None when all was in time, else the first due time that was missed."""
        before = [moment for moment in times if moment <= period.start]
        chain = [before[-1] if before else began, *(moment for moment in times if period.start < moment <= period.end)]
        if due(chain[0]) > period.end:
            return False
        for moment, following in zip(chain, [*chain[1:], None], strict=True):
            late = due(moment)
            if late <= period.end and (following is None or following > late):
                return late
        return None

    def after_change(self, subject_id: UUID, period: Period, hours: int) -> list[tuple[datetime, bool]]:
        """When somebody had to look after a change, and whether somebody did; what is open from before counts too."""
        times, found = self.seen(subject_id), []
        for row in self.changes:
            due = row.happened_at + hours * HOUR
            if row.subject_id == subject_id and due <= period.end:
                until = max(due, period.start)
                looked = any(row.happened_at < moment <= until for moment in times)
                if due > period.start or not looked:
                    found.append((due, looked))
        return found

    def last_heard(self, worker_id: UUID) -> datetime | None:
        """When something from a device had come by the moment asked about."""
        heard = self.heard.get(worker_id)
        if self.known_at is None or (heard is not None and heard <= self.known_at):
            return heard
        came = [row.received_at for row in self.all if row.worker_id == worker_id and row.received_at <= self.known_at]
        return max(came, default=None)


def care_recounted(city: City, recount: Recount, period: Period) -> dict[UUID, datetime | None]:
    """Of each person due the first time missed, None where all was in time."""
    found: dict[UUID, datetime | None] = {}
    for person, (class_code, _, days) in zip(city.people, PEOPLE, strict=True):
        began, norm = NOW - timedelta(days=days), NORMS[class_code]
        if began > period.end:
            continue
        fate = recount.fate(recount.seen(person), began, period, lambda at, p=person, n=norm: recount.due(at, n, p))  # type: ignore[misc]
        changes = recount.after_change(person, period, norm[3]) if norm[3] else []
        missed = [due for due, looked in changes if not looked] + ([fate] if isinstance(fate, datetime) else [])
        if changes or fate is not False:
            found[person] = min(missed, default=None)
    return found


def grids_recounted(city: City, recount: Recount, period: Period, *, by_norm: bool) -> dict[UUID, datetime | None]:
    norm = GRID_NORM if by_norm else (CYCLE, 0, False, None)
    found: dict[UUID, datetime | None] = {}
    for grid_id in city.net.grids.values():
        times = recount.walked(grid_id, GRID_KINDS if by_norm else ())
        fate = recount.fate(times, FOUNDED, period, lambda at, g=grid_id: recount.due(at, norm, g))  # type: ignore[misc]
        if fate is not False:
            found[grid_id] = fate if isinstance(fate, datetime) else None
    return found


def statuses_recounted(city: City, recount: Recount, at: datetime, *, by_norm: bool) -> dict[UUID, str]:
    found = {}
    for letter, grid_id in city.net.grids.items():
        times = [moment for moment in recount.walked(grid_id, ()) if moment <= at]
        if not times:
            found[grid_id] = "never"
            continue
        last = times[-1]
        due = recount.due(last, GRID_NORM, uuid4()) if by_norm else last + timedelta(days=CYCLE)
        heard = recount.last_heard(city.net.workers[letter])
        if at > due:
            found[grid_id] = "unknown" if heard is None or heard < due else "overdue"
        else:
            found[grid_id] = "due_soon" if at > last + (due - last) * SOON else "on_time"
    return found


def missed(found: list[Outcome]) -> dict[UUID, datetime | None]:
    return {one.duty.id: None if one.is_in_time else one.due_at for one in found}


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Nothing of the block stays, however it ends."""
    attempt = session.begin_nested()
    try:
        yield
    finally:
        attempt.rollback()
        session.expunge_all()


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(steps_, min_size=1, max_size=16),
    end=moments,
    hours=st.integers(1, SPAN * 24),
    known=moments,
    by_norm=st.booleans(),
)
def test_what_is_reckoned_when_asked_equals_a_recount(
    session: Session, steps: list[tuple[Any, ...]], end: datetime, hours: int, known: datetime, by_norm: bool
) -> None:
    with undone(session):
        city = City(session)
        if by_norm:
            city.set_norm("grid", "all", GRID_NORM, GRID_KINDS)
        for step in steps:
            city.do(step)
        for at, known_at in ((end, None), (NOW, None), (end, known), (known, end)):
            period, recount = Period(at - hours * HOUR, at, known_at), Recount(city, known_at)
            assert missed(care_outcomes(session, period)) == care_recounted(city, recount, period)
            told = missed(grid_outcomes(session, period, cycle_days=CYCLE))
            assert told == grids_recounted(city, recount, period, by_norm=by_norm)
            status = patrol_status(session, at, cycle_days=CYCLE, due_soon_share=SOON, known_at=known_at)
            assert {key: one.status for key, one in status.items()} == statuses_recounted(
                city, recount, at, by_norm=by_norm
            )
