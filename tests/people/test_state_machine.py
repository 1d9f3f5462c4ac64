"""Under any appointments, leaves, transfers, late entries, and grids that open and close, every living grid has exactly
one main row, a worker's or a vacancy, at every moment and as known at every moment; a tiny model says which.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict, GridsvcError, InvalidInput, NotFound
from gridsvc.core.revisions import ANYTHING
from gridsvc.infra.db import new_id
from gridsvc.people.answer import who_answers
from gridsvc.people.enlisting import leave_service
from gridsvc.people.holders import Change, Role, change_holder
from gridsvc.people.leave import LeaveRequest, approve_leave, cancel_leave, request_leave
from gridsvc.people.staffing import close_grids, open_grids, reopen_grids
from tests.fixtures.ground import COMMUNITY
from tests.people.team import DAY, PLANNER, SUPERVISOR, check_constraints, lay_team

# The world lasts twenty days; everything is entered during the twelfth, so that entries are late, in time and early.
DAYS = 20
ENTERED = 12
DAWN = datetime(2026, 3, 1).astimezone()
VACANT = "vacant"

days = st.integers(0, DAYS - 1)
workers = st.sampled_from("ABCD")


def start_of(day: int) -> datetime:
    return DAWN + day * DAY


@dataclass
class Away:
    """A leave that was approved: from a day to before a day, and who covers it."""

    worker: str
    since: int
    until: int
    cover: str | None
    counts: bool = True


@dataclass
class World:
    """What is held to be so: for each grid who has it on each day (None: it is not there) and who is the backup."""

    main: dict[str, list[str | None]] = field(default_factory=dict)
    backup: dict[str, list[str | None]] = field(default_factory=dict)
    leaves: dict[UUID, Away] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def is_away(self, worker: str, day: int) -> bool:
        return any(
            leave.worker == worker and leave.counts and leave.since <= day < leave.until
            for leave in self.leaves.values()
        )

    def answers(self, grid: str, day: int) -> str | None:
        """Who really answers: the main worker, the cover by hand, the backup who is there, or nobody."""
        main, backup = self.main[grid][day], self.backup[grid][day]
        ready = backup if backup is not None and not self.is_away(backup, day) else None
        if main is None or main == VACANT:
            return ready
        if not self.is_away(main, day):
            return main
        covers = [
            leave.cover
            for leave in self.leaves.values()
            if leave.worker == main and leave.counts and leave.since <= day < leave.until and leave.cover
        ]
        return next((cover for cover in covers if not self.is_away(cover, day)), ready)


class People(RuleBasedStateMachine):
    """The use cases on a real database beside the model, and what was known after each step."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.connection = engine.connect()
        self.outer = self.connection.begin()
        self.session = Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        self.world = World()
        self.known: list[tuple[datetime, World]] = []
        self.grids: dict[str, UUID] = {}

    @initialize()
    def begin(self) -> None:
        team = lay_team(self.session)
        self.workers = team.workers
        self.names = {worker_id: letter for letter, worker_id in team.workers.items()}
        self.net_version = team.ground.net_version_id
        self.grids = {"001": team.ground.west, "002": team.ground.east}
        self.world.main = {"001": ["A"] * DAYS, "002": ["C"] * DAYS}
        self.world.backup = {"001": ["B"] * DAYS, "002": [None] * DAYS}
        self.note()

    def teardown(self) -> None:
        try:
            if self.known:
                self.check_every_pair()
                self.check_answers()
        finally:
            self.session.close()
            self.outer.rollback()
            self.connection.close()

    @property
    def now(self) -> datetime:
        return start_of(ENTERED) + len(self.known) * timedelta(minutes=1)

    def note(self) -> None:
        """Another state of knowledge; the database has no objection."""
        check_constraints(self.session)
        self.known.append((self.now, deepcopy(self.world)))

    def attempt(self, refusal: type[GridsvcError] | None, act: Callable[[], Any]) -> Any:
        """Do it; it is refused exactly when the model says so, and then nothing has changed."""
        if refusal is None:
            return act()
        with pytest.raises(refusal):
            act()
        self.note()
        return None

    @rule(grid=st.integers(0, 3), worker=st.none() | workers, since=days, length=st.none() | st.integers(1, 9))
    def give(self, grid: int, worker: str | None, since: int, length: int | None) -> None:
        self.change(grid, "main", worker, since, length)

    @rule(grid=st.integers(0, 3), worker=st.none() | workers, since=days, length=st.none() | st.integers(1, 9))
    def back_up(self, grid: int, worker: str | None, since: int, length: int | None) -> None:
        self.change(grid, "backup", worker, since, length)

    def change(self, place: int, role: Role, worker: str | None, since: int, length: int | None) -> None:
        grid = sorted(self.grids)[place % len(self.grids)]
        end = DAYS if length is None else since + length
        main, backup = self.world.main[grid], self.world.backup[grid]
        span = [day for day in range(since, min(end, DAYS)) if main[day] is not None]
        leaves_on = None if worker is None else self.world.left.get(worker)
        refusal: type[GridsvcError] | None = None
        if main[since] is None:
            refusal = NotFound
        elif leaves_on is not None and (length is None or end > leaves_on):
            refusal = InvalidInput
        elif role == "backup" and worker is not None and any(main[day] == worker for day in span):
            refusal = Conflict
        until = None if length is None else start_of(end)
        made = Change(
            f"{COMMUNITY}{grid}", role, self.workers[worker] if worker else None, start_of(since), until, True
        )
        if self.attempt(refusal, lambda: change_holder(self.session, PLANNER, made, now=self.now)) is None:
            return
        for day in span:
            if role == "backup":
                backup[day] = worker
                continue
            main[day] = worker or VACANT
            if worker is not None and backup[day] == worker:
                backup[day] = None
        self.note()

    @rule(worker=workers, since=days, length=st.integers(1, 6), cover=st.none() | workers)
    def go_on_leave(self, worker: str, since: int, length: int, cover: str | None) -> None:
        until = since + length
        cover = None if cover == worker else cover
        refusal: type[GridsvcError] | None = None
        if self.world.left.get(worker, DAYS + 9) < until:
            refusal = InvalidInput
        elif self.overlaps(worker, since, until):
            refusal = Conflict
        elif cover and self.world.left.get(cover, DAYS + 9) < until:
            refusal = InvalidInput
        elif cover and self.overlaps(cover, since, until):
            refusal = Conflict
        asked = LeaveRequest(
            self.workers[worker], start_of(since), start_of(until), "annual", self.workers[cover] if cover else None
        )

        def act() -> UUID:
            request_id = request_leave(self.session, SUPERVISOR, asked, now=self.now)
            approve_leave(self.session, SUPERVISOR, request_id, rule="backup", now=self.now)
            return request_id

        request_id = self.attempt(refusal, act)
        if request_id is not None:
            self.world.leaves[request_id] = Away(worker, since, until, cover)
            self.note()

    def overlaps(self, worker: str, since: int, until: int) -> bool:
        return any(self.world.is_away(worker, day) for day in range(since, until))

    @precondition(lambda self: self.world.leaves)
    @rule(place=st.integers(0, 9))
    def come_back(self, place: int) -> None:
        request_id = list(self.world.leaves)[place % len(self.world.leaves)]
        leave = self.world.leaves[request_id]
        over = leave.until <= ENTERED or not leave.counts
        refusal = Conflict if over else None
        self.attempt(refusal, lambda: cancel_leave(self.session, SUPERVISOR, request_id, now=self.now))
        if over:
            return
        if leave.since > ENTERED:
            leave.counts = False
        else:  # it has begun, and ends today
            leave.until = ENTERED
        self.note()

    @rule(worker=workers, day=days)
    def leave_service(self, worker: str, day: int) -> None:
        refusal = Conflict if worker in self.world.left else None
        self.attempt(
            refusal,
            lambda: leave_service(
                self.session, SUPERVISOR, self.workers[worker], at=start_of(day), expected=ANYTHING, now=self.now
            ),
        )
        if refusal is not None:
            return
        self.world.left[worker] = day
        for grid in self.grids:
            for later in range(day, DAYS):
                if self.world.main[grid][later] == worker:
                    self.world.main[grid][later] = VACANT
                if self.world.backup[grid][later] == worker:
                    self.world.backup[grid][later] = None
        for leave in self.world.leaves.values():
            if leave.worker == worker and leave.until > day:
                leave.until, leave.counts = max(day, leave.since), leave.counts and leave.since < day
            if leave.cover == worker and leave.counts and leave.until > day:
                leave.cover = None
        self.note()

    @rule(grid=st.integers(0, 3), day=days)
    def close(self, grid: int, day: int) -> None:
        name = sorted(self.grids)[grid % len(self.grids)]
        main = self.world.main[name]
        if main[day] is None or day == 0 or main[day - 1] is None or main[-1] is None:
            return
        self.let_live(name, "tstzrange(lower(valid), :at)", day)
        close_grids(self.session, [self.grids[name]], since=start_of(day), now=self.now)
        for later in range(day, DAYS):
            main[later] = self.world.backup[name][later] = None
        self.note()

    @rule(grid=st.integers(0, 3))
    def reopen(self, grid: int) -> None:
        name = sorted(self.grids)[grid % len(self.grids)]
        main, backup = self.world.main[name], self.world.backup[name]
        if main[-1] is not None:
            return
        end = max(day for day in range(DAYS) if main[day] is not None) + 1
        self.let_live(name, "tstzrange(lower(valid), NULL)", end)
        reopen_grids(self.session, [self.grids[name]], since=start_of(end), now=self.now)
        for later in range(end, DAYS):
            main[later], backup[later] = main[end - 1], backup[end - 1]
            main[later] = self.unless_left(main[later], later, VACANT)
            backup[later] = self.unless_left(backup[later], later, None)
        self.note()

    def unless_left(self, worker: str | None, day: int, otherwise: str | None) -> str | None:
        return otherwise if worker in self.world.left and self.world.left[worker] <= day else worker

    @precondition(lambda self: len(self.grids) < 4)
    @rule(day=days)
    def open(self, day: int) -> None:
        name, grid_id = f"{len(self.grids) + 1:03}", new_id()
        run = self.session.execute
        run(text("INSERT INTO grid (id, net_id) SELECT :id, id FROM net WHERE key = 'base'"), {"id": grid_id})
        run(
            text(
                "INSERT INTO grid_version (id, grid_id, net_id, net_version_id, scheme, code, kind, name, geom, "
                "area_m2, counts, community_code, synthetic, valid) SELECT gen_random_uuid(), :grid, net_id, "
                "net_version_id, scheme, :code, kind, :name, geom, area_m2, counts, community_code, synthetic, "
                "tstzrange(:at, NULL) FROM grid_version WHERE grid_id = :like"
            ),
            {
                "grid": grid_id,
                "code": f"{COMMUNITY}{name}",
                "name": name,
                "at": start_of(day),
                "like": self.grids["001"],
            },
        )
        open_grids(self.session, [grid_id], since=start_of(day), now=self.now)
        self.grids[name] = grid_id
        self.world.main[name] = [None if before < day else VACANT for before in range(DAYS)]
        self.world.backup[name] = [None] * DAYS
        self.note()

    def let_live(self, grid: str, valid: str, day: int) -> None:
        statement = text(f"UPDATE grid_version SET valid = {valid} WHERE grid_id = :grid")
        self.session.execute(statement, {"grid": self.grids[grid], "at": start_of(day)})

    def check_every_pair(self) -> None:
        """At every moment, as known at every moment: one main row for each living grid, and the right one."""
        rows = self.session.execute(
            text(
                "SELECT k.place, d.place, r.grid_id, count(*), CAST(max(CAST(r.worker_id AS text)) AS uuid) "
                "FROM unnest(CAST(:known AS timestamptz[])) WITH ORDINALITY k (at, place) "
                "CROSS JOIN unnest(CAST(:days AS timestamptz[])) WITH ORDINALITY d (at, place) "
                "JOIN responsibility r ON r.role = 'main' AND r.valid @> d.at AND r.recorded @> k.at GROUP BY 1, 2, 3"
            ),
            {"known": [at for at, _ in self.known], "days": [start_of(day) + DAY / 2 for day in range(DAYS)]},
        ).all()
        letters = {grid_id: name for name, grid_id in self.grids.items()}
        found = {
            (k - 1, day - 1, letters[grid]): (count, self.names.get(who, VACANT)) for k, day, grid, count, who in rows
        }
        expected = {
            (k, day, grid): (1, holder)
            for k, (_, world) in enumerate(self.known)
            for grid, holders in world.main.items()
            for day, holder in enumerate(holders)
            if holder is not None
        }
        assert found == expected

    def check_answers(self) -> None:
        """Who answers is what the model says, as known now and then."""
        for k in {0, len(self.known) // 2, len(self.known) - 1}:
            known_at, world = self.known[k]
            for day in range(k % 3, DAYS, 3):
                answers = who_answers(self.session, start_of(day) + DAY / 2, known_at=known_at)
                for grid, holders in world.main.items():
                    if holders[day] is None:
                        assert self.grids[grid] not in answers
                        continue
                    who = answers[self.grids[grid]].answers
                    assert (self.names[who.id] if who else None) == world.answers(grid, day), (k, day, grid)


def check(engine: Engine, examples: int, steps: int) -> None:
    class OnThisDatabase(People):
        def __init__(self) -> None:
            super().__init__(engine)

    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_living_grid_has_one_main_row_at_every_moment_as_known_at_every_moment(engine: Engine) -> None:
    check(engine, examples=10, steps=14)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_same_for_many_more_histories(engine: Engine) -> None:
    check(engine, examples=200, steps=25)
