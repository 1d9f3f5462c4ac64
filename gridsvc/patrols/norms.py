"""The norms in force, the city's own days, pauses and major changes: read for reckoning, edited with an audit row."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from gridsvc.access.audit import record
from gridsvc.access.identity import Actor
from gridsvc.access.reach import reach_of
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.core.fields import moment_faults, text_faults
from gridsvc.infra.db import new_id
from gridsvc.infra.settings import get_settings
from gridsvc.patrols.due import Norm, Reckoning, Span, Target
from gridsvc.patrols.queries import duties as queries
from gridsvc.patrols.queries import reading
from gridsvc.patrols.workdays import WorkDays
from gridsvc.people import care

LONGEST_REASON = 200


def norms_at(session: Session, at: datetime) -> dict[tuple[str, str], Norm]:
    """Every norm in force at a moment, by target and class."""
    return {(row.target, row.class_key): _norm(row) for row in queries.norms_at(session, at)}


def norm_of(session: Session, target: Target, class_key: str, at: datetime) -> Norm | None:
    """The norm in force for a class, None where there is none."""
    return norms_at(session, at).get((target, class_key))


def work_days(session: Session) -> WorkDays:
    """The working calendar with the city's own days."""
    return WorkDays({row.day: row.is_working for row in queries.own_days(session)})


def reckoning(session: Session) -> Reckoning:
    """What due times are reckoned with."""
    return Reckoning(work_days(session), ZoneInfo(get_settings().city_timezone))


def pauses_by_target(session: Session) -> dict[UUID, list[Span]]:
    """The pauses of each subject, door and grid that has any."""
    found: dict[UUID, list[Span]] = {}
    for row in queries.pauses(session):
        found.setdefault(row.id, []).append(Span(row.since, row.until))
    return found


def set_norm(session: Session, norm: Norm, *, since: datetime, now: datetime, actor: Actor) -> None:
    """Let a norm hold from `since` on; what was due before stays as it was. Norms and days are edited city-wide alone.

    Refuses a beginning in the past (a norm is not changed behind what was reckoned by it), unknown kinds of visit, a
    class that is no class of care, and Conflict when a later norm was entered already.
    """
    reach_of(session, actor, "norms.edit", now).require_everything()
    faults = list(moment_faults("since", since, now=now))
    if not faults and since < now:
        faults.append(Fault("since", "in_the_past", "A norm begins now or later; what was reckoned stays."))
    unknown = set(norm.kinds) - {kind.key for kind in reading.visit_kinds(session)}
    if unknown:
        faults.append(Fault("kinds", "unknown_kind", "A kind of visit is not in the city's list."))
    if norm.class_key not in reading.norm_classes(session, norm.target):
        faults.append(Fault("class_key", "unknown_class", "There is no such class to set a norm for."))
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)
    values = asdict(norm) | {"at": since, "kinds": list(norm.kinds)}
    if not queries.change_norm(session, values):
        raise Conflict("A later norm for this class was entered already.")
    detail = {"target": norm.target, "every": norm.every, "unit": norm.unit, "since": since.isoformat()}
    record(session, actor, "norm.set", "visit_norm", f"{norm.target}/{norm.class_key}", detail=detail)


def set_day(session: Session, day: date, *, is_working: bool, name: str, now: datetime, actor: Actor) -> None:
    """Declare a day of the city working or free."""
    reach_of(session, actor, "norms.edit", now).require_everything()
    _refuse(list(text_faults("name", name, limit=LONGEST_REASON)))
    queries.set_day(session, day, is_working, name)
    record(session, actor, "city_day.set", "city_day", day.isoformat(), detail={"is_working": is_working})


def forget_day(session: Session, day: date, *, now: datetime, actor: Actor) -> None:
    """Leave a day to the calendar again; NotFound when the city had said nothing about it."""
    reach_of(session, actor, "norms.edit", now).require_everything()
    if not queries.forget_day(session, day):
        raise NotFound
    record(session, actor, "city_day.forget", "city_day", day.isoformat())


def pause_duty(
    session: Session,
    target: Mapping[str, UUID],
    *,
    reason: str,
    span: Span,
    now: datetime,
    actor: Actor,
) -> UUID:
    """Let nothing fall due for a subject, door or grid (`subject_id`, `door_id` or `grid_id`) during a time."""
    actor = actor.by("duties.edit")
    faults = [*text_faults("reason", reason, limit=LONGEST_REASON), *moment_faults("since", span.start, now=now)]
    if span.end is not None and span.end.tzinfo is None:
        faults.append(Fault("until", "naive_time", "The time has no zone; say which one is meant."))
    elif span.end is not None and span.end <= span.start:
        faults.append(Fault("until", "not_after", "A pause ends after it begins."))
    if len(target) != 1:
        faults.append(Fault("subject_id", "one_target", "Name one thing that pauses: a subject, a door or a grid."))
    _refuse(faults)
    if not _is_in_sight(session, actor, target, now):
        raise NotFound
    pause_id = new_id()
    values: dict[str, Any] = {"subject_id": None, "door_id": None, "grid_id": None} | dict(target)
    values |= {"id": pause_id, "reason": reason, "since": span.start, "until": span.end}
    queries.add_pause(session, values | {"entered_by": actor.username, "entered_at": now})
    record(session, actor, "duty.pause", next(iter(target)).removesuffix("_id"), next(iter(target.values())))
    return pause_id


def end_pause(session: Session, pause_id: UUID, *, at: datetime, actor: Actor) -> None:
    """Let a pause end; NotFound for one that is not there or out of sight, Conflict for one that has not begun."""
    actor = actor.by("duties.edit")
    row = queries.pause(session, pause_id)
    target = {name: getattr(row, name) for name in ("subject_id", "door_id", "grid_id") if row and getattr(row, name)}
    if row is None or not _is_in_sight(session, actor, target, at):
        raise NotFound
    if not queries.end_pause(session, pause_id, at):
        raise Conflict("The pause has not begun yet.")
    record(session, actor, "duty.resume", "duty_pause", pause_id)


def note_change(session: Session, subject_id: UUID, *, happened_at: datetime, now: datetime, actor: Actor) -> UUID:
    """Note a major change in the life of a care subject, so that somebody looks within the hours of the norm."""
    actor = actor.by("care.read")
    faults = list(moment_faults("happened_at", happened_at, now=now))
    if not faults and happened_at > now:
        faults.append(Fault("happened_at", "in_the_future", "A change is noted when it has happened."))
    _refuse(faults)
    if not _is_in_sight(session, actor, {"subject_id": subject_id}, now):
        raise NotFound
    change_id = new_id()
    values = {"id": change_id, "subject_id": subject_id, "happened_at": happened_at}
    queries.add_change(session, values | {"entered_by": actor.username, "entered_at": now})
    record(session, actor, "care.change", "care_subject", subject_id)
    return change_id


def _is_in_sight(session: Session, actor: Actor, target: Mapping[str, UUID], now: datetime) -> bool:
    """Whether a subject, door or grid exists where the actor may look; people only for who may read care of them."""
    if "subject_id" in target:
        actor = actor.by("care.read")
        return care.is_in_sight(session, actor, target["subject_id"], now)
    return reading.in_scope(session, actor.scope, target, now)


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)


def _norm(row: Any) -> Norm:
    return Norm(
        target=row.target,
        class_key=row.class_key,
        every=row.every,
        unit=row.unit,
        grace_days=row.grace_days,
        on_working_days=row.on_working_days,
        after_change_h=row.after_change_h,
        level=row.level,
        kinds=tuple(row.kinds),
        is_example=row.is_example,
    )
