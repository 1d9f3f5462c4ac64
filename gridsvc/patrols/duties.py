"""What is due: today's list of a worker, and which duties of a period were done in time.

A duty is a care subject, a grid or a door that is to be visited by a norm. Its due time is reckoned from the last visit
that counted (from its registration where there was none), the norm in force, the working calendar and its pauses. In a
period a duty is due when a due time falls into it, or had passed before and is open still; it is done in time when none
of these times passed without a visit. Who has to do it is asked of the responsibilities at that moment.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.patrols import norms
from gridsvc.patrols.coverage import DoorCoverage, Period, doors_reached
from gridsvc.patrols.due import ALL, Norm, Reckoning, Span, Target
from gridsvc.patrols.queries import duties as queries
from gridsvc.patrols.where import EVERYWHERE, Where
from gridsvc.people import queries as people
from gridsvc.people.answer import who_answers

DutyStatus = Literal["on_time", "due_soon", "overdue", "never"]
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
# After a year nobody waits any more for a look after a change.
OPEN_CHANGES = timedelta(days=366)


class Duty(NamedTuple):
    """What is to be visited by a norm, since `began_at`."""

    target: Target
    id: UUID
    code: str
    class_key: str
    community_code: str
    began_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a duty in a period: `due_at` is the first due time missed, else the last one that fell in it."""

    duty: Duty
    due_at: datetime
    is_in_time: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a duty stands at a moment; `after_change` when a major change made it due sooner."""

    duty: Duty
    last_visit: datetime | None
    due_at: datetime
    status: DutyStatus
    after_change: bool = False


@dataclass(frozen=True)
class Rule:
    """A norm with everything that is needed to reckon due times of single duties by it."""

    norm: Norm
    reckoning: Reckoning
    pauses: dict[UUID, list[Span]]

    def due(self) -> Callable[[UUID, datetime], datetime]:
        """The due time after a visit of a duty at a moment."""
        usual = self.reckoning.remembering(self.norm)

        def due_at(duty_id: UUID, anchor: datetime) -> datetime:
            paused = self.pauses.get(duty_id)
            return self.reckoning.due_at(anchor, self.norm, paused) if paused else usual(anchor)

        return due_at


def care_outcomes(session: Session, period: Period, where: Where = EVERYWHERE) -> list[Outcome]:
    """What became of the care duties of a period: subjects registered at its end whose class has a norm."""
    rows = queries.subjects_due(session, period.end, where.limits())
    duties = [Duty("care", *row) for row in rows]
    return outcomes(session, duties, period)


def grid_outcomes(session: Session, period: Period, where: Where = EVERYWHERE, *, cycle_days: float) -> list[Outcome]:
    """What became of the patrol duties of the grids that live at a period's end; without a norm by the given cycle."""
    rows = queries.grids_due(session, period.end, where.limits())
    duties = [Duty("grid", row.id, row.code, ALL, row.community_code, row.began_at) for row in rows]
    cycle = Norm("grid", ALL, every=max(1, round(cycle_days)), unit="day", on_working_days=False)
    return outcomes(session, duties, period, fallback=cycle)


def outcomes(
    session: Session, duties: Sequence[Duty], period: Period, *, fallback: Norm | None = None
) -> list[Outcome]:
    """What became of duties in a period, by the norms in force at its end; duties without a norm are left out."""
    found: list[Outcome] = []
    for rule, group in _by_rule(session, duties, period.end, fallback):
        found += _walk(session, group, rule, period)
    return sorted(found, key=lambda one: (one.duty.community_code, one.duty.code, one.duty.id))


def _by_rule(
    session: Session, duties: Sequence[Duty], at: datetime, fallback: Norm | None
) -> Iterable[tuple[Rule, list[Duty]]]:
    in_force, reckoning = norms.norms_at(session, at), norms.reckoning(session)
    pauses = norms.pauses_by_target(session)
    groups: dict[Norm, list[Duty]] = {}
    for duty in duties:
        norm = in_force.get((duty.target, duty.class_key), fallback)
        if norm is not None:
            groups.setdefault(norm, []).append(duty)
    return [(Rule(norm, reckoning, pauses), group) for norm, group in groups.items()]


