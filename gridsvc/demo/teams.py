"""What stands around the workers of the demo city: stations, supervision, functions, teams, and leave asked for.

Drawn from one fixed seed, so that the city is the same whatever else is made of it. Everything is synthetic.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.demo.ground import NOWHERE, Ground
from gridsvc.demo.phrases import GIVEN, LEAVE_REASONS, SURNAMES
from gridsvc.demo.staff import Staff
from gridsvc.geography.nets import PublishedNet
from gridsvc.infra.copying import Same, copy_columns, fresh_ids
from gridsvc.infra.db import new_id
from gridsvc.people.catalogue import SERVICE_LINES
from gridsvc.people.queries import leaves
from gridsvc.people.stations import StationDraft, register_stations

SEED = 20260301
# Of 1,611 stations that were planned 407 were there; a small city is further.
OPEN = 0.7
SUPERVISED_MONTHS = 3
SECOND_CLAIMED = 0.94
BUILDING_HEADS = 2
VOLUNTEERS = 0.6
REQUESTED = 12


def street_of(community_code: str) -> str:
    """The code of the street or town that a community lies in."""
    return f"{community_code[:9]}000"


def station_code(street: str) -> str:
    """The code of the station of a street."""
    return f"S{street[:9]}"


def load_stations(session: Session, ground: Ground, *, today: datetime) -> dict[str, UUID]:
    """A station for every street with communities that have grids; most are open. Returns the open ones by code."""
    rng = np.random.default_rng(SEED)
    with_grids = np.unique(ground.grid_community).tolist()
    points = ground.grid_points()
    streets: dict[str, list[int]] = {}
    for community in with_grids:
        streets.setdefault(street_of(ground.community_codes[community]), []).append(community)
    drafts = []
    for street, communities in sorted(streets.items()):
        place = points[np.isin(ground.grid_community, communities)].mean(axis=0)
        opened = today - timedelta(days=int(rng.integers(120, 390))) if rng.random() < OPEN else None
        name = f"{ground.community_names[communities[0]]}一带社工站"
        x, y = (float(round(number, 7)) for number in place)
        drafts.append(StationDraft(station_code(street), name, street, None, (x, y), opened, True))
    ids = register_stations(session, drafts)
    return {draft.code: ids[draft.code] for draft in drafts if draft.opened_at is not None}


def load_supervision(session: Session, stations: Sequence[UUID], *, today: datetime) -> None:
    """Sessions of the last months: at most stations twelve hours and more, at some fewer."""
    rng = np.random.default_rng(SEED + 1)
    rows: list[tuple[UUID, str]] = []
    for station in stations:
        for month in range(1, SUPERVISED_MONTHS + 1):
            for week in range(int(rng.choice([2, 4, 5], p=[0.2, 0.5, 0.3]))):
                began = today - timedelta(days=30 * month - 6 * week, hours=-9)
                rows.append((station, f"[{began.isoformat()},{(began + timedelta(hours=3)).isoformat()})"))
    if rows:
        columns: dict[str, Any] = {
            "id": fresh_ids(len(rows)),
            "station_id": [station for station, _ in rows],
            "supervisor": Same("示例督导"),
            "held": [held for _, held in rows],
            "recorded_by": Same("demo"),
        }
        copy_columns(session, "supervision", columns)


def load_functions(session: Session, staff: Staff, workers: Sequence[UUID], *, since: datetime) -> None:
    """A main function for everybody, a grid or the counter, and second ones that most have claimed."""
    rng = np.random.default_rng(SEED + 2)
    lines = [key for key, _, _ in SERVICE_LINES]
    holds = np.isin(np.arange(staff.count), staff.holder)
    rows: list[tuple[UUID, str, str, str | None]] = []
    for worker, has_grid in zip(workers, holds.tolist(), strict=True):
        rows.append((worker, "main", "grid" if has_grid else "counter", None))
        if rng.random() < SECOND_CLAIMED:
            count = 1 if rng.random() < 0.7 else 2
            rows += [(worker, "second", "line", str(line)) for line in rng.choice(lines, count, replace=False)]
    columns: dict[str, Any] = {
        "id": fresh_ids(len(rows)),
        "worker_id": [row[0] for row in rows],
        "rank": [row[1] for row in rows],
        "kind": [row[2] for row in rows],
        "line_key": [row[3] for row in rows],
        "valid": Same(f"[{since.isoformat()},)"),
    }
    copy_columns(session, "worker_function", columns)


def load_teams(session: Session, staff: Staff, net: PublishedNet, workers: Sequence[UUID], *, since: datetime) -> None:
    """The team of every grid: its worker as leader where there is one, and residents and partners by name."""
    rng = np.random.default_rng(SEED + 3)
    rows: list[tuple[UUID, str, UUID | None, str | None, str | None]] = []
    names = _names()
    for grid_id, holder in zip(net.grid_ids, staff.holder.tolist(), strict=True):
        if holder != NOWHERE:
            rows.append((grid_id, "leader", workers[holder], None, None))
        others = ["secretary", *["building_head"] * BUILDING_HEADS, "police", "child_director"]
        others += ["volunteer"] * int(rng.binomial(3, VOLUNTEERS))
        for role in others:
            name, phone = next(names)
            rows.append((grid_id, role, None, name, phone))
    columns: dict[str, Any] = {
        "id": fresh_ids(len(rows)),
        "grid_id": [row[0] for row in rows],
        "role_key": [row[1] for row in rows],
        "worker_id": [row[2] for row in rows],
        "name": [row[3] for row in rows],
        "phone": [row[4] for row in rows],
        "synthetic": Same(True),
        "valid": Same(f"[{since.isoformat()},)"),
    }
    copy_columns(session, "team_member", columns)


def load_requests(session: Session, staff: Staff, workers: Sequence[UUID], *, today: datetime, now: datetime) -> None:
    """Leave that workers with grids and without any other absence have asked for and nobody has decided on."""
    rng = np.random.default_rng(SEED + 4)
    holders = np.unique(staff.holder[staff.holder != NOWHERE])
    free = np.setdiff1d(holders, [absence.worker for absence in staff.absences])
    for worker in rng.choice(free, min(REQUESTED, len(free)), replace=False).tolist():
        since = today + timedelta(days=int(rng.integers(4, 30)))
        values = {
            "id": new_id(),
            "request_id": new_id(),
            "worker_id": workers[worker],
            "reason": str(rng.choice(LEAVE_REASONS)),
            "state": "requested",
            "written_by": "demo",
            "valid": Range(since, since + timedelta(days=int(rng.integers(1, 6))), bounds="[)"),
        }
        leaves.insert_leave(session, values, now)


def _names() -> Iterator[tuple[str, str]]:
    """Names that nobody has, and numbers that cannot exist."""
    number = 0
    while True:
        number += 1
        phone = f"000-{(number + 500_000) // 10_000:04d}-{number % 10_000:04d}"
        yield f"{SURNAMES[number * 5 % len(SURNAMES)]}{GIVEN}居民{number:05d}", phone
