"""The people to be visited in the demo city: made up, behind one door in thirty, and the workers paired with them.

Those of a sensitive class are always paired with whoever holds their grid, the others every second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.demo.doors import Doors
from gridsvc.demo.ground import NOWHERE, Ground, Ints
from gridsvc.demo.phrases import GIVEN, SURNAMES
from gridsvc.demo.staff import Staff
from gridsvc.infra.db import new_id
from gridsvc.people.care import SubjectDraft, pair_all, register_subjects
from gridsvc.people.care_catalogue import CARE_CLASSES

FULL_SUBJECTS = 12_000
# How often each class occurs, in the order of the catalogue.
SHARES = (0.36, 0.12, 0.16, 0.14, 0.03, 0.03, 0.05, 0.03, 0.04, 0.04)
PAIRED = 0.5


@dataclass(frozen=True)
class Subjects:
    """People to be visited as columns: row numbers of their door and class, and of the worker paired with them."""

    door: Ints
    kind: Ints
    worker: Ints


def make_subjects(doors: Doors, staff: Staff, count: int, rng: np.random.Generator) -> Subjects:
    """Somebody behind each of `count` doors."""
    door = np.sort(rng.choice(len(doors.codes), min(count, len(doors.codes)), replace=False))
    kind = rng.choice(len(CARE_CLASSES), len(door), p=SHARES)
    sensitive = np.array([is_sensitive for *_, is_sensitive in CARE_CLASSES])[kind]
    holder = staff.holder[doors.grid[door]]
    is_paired = sensitive | (rng.random(len(door)) < PAIRED)
    return Subjects(door, kind, np.where(is_paired, holder, NOWHERE))


def load_care(
    session: Session, ground: Ground, doors: Doors, subjects: Subjects, workers: Sequence[UUID], *, since: datetime
) -> int:
    """Register everybody and pair them, from a moment on; returns how many there are."""
    drafts = _drafts(ground, doors, subjects)
    ids = register_subjects(session, drafts, since=since)
    pairs = [
        (workers[worker], subject_id, new_id())
        for worker, subject_id in zip(subjects.worker.tolist(), ids, strict=True)
        if worker != NOWHERE
    ]
    pair_all(session, pairs, since=since)
    return len(ids)


def _drafts(ground: Ground, doors: Doors, subjects: Subjects) -> list[SubjectDraft]:
    communities = ground.block_community[doors.block[subjects.door]].tolist()
    numbers: dict[int, int] = {}
    drafts = []
    for row, (door, kind, community) in enumerate(
        zip(subjects.door.tolist(), subjects.kind.tolist(), communities, strict=True)
    ):
        numbers[community] = numbers.get(community, 0) + 1
        drafts.append(
            SubjectDraft(
                number=f"C{numbers[community]:05d}",
                class_code=CARE_CLASSES[kind][0],
                name=f"{SURNAMES[row * 11 % len(SURNAMES)]}{GIVEN}{row + 1:05d}",
                community_code=ground.community_codes[community],
                # Numbers that cannot exist: no place and no network has them.
                phone=f"000{row + 1:08d}",
                id_number=f"000000{row + 1:012d}",
                door_code=doors.codes[door],
                synthetic=True,
            )
        )
    return drafts
