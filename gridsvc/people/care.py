"""People to be visited: registering and amending them, pairing them with workers, and seeing them in the clear.

Every step is audited by number and field, never by value. What somebody may change is found with their own eyes, by
the filter and by row security; what is then written is written by the service.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import WKBElement
from sqlalchemy import Row
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.access.rowsecurity import sight_of
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.core.fields import text_faults
from gridsvc.core.revisions import Expected
from gridsvc.infra.copying import range_from
from gridsvc.infra.db import new_id
from gridsvc.infra.sight import looking_as
from gridsvc.people.queries import care, workers
from gridsvc.people.queries.care import CareFilter, CareView

LONGEST_NUMBER = 64
LONGEST_NAME = 100
LONGEST_PHONE = 40
LONGEST_ID_NUMBER = 40
SHORTEST_REASON = 4
POINT_WITH_SRID = 0x20000001  # as EWKB says it

Subject = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class SubjectDraft:
    """Somebody to be registered. The place is that of the door, else `point` (WGS 84), else it is not known."""

    number: str
    class_code: str
    name: str
    community_code: str
    phone: str | None = None
    id_number: str | None = None
    door_code: str | None = None
    point: tuple[float, float] | None = None
    synthetic: bool = False


def view_of(actor: Actor, now: datetime) -> CareView:
    """Which subjects an actor may see now."""
    return CareView(actor.scope, actor.holds("care.read_sensitive"), now)


def subjects(
    session: Session,
    actor: Actor,
    wanted: CareFilter,
    *,
    at: datetime,
    now: datetime,
    after: tuple[str, str] | None = None,
    limit: int = 50,
) -> Sequence[Subject]:
    """The subjects registered at a moment that the actor may see, by community and number."""
    actor = actor.by("care.read")
    return care.page(session, view_of(actor, now), wanted, at=at, after=after, limit=limit)


def subject(session: Session, actor: Actor, subject_id: UUID, *, at: datetime, now: datetime) -> Subject:
    """One subject the actor may see; raises NotFound."""
    actor = actor.by("care.read")
    found = care.subject(session, view_of(actor, now), subject_id, at=at)
    if found is None:
        raise NotFound
    return found


def unmask(session: Session, actor: Actor, subject_id: UUID, reason: str, *, now: datetime) -> Subject:
    """One subject to be seen in the clear, for a reason that the audit keeps; raises NotFound, or InvalidInput."""
    actor = actor.by("care.read")
    actor = actor.by("personal.unmask")
    reason = _stated(reason)
    found = seen(session, actor, subject_id, now)
    audit.record(
        session, actor, "care.unmask", "care_subject", subject_id, reason=reason, detail={"number": found.number}
    )
    return found


def register(session: Session, actor: Actor, draft: SubjectDraft, *, now: datetime) -> UUID:
    """Register one subject in a community of the actor's; raises InvalidInput, or Conflict for a number in use."""
    actor = actor.by("care.edit")
    if not actor.scope.covers(draft.community_code):
        fault = Fault(
            "body.community_code", "unknown_community", "There is no such community in your part of the city."
        )
        raise InvalidInput(faults=[fault])
    (subject_id,) = register_subjects(session, [draft], since=now)
    audit.record(session, actor, "care.create", "care_subject", subject_id, detail={"number": draft.number})
    return subject_id


def register_subjects(session: Session, drafts: Sequence[SubjectDraft], *, since: datetime) -> list[UUID]:
    """Register many at once, from a moment on; returns their ids in order. Nothing is stored if one is refused."""
    doors = care.known_doors(session, [draft.door_code for draft in drafts if draft.door_code], since)
    faults = _faults(session, drafts, doors)
    if faults:
        raise InvalidInput(faults=faults)
    _refuse_taken(session, drafts)
    ids = [new_id() for _ in drafts]
    care.insert_subjects(session, [_row(draft, each, doors, since) for draft, each in zip(drafts, ids, strict=True)])
    return ids