def _walk(session: Session, duties: list[Duty], rule: Rule, period: Period) -> list[Outcome]:
    """From due time to due time: the last visit before one is what the next is reckoned from.

    One statement a round for all duties, one step down an index for each, so that nothing depends on the length of the
    history.
    """
    due_of = rule.due()
    ask = _Asking(session, rule.norm, period)
    before = ask.latest([(duty.id, BEGINNING, period.start) for duty in duties])
    anchors = [visit if visit is not None else duty.began_at for visit, duty in zip(before, duties, strict=True)]
    missed: dict[int, datetime] = {}
    met: dict[int, datetime] = {}
    open_places = list(range(len(duties)))
    while open_places:
        due = {place: due_of(duties[place].id, anchors[place]) for place in open_places}
        missed |= {place: moment for place, moment in due.items() if moment <= period.start}
        asked = [place for place, moment in due.items() if period.start < moment <= period.end]
        visits = ask.latest([(duties[place].id, anchors[place], due[place]) for place in asked])
        open_places = []
        for place, visit in zip(asked, visits, strict=True):
            if visit is None:
                missed[place] = due[place]
            else:
                met[place], anchors[place] = due[place], visit
                open_places.append(place)
    _walk_changes(session, duties, rule, period, ask, missed, met)
    return [
        Outcome(duty, missed.get(place, met.get(place, period.end)), place not in missed)
        for place, duty in enumerate(duties)
        if place in missed or place in met
    ]


def _walk_changes(
    session: Session,
    duties: list[Duty],
    rule: Rule,
    period: Period,
    ask: "_Asking",
    missed: dict[int, datetime],
    met: dict[int, datetime],
) -> None:
    """Due times that come from major changes, where the norm asks for a visit soon after one.

    One that had passed before the period counts while nobody had looked until it began.
    """
    if rule.norm.after_change_h is None or not duties or duties[0].target != "care":
        return
    soon = timedelta(hours=rule.norm.after_change_h)
    places = {duty.id: place for place, duty in enumerate(duties)}
    rows = queries.changes(session, period.start - soon - OPEN_CHANGES, period.end - soon)
    rows = [row for row in rows if row.subject_id in places]
    visits = ask.latest([(row.subject_id, row.happened_at, max(row.happened_at + soon, period.start)) for row in rows])
    for row, visit in zip(rows, visits, strict=True):
        place, due_at = places[row.subject_id], row.happened_at + soon
        if visit is None:
            missed[place] = min(missed.get(place, due_at), due_at)
        elif due_at > period.start:
            met[place] = max(met.get(place, due_at), due_at)


@dataclass(frozen=True)
class _Asking:
    """Asks for visits that count for a norm, as known in a period."""

    session: Session
    norm: Norm
    period: Period

    def latest(self, asked: Sequence[tuple[UUID, datetime, datetime]]) -> list[datetime | None]:
        """The last visit of each (id, after, until)."""
        return queries.latest_visits(
            self.session, self.norm.target, asked, kinds=self.norm.kinds, known_at=self.period.known_at
        )


def standings(
    session: Session,
    duties: Sequence[Duty],
    at: datetime,
    *,
    due_soon_share: float,
    fallback: Norm | None = None,
    known_at: datetime | None = None,
) -> list[Standing]:
    """How duties stand at a moment: those without a norm are left out."""
    found: list[Standing] = []
    for rule, group in _by_rule(session, duties, at, fallback):
        due_of = rule.due()
        ask = _Asking(session, rule.norm, Period(BEGINNING, at, known_at))
        last = ask.latest([(duty.id, BEGINNING, at) for duty in group])
        changes = _open_changes(session, rule, group, last, at)
        for duty, visit in zip(group, last, strict=True):
            anchor = duty.began_at if visit is None else visit
            usual = due_of(duty.id, anchor)
            due_at = min(usual, changes.get(duty.id, usual))
            status = _status(at, anchor, due_at, due_soon_share, is_visited=visit is not None)
            found.append(Standing(duty, visit, due_at, status, due_at < usual))
    return sorted(found, key=lambda one: (one.due_at, one.duty.code))


