"""A visit as a worker logs it, what is refused about it, and what is only flagged."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gridsvc.core.errors import Fault
from gridsvc.core.fields import moment_faults, text_faults

RESULTS = ("done", "nobody_home", "refused")
# What a correction may say besides: that the visit was not made at all.
WITHDRAWN = "withdrawn"
REGISTER_KINDS = ("missing", "gone", "empty", "moved")
LONGEST_NOTE = 2000
LONGEST_CODE = 100
LONGEST_ADDRESS = 200
MOST_PHOTOS = 9
PHOTO_HASH = re.compile(r"[0-9a-f]{64}")

BACK_FILLED = "back_filled"
FAR_FROM_PLACE = "far_from_place"
OUTSIDE = "outside"
OTHER_GRID = "other_grid"
GRID_NOT_ALIVE = "grid_not_alive"
DOOR_NOT_REGISTERED = "door_not_registered"
IMPOSSIBLE_SPEED = "impossible_speed"
SAME_COORDINATES = "same_coordinates"
REUSED_PHOTO = "reused_photo"

BACK_FILLED_AFTER = timedelta(hours=24)
FAR_M = 300.0
# Nobody on duty moves faster between two visits; what lies nearer together says nothing about speed.
FASTEST_M_S = 45.0
SPEED_FROM_M = 500.0
# A receiver never gives the same seven decimals so often unless something else than a receiver gives them.
SAME_COORDINATES_FROM = 5


@dataclass(frozen=True, slots=True)
class IncidentDraft:
    """What the worker found on the visit and wants to be handled; its place and time are those of the visit."""

    category: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterDraft:
    """What is wrong with the register of doors: one is missing (then with its address), gone, empty or moved."""

    kind: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class VisitReport:
    """A visit as the worker logs it: at a door, in a grid, to a care subject or at a place; at least one is given.

    Coordinates come with their datum (`crs`), `accuracy_m` as the device states it, times with a zone. `corrects` is
    the client identifier of the visit that this one replaces, `stop_id` the stop of a round that it reaches, `photos`
    are hashes of stored photos.
    """

    client_id: UUID
    kind: str
    result: str
    grid_code: str | None = None
    door_code: str | None = None
    x: float | None = None
    y: float | None = None
    crs: str | None = None
    accuracy_m: float | None = None
    occurred_at: datetime | None = None
    note: str | None = None
    synthetic: bool = False
    subject_id: UUID | None = None
    stop_id: UUID | None = None
    corrects: UUID | None = None
    photos: tuple[str, ...] = ()
    incident: IncidentDraft | None = None
    register: RegisterDraft | None = None

    @property
    def has_place(self) -> bool:
        """Whether the report says where it was in some way."""
        named = (self.x, self.grid_code, self.door_code, self.subject_id, self.stop_id, self.corrects)
        return any(value is not None and value != "" for value in named)


def visit_faults(report: VisitReport, *, now: datetime) -> Iterator[Fault]:
    """What is wrong with the fields of a visit, its coordinates aside."""
    yield from text_faults("kind", report.kind, limit=LONGEST_CODE)
    for place, value, limit in (
        ("grid_code", report.grid_code, LONGEST_CODE),
        ("door_code", report.door_code, LONGEST_CODE),
        ("note", report.note, LONGEST_NOTE),
    ):
        if value is not None:
            yield from text_faults(place, value, limit=limit)
    yield from moment_faults("occurred_at", report.occurred_at, now=now)
    if report.result not in RESULTS and not (report.result == WITHDRAWN and report.corrects):
        yield Fault("result", "unknown_result", f"The result is one of {', '.join(RESULTS)}.")
    if report.accuracy_m is not None and not (math.isfinite(report.accuracy_m) and report.accuracy_m >= 0):
        yield Fault("accuracy_m", "bad_number", "The accuracy is a number of metres, not below zero.")
    if not report.has_place:
        yield Fault("grid_code", "no_place", "A visit needs a door, a grid or a point.")
    if report.corrects == report.client_id:
        yield Fault("corrects", "corrects_itself", "A correction is a visit of its own, with another identifier.")
    yield from _photo_faults(report.photos)
    yield from _register_faults(report)


def _photo_faults(photos: tuple[str, ...]) -> Iterator[Fault]:
    if len(photos) > MOST_PHOTOS:
        yield Fault("photos", "too_many", f"At most {MOST_PHOTOS} photos belong to a visit.")
    if not all(PHOTO_HASH.fullmatch(photo) for photo in photos):
        yield Fault("photos", "unknown_photo", "A photo is named by the hash that storing it gave.")
    if len(set(photos)) < len(photos):
        yield Fault("photos", "repeated", "A photo is named twice.")


def _register_faults(report: VisitReport) -> Iterator[Fault]:
    draft = report.register
    if draft is None:
        return
    if draft.kind not in REGISTER_KINDS:
        yield Fault("register.kind", "unknown_kind", f"The kind is one of {', '.join(REGISTER_KINDS)}.")
    elif draft.kind == "missing" and report.door_code:
        yield Fault("register.kind", "has_door", "A door that is in the register is not missing in it.")
    elif draft.kind != "missing" and not report.door_code:
        yield Fault("door_code", "no_door", "Say which door is gone, empty or moved.")
    if draft.kind in ("missing", "moved") and not draft.address:
        yield Fault("register.address", "missing", "A door that is new needs its address.")
    if draft.kind in ("missing", "moved") and report.x is None:
        yield Fault("x", "missing", "A door that is new needs its position.")
    yield from text_faults("register.address", draft.address, limit=LONGEST_ADDRESS)