def amend(
    session: Session, actor: Actor, subject_id: UUID, changes: Mapping[str, Any], *, expected: Expected, now: datetime
) -> None:
    """Change fields of a subject: class_code, name, phone, id_number, door_code, registered_until.

    Raises NotFound, Stale, or InvalidInput.
    """
    actor = actor.by("care.edit")
    found = seen(session, actor, subject_id, now)
    expected.check(care.revision(session, subject_id))
    values = {name: value for name, value in changes.items() if name not in ("door_code", "registered_until")}
    faults = list(_text_faults("body", values))
    if "class_code" in values:
        faults += _class_faults(session, "body", values["class_code"])
    if "door_code" in changes:
        values |= _moved(session, changes["door_code"], found.community_code, now, faults)
    until = changes.get("registered_until")
    if until is not None and not found.registered_from < until:
        faults.append(Fault("body.registered_until", "before_beginning", "It ends before it began."))
    if faults:
        raise InvalidInput(faults=faults)
    care.change_subject(session, subject_id, values, now)
    if until is not None:
        care.end_registration(session, subject_id, until)
    audit.record(session, actor, "care.change", "care_subject", subject_id, detail={"fields": sorted(changes)})


def pair(session: Session, actor: Actor, subject_id: UUID, worker_number: str, *, now: datetime) -> UUID:
    """Let a worker of the actor's jurisdiction look after the subject from now on; returns the pairing's id."""
    actor = actor.by("care.edit")
    seen(session, actor, subject_id, now)
    with looking_as(session, sight_of(actor)):
        worker = workers.workers_by_number(session, [worker_number]).get(worker_number)
    if worker is None or not actor.scope.covers(worker.community_code):
        fault = Fault("body.worker_number", "unknown_worker", "No worker of your part of the city has this number.")
        raise InvalidInput(faults=[fault])
    if care.is_paired(session, worker.id, subject_id, now):
        raise Conflict("This worker looks after the subject already.")
    pairing_id = new_id()
    pair_all(session, [(worker.id, subject_id, pairing_id)], since=now)
    detail = {"subject": str(subject_id), "worker": worker_number}
    audit.record(session, actor, "care.pair", "care_pairing", pairing_id, detail=detail)
    return pairing_id


def pair_all(session: Session, pairs: Sequence[tuple[UUID, UUID, UUID]], *, since: datetime) -> None:
    """Pair many at once, each given as worker, subject and the id of the pairing."""
    valid = range_from(since)
    care.insert_pairings(
        session,
        [
            {"id": pairing_id, "worker_id": worker_id, "subject_id": subject_id, "valid": valid}
            for worker_id, subject_id, pairing_id in pairs
        ],
    )


def end_pairing(session: Session, actor: Actor, subject_id: UUID, pairing_id: UUID, *, now: datetime) -> None:
    """End a pairing now; raises NotFound when the subject has none of that id that lasts."""
    actor = actor.by("care.edit")
    seen(session, actor, subject_id, now)
    if not care.end_pairing(session, subject_id, pairing_id, now):
        raise NotFound
    audit.record(session, actor, "care.unpair", "care_pairing", pairing_id, detail={"subject": str(subject_id)})


def seen(session: Session, actor: Actor, subject_id: UUID, now: datetime) -> Subject:
    """The subject as the actor sees it inside a transaction that writes; raises NotFound."""
    with looking_as(session, sight_of(actor)):
        found = care.subject(session, view_of(actor, now), subject_id, at=now)
    if found is None:
        raise NotFound
    return found


def is_in_sight(session: Session, actor: Actor, subject_id: UUID, now: datetime) -> bool:
    """Whether there is such a subject that the actor may see, registered or no longer; asked by the filter alone."""
    return care.subject(session, view_of(actor, now), subject_id, at=now) is not None