def _open_changes(
    session: Session, rule: Rule, duties: list[Duty], last: list[datetime | None], at: datetime
) -> dict[UUID, datetime]:
    """When a visit is due for those changes after which nobody has looked yet."""
    if rule.norm.after_change_h is None or rule.norm.target != "care":
        return {}
    soon = timedelta(hours=rule.norm.after_change_h)
    visited = {duty.id: visit for duty, visit in zip(duties, last, strict=True)}
    found: dict[UUID, datetime] = {}
    for row in queries.changes(session, at - OPEN_CHANGES, at):
        visit = visited.get(row.subject_id)
        if row.subject_id in visited and (visit is None or visit <= row.happened_at):
            found.setdefault(row.subject_id, row.happened_at + soon)
    return found


def _status(at: datetime, anchor: datetime, due_at: datetime, soon: float, *, is_visited: bool) -> DutyStatus:
    if at > due_at:
        return "overdue" if is_visited else "never"
    return "due_soon" if at > anchor + (due_at - anchor) * soon else "on_time"


def own_grids(session: Session, worker_id: UUID, at: datetime, *, now: datetime) -> list[UUID]:
    """The grids for which the worker answers at a moment, of those that they hold or cover now.

    For workers who ask about themselves: they name the moment, and what they may see must not follow from that.
    """
    held = {row.grid_id for row in people.grids_of_worker(session, worker_id, now)}
    return [grid_id for grid_id in grids_answered(session, worker_id, at) if grid_id in held]


def grids_answered(session: Session, worker_id: UUID, at: datetime) -> list[UUID]:
    """The grids for which the worker is who answers at a moment: as main, as backup or as cover of a leave."""
    held = {row.grid_id for row in people.grids_of_worker(session, worker_id, at)}
    if not held:
        return []
    answers = who_answers(session, at, sorted(held))
    return [grid_id for grid_id, one in answers.items() if one.answers is not None and one.answers.id == worker_id]


@dataclass(frozen=True, slots=True)
class CareDuty:
    """A care duty of today's list, with the person's row as stored; what of it is shown is a matter of masking."""

    standing: Standing
    person: Any


@dataclass(frozen=True, slots=True)
class TodaysList:
    """What a worker has to do: the grids answered for, the patrol duty of each, and the people to be visited.

    `doors` are those of the grids and how many were reached since `doors_since`, where a norm for doors is in force.
    """

    at: datetime
    grid_ids: list[UUID]
    grids: list[Standing]
    care: list[CareDuty]
    doors: DoorCoverage | None
    doors_since: datetime | None


def todays_list(
    session: Session,
    actor: Actor,
    worker_id: UUID,
    at: datetime,
    *,
    now: datetime,
    cycle_days: float,
    due_soon_share: float,
) -> TodaysList:
    """The duties of the actor's worker by responsibility, leave and cover at a moment, the most urgent first.

    Of what was or will be theirs it tells what is theirs `now` too, and people only to those who may read care.
    """
    actor = actor.by("duties.read")
    grid_ids = own_grids(session, worker_id, at, now=now)
    limits = {"city_wide": False, "communities": [], "grids": grid_ids, "area": "%", "grid_id": None}
    rows = queries.grids_due(session, at, limits) if grid_ids else []
    grids = [Duty("grid", row.id, row.code, ALL, row.community_code, row.began_at) for row in rows]
    cycle = Norm("grid", ALL, every=max(1, round(cycle_days)), unit="day", on_working_days=False)
    people_rows: queries.Rows = ()
    if "care.read" in actor.permissions:
        people_rows = queries.subjects_of_worker(session, actor.scope.worker_id, grid_ids, at, now=now)
    persons = {row.id: row for row in people_rows}
    care = [Duty("care", *row[:5]) for row in people_rows]
    doors, since = _doors(session, grid_ids, at)
    return TodaysList(
        at=at,
        grid_ids=grid_ids,
        doors=doors,
        doors_since=since,
        grids=standings(session, grids, at, due_soon_share=due_soon_share, fallback=cycle),
        care=[
            CareDuty(standing, persons[standing.duty.id])
            for standing in standings(session, care, at, due_soon_share=due_soon_share)
        ],
    )


def _doors(session: Session, grid_ids: Sequence[UUID], at: datetime) -> tuple[DoorCoverage | None, datetime | None]:
    """How many doors of these grids were reached in the cycle of the norm for doors, if any, and since when."""
    norm = norms.norm_of(session, "door", ALL, at)
    if norm is None or not grid_ids:
        return None, None
    since = norms.reckoning(session).began_at(at, norm)
    where = Where(Scope(grid_ids=frozenset(grid_ids)))
    return doors_reached(session, Period(since, at), where), since