def _stated(reason: str) -> str:
    """A reason that says something."""
    faults = list(text_faults("body.reason", reason, limit=audit.LONGEST_REASON))
    if len(reason.strip()) < SHORTEST_REASON:
        faults.append(Fault("body.reason", "too_short", "Say in a few words why it must be seen in the clear."))
    if faults:
        raise InvalidInput(faults=faults)
    return reason.strip()


def _faults(session: Session, drafts: Sequence[SubjectDraft], doors: Mapping[str, Any]) -> list[Fault]:
    """Everything that is wrong with some drafts, by row, or by field when there is only one."""
    faults: list[Fault] = []
    classes = {row.code for row in care.classes(session)}
    for index, draft in enumerate(drafts):
        place = "body" if len(drafts) == 1 else f"row {index}"
        faults += _text_faults(place, vars(draft))
        if draft.class_code not in classes:
            faults.append(_unknown_class(place))
        if draft.door_code is not None:
            faults += _door_faults(f"{place}.door_code", doors.get(draft.door_code), draft.community_code)
    return faults


_LIMITS = {"number": LONGEST_NUMBER, "name": LONGEST_NAME, "phone": LONGEST_PHONE, "id_number": LONGEST_ID_NUMBER}


def _text_faults(place: str, values: Mapping[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    for field, limit in _LIMITS.items():
        value = values.get(field)
        faults += text_faults(f"{place}.{field}", value, limit=limit)
        if field in values and field in ("number", "name") and not (value or "").strip():
            faults.append(Fault(f"{place}.{field}", "missing", "This must not be empty."))
    return faults


def _class_faults(session: Session, place: str, code: str | None) -> list[Fault]:
    return [] if code in {row.code for row in care.classes(session)} else [_unknown_class(place)]


def _unknown_class(place: str) -> Fault:
    return Fault(f"{place}.class_code", "unknown_class", "There is no such class of people to be visited.")


def _door_faults(place: str, door: Any, community_code: str) -> list[Fault]:
    if door is None:
        return [Fault(place, "unknown_door", "There is no such door.")]
    if door.community_code != community_code:
        return [Fault(place, "other_community", "The door lies in another community.")]
    return []


def _moved(
    session: Session, door_code: str | None, community_code: str, now: datetime, faults: list[Fault]
) -> dict[str, Any]:
    """The columns of another door, or of none; adds what is wrong with it to `faults`."""
    if door_code is None:
        return {"door_id": None, "point": None}
    door = care.known_doors(session, [door_code], now).get(door_code)
    wrong = _door_faults("body.door_code", door, community_code)
    faults += wrong
    return {} if wrong or door is None else {"door_id": door.id, "point": WKBElement(door.point, extended=True)}


def _refuse_taken(session: Session, drafts: Sequence[SubjectDraft]) -> None:
    wanted = [(draft.community_code, draft.number) for draft in drafts]
    taken = care.taken_numbers(session, wanted)
    faults = []
    for index, each in enumerate(wanted):
        if each in taken:
            place = "body.number" if len(drafts) == 1 else f"row {index}"
            faults.append(Fault(place, "number_taken", "The community has given this number already."))
        taken.add(each)
    if faults:
        raise Conflict("Some numbers are in use already; nothing was added.", faults=faults)


def _row(draft: SubjectDraft, subject_id: UUID, doors: Mapping[str, Any], since: datetime) -> dict[str, Any]:
    door = doors[draft.door_code] if draft.door_code else None
    point = door.point if door else None
    if point is None and draft.point is not None:
        point = struct.pack("<BIIdd", 1, POINT_WITH_SRID, 4326, *draft.point).hex()
    return {
        "id": subject_id,
        "number": draft.number.strip(),
        "class_code": draft.class_code,
        "name": draft.name.strip(),
        "phone": draft.phone,
        "id_number": draft.id_number,
        "door_id": door.id if door else None,
        "community_code": draft.community_code,
        "point": point,
        "registered": range_from(since),
        "synthetic": draft.synthetic,
    }
